"""What a unit is told of its form, one line a finding: where, what it wrote, what is expected, how grave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from workplan_xlsx.books.columns import COLUMNS, INDEX
from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.books.marked.follow_ons import without_follow_ons
from workplan_xlsx.books.marked.places import Place, Places
from workplan_xlsx.domain.findings import Code, Finding, Severity
from workplan_xlsx.domain.returns import CellKind, Content, ReturnedForm, ReturnedRow
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say

_LONGEST_FOUND = 600


class Action(Enum):
    """What the unit has to do about a line; in the order in which lines are listed."""

    MUST_CHANGE = "must_change"
    PLEASE_CHECK = "please_check"
    MENDED = "mended"
    FOR_INFORMATION = "for_information"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One line of 退回说明; `place` None where it concerns the whole form."""

    finding: Finding
    place: Place | None
    found: str
    expected: str
    action: Action


# What our fresh copy has mended already, and whether the unit still has to do something about it.
_MENDED = {
    Code.SHEET_MISSING: Action.MUST_CHANGE,
    Code.COLUMN_MISSING: Action.MUST_CHANGE,
    Code.ROW_MISSING: Action.MUST_CHANGE,
    Code.ROW_REPEATED: Action.MUST_CHANGE,
    Code.MARKS_DISAGREE: Action.MUST_CHANGE,
    Code.TARGET_CHANGED: Action.PLEASE_CHECK,
    Code.GIVEN_CHANGED: Action.MENDED,
    Code.ROW_FOREIGN: Action.MENDED,
    Code.ROW_UNKNOWN: Action.MENDED,
    Code.ROW_WITHOUT_CODE: Action.MENDED,
}
_NOT_IN_THE_NEW_FORM = (Code.ROW_FOREIGN, Code.ROW_UNKNOWN, Code.ROW_WITHOUT_CODE)
_ACTIONS = {
    Severity.ERROR: Action.MUST_CHANGE,
    Severity.QUERY: Action.PLEASE_CHECK,
    Severity.NOTE: Action.FOR_INFORMATION,
}


def told_lines(
    form: FormPlan, returned: ReturnedForm, findings: Iterable[Finding], lang: Lang
) -> tuple[ToldLine, ...]:
    """Return all that is to be said, what must be changed first, then by the new form's rows.

    Findings name cells of the returned file; the places are those of the new form.
    """
    places = Places(form, returned, lang)
    lines = [_line(finding, returned, places, lang) for finding in without_follow_ons(findings, returned)]
    order = list(Action)
    lines.sort(key=lambda line: (order.index(line.action), line.place.row if line.place else -1))
    return tuple(lines)


def _line(finding: Finding, returned: ReturnedForm, places: Places, lang: Lang) -> ToldLine:
    row, _, content = places.returned_cell(finding)
    mended = _MENDED.get(finding.code)
    text = say(f"form.mended_{finding.code.name.lower()}", lang, **dict(finding.facts)) if mended else ""
    return ToldLine(
        finding=finding,
        place=places.of(finding),
        found=_found(finding, returned, row, content, lang)[:_LONGEST_FOUND],
        expected=text or finding.message(lang),
        action=mended or _ACTIONS[finding.severity],
    )


def _found(
    finding: Finding, returned: ReturnedForm, row: ReturnedRow | None, content: Content | None, lang: Lang
) -> str:
    """What the unit wrote; for a row that is not in the new form, or stood twice, all of it."""
    if finding.code is Code.ROW_REPEATED and row is not None:
        rows = [each for each in returned.rows if each.code == row.code]
        return "\n".join(
            say("form.row_says", lang, row=each.row, text=_whole_row(each, lang)) for each in rows
        )
    if finding.code in _NOT_IN_THE_NEW_FORM and row is not None:
        return _whole_row(row, lang)
    if content is not None:
        return shown(content, lang)
    return "" if finding.cell == "" else say("form.returned_blank", lang)


def _whole_row(row: ReturnedRow, lang: Lang) -> str:
    told = [
        say(
            "form.column_says",
            lang,
            column=COLUMNS[INDEX[answer.value]].header(lang),
            text=shown(content, lang),
        )
        for answer, content in row.answers.items()
        if not content.is_blank
    ]
    return say("form.semicolon", lang).join(told) or say("form.returned_blank", lang)


def shown(content: Content, lang: Lang) -> str:
    """What a person read in the cell."""
    if content.is_blank:
        return say("form.returned_blank", lang)
    if content.kind is CellKind.UNCALCULATED:
        return say("form.returned_formula", lang)
    if content.shown_as_percent and content.number is not None:
        return f"{plain(content.number * 100)}%"
    return content.text
