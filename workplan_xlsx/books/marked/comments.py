"""The comment at each cell that is to be changed or checked: what stood there, why not, what is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workplan_xlsx.books.columns import COLUMNS, INDEX
from workplan_xlsx.books.marked.lines import Action, ToldLine
from workplan_xlsx.domain.returns import Answer
from workplan_xlsx.words import Lang, say

_TO_DO = (Action.MUST_CHANGE, Action.PLEASE_CHECK)
_LONGEST_FOUND = 100


def comments(lines: Iterable[ToldLine], lang: Lang) -> dict[tuple[str, str], str]:
    """Return the comment by (target code, column key); a query marks the cell for its answer as well.

    Each begins with our heading: by it the reader knows that nobody in the unit wrote it.
    """
    told: dict[tuple[str, str], str] = {}
    for line in lines:
        for key, text in _texts(line, lang):
            told[key] = f"{told[key]}\n{text}" if key in told else text
    heading = say("form.comment_heading", lang)
    return {key: f"{heading}\n{text}" for key, text in told.items()}


def _texts(line: ToldLine, lang: Lang) -> Iterator[tuple[tuple[str, str], str]]:
    place = line.place
    if place is None or not place.code or line.action not in _TO_DO:
        return
    yield (place.code, place.key), _text(line, lang)
    if line.action is Action.PLEASE_CHECK and place.key != Answer.EXPLANATION.value:
        header = COLUMNS[INDEX[place.key]].header(lang)
        yield (place.code, Answer.EXPLANATION.value), say("form.answer_here", lang, column=header)


def _text(line: ToldLine, lang: Lang) -> str:
    """The sentence alone where nothing was written, or where it repeats what was written."""
    if line.found in ("", say("form.returned_blank", lang)) or line.found in line.expected:
        return line.expected
    return say("form.comment", lang, found=line.found[:_LONGEST_FOUND], expected=line.expected)
