"""催报: a text to paste into a chat, naming who has not reported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from workplan_xlsx.domain.editions.edition import Punctuality, ReportingRecord
from workplan_xlsx.domain.period import Period
from workplan_xlsx.words import Lang, say


def chase_text(
    records: Iterable[ReportingRecord], period: Period, deadline: datetime, now: datetime, lang: Lang
) -> str:
    """Return the text; "" when every unit's form was accepted. Units stand in the order of the records."""
    by_kind: dict[Punctuality, list[str]] = {}
    for record in records:
        by_kind.setdefault(record.punctuality, []).append(record.unit)
    words = {"period": period.words_zh if lang == "zh" else str(period)}
    words |= {"moment": _moment(now, lang), "deadline": _moment(deadline, lang)}
    lines = []
    for kind, entry in ((Punctuality.MISSING, "chase"), (Punctuality.RETURNED, "chase_returned")):
        units = by_kind.get(kind, [])
        if units:
            named = say("ranking.list_comma", lang).join(units)
            lines.append(say(f"bulletin.{entry}", lang, units=named, count=len(units), **words))
    return "\n".join(lines)


def _moment(moment: datetime, lang: Lang) -> str:
    if lang == "zh":
        return f"{moment.month}月{moment.day}日{moment:%H:%M}"
    return f"{moment:%Y-%m-%d %H:%M}"
