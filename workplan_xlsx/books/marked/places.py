"""Where a finding about the returned file stands in the new form: its cell, and what the unit had written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from workplan_xlsx.books.columns import COLUMNS, INDEX, head_label, letter
from workplan_xlsx.books.form.head import SIGN_PLACES
from workplan_xlsx.books.form.paper import Asking, asking
from workplan_xlsx.books.form.plan import SIGN_ROW, FormPlan, FormRow
from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.returns import Answer, Content, GivenCells, ReturnedForm, ReturnedRow, SignOff
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A cell of the new form: the target's row and a column, or an input of the head.

    Attributes:
        code: Target code; "" for the head.
        key: Column key, or the SignOff key.
        row: 0-based row of the sheet.
        cell: A1 address in the new form.
        told: As a reader calls it.
    """

    code: str
    key: str
    row: int
    cell: str
    told: str


class Places:
    """Knows where everything stood in the returned file, and where it stands in the new form."""

    def __init__(self, form: FormPlan, returned: ReturnedForm, lang: Lang) -> None:
        self._head = returned.head
        self._head_cells = {(each.sheet, each.cell): (key, each) for key, each in returned.head.items()}
        self._lang = lang
        self._rows = {what.target.code: (row, what) for row, what in form.placed_rows}
        self._cells = {
            (content.sheet, content.cell): (row, key, content) for row, key, content in _contents(returned)
        }

    def returned_cell(self, finding: Finding) -> tuple[ReturnedRow | None, str, Content | None]:
        """The row (None in the head), key and content that it is about; nothing where it names no cell."""
        at = (finding.sheet, finding.cell)
        if at in self._head_cells:
            key, content = self._head_cells[at]
            return None, key.value, content
        return self._cells.get(at, (None, "", None))

    def of(self, finding: Finding) -> Place | None:
        """The cell of the new form where it is best put right; None where it concerns the whole form."""
        row, key, content = self.returned_cell(finding)
        if row is not None:
            return self.at(row.code, key)
        if content is not None:
            return self._head_place(SignOff(key))
        facts = dict(finding.facts)
        if finding.code is Code.SIGN_OFF_BLANK:
            blank = [key for key in SIGN_PLACES if key not in self._head or self._head[key].is_blank]
            return self._head_place(blank[0] if blank else next(iter(SIGN_PLACES)))
        if finding.code is Code.ACCOUNT_BLANK:
            return self.at(re.split("[、,]", facts.get("rows", ""))[0], Answer.PROGRESS.value)
        return self.at(facts.get("code", ""), "")

    def at(self, code: str, key: str) -> Place | None:
        """The cell of a row; a key of no cell that is judged means the one that is asked for there first."""
        if code not in self._rows:
            return None
        row, line = self._rows[code]
        if key not in _JUDGED:
            key = _first_asked(line).value
        header = COLUMNS[INDEX[key]].header(self._lang)
        cell = f"{letter(key)}{row + 1}"
        told = say("form.place", self._lang, code=code, column=header, cell=cell)
        return Place(code=code, key=key, row=row, cell=cell, told=told)

    def _head_place(self, key: SignOff) -> Place:
        cell = f"{chr(ord('A') + SIGN_PLACES[key][1])}{SIGN_ROW + 1}"
        told = say("form.place_head", self._lang, label=head_label(key.value, self._lang), cell=cell)
        return Place(code="", key=key.value, row=SIGN_ROW, cell=cell, told=told)


_JUDGED = {*(answer.value for answer in Answer), *GivenCells._fields}


def _contents(returned: ReturnedForm) -> Iterator[tuple[ReturnedRow, str, Content]]:
    """Every cell that was read, with its row and column key; an input's meaning beats the code's."""
    for row in returned.rows:
        yield row, "code", row.code_at
        for key, given in zip(GivenCells._fields, row.given, strict=True):
            if given is not None:
                yield row, key, given
        for answer, content in row.answers.items():
            yield row, answer.value, content


def _first_asked(line: FormRow) -> Answer:
    answers = (Answer.ACTUAL, Answer.STAGE, Answer.PROGRESS)
    return next(answer for answer in answers if asking(answer, line) is Asking.MUST)
