"""From the file ledger.xlsx to its cells, or to the one finding that says why it cannot be read."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from workplan_xlsx.books.returned.shown_figures import shows_otherwise
from workplan_xlsx.domain.findings import Code, Finding, found

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_LARGEST_MB = 30
# What openpyxl raises on files that are not what they say: a damaged part can surface anywhere in it.
_TROUBLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    SyntaxError,  # XML that is no XML
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    NotImplementedError,
    AssertionError,
    RuntimeError,  # a member under a password
    OSError,
)
_KINDS = (
    (b"\xd0\xcf\x11\xe0", "XLS / 加密 encrypted"),
    (b"%PDF", "PDF"),
    (b"<", "HTML/XML"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7Z"),
)

CellKind = Literal["text", "number", "truth", "date", "error", "formula"]
_KIND_OF: Mapping[str, CellKind] = {"n": "number", "b": "truth", "d": "date", "e": "error", "f": "formula"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """A cell that is not blank.

    Attributes:
        at: Its address, e.g. "F12".
        kind: "formula" only for one without a result.
        value: str, int, float, bool, or a date, time or moment.
        percent: Whether it is shown as a percentage (50% is stored as 0.5).
        number_format: Of a number that is read as another figure by it (4000 shown as 4000万); else "".
    """

    at: str
    column: int
    kind: CellKind
    value: Any
    percent: bool
    number_format: str = ""


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row that is not blank; `number` as Excel shows it."""

    number: int
    cells: tuple[RawCell, ...]


Tables = Mapping[str, tuple[RawRow, ...]]


def open_tables(path: Path, sheets: Collection[str]) -> Tables | Finding:
    """Return the rows of those of the sheets that are there, by the names on their tabs.

    A finding instead when the file is absent, open elsewhere, empty, no workbook, damaged or too large.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return found(Code.LEDGER_ABSENT, file=path.name, name=path.name)
    except OSError as error:
        return found(Code.LEDGER_LOCKED, file=path.name, why=error.strerror or error)
    if not data:
        return found(Code.LEDGER_EMPTY, file=path.name)
    if not data.startswith(b"PK"):
        kind = next((kind for begins, kind in _KINDS if data.lstrip().startswith(begins)), "TXT/CSV")
        return found(Code.LEDGER_NOT_A_WORKBOOK, file=path.name, kind=kind)
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(BytesIO(data)).infolist()) // 2**20
        if size > _LARGEST_MB:
            facts = {"size": f"{size} MB", "limit": f"{_LARGEST_MB} MB"}
            return found(Code.LEDGER_TOO_LARGE, file=path.name, **facts)
        return _tables(data, sheets)
    except _TROUBLE as error:
        why = f"{type(error).__name__}: {error}"[:120]
        return found(Code.LEDGER_DAMAGED, file=path.name, why=" ".join(why.split()))


def _tables(data: bytes, sheets: Collection[str]) -> Tables:
    """Formulas are seen in a first reading; only where there are any a second one fetches their results."""
    tables = dict(_read(data, sheets, results=False))
    if not any(cell.kind == "formula" for rows in tables.values() for row in rows for cell in row.cells):
        return tables
    results = dict(_read(data, sheets, results=True))
    return {name: tuple(_with_results(rows, results.get(name, ()))) for name, rows in tables.items()}


def _read(data: bytes, sheets: Collection[str], *, results: bool) -> Iterator[tuple[str, tuple[RawRow, ...]]]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about extensions of WPS that are not kept: nothing is written back
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=results, keep_links=False)
    try:
        for name in book.sheetnames:
            if name.strip() in sheets:
                yield name.strip(), tuple(_rows(book, name))
    finally:
        book.close()


def _rows(book: Workbook, name: str) -> Iterator[RawRow]:
    sheet: Any = book[name]
    if not hasattr(sheet, "reset_dimensions"):
        return  # a chart
    sheet.reset_dimensions()  # what the file says of its size is often wrong, and would hide rows
    for row in sheet.iter_rows():
        cells = tuple(_cell(cell) for cell in row if cell.value is not None and cell.value != "")
        if cells:
            yield RawRow(next(cell.row for cell in row if cell.value is not None), cells)


def _cell(cell: Any) -> RawCell:
    return RawCell(
        at=cell.coordinate,
        column=cell.column,
        kind=_KIND_OF.get(cell.data_type, "text"),
        value=cell.value,
        percent="%" in (cell.number_format or ""),
        number_format=_misleading(cell),
    )


def _misleading(cell: Any) -> str:
    """The cell's number format where it makes a person read another figure; "" for any other."""
    code = cell.number_format or ""
    if cell.data_type != "n" or code == "General" or isinstance(cell.value, bool):
        return ""
    return code if shows_otherwise(code, Decimal(str(cell.value))) else ""


def _with_results(rows: tuple[RawRow, ...], results: tuple[RawRow, ...]) -> Iterator[RawRow]:
    result_at = {cell.at: cell for row in results for cell in row.cells}
    for row in rows:
        yield RawRow(
            row.number,
            tuple(result_at.get(cell.at, cell) if cell.kind == "formula" else cell for cell in row.cells),
        )
