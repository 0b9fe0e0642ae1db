"""A notice as JSON (design contract of `notice --json`)."""

from __future__ import annotations

import json

from workplan_xlsx.domain.notice import Notice, NoticeTask, NumberLeft, Quantity
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import say


def notice_json(notice: Notice) -> str:
    """Return what was found; values are exact texts, as written."""
    told = {
        "title": notice.title,
        "document_number": notice.document_number,
        "issuer": notice.issuer,
        "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
        "sections": [{"ordinal": each.ordinal, "title": each.title} for each in notice.sections],
        "tasks": [_task(each) for each in notice.tasks],
        "findings": [
            {"code": each.code.code, "severity": each.severity.value, "message": each.message("zh")}
            for each in notice.findings
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _task(task: NoticeTask) -> dict[str, object]:
    return {
        "section_ordinal": task.section_ordinal or None,
        "number": task.number,
        "title": task.title,
        "text": task.text,
        "lead_units": list(task.lead_units),
        "support_units": list(task.support_units),
        "deadline": task.deadline,
        "targets": [_quantity(each) for each in task.targets],
        "not_targets": [_left(each) for each in task.left],
    }


def _left(each: NumberLeft) -> dict[str, object]:
    return {"text": each.text, "reason": say(f"notice.{each.reason}", "zh"), "context": each.context}


def _quantity(each: Quantity) -> dict[str, object]:
    return {
        "text": each.text,
        "what": each.what,
        "op": each.op.value if each.op else None,
        "value": None if each.value is None else plain(each.value),
        "value_max": None if each.value_max is None else plain(each.value_max),
        "unit": each.unit,
        "nature": each.nature.value,
        "stretch": each.stretch,
        "kind": each.kind.value,
        "confidence_pct": each.confidence_pct,
        "doubt": say(f"notice.{each.doubt}", "zh") if each.doubt else "",
        "reason": say(f"notice.{each.reason}", "zh") if each.reason else "",
        "context": each.context,
    }
