"""What the parts of the form's sheet share: the sheet in hand, what is filled in, and what is asked where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from workplan_xlsx.books.form.formats import FormFormats
from workplan_xlsx.books.form.plan import FormPlan, FormRow
from workplan_xlsx.domain.model import Mark
from workplan_xlsx.domain.returns import Answer, CellKind, Content, SignOff
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter.format import Format

    from workplan_xlsx.books.growing_rows import GrowingSheet

_LONGEST_CELL = 32_767


@dataclass(frozen=True, slots=True)
class Filled:
    """What the unit had filled in, and what is to be said about it; empty for a blank form.

    Attributes:
        answers: By (target code, column) the content as it was.
        head: The inputs of the head as they were.
        marks: By (target code, column key) the comment for that cell.
    """

    answers: Mapping[tuple[str, Answer], Content] = field(default_factory=dict)
    head: Mapping[SignOff, Content] = field(default_factory=dict)
    marks: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether it is a form that nobody has filled in yet."""
        return not (self.answers or self.head or self.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """The form's sheet while it is being written."""

    sheet: GrowingSheet
    form: FormPlan
    lang: Lang
    filled: Filled
    formats: FormFormats

    def say(self, entry: str, /, **facts: object) -> str:
        """A text of the form's chapter in the form's language."""
        return say(f"form.{entry}", self.lang, **facts)

    def content_of(self, code: str, answer: Answer) -> Content | None:
        """What stands in an input: the unit's own; in a blank form, what is carried forward from before."""
        if not self.filled.is_blank:
            return self.filled.answers.get((code, answer))
        if code not in self.form.problems_by_code:
            return None
        carried = [each for each in self.form.problems_by_code[code] if each.is_open]
        texts = {
            Answer.DIFFICULTY: [problem.difficulty for problem in carried],
            Answer.REQUEST: [problem.request for problem in carried],
        }.get(answer, [])
        text = "\n".join(filter(None, (text.strip() for text in texts)))
        return Content(sheet="", cell="", kind=CellKind.TEXT, text=text) if text else None

    def put(self, row: int, column: int, content: Content | None, style: Format) -> None:
        """Write the unit's own content exactly: a number as number, all else as text, never a formula."""
        if content is None or content.is_blank:
            self.sheet.write_blank(row, column, None, style)
        elif content.kind is CellKind.NUMBER and content.number is not None:
            self.sheet.write_number(row, column, float(content.number), style)
        else:
            self.sheet.write_string(row, column, content.text[:_LONGEST_CELL], style)


class Asking(Enum):
    """What the unit is asked in a cell."""

    MUST = "must"
    MAY = "may"
    NOT = "not"

    @property
    def is_asked(self) -> bool:
        """Whether the cell is a yellow one that counts as missing when blank."""
        return self is Asking.MUST


def asking(answer: Answer, line: FormRow) -> Asking:
    """Return what the form asks: figures and stages of the reporting unit only, progress of everybody."""
    if answer is Answer.PROGRESS:
        return Asking.MUST
    if answer not in (Answer.ACTUAL, Answer.STAGE):
        return Asking.MAY
    if not line.reports or (answer is Answer.ACTUAL and line.target.is_stage):
        return Asking.NOT
    need_not = line.target.mark in (Mark.NOT_APPLICABLE, Mark.UNDECIDED)
    return Asking.MAY if need_not or (answer is Answer.STAGE) != line.target.is_stage else Asking.MUST
