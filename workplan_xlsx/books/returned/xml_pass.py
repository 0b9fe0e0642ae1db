"""One pass of expat over an XML part: elements by namespace, nothing resolved, nothing nested too deep."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from workplan_xlsx.books.returned.unreadable import damaged, unsafe

DEEPEST = 256
MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespace of ordinary workbooks, and the one of Strict Open XML."""
LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)

Attributes = dict[str, str]


def run(
    content: bytes,
    part: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for every element and text; names are "namespace local" with a blank between.

    Raises:
        Unreadable: The part is no well-formed XML, declares a document type, or is nested too deep.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_document_type(part)
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):  # the latter two: an encoding that nobody knows
        raise damaged("xml", name=part) from None


def _refuse_document_type(part: str) -> Callable[..., None]:
    def refuse(*_: object) -> None:
        raise unsafe("document_type", name=part)

    return refuse


class Depth:
    """Counts open elements of a part that is passed whole.

    Raises:
        Unreadable: More than any office program nests.
    """

    def __init__(self, part: str) -> None:
        self._part, self._open = part, 0

    def enter(self) -> None:
        """One element opens."""
        self._open += 1
        if self._open > DEEPEST:
            raise unsafe("too_deep", name=self._part)

    def leave(self) -> None:
        """One element closes."""
        self._open -= 1


def named(*locals_: str) -> dict[str, str]:
    """Full names of main elements in both namespaces -> local name."""
    return {f"{space} {local}": local for space in MAIN for local in locals_}
