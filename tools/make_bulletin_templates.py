"""Make the Word templates that ship with the product: python tools/make_bulletin_templates.py

GB/T 9704-2012: A4, margins 37/35/28/26 mm, 22 lines of 28 characters, title 二号小标宋, body 三号仿宋,
headings 黑体, page number — 1 — on the outer side. Where a font is not on the PC, the one named beside it
stands in.
"""

from __future__ import annotations

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table

from workplan_xlsx.books.bulletin.same_bytes import with_fixed_times
from workplan_xlsx.books.bulletin.template import SHIPPED

TITLE, BODY, HEADING = "方正小标宋简体", "仿宋_GB2312", "黑体"
FALLBACKS = {TITLE: "宋体", BODY: "仿宋"}
_NAMES = ("item.unit", "item.task", "item.band")
LINE = Pt(28.95)  # 225 mm over 22 lines


def main() -> None:
    """Write both templates."""
    for name, fill in (("bulletin", _bulletin), ("slips", _slips)):
        document = _page()
        fill(document)
        path = SHIPPED / f"{name}.docx"
        document.save(str(path))
        with_fixed_times(path)


def _page() -> Document:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(24)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    for key, value in (("type", "lines"), ("linePitch", "579")):
        grid.set(qn(f"w:{key}"), value)
    _normal(document)
    _page_numbers(document)
    _fallback_fonts(document)
    return document


def _normal(document: Document) -> None:
    style = document.styles["Normal"]
    _font(style, BODY, 16)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = LINE
    style.paragraph_format.space_after = Pt(0)
    closer = OxmlElement("w:spacing")  # 28 characters of 16 pt over 156 mm: 0.2 pt less each
    closer.set(qn("w:val"), "-4")
    style._element.get_or_add_rPr().append(closer)


def _font(styled: object, name: str, size: float, *, bold: bool = False) -> None:
    styled.font.name, styled.font.size, styled.font.bold = name, Pt(size), bold
    fonts = styled._element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), name)


def _page_numbers(document: Document) -> None:
    """— 1 — in 四号宋体, right on odd pages and left on even ones."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, align in (
        (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
        (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
    ):
        line = footer.paragraphs[0]
        line.alignment = align
        for text in ("— ", "PAGE", " —"):
            run = line.add_run("" if text == "PAGE" else text)
            _font(run, "宋体", 14)
            if text == "PAGE":
                field = OxmlElement("w:fldSimple")
                field.set(qn("w:instr"), "PAGE")
                field.append(run._element)
                line._p.append(field)


def _fallback_fonts(document: Document) -> None:
    from lxml import etree

    part = next(each for each in document.part.package.parts if each.partname.endswith("fontTable.xml"))
    table = etree.fromstring(part.blob)
    for name, other in FALLBACKS.items():
        font = etree.SubElement(table, qn("w:font"), {qn("w:name"): name})
        etree.SubElement(font, qn("w:altName"), {qn("w:val"): other})
    part._blob = etree.tostring(table, xml_declaration=True, encoding="UTF-8", standalone=True)


def _line(
    document: Document, text: str, *, font: str = BODY, size: float = 16, indent: bool = True
) -> object:
    line = document.add_paragraph()
    if indent:
        line.paragraph_format.first_line_indent = Pt(32)
    _font(line.add_run(text), font, size)
    line.paragraph_format.keep_with_next = font == HEADING  # no heading at the foot of a page
    return line


def _title(document: Document, text: str) -> None:
    line = _line(document, text, font=TITLE, size=22, indent=False)
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    line.paragraph_format.line_spacing = Pt(34)
    line.paragraph_format.space_after = Pt(29)


def _each(document: Document, items: str, text: str, *, together: bool = False) -> None:
    """A paragraph for each item; `together`: on one page with what follows, so that no signature is alone."""
    _line(document, f"{{%p for item in {items} %}}")
    _line(document, text).paragraph_format.keep_with_next = together
    _line(document, "{%p endfor %}")


def _table(
    document: Document, heads: list[str], cells: list[str], items: str, widths: list[float], band: str = ""
) -> None:
    """A table with a row for each item, names to the left; its header row is repeated on every page.

    `band`: what stands across the table above an item, where the item has it.
    """
    above = [[f"{{%tr if {band} %}}"], [f"{{{{ {band} }}}}"], ["{%tr endif %}"]] if band else []
    rows = [heads, [f"{{%tr for item in {items} %}}"], *above, cells, ["{%tr endfor %}"]]
    table = document.add_table(rows=len(rows), cols=len(heads), style="Table Grid")
    table.alignment = 1
    table.autofit = False
    _narrow_margins(table)
    for column, width in enumerate(widths):
        table.columns[column].width = Mm(width)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            cell = table.cell(row, column)
            cell.width = Mm(widths[column])
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            line = cell.paragraphs[0]
            line.paragraph_format.line_spacing = Pt(18)
            line.paragraph_format.first_line_indent = Pt(0)
            named = texts is not heads and any(key in text for key in _NAMES)
            line.alignment = WD_ALIGN_PARAGRAPH.LEFT if named else WD_ALIGN_PARAGRAPH.CENTER
            _font(line.add_run(text), HEADING if row == 0 else BODY, 10.5)
    if band:
        across = table.rows[3]
        across.cells[0].merge(across.cells[-1]).paragraphs[0].paragraph_format.keep_with_next = True
    for row in table.rows:  # a row is not torn over two pages
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)


def _narrow_margins(table: Table) -> None:
    """A millimetre beside the text of a cell instead of two: "23（并列）" and "100.00" stay on one line."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # the order that Word asks for


