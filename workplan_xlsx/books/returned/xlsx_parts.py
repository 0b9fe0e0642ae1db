"""The small parts of an .xlsx: where its sheets are, how numbers are shown, what else is in the package."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from workplan_xlsx.books.returned import number_formats as number_formats
from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.grid import whole
from workplan_xlsx.books.returned.same_parts import read_once, read_once_up_to
from workplan_xlsx.books.returned.unreadable import damaged, too_large
from workplan_xlsx.books.returned.xlsx_texts import unescaped
from workplan_xlsx.books.returned.xml_pass import LINKS, Attributes, Nesting, named, placed, run

MOST_FORMATS = 20_000
_RELATION = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"


@dataclass(frozen=True, slots=True)
class SheetPlace:
    """One sheet as the workbook part lists it.

    Attributes:
        part: Name of its part; "" for a sheet without a grid (a chart, a macro sheet, a dialogue).
    """

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What the workbook part says."""

    sheets: tuple[SheetPlace, ...]
    epoch_1904: bool
    shared_texts_part: str
    styles_part: str


@dataclass(frozen=True, slots=True)
class Link:
    """An inner link of a part: the last piece of its type, and the part that it leads to."""

    kind: str
    target: str


def read_contents(package: Package) -> Contents:
    """Return the sheets in order, and where texts and formats stand.

    Raises:
        Unreadable: The workbook part is missing or lists no sheet.
    """
    main = main_part(package)
    relations = links_of(package, main)
    listed = _listed_sheets(needed(package, main), main)
    places = tuple(_sheet_place(attributes, relations) for attributes in listed.sheets)
    if not any(place.part for place in places):
        raise damaged("no_sheets")
    return Contents(
        sheets=places,
        epoch_1904=listed.epoch_1904,
        shared_texts_part=target_of(relations, "sharedStrings"),
        styles_part=target_of(relations, "styles"),
    )


_USUAL_MAIN = "xl/workbook.xml"
_USUAL_TEXTS, _USUAL_STYLES = "xl/sharedstrings.xml", "xl/styles.xml"


def usual_parts(package: Package, contents: Contents) -> frozenset[str]:
    """The sheets' parts where every part has the name that all programs give it; else none.

    Some readers follow the links, some the list of content types, some look under the usual names alone: nor
    may anything stand there to which no link leads.
    """
    parts = [place.part for place in contents.sheets]
    is_usual = (
        main_part(package) == _USUAL_MAIN
        and contents.shared_texts_part == (_USUAL_TEXTS if _USUAL_TEXTS in package.parts else "")
        and contents.styles_part == (_USUAL_STYLES if _USUAL_STYLES in package.parts else "")
        and parts == [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(parts) + 1)]
    )
    return frozenset(parts) if is_usual else frozenset()


_WORKBOOK = placed("/workbook", "workbook/workbookPr", "workbook/sheets", "sheets/sheet")


class _Listed(NamedTuple):
    """The workbook part itself: attributes of each sheet that it lists."""

    sheets: tuple[Attributes, ...]
    epoch_1904: bool


@read_once
def _listed_sheets(content: bytes, part: str) -> _Listed:
    sheets: list[Attributes] = []
    epoch_1904 = False
    nesting = Nesting(part, _WORKBOOK, named("workbook", "workbookPr", "sheets", "sheet"))
    seen: set[str | None] = set()

    def start(name: str, attributes: Attributes) -> None:
        nonlocal epoch_1904
        local = nesting.enter(name)
        seen.add(local)
        if local == "workbookPr":
            epoch_1904 = attributes.get("date1904", "0") in ("1", "true", "on")
        elif local == "sheet":
            sheets.append(attributes)

    run(content, part, start=start, end=lambda _: nesting.leave())
    if "workbook" not in seen:
        raise damaged("xml", name=part)
    return _Listed(tuple(sheets), epoch_1904)


def _sheet_place(attributes: Attributes, relations: Mapping[str, Link]) -> SheetPlace:
    link = next((attributes[key] for space in LINKS if (key := f"{space} id") in attributes), "")
    relation = relations.get(link)  # old macro modules are listed without one
    part = relation.target if relation and relation.kind == "worksheet" else ""
    return SheetPlace(
        name=unescaped(attributes.get("name", "")), part=part, hidden=attributes.get("state", "") in _HIDDEN
    )


