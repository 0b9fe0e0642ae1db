"""An official notice as published -> Notice. The page to read first in this room."""

from __future__ import annotations

from pathlib import Path

from workplan_xlsx.domain.notice import Notice, NoticeTask
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.opening import read_document
from workplan_xlsx.notice.documents.unwrapping import paragraphs_of
from workplan_xlsx.notice.figures.reading import read_figures
from workplan_xlsx.notice.outline.tasks import Item, read_outline
from workplan_xlsx.notice.outline.tree import read_tree
from workplan_xlsx.notice.owners.reading import read_owners, says_first_leads
from workplan_xlsx.notice.tables.cell_lines import with_cell_tables
from workplan_xlsx.notice.tables.drawn import with_tables
from workplan_xlsx.notice.tables.outline import better_of, outline_of_tables
from workplan_xlsx.notice.title_block import read_title_block
from workplan_xlsx.words import Lang, say


def read_notice(path: Path, lang: Lang) -> Notice:
    """Read a notice: its title block, chapters, items, owners and quantities.

    Raises:
        NoticeError: It cannot be read, is a scan, or has no numbered items; the sentence says what to do.
    """
    document = read_document(path, lang)
    blocks = with_cell_tables(with_tables(document.blocks))
    lines, wrapped = paragraphs_of(blocks, paged=document.paged)
    outline = better_of(read_outline(read_tree(lines, strictly=wrapped)), outline_of_tables(blocks))
    if not outline.items:
        raise NoticeError(say("notice.no_items", lang, file=path.name))
    block = read_title_block(lines, outline.first_line, outline.items[-1].line)
    first_leads = says_first_leads(lines)
    return Notice(
        title=block.title or path.stem,
        document_number=block.document_number,
        issuer=block.issuer,
        issued_on=block.issued_on,
        sections=outline.sections,
        tasks=tuple(_task(item, first_leads=first_leads) for item in outline.items),
    )


def _task(item: Item, *, first_leads: bool) -> NoticeTask:
    owners = read_owners(item.paragraphs, first_is_lead=first_leads, told_by_table=item.told)
    text = "\n".join(owners.rest)
    figures = read_figures(item.title if item.title_is_all else text)
    return NoticeTask(
        section_ordinal=item.section_ordinal,
        number=item.number,
        title=item.title,
        text=text,
        lead_units=owners.leads,
        support_units=owners.supports,
        deadline=owners.deadline,
        targets=figures.quantities,
        left=figures.left,
    )
