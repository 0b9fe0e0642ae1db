"""A returned file's bytes -> what it says: a ReturnedForm, whatever was done to the workbook on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from workplan_xlsx.books.columns import CODE_KEY
from workplan_xlsx.books.returned.grid import Grid, address, place_of
from workplan_xlsx.books.returned.head import read_head, sign_offs
from workplan_xlsx.books.returned.identity_marks import (
    mark_of_head,
    mark_of_properties,
    mark_of_rows,
    mark_of_title,
    marks_of_sheets,
)
from workplan_xlsx.books.returned.opened import Opened, open_grid
from workplan_xlsx.books.returned.remarks import remarks_on_book, remarks_on_comments, remarks_on_table
from workplan_xlsx.books.returned.rows import FormRows, read_rows
from workplan_xlsx.books.returned.second_opinion import first_difference
from workplan_xlsx.books.returned.table import Table, find_tables
from workplan_xlsx.books.returned.unreadable import Unreadable
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.judging.written_numbers import is_percent
from workplan_xlsx.domain.returns import Answer, CellKind, Content, IdentityMark, ReturnedForm, ReturnedRow
from workplan_xlsx.words import Lang, say

_HEAD_ROWS_WITHOUT_A_TABLE = 30


def read_returned(
    data: bytes, file: str, sha256: str, lang: Lang = "zh", passwords: Sequence[str] = ()
) -> ReturnedForm:
    """Return what the file says; one that cannot be read has no rows and a finding that says why.

    The same bytes and name always give the same form. To be called in a worker: a reader of foreign formats
    may die on a hostile file.
    """
    try:
        return _read(open_grid(data, file, passwords), file, sha256, lang)
    except Unreadable as why:
        return _form(file, sha256, findings=(why.finding(file, lang),))


def _form(file: str, sha256: str, *, findings: tuple[Finding, ...]) -> ReturnedForm:
    return ReturnedForm(file=file, sha256=sha256, marks=(), sheet="", head={}, rows=(), findings=findings)


def _read(opened: Opened, file: str, sha256: str, lang: Lang) -> ReturnedForm:
    grid = opened.grid
    sheet_marks = marks_of_sheets(grid)
    marks = (*sheet_marks.values(), *mark_of_properties(grid.properties))
    found_tables = find_tables(grid)
    tables = [_with_filled_columns(table) for table in found_tables.read]
    form = _form(file, sha256, findings=())
    if not tables:
        return _without_table(form, grid, marks)
    read = [_rows(table, grid) for table in tables]
    table, rows = tables[0], read[0]
    head = read_head(table.sheet, table.header_row)
    rivals_unseen = tuple(_hidden_rivals(found_tables.unseen, grid, table, rows))
    used = {table.sheet.name, *sheet_marks, *(finding.sheet for finding in rivals_unseen)}
    findings = [
        *_rivals(tables, read, lang),
        *rivals_unseen,
        *rows.findings,
        *remarks_on_table(table, rows.rows, lang),
        *remarks_on_comments(table.sheet.name, grid.comments.get(table.sheet.name, ()), lang),
        *remarks_on_book(grid, used, lang),
        *(_second_opinion(opened, table, head) if _asks_second(opened, table, sha256) else ()),
    ]
    return replace(
        form,
        marks=(*(marks or mark_of_rows(table)), *mark_of_head(head), *mark_of_title(table)),
        sheet=table.sheet.name,
        head=sign_offs(head),
        rows=rows.rows if opened.asks_second else tuple(_without_formats(rows.rows)),
        findings=tuple(findings),
        language=table.language,
    )


def _without_formats(rows: Sequence[ReturnedRow]) -> Iterator[ReturnedRow]:
    """Of a .csv no number format is known: 0.47 among percents may be 47 %, and is asked about."""
    for row in rows:
        content = row.answers.get(Answer.ACTUAL)
        if content is None or content.kind is not CellKind.NUMBER or not is_percent(row.unit):
            yield row
        else:
            unclear = content._replace(kind=CellKind.FORMAT_LOST)
            yield replace(row, answers={**row.answers, Answer.ACTUAL: unclear})


def _without_table(form: ReturnedForm, grid: Grid, marks: Sequence[IdentityMark]) -> ReturnedForm:
    """Whose form it is may still be known; then the unit can be told what is missing."""
    sheet = next((sheet for sheet in grid.sheets if not sheet.hidden), grid.sheets[0])
    head = read_head(sheet, _HEAD_ROWS_WITHOUT_A_TABLE)
    return replace(
        form,
        marks=(*marks, *mark_of_head(head)),
        sheet=sheet.name,
        findings=(found(Code.SHEET_MISSING, sheet=sheet.name),),
    )


def _with_filled_columns(table: Table) -> Table:
    """Of a column that is there twice take the one that holds something."""
    chosen = dict(table.columns)
    for key, places in table.doubles.items():
        chosen[key] = next((place for place in places if table.column_cells(place)), places[0])
    return replace(table, columns=chosen) if table.doubles else table


def _rivals(tables: Sequence[Table], read: Sequence[FormRows], lang: Lang) -> Iterator[Finding]:
    """A second table may only say the same."""
    if len(tables) == 1:
        return
    said = _answers(read[0])
    for table, rows in zip(tables[1:], read[1:], strict=True):
        if _answers(rows) != said:
            yield found(
                Code.TABLE_TWICE,
                sheet=table.sheet.name,
                one=_place(tables[0], lang),
                two=_place(table, lang),
            )
            return


def _hidden_rivals(tables: Sequence[Table], grid: Grid, seen: Table, rows: FormRows) -> Iterator[Finding]:
    """A table that nobody sees is not asked about; whoever filled in that one is told so."""
    for table in map(_with_filled_columns, tables):
        hidden = _rows(table, grid)
        if _says_something(hidden) and _answers(hidden) != _answers(rows):
            names = {"hidden": table.sheet.name, "seen": seen.sheet.name}
            yield found(Code.TABLE_HIDDEN, sheet=table.sheet.name, **names)


def _rows(table: Table, grid: Grid) -> FormRows:
    return read_rows(table, epoch_1904=grid.epoch_1904)


def _says_something(rows: FormRows) -> bool:
    return any(not content.is_blank for row in rows.rows for content in row.answers.values())


def _answers(rows: FormRows) -> list[tuple[str, Mapping[Answer, str]]]:
    return [
        (row.code, {answer: content.text.strip() for answer, content in row.answers.items()})
        for row in rows.rows
    ]


def _place(table: Table, lang: Lang) -> str:
    return say("reading.at_table", lang, sheet=table.sheet.name, row=table.header_row + 1)


_IN_CONTROL = ("0", "1")
"""First digits of a hash, of sixteen."""


def _asks_second(opened: Opened, table: Table, sha256: str) -> bool:
    """Whether it is read twice: every workbook that can be spelled in two ways, every eighth of the others.

    These are a standing control of our own reading, drawn by their hash: the same file is always among them.
    """
    return opened.asks_second and (not table.sheet.plain or sha256.startswith(_IN_CONTROL))


def _second_opinion(opened: Opened, table: Table, head: Mapping[str, Content]) -> Iterator[Finding]:
    """Say where the two readings of a cell that counts differ."""
    keys = (CODE_KEY, "name", "unit", *(answer.value for answer in Answer))
    difference = first_difference(
        opened.data,
        opened.grid,
        table.sheet,
        columns={table.columns[key] for key in keys if key in table.columns},
        from_row=table.header_row,
        places={place_of(content.cell) for content in head.values()},
    )
    if difference is not None:
        yield found(
            Code.READINGS_DIFFER,
            sheet=table.sheet.name,
            cell=address(difference.row, difference.column),
            one=difference.one[:100],
            two=difference.two[:100],
        )
