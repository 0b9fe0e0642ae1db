"""The rows of the sheets in which the office decides: 核定, 问题清单, 规则豁免, 期次重开."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from workplan_xlsx.books.ledger.columns import PROBLEMS, REOPENINGS, REVIEWS, WAIVERS, choice_word
from workplan_xlsx.domain.decisions import Decisions
from workplan_xlsx.domain.model import Ledger, Stage
from workplan_xlsx.words import Lang

Value = str | Decimal | date | None
Row = Mapping[str, Value]


def decision_rows(ledger: Ledger, sheet: str, lang: Lang) -> Iterator[Row]:
    """Yield the sheet's rows in their order; what a problem is about is not part of the ledger."""
    decisions = ledger.decisions
    if sheet == REVIEWS:
        yield from _reviews(decisions, lang)
    elif sheet == PROBLEMS:
        for answer in decisions.answers:
            yield {key: getattr(answer, key) for key in _ANSWERED}
    elif sheet == WAIVERS:
        for waiver in decisions.waivers:
            yield {key: getattr(waiver, key) for key in _WAIVED}
    elif sheet == REOPENINGS:
        for each in decisions.reopenings:
            told = {key: getattr(each, key) for key in ("unit", "who", "why", "decided_on")}
            yield told | {"period": str(each.period)}


_ANSWERED = ("number", "answer", "responsible_unit", "due_on", "closed_on", "who")
_WAIVED = ("rule", "unit", "target", "until", "who", "why")


def _reviews(decisions: Decisions, lang: Lang) -> Iterator[Row]:
    for override in decisions.overrides:
        yield {
            "code": override.code,
            "period": str(override.period),
            "value": override.value,
            "stage": choice_word(Stage(override.stage), lang) if override.stage else "",
            "light": choice_word(override.light, lang) if override.light else "",
            "who": override.who,
            "why": override.why,
            "decided_on": override.decided_on,
        }
