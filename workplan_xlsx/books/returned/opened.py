"""From bytes to a grid: told by content, through the gate, into the reader for its format."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from workplan_xlsx.books.returned.calamine_grid import read_with_calamine
from workplan_xlsx.books.returned.csv_grid import read_csv
from workplan_xlsx.books.returned.gate import open_package
from workplan_xlsx.books.returned.grid import Grid
from workplan_xlsx.books.returned.ods_grid import read_ods
from workplan_xlsx.books.returned.sniffing import Format, refuse_unsupported, sniff
from workplan_xlsx.books.returned.unreadable import Unreadable, unsafe
from workplan_xlsx.books.returned.xls_grid import read_xls
from workplan_xlsx.books.returned.xlsx_grid import read_xlsx
from workplan_xlsx.domain.findings import Code


@dataclass(frozen=True, slots=True)
class Opened:
    """A workbook that could be read.

    Attributes:
        asks_second: Whether calamine has not been its first reader and is to be heard as the second.
    """

    grid: Grid
    format: Format
    asks_second: bool


def open_grid(data: bytes, file: str) -> Opened:
    """Return the workbook's grid; `file` is its name, which counts only where it contradicts the content.

    Raises:
        Unreadable: It is no workbook, or damaged, unsafe, too large or locked by a password.
    """
    format_ = sniff(data)
    refuse_unsupported(format_)
    suffix = PurePath(file).suffix.lower()
    if format_ is Format.CSV:
        if suffix not in (".csv", ".txt", ".tsv"):
            raise Unreadable(Code.NOT_A_WORKBOOK, format_.value)
        return Opened(read_csv(data, PurePath(file).stem), format_, asks_second=False)
    if format_ is Format.XLSX:
        package = open_package(data)
        grid = read_xlsx(package)
        if suffix == ".xlsx" and "macros" in grid.notes and _says_macros(package.part("[Content_Types].xml")):
            raise unsafe("macro_disguised")
        return Opened(grid, format_, asks_second=True)
    if format_ is Format.ODS:
        return Opened(read_ods(open_package(data)), format_, asks_second=True)
    if format_ is Format.XLS:
        return Opened(read_xls(data), format_, asks_second=True)
    open_package(data)
    return Opened(read_with_calamine(data), format_, asks_second=False)


def _says_macros(content_types: bytes | None) -> bool:
    """Excel itself refuses a package of this type under the name .xlsx."""
    return content_types is not None and b"sheet.macroEnabled.main+xml" in content_types
