"""What stood in the form when it went out (年度目标 ...), held against the ledger (group "structure").

The ledger's counts whatever the form says. But whoever has typed another target believes that it holds now,
and would dispute the completion that is worked out from the ledger's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import rule
from workplan_xlsx.domain.judging.written_numbers import is_percent, read_number
from workplan_xlsx.domain.model import bare
from workplan_xlsx.domain.returns import CellKind, Content
from workplan_xlsx.domain.rounding import plain

_NEAR = Decimal("1E-9")
"""Share of a figure by which programs change it when they save it: 9.600000000001."""
_PLAN_SHOWN_TO = Decimal("0.005")
"""By how much what the form shows of a plan may differ from what it holds; a .csv has what was shown."""
_SHOWN_TO = Decimal("0.0000005")
_SAYS_NOTHING = ("", "—", "-", "待定", "tobeset")


@rule(Code.TARGET_CHANGED)
def target_changed(row: RowInHand) -> Iterable[Finding]:
    """年度目标 on the form is another one than the ledger's."""
    content, ours = row.returned.given.target, row.target.value
    if content is None or (content.number == ours and ours is not None):
        return ()  # nearly always
    if _agrees(row, content, ours):
        return ()
    return (row.finding_given(Code.TARGET_CHANGED, "target", content, _told(ours)),)


@rule(Code.GIVEN_CHANGED)
def given_changed(row: RowInHand) -> Iterable[Finding]:
    """指标名称, 本期计划 or 上期累计 on the form is another one than ours."""
    name, _, planned, before = row.returned.given
    past = row.past if row.owes else None
    fits = (
        (name is None or name.text == row.target.name)
        and (planned is None or (planned.number == row.planned and row.planned is not None))
        and (before is None or past is None or before.number == past.value)
    )
    return () if fits else _changed(row)  # nearly always they fit


def _changed(row: RowInHand) -> Iterator[Finding]:
    name, _, planned, before = row.returned.given
    if name is not None and _is_renamed(row, name.text):
        yield row.finding_given(Code.GIVEN_CHANGED, "name", name, row.target.name)
    if planned is not None and not _agrees(row, planned, row.planned, _PLAN_SHOWN_TO):
        yield row.finding_given(Code.GIVEN_CHANGED, "planned", planned, _told(row.planned))
    past = row.past if row.owes else None
    if before is None or past is None or _agrees(row, before, past.value):
        return
    if past.former is None or not _agrees(row, before, past.former):
        yield row.finding_given(Code.GIVEN_CHANGED, "before", before, _told(past.value))


def _told(expected: Decimal | None) -> str:
    return "—" if expected is None else plain(expected)


def _is_renamed(row: RowInHand, written: str) -> bool:
    return row.given_holds and _as_compared(written) not in ("", _as_compared(row.target.name))


def _agrees(
    row: RowInHand, content: Content, expected: Decimal | None, shown_to: Decimal = _SHOWN_TO
) -> bool:
    """Whether the cell says what was expected, or nothing that could be held against it."""
    if not row.given_holds:
        return True
    got = _number_in(content, row.target.unit)
    if got is None:
        says_words = content.kind is CellKind.TEXT or content.is_blank
        return says_words and (expected is None or bare(content.text) in _SAYS_NOTHING)
    return expected is not None and abs(got - expected) <= max(shown_to, abs(expected) * _NEAR)


def _number_in(content: Content, unit: str) -> Decimal | None:
    """The number that a person reads there; None where it is none."""
    if content.kind is CellKind.NUMBER and content.number is not None:
        return content.number * 100 if content.shown_as_percent and is_percent(unit) else content.number
    return read_number(content.text, unit) if content.kind is CellKind.TEXT else None


def _as_compared(text: str) -> str:
    """Without what typing and saving change and nobody sees: width, white space, case."""
    return bare(unicodedata.normalize("NFKC", text))


RULES = (target_changed, given_changed)
