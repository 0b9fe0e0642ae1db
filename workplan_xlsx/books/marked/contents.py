"""What the unit had written, by target code and column, ready to be put into a fresh form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from workplan_xlsx.books.columns import languages
from workplan_xlsx.books.form.paper import Filled
from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.domain.judging.cells import stage_of, stage_words
from workplan_xlsx.domain.returns import Answer, CellKind, Content, ReturnedForm, ReturnedRow
from workplan_xlsx.words import Lang, say

_OF_THE_REPORTER = (Answer.ACTUAL, Answer.STAGE)


def contents_of(
    form: FormPlan, returned: ReturnedForm, lang: Lang, marks: Mapping[tuple[str, str], str]
) -> Filled:
    """Return the unit's contents for every row of the form; what it had no row for is told in the list.

    Where a row stood there twice with different figures the cell stays blank: nobody may choose for the
    unit. Different texts are kept one below the other.
    """
    answers = {}
    for code, rows in rows_by_code(form, returned).items():
        for answer in Answer:
            content = _one_of([*_written(rows, answer)], answer)
            if content is not None:
                answers[code, answer] = _in_language(content, answer, lang)
    return Filled(answers=answers, head=returned.head, marks=marks)


def rows_by_code(form: FormPlan, returned: ReturnedForm) -> dict[str, list[ReturnedRow]]:
    """The returned rows of each target on the form, in their order."""
    rows: defaultdict[str, list[ReturnedRow]] = defaultdict(list)
    known = {row.target.code for row in form.rows}
    for row in returned.rows:
        if row.code in known:
            rows[row.code].append(row)
    return dict(rows)


def _written(rows: Sequence[ReturnedRow], answer: Answer) -> Iterator[Content]:
    """What stands in the column of these rows, blanks and our own hints left out, equal ones once."""
    seen = set()
    for row in rows:
        content = row.answers.get(answer)
        if content is None or content.is_blank or (answer in _OF_THE_REPORTER and is_hint(content)):
            continue
        if (content.kind, content.text, content.number) not in seen:
            seen.add((content.kind, content.text, content.number))
            yield content


def is_hint(content: Content) -> bool:
    """Whether the cell holds what the form itself prints in a grey cell: 由区科技局填报, —."""
    text = content.text.strip()
    if content.kind is not CellKind.TEXT:
        return False
    ends = [say("form.by_other", lang, unit="\0").split("\0") for lang in languages()]
    marks = {say("form.no_number", lang) for lang in languages()}
    return text in marks or any(text.startswith(one) and text.endswith(two) for one, two in ends)


def _one_of(contents: list[Content], answer: Answer) -> Content | None:
    if len(contents) < 2:
        return contents[0] if contents else None
    if answer in _OF_THE_REPORTER:
        return None
    told = "\n".join(each.text for each in contents)
    return contents[0]._replace(kind=CellKind.TEXT, text=told, number=None)


def _in_language(content: Content, answer: Answer, lang: Lang) -> Content:
    """A stage chosen from the other language's list, in the words of this form's list."""
    stage = stage_of(content.text) if answer is Answer.STAGE and content.kind is CellKind.TEXT else None
    return content if stage is None else content._replace(text=stage_words(stage, lang))
