"""Problems carried forward (问题): what a unit raised before, and the answer, under the target's row.

They stand in column A of rows of their own and flow over the empty cells beside it, in as many rows as the
text needs: nothing is merged, so that the table still sorts and filters, and nothing of it is ever read back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from workplan_xlsx.books.columns import languages
from workplan_xlsx.books.form.wording import day_words, period_words
from workplan_xlsx.books.styles import pieces
from workplan_xlsx.domain.period import Period
from workplan_xlsx.words import Lang, say

_ROOM = 200
"""Breadth of the table in characters of the default font, with some to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedProblem:
    """A problem (问题) that the unit raised before, as its next form shows it under the target's row.

    An open one stands in 存在问题 and 需协调事项 already: nothing is typed twice. A unit that clears the cell
    says that it is solved.

    Attributes:
        target_code: The row it belongs to.
        number: How the office calls it; "" while it has no number.
        raised_in: The period in which it was raised.
        difficulty, request: As the unit wrote it last.
        state: The office's word for how far it is (新增, 协调中 ...), in the form's language; "" unsaid.
        is_open: Whether it is still to be solved; a closed one is shown once, with its answer.
        answer: What the coordinator answered; "" for nothing yet.
        responsible_unit: Who has to solve it; "" unsaid.
        due_on: By when; None unsaid.
    """

    target_code: str
    raised_in: Period
    difficulty: str
    request: str = ""
    number: str = ""
    state: str = ""
    is_open: bool = True
    answer: str = ""
    responsible_unit: str = ""
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """One of the rows that a problem takes on the form."""

    problem: CarriedProblem
    number: int


def carried_lines(problem: CarriedProblem) -> Iterator[CarriedLine]:
    """Yield as many lines as the problem takes in the language that needs more: rows are the same in both."""
    needed = max(len(pieces(_told(problem, lang), _ROOM)) for lang in languages())
    return (CarriedLine(problem, number) for number in range(needed))


def carried_text(line: CarriedLine, lang: Lang) -> str:
    """Return the line's share of the problem's text; "" where it was shorter than foreseen."""
    parts = pieces(_told(line.problem, lang), _ROOM)
    return parts[line.number] if line.number < len(parts) else ""


def _told(problem: CarriedProblem, lang: Lang) -> str:
    """↳ 问题 3（2023年5月提出，协调中）：... 需协调：... 答复（区自然资源局，2023年6月30日前）：..."""
    told = [say("form.carried", lang, facts=_facts(problem, lang), text=_one_line(problem.difficulty))]
    if problem.request.strip():
        told.append(say("form.carried_request", lang, text=_one_line(problem.request)))
    told.append(_answer(problem, lang))
    return "　".join(told)


def _facts(problem: CarriedProblem, lang: Lang) -> str:
    facts = [problem.number, say("form.carried_raised", lang, period=period_words(problem.raised_in, lang))]
    return say("form.comma", lang).join(filter(None, (*facts, problem.state)))


def _answer(problem: CarriedProblem, lang: Lang) -> str:
    if not problem.answer.strip():
        return say("form.carried_unanswered", lang)
    who = [problem.responsible_unit]
    if problem.due_on is not None:
        who.append(say("form.carried_due", lang, day=day_words(problem.due_on, lang)))
    by = say("form.comma", lang).join(filter(None, who))
    key = "form.carried_answer" if by else "form.carried_answer_plain"
    return say(key, lang, by=by, text=_one_line(problem.answer))


def _one_line(text: str) -> str:
    return " ".join(text.split())
