"""What a unit is told of its form, one line a finding: where, what it wrote, what is expected, how grave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from workplan_xlsx.books.columns import COLUMNS, INDEX, head_label, letter
from workplan_xlsx.books.form.head import SIGN_PLACES
from workplan_xlsx.books.form.paper import Asking, asking
from workplan_xlsx.books.form.plan import SIGN_ROW, FormPlan, FormRow
from workplan_xlsx.domain.findings import Code, Finding, Severity
from workplan_xlsx.domain.returns import Answer, Content, ReturnedForm, ReturnedRow
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
class Place:
    """A cell of the new form: the target's row and a column, or an input of the head.

    Attributes:
        code: Target code; "" for the head.
        key: Column key, or the SignOff key.
        cell: A1 address in the new form.
        told: As a reader calls it.
    """

    code: str
    key: str
    cell: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """One line of 退回说明; `place` None where it concerns the whole form."""

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
    Code.ROW_FOREIGN: Action.MENDED,
    Code.ROW_UNKNOWN: Action.MENDED,
}
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
    teller = _Teller(form, returned, lang)
    lines = dict.fromkeys(teller.line(finding) for finding in findings)
    order = list(Action)
    return tuple(sorted(lines, key=lambda line: (order.index(line.action), teller.row_of(line.place))))


def comments(lines: Sequence[ToldLine]) -> dict[tuple[str, str], str]:
    """The comment for each cell of the table that has to be changed or checked."""
    told: dict[tuple[str, str], str] = {}
    for line in lines:
        if line.place is None or not line.place.code:
            continue
        if line.action in (Action.MUST_CHANGE, Action.PLEASE_CHECK):
            key = (line.place.code, line.place.key)
            told[key] = f"{told[key]}\n{line.expected}" if key in told else line.expected
    return told


class _Teller:
    """Knows where everything stood in the returned file, and where it stands now."""

    def __init__(self, form: FormPlan, returned: ReturnedForm, lang: Lang) -> None:
        self._returned = returned
        self._lang = lang
        self._rows = {
            what.target.code: (row, what) for row, what in form.placed() if isinstance(what, FormRow)
        }
        self._cells = {
            (content.sheet, content.cell): (row, key, content) for row, key, content in _contents(returned)
        }

    def line(self, finding: Finding) -> ToldLine:
        row, key, content = self._cells.get((finding.sheet, finding.cell), (None, "", None))
        place = self._place(row.code, key) if row else self._place_named(finding)
        mended = _MENDED.get(finding.code)
        return ToldLine(
            place=place,
            found=self._found(finding, row, content)[:_LONGEST_FOUND],
            expected=self._mended_text(finding) if mended else finding.message(self._lang),
            action=mended or _ACTIONS[finding.severity],
        )

    def row_of(self, place: Place | None) -> int:
        """For sorting: the place's row in the new form, what concerns the whole form first."""
        return self._rows[place.code][0] if place and place.code else -1

    def _place(self, code: str, key: str) -> Place | None:
        """The cell in the new form; a finding at the task code means the cell asked for in that row."""
        if code not in self._rows:
            return None
        row, line = self._rows[code]
        if key not in {answer.value for answer in Answer}:
            key = _first_asked(line).value
        header = COLUMNS[INDEX[key]].header(self._lang)
        cell = f"{letter(key)}{row + 1}"
        told = say("form.place", self._lang, code=code, column=header, cell=cell)
        return Place(code=code, key=key, cell=cell, told=told)

    def _place_named(self, finding: Finding) -> Place | None:
        """Where a finding without a cell is best put right, from the facts that it tells."""
        facts = dict(finding.facts)
        if finding.code is Code.SIGN_OFF_BLANK:
            return self._head_place()
        if finding.code is Code.ACCOUNT_BLANK:
            return self._place(facts.get("rows", "").split("、")[0], Answer.PROGRESS.value)
        return self._place(facts.get("code", ""), "")

    def _head_place(self) -> Place:
        blank = [
            key for key in SIGN_PLACES if key not in self._returned.head or self._returned.head[key].is_blank
        ]
        key = blank[0] if blank else next(iter(SIGN_PLACES))
        cell = f"{chr(ord('A') + SIGN_PLACES[key][1])}{SIGN_ROW + 1}"
        told = say("form.place_head", self._lang, label=head_label(key.value, self._lang), cell=cell)
        return Place(code="", key=key.value, cell=cell, told=told)

    def _found(self, finding: Finding, row: ReturnedRow | None, content: Content | None) -> str:
        """What the unit wrote; for a row that is not in the new form, or stood twice, all of it."""
        if finding.code is Code.ROW_REPEATED and row is not None:
            rows = [each for each in self._returned.rows if each.code == row.code]
            return "\n".join(
                say("form.row_says", self._lang, row=each.row, text=self._whole_row(each)) for each in rows
            )
        if finding.code in (Code.ROW_FOREIGN, Code.ROW_UNKNOWN) and row is not None:
            return self._whole_row(row)
        if content is not None:
            return shown(content, self._lang)
        return "" if finding.cell == "" else say("form.returned_blank", self._lang)

    def _whole_row(self, row: ReturnedRow) -> str:
        told = [
            say(
                "form.column_says",
                self._lang,
                column=COLUMNS[INDEX[answer.value]].header(self._lang),
                text=shown(content, self._lang),
            )
            for answer, content in row.answers.items()
            if not content.is_blank
        ]
        return say("form.semicolon", self._lang).join(told) or say("form.returned_blank", self._lang)

    def _mended_text(self, finding: Finding) -> str:
        return say(f"form.mended_{finding.code.name.lower()}", self._lang, **dict(finding.facts))


def _contents(returned: ReturnedForm) -> Iterator[tuple[ReturnedRow, str, Content]]:
    """Every cell that was read, with its row and column key; an input's meaning beats the code's."""
    for row in returned.rows:
        yield row, "code", row.code_at
        for answer, content in row.answers.items():
            yield row, answer.value, content


def _first_asked(line: FormRow) -> Answer:
    answers = (Answer.ACTUAL, Answer.STAGE, Answer.PROGRESS)
    return next(answer for answer in answers if asking(answer, line) is Asking.MUST)


def shown(content: Content, lang: Lang) -> str:
    """What a person read in the cell."""
    if content.is_blank:
        return say("form.returned_blank", lang)
    if content.shown_as_percent and content.number is not None:
        return f"{plain(content.number * 100)}%"
    return content.text
