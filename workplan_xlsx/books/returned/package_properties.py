"""The custom document properties of an .xlsx or .xlsb: one of the places where a form says whose it is."""

from __future__ import annotations

import re

from workplan_xlsx.books.returned.gate import Package
from workplan_xlsx.books.returned.plain_xml import plain_properties
from workplan_xlsx.books.returned.xlsx_parts import links_of, target_of
from workplan_xlsx.books.returned.xml_pass import Attributes, run

_WHOLE_WITH_ZERO = re.compile(r"^(\d+)\.0+$")


def read_properties(package: Package) -> dict[str, str]:
    """The custom document properties; numbers without a needless .0, which LibreOffice adds to whole ones."""
    part = target_of(links_of(package, ""), "custom-properties") or "docProps/custom.xml"
    content = package.part(part)
    if content is None:
        return {}
    found = plain_properties(content)
    if found is None:
        found = _parsed(content, part)
    return {key: _WHOLE_WITH_ZERO.sub(r"\1", text.strip()) for key, text in found.items()}


def _parsed(content: bytes, part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    key = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal key
        if name.endswith(" property"):
            key = attributes.get("name", "")

    def text(piece: str) -> None:
        if key:
            found[key] = found.get(key, "") + piece

    run(content, part, start=start, text=text)
    return found
