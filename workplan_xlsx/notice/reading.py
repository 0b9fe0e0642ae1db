"""An official notice as published -> Notice. The page to read first in this room."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from workplan_xlsx.domain.notice import Notice, NoticeTask
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.document import read_lines, tidy
from workplan_xlsx.notice.outline import Item, read_outline, title_and_text
from workplan_xlsx.notice.owners import read_owners
from workplan_xlsx.notice.targets import read_targets
from workplan_xlsx.notice.title_block import read_title_block
from workplan_xlsx.words import Lang, say

_FIRST_LEADS = re.compile(r"列?第一(?:位|个|家)?(?:的)?(?:单位|部门|者)?为牵头")


def read_notice(path: Path, lang: Lang) -> Notice:
    """Read a notice: its title block, chapters, items, owners and quantities.

    Raises:
        NoticeError: It cannot be read, is a scan, or has no numbered items; the sentence says what to do.
    """
    lines = [tidy(line) for line in read_lines(path, lang)]
    outline = read_outline(lines)
    if not outline.items:
        raise NoticeError(say("notice.no_items", lang, file=path.name))
    block = read_title_block(lines, outline.first_line)
    first_leads = any(_FIRST_LEADS.search(line) for line in lines)
    return Notice(
        title=block.title or path.stem,
        document_number=block.document_number,
        issuer=block.issuer,
        issued_on=block.issued_on,
        sections=outline.sections,
        tasks=_tasks(outline.items, first_leads=first_leads),
    )


def _tasks(items: Sequence[Item], *, first_leads: bool) -> tuple[NoticeTask, ...]:
    return tuple(_task(item, first_leads=first_leads) for item in items)


def _task(item: Item, *, first_leads: bool) -> NoticeTask:
    owners = read_owners(item.text, first_is_lead=first_leads)
    title, text = title_and_text(owners.rest)
    return NoticeTask(
        section_ordinal=item.section_ordinal,
        number=item.number,
        title=title,
        text=text,
        lead_units=owners.leads,
        support_units=owners.supports,
        deadline=owners.deadline,
        targets=read_targets(text),
    )
