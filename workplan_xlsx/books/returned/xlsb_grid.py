"""An .xlsb as a grid, by our own walk over the records of its parts."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.grid import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_MERGES,
    Area,
    Budget,
    Cell,
    Grid,
    Sheet,
    address,
    text_cell,
)
from workplan_xlsx.books.returned.made_sheet import made_sheet
from workplan_xlsx.books.returned.package_properties import read_properties
from workplan_xlsx.books.returned.struck_out import maker_of
from workplan_xlsx.books.returned.unreadable import damaged, too_large, unsafe
from workplan_xlsx.books.returned.xls_grid import error_text
from workplan_xlsx.books.returned.xlsb_records import records, text_at
from workplan_xlsx.books.returned.xlsx_cell import CellMaker
from workplan_xlsx.books.returned.xlsx_parts import (
    MOST_FORMATS,
    code_of_format,
    links_of,
    main_part,
    needed,
    notes,
    target_of,
)

_PROPERTIES, _SHEET, _TEXT, _FONT, _FORMAT, _STYLE = 153, 156, 19, 43, 44, 47
_STYLES_BEGIN, _STYLES_END = 617, 618
_ROW, _COLUMNS, _MERGE, _DATA_BEGINS, _DATA_ENDS = 0, 60, 176, 145, 146
_LINK_BEGINS, _DDE = 360, 1
_BLANKS = {1, 12}
_SHORT_BY = 11
"""Kinds 12-18 are kinds 1-7 without a column: they stand right of the cell before them."""
_ROW_HIDDEN, _FONT_STRUCK = 0x10, 0x08

Value = tuple[str, str]
"""A cell's type as .xlsx has it, and its value."""


def read_xlsb(package: Package) -> Grid:
    """Return the workbook's sheets; charts and macro sheets have no grid and are left out.

    Raises:
        Unreadable: A part is missing, damaged or beyond every limit.
    """
    main = main_part(package, "xl/workbook.bin")
    try:
        return _read(package, main)
    except (struct.error, ValueError, IndexError):  # a record is shorter than its kind needs
        raise damaged("xml", name=main) from None


def _read(package: Package, main: str) -> Grid:
    _refuse_program_links(package)
    links = links_of(package, main)
    epoch_1904 = False
    listed = []
    for kind, record in records(needed(package, main), main):
        if kind == _PROPERTIES:
            epoch_1904 = bool(record[0] & 1)
        elif kind == _SHEET:
            link, at = text_at(record, 8)
            listed.append((text_at(record, at)[0], link, record[0] != 0))
    texts = list(_texts(package, target_of(links, "sharedStrings")))
    maker = maker_of(texts, *_looks(package, target_of(links, "styles")), epoch_1904=epoch_1904)
    budget = Budget()
    sheets = []
    for name, link, hidden in listed:
        place = links.get(link)
        if place is not None and place.kind == "worksheet":
            one = _SheetWalk(name, place.target, maker, budget)
            sheets.append(one.walk(needed(package, place.target), hidden=hidden))
    if not sheets:
        raise damaged("no_sheets")
    return Grid(
        sheets=tuple(sheets),
        properties=read_properties(package),
        epoch_1904=epoch_1904,
        notes=tuple(notes(package)),
    )


def _refuse_program_links(package: Package) -> None:
    """A link to another program (DDE) may start it; one to another workbook is only not followed."""
    for name, content in package.parts.items():
        if name.startswith("xl/externallinks/") and name.endswith(".bin"):
            for kind, record in records(content, name):
                if kind == _LINK_BEGINS and int.from_bytes(record[:2], "little") == _DDE:
                    raise unsafe("dde")


def _texts(package: Package, part: str) -> Iterator[str]:
    for kind, record in records(needed(package, part), part) if part else ():
        if kind == _TEXT:
            yield text_at(record, 1)[0]


def _looks(package: Package, part: str) -> tuple[list[str], set[int]]:
    """The number format code of each cell format, and which of them are struck out."""
    codes: dict[str, str] = {}
    used: list[str] = []
    fonts: list[int] = []
    struck: list[bool] = []
    inside = False
    for kind, record in records(needed(package, part), part) if part else ():
        if kind == _FORMAT:
            codes.setdefault(str(int.from_bytes(record[:2], "little")), text_at(record, 2)[0])
        elif kind == _FONT:
            struck.append(bool(record[2] & _FONT_STRUCK))
        elif kind in (_STYLES_BEGIN, _STYLES_END):
            inside = kind == _STYLES_BEGIN
        elif kind == _STYLE and inside:
            used.append(str(int.from_bytes(record[2:4], "little")))
            fonts.append(int.from_bytes(record[4:6], "little"))
    if len(used) > MOST_FORMATS:
        raise too_large("formats", count=MOST_FORMATS, limit=MOST_FORMATS)
    crossed = {look for look, font in enumerate(fonts) if font < len(struck) and struck[font]}
    return [code_of_format(number, codes) for number in used], crossed


