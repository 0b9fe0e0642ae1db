"""An .xls or WPS .et (BIFF) as a grid, with what calamine does not tell: percents, errors, what is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from math import isfinite
from typing import TYPE_CHECKING, Any

from workplan_xlsx.books.returned.grid import Area, Budget, Cell, CellComment, Grid, Sheet
from workplan_xlsx.books.returned.made_sheet import made_sheet
from workplan_xlsx.books.returned.number_formats import built_in
from workplan_xlsx.books.returned.runs import as_read
from workplan_xlsx.books.returned.struck_out import struck_out
from workplan_xlsx.books.returned.unreadable import Unreadable, damaged
from workplan_xlsx.books.returned.xlsx_cell import number_cell, styled_number
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.returns import CellKind
from workplan_xlsx.domain.rounding import shown_of_double

if TYPE_CHECKING:
    from xlrd.book import Book


def read_xls(data: bytes) -> Grid:
    """Return the workbook's sheets; the file keeps no custom properties that could be read.

    Raises:
        Unreadable: A password is needed, or it cannot be read.
    """
    book = _opened(data)
    budget = Budget()
    sheets = tuple(_sheet(book, index, budget) for index in range(book.nsheets))
    if not sheets:
        raise damaged("no_sheets")
    return Grid(sheets=sheets, epoch_1904=bool(book.datemode), comments=_comments(book))


def _opened(data: bytes) -> Book:
    import xlrd

    with _of_the_file():
        return xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=StringIO())


@contextmanager
def _of_the_file() -> Iterator[None]:
    """What xlrd raises in the block is said of the file; our own mistakes are made outside, and stay ours."""
    import xlrd

    try:
        yield
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Unreadable(Code.PASSWORD, "password") from None
        raise damaged("container") from None
    except Exception:  # noqa: BLE001 - xlrd lets a dozen kinds of errors through for files that it cannot read
        raise damaged("container") from None


def _comments(book: Book) -> dict[str, tuple[CellComment, ...]]:
    found = {
        page.name: tuple(_comment(place, note.text) for place, note in sorted(page.cell_note_map.items()))
        for page in book.sheets()
    }
    return {name: comments for name, comments in found.items() if comments}


def _comment(place: tuple[int, int], text: str) -> CellComment:
    return CellComment(place[0], place[1], text)


def _sheet(book: Book, index: int, budget: Budget) -> Sheet:
    page = book.sheet_by_index(index)
    cells: dict[tuple[int, int], Cell] = {}
    struck = _struck_looks(book)
    for row in range(page.nrows):
        with _of_the_file():
            stored = page.row(row)
        for column, each in enumerate(stored):
            cell = _cell(book, row, column, each)
            if cell is not None:
                budget.take(cell.text)
                cells[row, column] = struck_out(cell) if page.cell_xf_index(row, column) in struck else cell
    for place, runs in page.rich_text_runlist_map.items():
        if place in cells and any(_looks_other(book, font) for _, font in runs):
            cells[place] = _in_runs(cells[place], [begins for begins, _ in runs])
    return made_sheet(
        page.name,
        cells,
        hidden=page.visibility != 0,
        hidden_rows=frozenset(row for row, about in page.rowinfo_map.items() if about.hidden),
        hidden_columns=frozenset(column for column, about in page.colinfo_map.items() if about.hidden),
        merges=tuple(_merges(page.merged_cells)),
    )


def _struck_looks(book: Book) -> frozenset[int]:
    """The numbers of the cell formats whose letters are struck out."""
    fonts = {number for number, font in enumerate(book.font_list) if font.struck_out}
    return frozenset(look for look, format_ in enumerate(book.xf_list) if format_.font_index in fonts)


def _looks_other(book: Book, font: int) -> bool:
    """Struck out, raised or lowered."""
    known = book.font_list[font] if font < len(book.font_list) else None
    return known is not None and bool(known.struck_out or known.escapement)


def _in_runs(cell: Cell, begins: list[int]) -> Cell:
    ends = [*begins, len(cell.text)]
    runs = [cell.text[one:other] for one, other in zip([0, *begins], ends, strict=True)]
    return cell._replace(text=as_read([run for run in runs if run], looks_change=True))


def _merges(ranges: list[tuple[int, int, int, int]]) -> Iterator[Area]:
    for first_row, after_row, first_column, after_column in ranges:
        yield Area(first_row, first_column, after_row - 1, after_column - 1)


def _cell(book: Book, row: int, column: int, cell: Any) -> Cell | None:
    make = _MAKERS.get(cell.ctype)
    return make(book, row, column, cell) if make else None


def _text(_: Book, row: int, column: int, cell: Any) -> Cell | None:
    if "\0" in cell.value:
        raise damaged("container")
    return Cell(row, column, CellKind.TEXT, cell.value) if cell.value else None


def _number(book: Book, row: int, column: int, cell: Any) -> Cell:
    if not isfinite(cell.value):
        return Cell(row, column, CellKind.ERROR, str(cell.value))
    number = shown_of_double(cell.value)
    code = _format(book, cell.xf_index)
    return number_cell(row, column, styled_number(number, code, epoch_1904=bool(book.datemode)), False)


def _format(book: Book, index: int | None) -> str:
    if index is None or index >= len(book.xf_list):
        return ""
    key = book.xf_list[index].format_key
    known = book.format_map.get(key)
    code = known.format_str if known else None
    if code is None:  # it is no format of the file: one of Excel's own, of which xlrd has the western ones
        return built_in(key)
    return "" if code.casefold() == "general" else code


def _truth(_: Book, row: int, column: int, cell: Any) -> Cell:
    return Cell(row, column, CellKind.TRUTH, "TRUE" if cell.value else "FALSE")


def _error(_: Book, row: int, column: int, cell: Any) -> Cell:
    return Cell(row, column, CellKind.ERROR, error_text(cell.value))


def error_text(code: int) -> str:
    """The sign of an error by its number, the same in .xls and .xlsb: #DIV/0! is 7."""
    import xlrd

    return str(xlrd.error_text_from_code.get(code, "#"))


_MAKERS: dict[int, Callable[[Any, int, int, Any], Cell | None]] = {
    1: _text,
    2: _number,
    3: _number,  # a number whose format xlrd takes for a date; our own rule decides
    4: _truth,
    5: _error,
}
