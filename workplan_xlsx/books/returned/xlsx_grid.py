"""An .xlsx or .xlsm as a grid, read by our own pass over its parts; Strict Open XML alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workplan_xlsx.books.returned.beside import Headers, Looks
from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.grid import Budget, Grid, Sheet
from workplan_xlsx.books.returned.made_sheet import sheet_of_rows
from workplan_xlsx.books.returned.package_properties import read_properties
from workplan_xlsx.books.returned.plain_rows import read_plain_rows
from workplan_xlsx.books.returned.plain_xml import TakenApart, sheet_rows
from workplan_xlsx.books.returned.struck_out import maker_of, read_struck_looks
from workplan_xlsx.books.returned.unreadable import damaged, unsafe
from workplan_xlsx.books.returned.xlsx_around import read_around
from workplan_xlsx.books.returned.xlsx_cell import CellMaker
from workplan_xlsx.books.returned.xlsx_comments import read_comments
from workplan_xlsx.books.returned.xlsx_parts import (
    Contents,
    SheetPlace,
    notes,
    read_contents,
    read_formats,
    usual_parts,
)
from workplan_xlsx.books.returned.xlsx_sheet import SheetPass
from workplan_xlsx.books.returned.xlsx_texts import read_shared_texts


def read_xlsx(package: Package) -> Grid:
    """Return the workbook's sheets; charts and macro sheets have no grid and are left out.

    Raises:
        Unreadable: A part is missing, damaged or beyond every limit, or the package asks another program
            for data.
    """
    _refuse_program_links(package)
    contents = read_contents(package)
    return Grid(
        sheets=tuple(_sheets(package, contents)),
        properties=read_properties(package),
        epoch_1904=contents.epoch_1904,
        notes=tuple(notes(package)),
        comments=read_comments(package, contents.sheets),
    )


def _sheets(package: Package, contents: Contents) -> Iterator[Sheet]:
    texts, are_plain = read_shared_texts(package, contents.shared_texts_part)
    formats = read_formats(package, contents.styles_part)
    struck = read_struck_looks(package, contents.styles_part)
    maker = maker_of(texts, formats, struck, epoch_1904=contents.epoch_1904)
    usual = usual_parts(package, contents) if are_plain else frozenset()
    budget = Budget()
    parts = [_part(package, place) for place in contents.sheets if place.part]
    beside = _beside_the_form(parts, Headers(texts))
    for place, content, taken_apart in parts:
        if taken_apart is not None and place.part in beside:
            unread = any(mark in taken_apart.rows for mark in _HOLDS_SOMETHING)
            yield Sheet(name=place.name, rows={}, hidden=place.hidden, unread=unread)
        else:
            yield _sheet(place, content, taken_apart, maker, budget, plain=place.part in usual)


_HOLDS_SOMETHING = ("<v>", "<is>", "<f")
Part = tuple[SheetPlace, bytes, TakenApart | None]


def _part(package: Package, place: SheetPlace) -> Part:
    content = package.part(place.part)
    if content is None:
        raise damaged("part_missing", name=place.part)
    return place, content, sheet_rows(content)


def _beside_the_form(parts: Sequence[Part], headers: Headers) -> set[str]:
    """Parts that cannot be the form; none where no sheet looks like it, for then all must be looked at."""
    looks = {
        place.part: Looks.TABLE if apart is None else headers.look_at(apart.rows) for place, _, apart in parts
    }
    is_found = Looks.TABLE in looks.values()
    return {part for part, look in looks.items() if is_found and look is Looks.NEITHER}


def _sheet(
    place: SheetPlace,
    content: bytes,
    taken_apart: TakenApart | None,
    maker: CellMaker,
    budget: Budget,
    *,
    plain: bool,
) -> Sheet:
    """Search the rows where they are plainly spelled and parse what is around them; else parse it all."""
    rows = read_plain_rows(taken_apart.rows, maker) if taken_apart else None
    if taken_apart is None or rows is None:
        one = SheetPass(place.name, place.part, maker, budget)
        one.walk(content)
        return one.sheet(hidden=place.hidden)
    around = read_around(taken_apart.around, place.part)
    for cells in rows.by_row.values():
        budget.take_all(len(cells), sum([len(cell.text) for cell in cells.values()]))
    return sheet_of_rows(
        place.name,
        rows.by_row,
        hidden=place.hidden,
        hidden_rows=frozenset(rows.hidden),
        hidden_columns=around.hidden_columns,
        merges=around.merges,
        plain=plain and rows.is_clear,
    )


def _refuse_program_links(package: Package) -> None:
    for name, content in package.parts.items():
        if name.startswith("xl/externallinks/") and b"ddeLink" in content:
            raise unsafe("dde")
