"""A form that came back, its sheets and texts spelled anew: the same to every reader that knows XML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from raw_workbooks import LINKS, MAIN
from spelling import Spelling

_SHEETS, _TEXTS = "xl/worksheets/sheet", "xl/sharedStrings.xml"


class Respelled(Spelling):
    """Writes the parts of a workbook anew."""

    def __init__(self, data: bytes, seed: int) -> None:
        super().__init__(seed)
        self._package = zipfile.ZipFile(BytesIO(data))
        texts = etree.fromstring(self._package.read(_TEXTS))
        self._known = [text.findtext(f"{{{MAIN}}}t", "") for text in texts]

    def data(self) -> bytes:
        made = BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
            for name in self._package.namelist():
                content = self._package.read(name)
                if name.startswith(_SHEETS) or name == _TEXTS:
                    root = etree.fromstring(content)
                    inner = "".join(map(self._element, root))
                    content = self._encoded(self._root(etree.QName(root).localname, inner, links=True))
                package.writestr(name, content)
        return made.getvalue()

    def _element(self, element) -> str:
        name = etree.QName(element).localname
        given = {key.replace(f"{{{LINKS}}}", "r:"): value for key, value in element.items()}
        given = {key: _escaped(value) for key, value in given.items() if not key.startswith("{")}
        if name == "row":
            return self._tag(name, self._gap.join(self._cells(element)), **given)
        if name == "si":
            return self._rich_of(element.findtext(f"{{{MAIN}}}t", ""), "si")
        inner = "".join(map(self._element, element))
        return self._tag(name, inner or self._written(element.text or ""), **given)

    def _cells(self, row) -> Iterator[str]:
        """The row's cells; one that stands right of the one before it may do without its address."""
        drops = not self._is_plain and self._sometimes(10)
        before = 0
        for cell in row:
            given, content = dict(cell.items()), "".join(map(self._element, cell))
            column = _column(given["r"])
            if given.get("t") == "s" and not self._is_plain and self._sometimes(20):
                text = self._known[int(cell.findtext(f"{{{MAIN}}}v"))]
                given["t"], content = "inlineStr", self._rich_of(text, "is")
            if drops and column == before + 1:
                del given["r"]
            elif not self._is_plain and self._sometimes(2):
                given["r"] = given["r"].lower()
            before = column
            yield self._tag("c", content, **given)

    def _rich_of(self, text: str, name: str) -> str:
        """<si> or <is> of this text, perhaps in two runs and with a phonetic guide."""
        if self._is_plain or self._sometimes(70):
            return self._tag(name, self._t(text))
        cut = self._chance.randrange(len(text) + 1)
        runs = self._tag("r", self._t(text[:cut])) + self._tag("r", self._t(text[cut:]))
        return self._tag(name, runs + self._tag("rPh", self._t("ㄐㄧㄚ"), sb="0", eb="1"))


def _escaped(value: str) -> str:
    for sign, name in (("&", "amp"), ("<", "lt"), ('"', "quot"), ("'", "apos")):
        value = value.replace(sign, f"&{name};")
    return value


def _column(reference: str) -> int:
    column = 0
    for letter in filter(str.isalpha, reference):
        column = column * 26 + ord(letter) - 64
    return column
