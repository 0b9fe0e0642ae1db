"""Comments beside the cells (批注) of an .xlsx; nearly every form has none, and then nothing is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.grid import CellComment, place_of
from workplan_xlsx.books.returned.unreadable import Unreadable
from workplan_xlsx.books.returned.xlsx_parts import SheetPlace, links_of
from workplan_xlsx.books.returned.xml_pass import Attributes, run

_KIND = "comments"


def read_comments(package: Package, sheets: Iterable[SheetPlace]) -> dict[str, tuple[CellComment, ...]]:
    """Return the comments of each sheet that has any; they are told and never used."""
    if not any(_KIND in name for name in package.parts):
        return {}
    found = {place.name: tuple(_of_sheet(package, place.part)) for place in sheets if place.part}
    return {name: comments for name, comments in found.items() if comments}


def _of_sheet(package: Package, part: str) -> Iterator[CellComment]:
    for link in links_of(package, part).values():
        content = package.part(link.target) if link.kind == _KIND else None
        if content is not None:
            yield from _readable(content, link.target)


def _readable(content: bytes, part: str) -> list[CellComment]:
    """A part that cannot be parsed stops no figure."""
    try:
        return _parsed(content, part)
    except Unreadable:
        return []


def _parsed(content: bytes, part: str) -> list[CellComment]:
    found: list[CellComment] = []
    place, pieces, is_text = (0, 0), [""], False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal place, is_text
        local = name.rpartition(" ")[2]
        if local == "comment":
            place = place_of(attributes.get("ref", ""))
            pieces.clear()
        is_text = local == "t"

    def end(name: str) -> None:
        nonlocal is_text
        is_text = False
        if name.rpartition(" ")[2] == "comment":
            found.append(CellComment(*place, "".join(pieces)))

    def text(piece: str) -> None:
        if is_text:
            pieces.append(piece)

    run(content, part, start=start, end=end, text=text)
    return found