class _SheetWalk:
    """Collects a sheet's cells from its records."""

    def __init__(self, name: str, part: str, maker: CellMaker, budget: Budget) -> None:
        self._name, self._part = name, part
        self._maker, self._budget = maker, budget
        self._cells: dict[tuple[int, int], Cell] = {}
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._merges: list[Area] = []
        self._row = self._column = -1
        self._in_data = False

    def walk(self, content: bytes, *, hidden: bool) -> Sheet:
        """Return the sheet that the part holds."""
        for kind, record in records(content, self._part):
            if kind in _VALUES or kind in _BLANKS:
                self._cell(kind, record)
            elif kind == _ROW:
                self._begin_row(record)
            elif kind in (_DATA_BEGINS, _DATA_ENDS):
                self._in_data = kind == _DATA_BEGINS
            elif kind == _MERGE:
                self._merge(record)
            elif kind == _COLUMNS:
                self._take_columns(record)
        return made_sheet(
            self._name,
            self._cells,
            hidden=hidden,
            hidden_rows=frozenset(self._hidden_rows),
            hidden_columns=frozenset(self._hidden_columns),
            merges=tuple(self._merges),
        )

    def _begin_row(self, record: bytes) -> None:
        self._row, _, height = struct.unpack_from("<IIH", record)
        self._column = -1
        if self._row > LAST_ROW:
            raise damaged("cell_address", name=f"{self._row + 1}")
        if record[11] & _ROW_HIDDEN or not height:
            self._hidden_rows.add(self._row)

    def _cell(self, kind: int, record: bytes) -> None:
        is_short = _SHORT_BY < kind <= _SHORT_BY + 7
        self._column = self._column + 1 if is_short else int.from_bytes(record[:4], "little")
        row, column = self._row, self._column
        if not self._in_data or row < 0 or column > LAST_COLUMN:
            raise damaged("cell_address", name=f"{row + 1}")
        if (row, column) in self._cells:
            raise damaged("cell_twice", name=address(row, column))
        if kind in _BLANKS:
            return
        begins = 0 if is_short else 4
        style = str(int.from_bytes(record[begins : begins + 3], "little"))
        cell = self._made(kind - _SHORT_BY if is_short else kind, record, begins + 4, style)
        if cell is not None:
            self._budget.take(cell.text)
            self._cells[row, column] = cell

    def _made(self, kind: int, record: bytes, at: int, style: str) -> Cell | None:
        type_, value = _VALUES[kind](record, at)
        from_formula = kind in _FORMULAS
        if type_ == "str":
            return text_cell(self._row, self._column, value, from_formula)
        return self._maker.make(self._row, self._column, type_, style, value, from_formula)

    def _merge(self, record: bytes) -> None:
        top, bottom, left, right = struct.unpack_from("<4I", record)
        if top > bottom or left > right or bottom > LAST_ROW or right > LAST_COLUMN:
            raise damaged("cell_address", name=f"{top + 1}")
        self._merges.append(Area(top, left, bottom, right))
        if len(self._merges) > MOST_MERGES:
            raise too_large("merges", count=MOST_MERGES, limit=MOST_MERGES)

    def _take_columns(self, record: bytes) -> None:
        first, last, width, _, flags = struct.unpack_from("<4IH", record)
        if flags & 1 or not width:
            self._hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))


def _packed_number(record: bytes, at: int) -> Value:
    """Thirty bits of a whole number, or of the top of a double; perhaps to be divided by 100."""
    (packed,) = struct.unpack_from("<i", record, at)
    if packed & 2:
        number = float(packed >> 2)
    else:
        (number,) = struct.unpack("<d", struct.pack("<Ii", 0, packed & ~3))
    return "n", repr(number / 100 if packed & 1 else number)


def _double(record: bytes, at: int) -> Value:
    (number,) = struct.unpack_from("<d", record, at)
    return "n", repr(number)


def _truth(record: bytes, at: int) -> Value:
    return "b", str(record[at])


def _error(record: bytes, at: int) -> Value:
    return "e", error_text(record[at])


def _shared(record: bytes, at: int) -> Value:
    (index,) = struct.unpack_from("<I", record, at)
    return "s", str(index)


def _text(record: bytes, at: int) -> Value:
    return "str", text_at(record, at)[0]


def _rich_text(record: bytes, at: int) -> Value:
    return "str", text_at(record, at + 1)[0]


_PLAIN: dict[int, Callable[[bytes, int], Value]] = {
    2: _packed_number,
    3: _error,
    4: _truth,
    5: _double,
    6: _text,
    7: _shared,
}
_FORMULAS: dict[int, Callable[[bytes, int], Value]] = {8: _text, 9: _double, 10: _truth, 11: _error}
_VALUES = {
    **_PLAIN,
    **_FORMULAS,
    **{kind + _SHORT_BY: take for kind, take in _PLAIN.items()},
    62: _rich_text,
}
