"""One pass of expat over an XML part: elements by namespace, nothing resolved, nothing nested too deep."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
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
Places = Mapping[tuple[str | None, str], str]


def run(
    content: bytes,
    part: str,
    *,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], object] | None = None,
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


class Nesting:
    """The open elements of a part: one counts only where the standard has it.

    Args:
        places: (parent, full name) -> local name of the elements that are looked at; the root's parent is "".
        ours: Full names that are looked at in one place only: anywhere else, but in an extension list, each
            program would read something else.

    Raises:
        Unreadable: An element of ours stands elsewhere, or more are open than any office program nests.
    """

    def __init__(self, part: str, places: Places, ours: Collection[str]) -> None:
        self._part, self._places, self._ours = part, places, ours
        self.open: list[str | None] = [""]

    def enter(self, name: str) -> str | None:
        """One element opens: its local name if it counts."""
        local = self._places.get((self.open[-1], name))
        if local is None and name in self._ours and _EXTENSIONS not in self.open:
            raise damaged("misplaced", name=self._part)
        if local is None and name in _EXTENSION_LISTS:
            local = _EXTENSIONS
        self.open.append(local)
        if len(self.open) > DEEPEST:
            raise unsafe("too_deep", name=self._part)
        return local

    def leave(self) -> str | None:
        """One element closes: its local name if it counted."""
        return self.open.pop()


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


_EXTENSIONS = "extLst"


def placed(*paths: str) -> Places:
    """The places of a `Nesting`, each given as "parent/element"; the root as "/element"."""
    pairs = [path.split("/") for path in paths]
    return {(parent, f"{space} {local}"): local for space in MAIN for parent, local in pairs}


def named(*locals_: str) -> dict[str, str]:
    """Full names of main elements in both namespaces -> local name."""
    return {f"{space} {local}": local for space in MAIN for local in locals_}


_EXTENSION_LISTS = named(_EXTENSIONS)
