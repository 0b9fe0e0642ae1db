"""Small .xlsb packages written record by record, as Excel's "binary workbook" holds them."""

from __future__ import annotations

import struct

from raw_workbooks import packed, relations

from workplan_xlsx.books.returned.grid import Grid, Sheet
from workplan_xlsx.domain.returns import CellKind

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
    '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>'
    '<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/>'
    '<Override PartName="/xl/worksheets/sheet1.bin" ContentType="application/vnd.ms-excel.worksheet"/></Types>'
)


def record(kind: int, *fields: bytes) -> bytes:
    """One record: kind and length in sevens of bits, then its fields."""
    content = b"".join(fields)
    return _sevens(kind) + _sevens(len(content)) + content


def _sevens(number: int) -> bytes:
    low, rest = number & 0x7F, number >> 7
    return bytes([low | 0x80]) + _sevens(rest) if rest else bytes([low])


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """A row, 0-based, and its cells."""
    flags = 0x10 if hidden else 0
    head = record(0, struct.pack("<IIH", number, 0, 300), bytes([0, flags, 0]), struct.pack("<I", 0))
    return head + b"".join(cells)


def cell(kind: int, column: int, value: bytes = b"", style: int = 0) -> bytes:
    """A cell of one of the kinds 1-11."""
    return record(kind, struct.pack("<II", column, style), value)


def number(column: int, value: float, style: int = 0) -> bytes:
    return cell(5, column, struct.pack("<d", value), style)


def sheet(*rows: bytes, after: bytes = b"") -> bytes:
    dimension = record(
        148, struct.pack("<4I", 0, 0, 0, 0)
    )  # nobody believes it; calamine wants it to be there
    return record(129) + dimension + record(145) + b"".join(rows) + record(146) + after + record(130)


def binary_workbook(
    sheets: dict[str, bytes],
    texts: tuple[str, ...] = (),
    *,
    epoch_1904: bool = False,
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """A workbook's bytes; cell format 1 is a percent, 2 a day; `extra`: further parts by name."""
    bundles = (
        record(156, struct.pack("<II", 0, place), text(f"rId{place}"), text(name))
        for place, name in enumerate(sheets, start=1)
    )
    book = record(131) + record(153, struct.pack("<II", int(epoch_1904), 0), text("")) + record(143)
    styles = b"".join(record(47, struct.pack("<HHHHHHHH", 0, code, 0, 0, 0, 0, 0, 0)) for code in (0, 10, 14))
    links = [("worksheet", f"worksheets/sheet{place}.bin") for place in range(1, len(sheets) + 1)]
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": relations(("officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book + b"".join(bundles) + record(144) + record(157, bytes(26)) + record(132),
        "xl/_rels/workbook.bin.rels": relations(
            *links, ("styles", "styles.bin"), ("sharedStrings", "sharedStrings.bin")
        ),
        "xl/styles.bin": record(278) + record(617, struct.pack("<I", 3)) + styles + record(618) + record(279),
        "xl/sharedStrings.bin": record(159, struct.pack("<II", len(texts), len(texts)))
        + b"".join(record(19, b"\0", text(words)) for words in texts)
        + record(160),
    }
    members |= {
        f"xl/worksheets/sheet{place}.bin": part for place, part in enumerate(sheets.values(), start=1)
    }
    return packed(members | (extra or {}))


def as_xlsb(grid: Grid, *, percent: bool = False) -> bytes:
    """The same workbook as Excel would save it in binary: the figure of 1-2 as a percent cell if asked for."""
    texts = tuple({cell.text: None for sheet in grid.sheets for cell in sheet.cells()})
    return binary_workbook({each.name: sheet(*_rows(each, texts, percent)) for each in grid.sheets}, texts)


def _rows(of: Sheet, texts: tuple[str, ...], percent: bool):
    for at, cells in of.rows.items():
        yield row(at, *(_cell(each, texts, percent) for each in cells.values()))


def _cell(each, texts: tuple[str, ...], percent: bool) -> bytes:
    if percent and each.text == "47.3":
        return number(each.column, 0.473, style=1)
    if each.kind is CellKind.NUMBER:
        return number(each.column, float(each.number))
    return cell(7, each.column, struct.pack("<I", texts.index(each.text)))
