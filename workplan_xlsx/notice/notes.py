"""Footnotes of an item: they may say that its figure, its unit or its time has changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from workplan_xlsx.domain.notice import Quantity
from workplan_xlsx.notice.figures.places import NOTE

_CHANGES = re.compile(
    r"调整|改为|变更|更正|修改|修订|取消|撤销|不再|暂缓|暂停|延期|推迟|顺延|为准|剔除|不含|不包括|除外|应为|替换"
)


def changing_notes(text: str) -> list[str]:
    """Return the lines of the text that are notes and speak of a change."""
    return [line for line in text.split("\n") if line.startswith(NOTE) and _CHANGES.search(line)]


def with_doubt(targets: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return the quantities, those that bind to be confirmed: a note may have changed them."""
    return tuple(
        replace(each, doubt="doubt_note") if each.is_measured_target and not each.doubt else each
        for each in targets
    )