_HIDDEN = ("hidden", "veryHidden")


def needed(package: Package, part: str) -> bytes:
    """The part's content.

    Raises:
        Unreadable: It is missing.
    """
    content = package.part(part)
    if content is None:
        raise damaged("part_missing", name=part)
    return content


def main_part(package: Package, usual: str = _USUAL_MAIN) -> str:
    """The name of the workbook part."""
    return target_of(links_of(package, ""), "officeDocument") or usual


def target_of(links: Mapping[str, Link], kind: str) -> str:
    """The one part that is linked as this kind; "" where there is none.

    Raises:
        Unreadable: There are several, and each program would take another one.
    """
    targets = {link.target.lower() for link in links.values() if link.kind == kind}
    if len(targets) > 1:
        raise damaged("part_twice", name=kind)
    return targets.pop() if targets else ""


def links_of(package: Package, part: str) -> Mapping[str, Link]:
    """The inner links of a part by id."""
    place = _place_of_links(part)
    content = package.part(place)
    return {} if content is None else _links(content, place)


@lru_cache(maxsize=64)
def _place_of_links(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


@read_once
def _links(content: bytes, place: str) -> Mapping[str, Link]:
    folder = posixpath.dirname(posixpath.dirname(place))
    found: dict[str, Link] = {}

    def start(name: str, attributes: Attributes) -> None:
        if name == _RELATION and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            kind = attributes.get("Type", "").rpartition("/")[2]
            id_ = attributes.get("Id", "")
            if id_ in found:
                raise damaged("part_twice", name=id_[:50])
            found[id_] = Link(kind, _joined(folder, target))

    run(content, place, start=start)
    return found


def _joined(folder: str, target: str) -> str:
    path = target if target.startswith("/") else f"{folder}/{target}"
    return posixpath.normpath(path).lstrip("/")


def read_formats(package: Package, part: str) -> tuple[str, ...]:
    """The number format code of each cell format, "" where it shows numbers as they are.

    Raises:
        Unreadable: Far more formats than any office program makes, or one of absurd length.
    """
    content = package.part(part) if part else None
    return () if content is None else _formats(content, part)


@read_once_up_to(64 * 1024)  # a program's own list of looks; each form it saves has the same
def _formats(content: bytes, part: str) -> tuple[str, ...]:
    codes: dict[str, str] = {}
    used: list[str] = []
    nesting = Nesting(part, _STYLES, named("styleSheet", "numFmts", "cellXfs"))

    def start(name: str, attributes: Attributes) -> None:
        local = nesting.enter(name)
        if local == "xf":
            used.append(attributes.get("numFmtId", "0"))
        elif local == "numFmt":
            codes.setdefault(attributes.get("numFmtId", ""), attributes.get("formatCode", ""))

    run(content, part, start=start, end=lambda _: nesting.leave())
    if len(used) > MOST_FORMATS or any(len(code) > number_formats.LONGEST_CODE for code in codes.values()):
        raise too_large("formats", count=MOST_FORMATS, limit=MOST_FORMATS)
    return tuple(code_of_format(number, codes) for number in used)


_STYLES = placed("/styleSheet", "styleSheet/numFmts", "numFmts/numFmt", "styleSheet/cellXfs", "cellXfs/xf")


def code_of_format(number: str, codes: Mapping[str, str]) -> str:
    """The code of a number format by its id; "" where it shows numbers as they are."""
    if number in codes:
        return codes[number] if codes[number] != "General" else ""
    known = whole(number)
    return number_formats.built_in(known) if known is not None else ""


def notes(package: Package) -> Iterator[str]:
    """What else is in the package and is not taken along."""
    names = [name.lower() for name in package.names]
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        yield "macros"
    if any(name.startswith(("xl/externallinks/", "xl/connections.")) for name in names):
        yield "external"
    if any(name.startswith("xl/embeddings/") for name in names):
        yield "embedded"
    if any(name.startswith(_DRAWN) for name in names):
        yield "drawn"


_DRAWN = ("xl/drawings/drawing", "xl/cellimages", "xl/media/")
"""Text boxes, pictures and charts; comments have a drawing of another name."""
