"""What a person should know about a returned workbook beside its rows: hidden, double, extra, covered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from workplan_xlsx.books.columns import CODE_KEY, languages
from workplan_xlsx.books.identity import HIDDEN_SHEET
from workplan_xlsx.books.returned.grid import Area, Cell, CellComment, Grid, address, address_of
from workplan_xlsx.books.returned.table import Table
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.returns import Answer, ReturnedRow
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_MOST_NAMED = 5
_LONGEST_COMMENT = 60
_NEEDED = (CODE_KEY, Answer.ACTUAL.value, Answer.STAGE.value, Answer.PROGRESS.value)
"""Without these columns a form cannot be judged; the others may be deleted by a tidy clerk.

Without 序号 the rows are known by 指标名称, if that is there.
"""


def remarks_on_table(table: Table, rows: Sequence[ReturnedRow], lang: Lang) -> Iterator[Finding]:
    """Yield what is to be said about the table."""
    yield from _missing(table, lang)
    yield from _doubles(table, lang)
    yield from _hidden(table, rows, lang)
    yield from _extra(table, lang)
    yield from _merged(table, rows, lang)
    for cell in table.sheet.covered[:_MOST_NAMED]:
        if not cell.is_blank:
            yield found(Code.UNDER_MERGE, sheet=table.sheet.name, cell=cell.address, got=cell.text[:100])


def _missing(table: Table, lang: Lang) -> Iterator[Finding]:
    for key in (CODE_KEY, *(answer.value for answer in Answer)):
        if key not in table.columns:
            needed = key in _NEEDED and not (key == CODE_KEY and "name" in table.columns)
            code = Code.COLUMN_MISSING if needed else Code.COLUMN_ABSENT
            yield found(code, sheet=table.sheet.name, column=header(key, lang))


def _doubles(table: Table, lang: Lang) -> Iterator[Finding]:
    for key, places in table.doubles.items():
        filled = [cells[0] for place in places if (cells := table.column_cells(place))]
        if key in _INPUTS and len(filled) > 1:
            told = first_few([cell.address for cell in filled], lang)
            facts = {"column": header(key, lang), "cells": told}
            yield found(Code.COLUMN_TWICE, sheet=table.sheet.name, cell=filled[1].address, **facts)


_ANSWERS = tuple(answer.value for answer in Answer)
_INPUTS = (CODE_KEY, *_ANSWERS)
_FIGURES = (Answer.ACTUAL.value, Answer.STAGE.value)


def _hidden(table: Table, rows: Sequence[ReturnedRow], lang: Lang) -> Iterator[Finding]:
    sheet = table.sheet
    hidden_rows = [str(row.row) for row in rows if row.hidden]
    if hidden_rows:
        yield found(Code.ROWS_HIDDEN, sheet=sheet.name, rows=listed(hidden_rows, lang))
    hidden = [key for key in _INPUTS if table.columns.get(key) in sheet.hidden_columns]
    if hidden:
        names = listed((header(key, lang) for key in hidden), lang)
        yield found(Code.COLUMNS_HIDDEN, sheet=sheet.name, columns=names)


def _extra(table: Table, lang: Lang) -> Iterator[Finding]:
    """Columns that somebody added, and cells beside the table."""
    sheet = table.sheet.name
    if table.extra:
        names = first_few([" ".join(cell.text.split())[:30] for cell in table.extra], lang)
        yield found(Code.COLUMNS_EXTRA, sheet=sheet, cell=table.extra[0].address, columns=names)
    known = {*table.columns.values(), *(cell.column for cell in table.extra)}
    known.update(place for places in table.doubles.values() for place in places)
    stray = [cell for _, cells in table.body for cell in _beside(cells, known)]
    if stray:
        cells = first_few([cell.address for cell in stray], lang)
        yield found(Code.CELLS_STRAY, sheet=sheet, cell=stray[0].address, cells=cells)


def _beside(cells: Mapping[int, Cell], known: AbstractSet[int]) -> Iterator[Cell]:
    if cells.keys() <= known:
        return
    yield from (cell for column, cell in cells.items() if column not in known and not cell.is_blank)


def _merged(table: Table, rows: Sequence[ReturnedRow], lang: Lang) -> Iterator[Finding]:
    """Merges that make one cell of several to fill in: what it holds is the first one's alone."""
    below = [area for area in table.sheet.merges if area.last_row > table.header_row]
    if not below:
        return  # nearly always one for the signatures
    numbers = [row.row - 1 for row in rows]
    taken = [area for area in below if _takes_inputs(area, table, numbers)]
    if taken:
        cell = address(taken[0].first_row, taken[0].first_column)
        areas = first_few([address_of(area) for area in taken], lang)
        yield found(Code.INPUTS_MERGED, sheet=table.sheet.name, cell=cell, areas=areas)


