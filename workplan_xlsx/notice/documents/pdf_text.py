"""The text of a .pdf that has text: lines and ruled tables in reading order, page furniture removed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.blocks import Block, Document, Grid
from workplan_xlsx.notice.documents.pages_joined import joined_pages
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from pdfplumber.page import Page

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-—–－·]?\s*\d{1,4}\s*[-—–－·]?|第?\s*\d{1,4}\s*页?\s*[/,，共]+\s*\d{1,4}\s*页?)\s*"
)
_FEWEST_RULES = 4
MOST_PAGES = 500


def pdf_document(path: Path, lang: Lang) -> Document:
    """Return the document; pages without text are told.

    Raises:
        NoticeError: It is protected by a password, damaged, too long, or holds pictures of text only.
    """
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise NoticeError(say("notice.too_many_pages", lang, file=path.name, limit=MOST_PAGES))
            pages = [_blocks_of(page) for page in pdf.pages]
    except (
        PDFPasswordIncorrect,
        PdfminerException,
        PDFException,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
    ) as error:
        locked = "Password" in repr(error)
        key = "notice.password" if locked else "notice.damaged"
        raise NoticeError(say(key, lang, file=path.name)) from None
    if not any(pages):
        raise NoticeError(say("notice.scan", lang, file=path.name))
    blank = [str(number) for number, page in enumerate(pages, start=1) if not page]
    told = (found(Code.NOTICE_PAGE_WITHOUT_TEXT, pages=listed(blank, lang)),) if blank else ()
    return Document(tuple(_without_furniture(pages)), paged=True, findings=told)


def _blocks_of(page: Page) -> list[Block]:
    """A page's lines and ruled tables from top to bottom; a table's text is not among the lines."""
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    tables = [table for table in page.find_tables() if len(table.rows) > 1] if rules >= _FEWEST_RULES else []
    tables = [table for table in tables if max(len(row.cells) for row in table.rows) > 1]
    blocks: list[Block] = []
    top = 0.0
    for table in sorted(tables, key=lambda each: each.bbox[1]):
        blocks += _lines_between(page, top, table.bbox[1])
        blocks.append(_grid(table))
        top = max(top, table.bbox[3])
    blocks += _lines_between(page, top, float(page.height)) if tables else _lines(page)
    page.close()
    return blocks


def _lines_between(page: Page, top: float, bottom: float) -> list[str]:
    if bottom - top < 1:
        return []
    between = page.filter(lambda each: top <= (each["top"] + each["bottom"]) / 2 < bottom)
    return _lines(between)  # by their middles, as the table's own; a crop takes a first row's signs, too


def _lines(page: Page) -> list[str]:
    text = page.extract_text() or ""
    return [_half_width_digits(line) for line in text.splitlines() if line.strip()]


def _half_width_digits(line: str) -> str:
    return (
        unicodedata.normalize("NFKC", line)
        if re.search(r"[０-９]", line) and not re.search(r"[（：，]", line)
        else line
    )


def _grid(table: Any) -> Grid:
    """The table's cells; a cell that spans rows stands in each of them."""
    texts = table.extract()
    rows = [[cell or "" for cell in row] for row in texts]
    merged: set[tuple[int, int]] = set()
    for at, (row, boxes) in enumerate(zip(rows, table.rows, strict=False)):
        for column, box in enumerate(boxes.cells):
            if box is None and at and _reaches(table, at, column):
                row[column] = rows[at - 1][column]
                merged.add((at, column))
    return Grid(tuple(tuple(row) for row in rows), frozenset(merged))


def _reaches(table: Any, at: int, column: int) -> bool:
    """Whether a cell of a row above reaches down into this row: it was drawn as one."""
    bottom = max(box[3] for box in table.rows[at].cells if box) if any(table.rows[at].cells) else 0
    for above in range(at - 1, -1, -1):
        cells = table.rows[above].cells
        box = cells[column] if column < len(cells) else None
        if box:
            return bool(box[3] >= bottom - 1)
    return False


def _without_furniture(pages: Sequence[list[Block]]) -> Iterator[Block]:
    """Lines that stand at the top or bottom of most pages, and page numbers, are not text.

    A table that goes on over a page's end is put together again.
    """
    edges = Counter(
        line for page in pages for line in {each for each in (*page[:1], *page[-1:]) if isinstance(each, str)}
    )
    repeated = {line for line, count in edges.items() if count > max(2, len(pages) // 2)}
    open_table: Grid | None = None
    for page in pages:
        last = len(page) - 1
        for place, block in enumerate(page):
            if isinstance(block, str):
                at_edge = place in (0, last)
                if (block in repeated and at_edge) or (at_edge and _PAGE_NUMBER.fullmatch(block)):
                    continue
                if open_table:
                    yield open_table
                    open_table = None
                yield block
            elif open_table and _same_shape(open_table, block):
                open_table = joined_pages(open_table, block)
            else:
                if open_table:
                    yield open_table
                open_table = block
    if open_table:
        yield open_table


def _same_shape(one: Grid, other: Grid) -> bool:
    return len(one.rows[0]) == len(other.rows[0])
