"""One sheet's cells in any of the spellings that XML, OPC and SpreadsheetML allow; and in some that none does."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from raw_workbooks import LINKS, MAIN
from spelling import Spelling

_STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    LINKS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_WORDS = (
    "甲局",
    "12",
    " 约85 ",
    "a<b & c",
    "第一行\n第二行",
    "",
    "１２０",
    "_x0041_",
    "0012",
    "=1+1",
    "完成率",
    "1e5",
)
_NUMBERS = (
    "0",
    "12",
    "-5",
    "98.920000000000002",
    "1E-3",
    "2.5e+3",
    "+7",
    "5.",
    ".5",
    "45107",
    "0.473",
    "1e400",
)
_NO_NUMBERS = ("1_0", "１２", "NaN", "INF", "0x10", "1,000", "12 ", "--5", "五")
_FORMATS = ("0", "170", "171", "14", "9", "10")
STYLES = (
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy-mm-dd"/><numFmt numFmtId="171" formatCode="0.0%"/></numFmts>'
    + "<cellXfs>"
    + "".join(f'<xf numFmtId="{code}"/>' for code in _FORMATS)
    + "</cellXfs>"
)
_FIRST_LETTER = ord("A")


class Spelled(Spelling):
    """A workbook of made cells, spelled by chance; the same seed spells it the same."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._texts: list[str] = []
        self._is_named_usually = self._is_plain or self._sometimes(80)

    # --- cells

    def _cell(self, row: int, column: int, *, addressed: bool) -> str:
        make = self._one_of(
            self._number, self._number, self._shared, self._shared, self._inline, self._computed
        )
        if self._sometimes(20):
            make = self._one_of(self._blank, self._truth, self._error, self._day, self._uncalculated)
        type_, content = make()
        address = f"{_letters(column)}{row}" if addressed else None
        if address and not self._is_plain and self._sometimes(3):
            address = address.lower()
        if self._rarely(2):
            address = self._one_of(
                f"{_letters(column)}{row + 1}", f"${_letters(column)}${row}", "ZZZZ1", "A0", "７"
            )
        style = self._style() if self._sometimes(60) else None
        if self._rarely(8):
            content = self._spoiled(content)
        return self._tag("c", content, r=address, s=style, t=type_)

    def _style(self) -> str:
        if self._rarely(3):
            return self._one_of("99", "-1", "１", "x", "")
        index = str(self._chance.randrange(len(_FORMATS)))
        return index if self._is_plain or self._sometimes(90) else f" {index} "

    def _number(self) -> tuple[str | None, str]:
        value = self._one_of(*_NUMBERS)
        if self._sometimes(40):
            value = repr(round(self._chance.uniform(-1e6, 1e6), self._chance.randrange(0, 8)))
        if self._rarely(10):
            value = self._one_of(*_NO_NUMBERS)
        if not self._is_plain and self._sometimes(5):
            value = self._one_of(f" {value}", f"{value}\n", f"\t{value} ")
        return self._one_of(None, None, "n"), self._with_formula(self._tag("v", self._written(value)))

    def _with_formula(self, value: str) -> str:
        if self._sometimes(80):
            return value
        formula = self._tag(
            "f", self._one_of("", "A1+1", "SUM(B1:B9)"), t=self._one_of(None, "shared"), si="0"
        )
        return value + formula if not self._is_plain and self._sometimes(10) else formula + value

    def _shared(self) -> tuple[str, str]:
        self._texts.append(self._rich("si"))
        index = str(len(self._texts) - 1)
        if self._rarely(4):
            index = self._one_of("999999", "-1", "0_0", "０", "", "1.0", "+0", f"0{index}")
        return "s", self._tag("v", self._written(index))

    def _rich(self, name: str) -> str:
        """<si> or <is>: a text, or runs; now and then a phonetic guide."""
        if self._is_plain or self._sometimes(60):
            content = self._t(self._one_of(*_WORDS))
        else:
            runs = [
                self._tag("r", self._t(self._one_of(*_WORDS))) for _ in range(self._chance.randrange(1, 4))
            ]
            content = "".join(runs)
        if not self._is_plain and self._sometimes(20):
            content += self._tag("rPh", self._t("ㄐㄧㄚ"), sb="0", eb="1") + self._tag(
                "phoneticPr", fontId="0"
            )
        return self._tag(name, content)

    def _inline(self) -> tuple[str, str]:
        return "inlineStr", self._rich("is")

    def _computed(self) -> tuple[str, str]:
        return "str", self._with_formula(self._tag("v", self._written(self._one_of(*_WORDS))))

    def _blank(self) -> tuple[str | None, str]:
        return None, self._one_of("", self._tag("v"))

    def _truth(self) -> tuple[str, str]:
        return "b", self._tag("v", self._one_of(*"0101", "true" if self._sometimes(20) else "0"))

    def _error(self) -> tuple[str, str]:
        return "e", self._with_formula(self._tag("v", self._one_of("#REF!", "#N/A", "#DIV/0!")))

    def _day(self) -> tuple[str, str]:
        return "d", self._tag("v", self._one_of("2023-06-30", "2023-06-30T12:30:00"))

    def _uncalculated(self) -> tuple[str | None, str]:
        return None, self._tag("f", "B1+1")

    # --- what goes wrong, or may be read in two ways

    def _spoiled(self, content: str) -> str:
        other = self._tag("v", "777")
        return self._one_of(
            content + other,
            content + self._tag("extLst", self._tag("ext", other, uri="x")),
            self._tag("extLst", self._tag("ext", self._tag("f") + other, uri="x")) + content,
            content + '<y:v xmlns:y="urn:y">777</y:v>',
            f'<y:w xmlns:y="urn:y">{content}</y:w>',
            self._chosen(content, other),
            content + self._tag("is", self._t("777")),
            self._tag("v", "7" + self._tag("b", "7") + "7"),
            content + "777",
            self._tag("v", content),
        )

    # --- rows and parts

    def _rows(self) -> str:
        numbers = sorted(self._chance.sample(range(1, 12), self._chance.randrange(1, 7)))
        counts = self._sometimes(10) and not self._is_plain
        if counts:
            numbers = list(range(1, len(numbers) + 1))
        rows = [self._row(number, addressed=not counts) for number in numbers]
        if not self._is_plain and not counts and self._sometimes(5):
            self._chance.shuffle(rows)
        if self._rarely(5):
            rows.append(self._one_of(*rows))
        if self._rarely(5):
            rows[0] = self._chosen(rows[0], rows[-1])
        return self._gap.join(rows)

    def _row(self, number: int, *, addressed: bool) -> str:
        columns = sorted(self._chance.sample(range(8), self._chance.randrange(0, 6)))
        counts = self._sometimes(10) and not self._is_plain
        if counts:
            columns = list(range(len(columns)))
        cells = [self._cell(number, column, addressed=not counts) for column in columns]
        if not self._is_plain and not counts and self._sometimes(3):
            self._chance.shuffle(cells)
        if cells and self._rarely(3):
            cells.append(self._one_of(*cells))
        if cells and self._rarely(3):
            cells[0] = self._one_of(
                self._chosen(cells[0], cells[-1]), f'<y:c xmlns:y="urn:y">{cells[0]}</y:c>'
            )
        hidden = self._one_of(None, None, None, "1")
        given = {
            "r": str(number) if addressed else None,
            "hidden": hidden,
            "spans": self._one_of(None, "1:8"),
        }
        if self._rarely(2):
            given["r"] = self._one_of("0", "-1", "１", "1048577", f" {number}", "x")
        return self._tag("row", self._gap.join(cells), **given)

    def _sheet(self) -> str:
        rows = self._rows()
        before = self._tag("dimension", ref=self._one_of("A1", "A1:H12", "C3:D4", "A1:XFD1048576"))
        before += self._tag("sheetFormatPr", defaultRowHeight="15") * self._sometimes(50)
        merge = self._one_of("A1:B2", "C1:C3", "A12:C14")
        after = self._tag("mergeCells", self._tag("mergeCell", ref=merge), count="1") * self._sometimes(25)
        if self._sometimes(20):
            after += self._chosen(self._tag("controls", self._tag("control")), "")
        if self._sometimes(20):
            after += self._tag("extLst", self._tag("ext", '<y:row xmlns:y="urn:y"/>', uri="x"))
        if self._rarely(3):
            after += self._tag("extLst", self._tag("ext", self._tag("sheetData", rows), uri="x"))
        data = f"<{self._prefix}sheetData>{rows}</{self._prefix}sheetData>"
        return self._root("worksheet", before * self._sometimes(70) + data + after)

    def data(self) -> bytes:
        """The workbook's bytes."""
        folder = "xl" if self._is_named_usually else self._one_of("xl", "book", "a/b")
        book = f"{folder}/workbook.xml" if self._is_named_usually else f"{folder}/Main.xml"
        sheets = {f"第{place}页": self._sheet() for place in range(self._one_of(1, 1, 2, 3))}
        parts = dict(self._parts(folder, book, sheets))
        names = list(parts)
        if not self._is_plain and self._sometimes(30):
            self._chance.shuffle(names)
        made = BytesIO()
        with zipfile.ZipFile(made, "w", self._one_of(zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)) as package:
            for name in names:
                package.writestr(name, parts[name])
        return made.getvalue()

    def _parts(self, folder: str, book: str, sheets: dict[str, str]) -> Iterator[tuple[str, bytes]]:
        texts = "sharedStrings.xml" if self._is_named_usually else "texts.xml"
        places = [
            f"{'worksheets/sheet' if self._is_plain else self._one_of('worksheets/sheet', 'b')}{number}.xml"
            for number in range(1, len(sheets) + 1)
        ]
        kinds = [
            *(("worksheet", place) for place in places),
            ("styles", "styles.xml"),
            ("sharedStrings", texts),
        ]
        links = [(f"rId{number}", kind, place) for number, (kind, place) in enumerate(kinds)]
        listed = list(zip(sheets, links, strict=False))
        if self._sometimes(20):
            self._chance.shuffle(listed)
        entries = "".join(
            self._tag("sheet", name=name, sheetId=str(number), **{"r:id": link[0]})
            for number, (name, link) in enumerate(listed, start=1)
        )
        epoch = self._tag("workbookPr", date1904=self._one_of("1", "0", "true")) * self._sometimes(30)
        yield "[Content_Types].xml", _types(book, folder, places, texts).encode()
        yield "_rels/.rels", self._linking([("rId1", "officeDocument", book)], "")
        yield book, self._encoded(self._root("workbook", epoch + self._tag("sheets", entries), links=True))
        head, _, name = book.rpartition("/")
        yield f"{head}/_rels/{name}.rels", self._linking(links, folder)
        for place, part in zip(places, sheets.values(), strict=True):
            yield f"{folder}/{place}", self._encoded(part)
        yield f"{folder}/styles.xml", self._encoded(self._root("styleSheet", self._prefixed(STYLES)))
        yield f"{folder}/{texts}", self._encoded(self._root("sst", self._gap.join(self._texts)))

    def _prefixed(self, part: str) -> str:
        return part.replace("</", "\0").replace("<", f"<{self._prefix}").replace("\0", f"</{self._prefix}")

    def _linking(self, links: list[tuple[str, str, str]], folder: str) -> bytes:
        """A part of relationships; targets relative, absolute, or on a detour."""
        ways: tuple[Callable[[str], str], ...] = (
            lambda target: target,
            lambda target: f"/{folder}/{target}".replace("//", "/"),
            lambda target: f"./{target}",
            lambda target: f"nowhere/../{target}",
        )
        way = ways[0] if self._is_plain or self._sometimes(60) else self._one_of(*ways)
        inner = [
            f'<Relationship Id="{id_}" Type="{LINKS}/{kind}" Target="{way(target)}"/>'
            for id_, kind, target in links
        ]
        if self._sometimes(30):
            self._chance.shuffle(inner)
        return f'<Relationships xmlns="{_PACKAGE}">{"".join(inner)}</Relationships>'.encode()


def spelled(seed: int) -> bytes:
    """A workbook of one to three sheets; a tenth of them in the namespaces of Strict Open XML."""
    data = Spelled(seed).data()
    return data if seed % 10 else _strict(data)


def _strict(data: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(made, "w") as other:
        for name in package.namelist():
            content = package.read(name)
            for one, two in _STRICT.items():
                for encoding in ("utf-8", "utf-16-le"):
                    content = content.replace(one.encode(encoding), two.encode(encoding))
            other.writestr(name, content)
    return made.getvalue()


def _letters(column: int) -> str:
    return chr(_FIRST_LETTER + column)


def _types(book: str, folder: str, places: list[str], texts: str) -> str:
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = {book: "sheet.main", f"{folder}/{texts}": "sharedStrings", f"{folder}/styles.xml": "styles"}
    kinds |= {f"{folder}/{place}": "worksheet" for place in places}
    named = "".join(
        f'<Override PartName="/{part}" ContentType="{content}.{kind}+xml"/>' for part, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )
