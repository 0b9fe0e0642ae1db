"""An official notice as published -> Notice. The page to read first in this room.

documents/   file -> paragraphs and tables          outline/  numbered lines -> headings and tasks
tables/      drawn, broken and real tables -> tasks  owners/   who leads, who supports, by when
figures/     every number: target, descriptive, none title_block, front_matter, findings
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from workplan_xlsx.domain.notice import Kind, Notice, NoticeTask, Quantity
from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.deadlines import stated_deadline
from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.documents.opening import read_document
from workplan_xlsx.notice.documents.unwrapping import paragraphs_of
from workplan_xlsx.notice.figures.reading import Figures, numbers_of_title, promised_by_title, read_figures
from workplan_xlsx.notice.findings import findings_on
from workplan_xlsx.notice.front_matter import outline_of_records
from workplan_xlsx.notice.notes import changing_notes, with_doubt
from workplan_xlsx.notice.outline.counted import outline_of_paragraphs
from workplan_xlsx.notice.outline.parts import with_parts, with_points_apart
from workplan_xlsx.notice.outline.tasks import Item, Outline, read_outline
from workplan_xlsx.notice.outline.tree import read_tree
from workplan_xlsx.notice.owners.reading import Owners, names_owners, read_owners, says_first_leads
from workplan_xlsx.notice.tables.cell_lines import with_cell_tables
from workplan_xlsx.notice.tables.comma_list import with_comma_list
from workplan_xlsx.notice.tables.drawn import with_tables
from workplan_xlsx.notice.tables.outline import better_of, outline_of_tables
from workplan_xlsx.notice.tables.refused import is_lost_table, unread_tables, why_no_items
from workplan_xlsx.notice.tables.spaced import with_spaced_tables
from workplan_xlsx.notice.title_block import plan_year, read_title_block
from workplan_xlsx.words import Lang


def read_notice(path: Path, lang: Lang) -> Notice:
    """Read a notice: its title block, chapters, items, owners and quantities.

    Raises:
        NoticeError: It cannot be read, is a scan, or has no numbered items; the sentence says what to do.
    """
    document = read_document(path, lang)
    listed = with_comma_list(document.blocks, path.name, lang)
    blocks = with_cell_tables(with_spaced_tables(with_tables(listed)))
    paragraphs, wrapped = paragraphs_of(blocks, paged=document.paged)
    lines = with_points_apart(paragraphs)
    outline = outline_of_records(blocks) or _outline(blocks, lines, wrapped=wrapped)
    if not outline.items or (is_lost_table(lines) and not any(map(_names_owners, outline.items))):
        raise NoticeError(why_no_items(blocks, path.name, lang))
    block = read_title_block(lines, outline.first_line, outline.items[-1].line)
    owners = _owners(outline.items, first_leads=says_first_leads(lines))
    year = plan_year(block.title, block.issued_on, block.document_number)
    tasks = tuple(_task(item, each, year) for item, each in zip(outline.items, owners, strict=True))
    general = read_figures("\n".join(_general(outline, block.title)), year=year)
    return Notice(
        title=block.title or path.stem,
        document_number=block.document_number,
        issuer=block.issuer,
        issued_on=block.issued_on,
        sections=outline.sections,
        tasks=tasks,
        general=general.quantities,
        left=general.left,
        findings=(
            *document.findings,
            *findings_on(outline, tasks, owners, lang),
            *unread_tables(blocks, lang),
        ),
    )


def _outline(blocks: Sequence[Block], lines: Sequence[str], *, wrapped: bool) -> Outline:
    """The text's or the tables'; else the text's beginning may be missing, or its numbers."""
    outline = better_of(_of_text(lines, wrapped=wrapped), outline_of_tables(blocks))
    if not outline.items:
        outline = _of_text(lines, wrapped=wrapped, from_the_middle=True)
    has_tables = any(isinstance(block, Grid) for block in blocks)
    return outline if outline.items or has_tables else outline_of_paragraphs(lines)


def _of_text(lines: Sequence[str], *, wrapped: bool, from_the_middle: bool = False) -> Outline:
    return read_outline(with_parts(read_tree(lines, strictly=wrapped, from_the_middle=from_the_middle)))


def _names_owners(item: Item) -> bool:
    return bool(item.told) or any(map(names_owners, item.paragraphs))


def _owners(items: Sequence[Item], *, first_leads: bool) -> list[Owners]:
    return [
        read_owners(each.paragraphs, first_is_lead=first_leads, told_by_table=each.told) for each in items
    ]


def _task(item: Item, owners: Owners, year: int | None) -> NoticeTask:
    """The item with its owners and figures; a title that is the whole text holds the promises itself."""
    text = "\n".join(owners.rest)
    figures = read_figures(
        "\n".join(filter(None, (item.title, text))) if item.title_is_all else text, year=year
    )
    planned = read_figures("\n".join(each.partition("：")[2] for each in item.steps), year=year)
    says_it = item.title_is_all or text.startswith(item.title)
    promised = () if says_it else promised_by_title(item.title, figures, year=year)
    titled = () if says_it else numbers_of_title(item.title, promised)
    targets = (*_whose((*promised, *figures.quantities), owners), *_steps(planned))
    return NoticeTask(
        section_ordinal=item.section_ordinal,
        number=item.number,
        title=item.title,
        text="\n".join(filter(None, (text, *item.steps))),
        lead_units=owners.leads,
        support_units=owners.supports,
        deadline=owners.deadline or stated_deadline(f"{item.title}\n{text}"),
        targets=with_doubt(targets) if changing_notes(text) else targets,
        left=(*titled, *figures.left, *planned.left),
        quarters=tuple(_quarters(item, year)),
    )


_QUARTER = re.compile(r"第?([一二三四1-4])季度")


def _quarters(item: Item, year: int | None) -> Iterator[tuple[int, tuple[Quantity, ...]]]:
    """(1-4, what is planned for it) of the columns that are headed by one quarter."""
    for step in item.steps:
        name, _, text = step.partition("：")
        quarters = _QUARTER.findall(name)
        if len(quarters) == 1:
            quarter = "一二三四1234".index(quarters[0]) % 4 + 1
            figures = read_figures(text, year=year)
            yield quarter, tuple(each for each in figures.quantities if each.value is not None)


def _steps(planned: Figures) -> Iterator[Quantity]:
    """What columns of quarters or months plan describes the way; the year's figure stands elsewhere."""
    for each in planned.quantities:
        yield replace(each, kind=Kind.DESCRIPTIVE, doubt="", reason="is_stage")


def _whose(targets: tuple[Quantity, ...], owners: Owners) -> tuple[Quantity, ...]:
    """Where parts of the text name different units a person says whose each figure is."""
    if not owners.apart:
        return targets
    return tuple(
        replace(each, doubt="doubt_owner") if each.is_measured_target and not each.doubt else each
        for each in targets
    )


def _general(outline: Outline, title: str) -> list[str]:
    """The text outside of all items: goals of the whole plan stand there."""
    return [each for each in outline.outside if each.strip() and each.strip() != title]
