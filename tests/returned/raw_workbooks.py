"""Small .xlsx packages written by hand, part by part: what no writer would write, and what many do."""

from __future__ import annotations

import zipfile
from io import BytesIO

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FORMATS = ("General", "yyyy-mm-dd", "0.00%", "h:mm", '0.00"万"', "0.00,")
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts>'
    + "".join(
        f'<numFmt numFmtId="{170 + index}" formatCode="{code.replace(chr(34), "&quot;")}"/>'
        for index, code in enumerate(_FORMATS)
    )
    + "</numFmts><cellXfs>"
    + "".join(f'<xf numFmtId="{170 + index}"/>' for index in range(len(_FORMATS)))
    + "</cellXfs></styleSheet>"
)
"""Cell formats 0-5: as it is, a day, percent, time, with 万 behind it, in thousands."""


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    rows: str, *, before: str = "", after: str = "", texts: str = "", workbook: str = ""
) -> dict[str, str]:
    """The parts of a workbook with one sheet 表."""
    return {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_CONTENT}.sheet.main+xml"/><Override PartName="/xl/sharedStrings.xml" '
        f'ContentType="{_CONTENT}.sharedStrings+xml"/></Types>',
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{workbook}'
        '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet(rows, before=before, after=after),
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{texts}</sst>',
    }


def relations(*targets: tuple[str, str]) -> str:
    """The part that links others, each with its kind and place."""
    links = (
        f'<Relationship Id="rId{number}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{"".join(links)}</Relationships>'


def packed(members: dict[str, str | bytes]) -> bytes:
    """The parts as a zip."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return made.getvalue()


def workbook(rows: str, **more: str) -> bytes:
    """A workbook's bytes."""
    return packed(dict(parts(rows, **more)))
