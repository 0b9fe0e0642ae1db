"""Notices as a person reads them: text in, one line an item out."""

from __future__ import annotations

from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.notice.reading import read_notice


def read(tmp_path, content, name="通知.txt"):
    """The notice of these words or bytes."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_notice(path, "zh")


def shown(notice):
    """`section/number title | leads | supports | deadline`, one line an item."""
    return [
        " | ".join(
            [
                f"{task.section_ordinal}/{task.number} {task.title}",
                "、".join(task.lead_units),
                "、".join(task.support_units),
                task.deadline or "",
            ]
        ).rstrip(" |")
        for task in notice.tasks
    ]


def targets(task):
    """The words of what binds somebody, with its reading: `不低于70万亩 -> >= 70 万亩`."""
    return [
        f"{each.text} -> {each.op} {plain(each.value)}"
        + (f"..{plain(each.value_max)}" if each.value_max is not None else "")
        + f" {each.unit}"
        for each in task.targets
        if each.is_measured_target
    ]
