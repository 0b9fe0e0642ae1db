"""What stood in the form when it went out (年度目标 ...), held against the ledger (group "structure").

The ledger's counts whatever the form says. But whoever has typed another target believes that it holds now,
and would dispute the completion that is worked out from the ledger's.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import rule
from workplan_xlsx.domain.judging.written_numbers import is_percent, read_number
from workplan_xlsx.domain.model import bare
from workplan_xlsx.domain.returns import CellKind, Content, Given
from workplan_xlsx.domain.rounding import plain

_NEAR = Decimal("1E-9")
"""Share of a figure by which programs change it when they save it: 9.600000000001."""
_SHOWN_TO = {Given.PLANNED: Decimal("0.005")}
"""By how much what the form shows may differ from what it holds; a .csv has what was shown."""
_SHOWN_TO_SIX = Decimal("0.0000005")
_SAYS_NOTHING = ("", "—", "-", "待定", "tobeset")


@rule(Code.TARGET_CHANGED)
def target_changed(row: RowInHand) -> Iterator[Finding]:
    """年度目标 on the form is another one than the ledger's."""
    if _differs(row, Given.TARGET, row.target.value):
        yield row.finding_given(Code.TARGET_CHANGED, Given.TARGET, _told(row.target.value))


@rule(Code.GIVEN_CHANGED)
def given_changed(row: RowInHand) -> Iterator[Finding]:
    """指标名称, 本期计划 or 上期累计 on the form is another one than ours."""
    if _is_renamed(row):
        yield row.finding_given(Code.GIVEN_CHANGED, Given.NAME, row.target.name)
    if _differs(row, Given.PLANNED, row.planned):
        yield row.finding_given(Code.GIVEN_CHANGED, Given.PLANNED, _told(row.planned))
    past = row.past if row.owes else None
    if past is not None and _differs(row, Given.BEFORE, past.value, past.former):
        yield row.finding_given(Code.GIVEN_CHANGED, Given.BEFORE, _told(past.value))


def _told(expected: Decimal | None) -> str:
    return "—" if expected is None else plain(expected)


def _is_renamed(row: RowInHand) -> bool:
    written, ours = row.returned.name, row.target.name
    if written == ours or not row.given_holds or Given.NAME not in row.returned.given:
        return False
    return _as_compared(written) not in ("", _as_compared(ours))


def _differs(row: RowInHand, given: Given, expected: Decimal | None, former: Decimal | None = None) -> bool:
    """Nearly always the cell holds the expected number itself; `former` is what it may hold as well."""
    content = row.returned.given.get(given)
    if content is None or (content.number == expected and expected is not None) or not row.given_holds:
        return False
    got = _number_in(content, row.target.unit)
    if got is None and (content.kind is CellKind.TEXT or content.is_blank) and _is_a_word(content, expected):
        return False
    shown_to = _SHOWN_TO.get(given, _SHOWN_TO_SIX)
    return not any(_are_equal(got, one, shown_to) for one in (expected, former))


def _is_a_word(content: Content, expected: Decimal | None) -> bool:
    """Whether it says nothing, or a word where the ledger has no figure either."""
    return expected is None or bare(content.text) in _SAYS_NOTHING


def _number_in(content: Content, unit: str) -> Decimal | None:
    """The number that a person reads there; None where it is none."""
    if content.kind is CellKind.NUMBER and content.number is not None:
        return content.number * 100 if content.shown_as_percent and is_percent(unit) else content.number
    return read_number(content.text, unit) if content.kind is CellKind.TEXT else None


def _are_equal(got: Decimal | None, expected: Decimal | None, shown_to: Decimal) -> bool:
    if got is None or expected is None:
        return False
    return abs(got - expected) <= max(shown_to, abs(expected) * _NEAR)


def _as_compared(text: str) -> str:
    """Without what typing and saving change and nobody sees: width, white space, case."""
    return bare(unicodedata.normalize("NFKC", text))


RULES = (target_changed, given_changed)