def _takes_inputs(area: Area, table: Table, rows: Sequence[int]) -> bool:
    """Whether what was written counts for one row of several, or stands left of the figure or the stage."""
    if table.sheet.at(area.first_row, area.first_column) is None:
        return False
    count = len([row for row in rows if area.first_row <= row <= area.last_row])
    keys = [key for key, place in table.columns.items() if area.first_column <= place <= area.last_column]
    beside = any(table.columns[key] > area.first_column for key in keys if key in _FIGURES)
    return (count > 1 and any(key in _ANSWERS for key in keys)) or (count > 0 and beside)


def remarks_on_book(grid: Grid, used: Collection[str], lang: Lang) -> Iterator[Finding]:
    """Yield what is to be said about the workbook; `used` names the sheets that were read or are ours."""
    ours = {"".join(name.split()).casefold() for name in (*used, *_our_sheets())}
    extra = [
        sheet.name
        for sheet in grid.sheets
        if (sheet.rows or sheet.unread) and "".join(sheet.name.split()).casefold() not in ours
    ]
    if extra:
        yield found(Code.SHEETS_EXTRA, sheet=extra[0], sheets=first_few(extra, lang))
    if grid.notes:
        what = listed((say(f"reading.left_{note}", lang) for note in grid.notes), lang)
        yield found(Code.LEFT_BEHIND, what=what)


def remarks_on_comments(sheet: str, comments: Sequence[CellComment], lang: Lang) -> Iterator[Finding]:
    """Yield where somebody wrote beside a cell, and what; the comments of a marked copy are our own."""
    if not comments:
        return
    ours = tuple(say("form.comment_heading", each) for each in languages())
    written = [each for each in comments if each.text.strip() and not each.text.strip().startswith(ours)]
    if written:
        told = first_few([_comment(each, lang) for each in written], lang)
        cell = address(written[0].row, written[0].column)
        yield found(Code.COMMENTS, sheet=sheet, cell=cell, comments=told)


def _comment(comment: CellComment, lang: Lang) -> str:
    text = " ".join(_written(comment.text).split())[:_LONGEST_COMMENT]
    return say("reading.comment", lang, cell=address(comment.row, comment.column), text=text)


def _written(comment: str) -> str:
    """What a person wrote: today's Excel puts a notice to older ones before it, and 注释: on a line."""
    _, is_thread, behind = comment.partition(_END_OF_NOTICE)
    return behind.strip().partition("\n")[2] if is_thread else comment


_END_OF_NOTICE = "linkid=870924"


def _our_sheets() -> Iterator[str]:
    yield HIDDEN_SHEET
    for lang in languages():
        yield say("form.sheet", lang)
        yield say("form.sheet_help", lang)
        yield say("form.sheet_source", lang)
        yield say("form.sheet_returned", lang)


def header(key: str, lang: Lang) -> str:
    """The wording of a column's header."""
    return say(f"form.column_{key}", lang)


def first_few(names: Sequence[str], lang: Lang) -> str:
    """The first few, and how many there are in all."""
    some = listed(names[:_MOST_NAMED], lang)
    if len(names) <= _MOST_NAMED:
        return some
    return say("reading.and_more", lang, some=some, count=len(names))
