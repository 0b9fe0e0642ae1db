"""Figures in cells that are struck out as a whole: whether they are still meant nobody can tell.

A workbook without such a look, as nearly every one is, is read without a thought of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.grid import Cell, whole
from workplan_xlsx.books.returned.runs import AS_USUAL
from workplan_xlsx.books.returned.same_parts import read_once_up_to
from workplan_xlsx.books.returned.xlsx_cell import CellMaker
from workplan_xlsx.books.returned.xml_pass import Attributes, Nesting, named, placed, run
from workplan_xlsx.domain.returns import CellKind

_FIGURE = re.compile(r"\s*[+-]?[0-9０-９.,，]+\S{0,20}\s*")
_NUMBERS = (CellKind.NUMBER, CellKind.SHOWN_OTHERWISE)


def struck_out(cell: Cell) -> Cell:
    """The cell, told as struck out if it holds a figure; words that are struck out stay words."""
    is_figure = cell.kind in _NUMBERS or (cell.kind is CellKind.TEXT and _FIGURE.fullmatch(cell.text))
    return cell._replace(kind=CellKind.STRUCK_OUT) if is_figure else cell


class StruckMaker(CellMaker):
    """Makes the cells of a workbook in which some looks are struck out, by their number."""

    def __init__(
        self, texts: Sequence[str], formats: Sequence[str], struck: Collection[int], *, epoch_1904: bool
    ) -> None:
        super().__init__(texts, formats, epoch_1904=epoch_1904)
        self.texts_by_index = {}  # no text is made past `make`
        self._struck = struck

    def make(
        self, row: int, column: int, type_: str, style: str | None, value: str, from_formula: bool
    ) -> Cell | None:
        """Return the cell; None where nothing stands there."""
        cell = super().make(row, column, type_, style, value, from_formula)
        if cell is None or whole(style or "0") not in self._struck:
            return cell
        return struck_out(cell)


def maker_of(
    texts: Sequence[str], formats: Sequence[str], struck: Collection[int], *, epoch_1904: bool
) -> CellMaker:
    """The maker for a workbook: the plain one wherever nothing is struck out."""
    if struck:
        return StruckMaker(texts, formats, struck, epoch_1904=epoch_1904)
    return CellMaker(texts, formats, epoch_1904=epoch_1904)


def read_struck_looks(package: Package, part: str) -> frozenset[int]:
    """The numbers of the cell formats of an .xlsx whose letters are struck out."""
    content = package.part(part) if part else None
    return _struck(content, part) if content is not None and b"strike" in content else frozenset()


_STYLES = placed(
    "/styleSheet", "styleSheet/fonts", "fonts/font", "font/strike", "styleSheet/cellXfs", "cellXfs/xf"
)


@read_once_up_to(64 * 1024)
def _struck(content: bytes, part: str) -> frozenset[int]:
    fonts: list[bool] = []
    used: list[int | None] = []
    nesting = Nesting(part, _STYLES, named("styleSheet", "cellXfs"))

    def start(name: str, attributes: Attributes) -> None:
        local = nesting.enter(name)
        if local == "font":
            fonts.append(False)
        elif local == "strike":
            fonts[-1] = attributes.get("val") not in AS_USUAL
        elif local == "xf":
            used.append(whole(attributes.get("fontId", "0")))

    run(content, part, start=start, end=lambda _: nesting.leave())
    struck = {number for number, is_struck in enumerate(fonts) if is_struck}
    return frozenset(look for look, font in enumerate(used) if font in struck)
