"""From bytes to a grid: told by content, through the gate, into the reader for its format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from workplan_xlsx.books.returned.csv_grid import read_csv
from workplan_xlsx.books.returned.decrypting import decrypted
from workplan_xlsx.books.returned.gate import open_package
from workplan_xlsx.books.returned.grid import Grid
from workplan_xlsx.books.returned.ods_grid import read_ods
from workplan_xlsx.books.returned.sniffing import Format, Sniffed, refuse_unsupported, sniff
from workplan_xlsx.books.returned.unreadable import Unreadable, unsafe
from workplan_xlsx.books.returned.xls_grid import read_xls
from workplan_xlsx.books.returned.xlsb_grid import read_xlsb
from workplan_xlsx.books.returned.xlsx_grid import read_xlsx
from workplan_xlsx.domain.findings import Code


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that could be read.

    Attributes:
        asks_second: Whether calamine is to be heard as the second reader; it knows all but .csv.
        data: The bytes that were read: the file's, or what was behind its password.
    """

    data: bytes
    grid: Grid
    format: Format
    asks_second: bool


def open_grid(data: bytes, file: str, passwords: Sequence[str] = ()) -> Opened:
    """Return the workbook's grid; `file` is its name, which counts only where it contradicts the content.

    Raises:
        Unreadable: It is no workbook, or damaged, unsafe, too large, or none of the passwords opens it.
    """
    sniffed = sniff(data)
    if sniffed.format is Format.PASSWORD:
        data = decrypted(data, passwords)
        sniffed = sniff(data)
    try:
        return _open(data, file, sniffed)
    except Unreadable as why:
        if why.code is not Code.PASSWORD or sniffed.format is not Format.XLS:
            raise
    data = decrypted(data, passwords)  # an .xls keeps its outer shape
    return _open(data, file, sniff(data))


def _open(data: bytes, file: str, sniffed: Sniffed) -> Opened:
    format_, members = sniffed
    refuse_unsupported(format_)
    suffix = PurePath(file).suffix.lower()
    if format_ is Format.CSV:
        if suffix not in (".csv", ".txt", ".tsv"):
            raise Unreadable(Code.NOT_A_WORKBOOK, format_.value)
        return Opened(data, read_csv(data, PurePath(file).stem), format_, asks_second=False)
    if format_ is Format.XLSX:
        package = open_package(data, members)
        grid = read_xlsx(package)
        if suffix == ".xlsx" and "macros" in grid.notes and _says_macros(package.part("[Content_Types].xml")):
            raise unsafe("macro_disguised")
        return Opened(data, grid, format_, asks_second=True)
    if format_ is Format.ODS:
        return Opened(data, read_ods(open_package(data, members)), format_, asks_second=True)
    if format_ is Format.XLS:
        return Opened(data, read_xls(data), format_, asks_second=True)
    return Opened(data, read_xlsb(open_package(data, members)), format_, asks_second=True)


def _says_macros(content_types: bytes | None) -> bool:
    """Excel itself refuses a package of this type under the name .xlsx."""
    return content_types is not None and b"sheet.macroEnabled.main+xml" in content_types