def _bulletin(document: Document) -> None:
    _title(document, "{{ title }}")
    _line(document, "{{ addressed_to }}", indent=False)
    _line(document, "{{ opening }}")
    _line(document, "{{ heading_situation }}", font=HEADING)
    _line(document, "{{ situation }}")
    _each(document, "warnings", "{{ item }}")
    _line(document, "{{ heading_ranking }}", font=HEADING)
    _each(document, "ranking_notes", "{{ item }}")
    heads = [
        f"{{{{ head_{key} }}}}" for key in ("rank", "change", "unit", "score", "light", "red", "reporting")
    ]
    cells = [
        f"{{{{ item.{key} }}}}" for key in ("rank", "change", "unit", "score", "light", "red", "reporting")
    ]
    _table(document, heads, cells, "ranking", [22.5, 14.5, 43.5, 17, 21, 14.5, 23], "item.band")
    _line(document, "{{ heading_praise }}", font=HEADING)
    _each(document, "praise", "{{ item }}")
    _line(document, "{{ heading_reminder }}", font=HEADING)
    _each(document, "reminders", "{{ item }}")
    _line(document, "{{ heading_wanted }}", font=HEADING)
    _each(document, "wanted", "{{ item }}", together=True)
    for text in ("", "{{ attachment }}", ""):
        _line(document, text).paragraph_format.keep_with_next = True
    for text in ("{{ issuer }}", "{{ issued_on }}"):
        signed = _line(document, text, indent=False)
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        signed.paragraph_format.right_indent = Pt(32)


def _slips(document: Document) -> None:
    _line(document, "{%p for slip in slips %}")
    _title(document, "{{ slip.title }}")
    _line(document, "{{ slip.number }}", indent=False)
    _line(document, "{{ slip.unit }}", indent=False)
    _line(document, "{{ slip.opening }}")
    heads = [f"{{{{ head_{key} }}}}" for key in ("code", "task", "aim", "value", "behind", "streak")]
    cells = [f"{{{{ item.{key} }}}}" for key in ("code", "task", "aim", "value", "behind", "streak")]
    _table(document, heads, cells, "slip.targets", [14, 50, 24, 22, 28.5, 17.5])
    _each(document, "slip.wanted", "{{ item }}")
    _line(document, "{{ slip.reply }}", indent=False)
    for text in ("{{ issuer }}", "{{ issued_on }}"):
        signed = _line(document, text, indent=False)
        signed.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _line(document, "{%p if not loop.last %}")
    broken = _line(document, "")
    broken.paragraph_format.page_break_before = True
    _line(document, "{%p endif %}")
    _line(document, "{%p endfor %}")


if __name__ == "__main__":
    main()
