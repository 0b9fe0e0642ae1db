"""An official notice as published -> Notice. The page to read first in this room."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from workplan_xlsx.domain.notice import Notice, NoticeTask
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents.opening import read_lines, tidy
from workplan_xlsx.notice.outline.tasks import Item, read_outline
from workplan_xlsx.notice.outline.tree import read_tree
from workplan_xlsx.notice.owners.reading import read_owners, says_first_leads
from workplan_xlsx.notice.figures.reading import read_figures
from workplan_xlsx.notice.title_block import read_title_block
from workplan_xlsx.words import Lang, say
from workplan_xlsx.notice.documents.unwrapping import unwrapped, is_wrapped


def read_notice(path: Path, lang: Lang) -> Notice:
    """Read a notice: its title block, chapters, items, owners and quantities.

    Raises:
        NoticeError: It cannot be read, is a scan, or has no numbered items; the sentence says what to do.
    """
    lines = [tidy(line) for line in read_lines(path, lang)]
    wrapped = is_wrapped(lines)
    lines = unwrapped(lines) if wrapped else lines
    outline = read_outline(read_tree(lines, strictly=wrapped))
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
    owners = read_owners(item.paragraphs, first_is_lead=first_leads)
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
