"""Handing a result up (上报): which figures of our plan answer the rows of the higher plan's form. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.returns import Answer, Content, ReturnedRow
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedRow:
    """One row of the higher plan's form and what we say in it.

    Attributes:
        code: Its 序号 in the higher plan.
        value: The exact sum of our figures, in the row's own unit; None where `why_not` says why.
        parts: Our figures that it is made of.
        why_not: Why the row stays blank, in words; "" when it is filled.
        cell, account_cell: Where the figure and its account (进展情况) go.
    """

    code: str
    name: str
    value: Decimal | None
    parts: tuple[Figure, ...]
    why_not: str
    cell: str
    account_cell: str


def hand_up(
    rows: Iterable[ReturnedRow],
    figures: Sequence[Figure],
    mapping: Mapping[str, tuple[str, ...]],
    lang: Lang,
) -> Iterator[HandedRow]:
    """Yield every row of the form that has a blank cell for a figure.

    `mapping` names, by the higher plan's code, our targets whose figures are added; a row without entry takes
    our target of the same name and unit, if there is exactly one. Nothing is converted: another unit, a
    missing figure or a stage leaves the row blank, with the reason.
    """
    ours = {figure.target.code: figure for figure in figures}
    for row in rows:
        actual = row.answers.get(Answer.ACTUAL)
        if actual is None or not actual.is_blank or not row.name:
            continue  # a stage, or another lead's number: the form says so in that cell
        codes = mapping.get(row.code) or tuple(_same_words(row, figures))
        parts = tuple(ours[code] for code in codes if code in ours)
        why_not = _why_not(row, codes, ours, lang)
        yield HandedRow(
            code=row.code,
            name=row.name,
            value=None if why_not else sum((part.value or Decimal(0) for part in parts), Decimal(0)),
            parts=() if why_not else parts,
            why_not=why_not,
            cell=actual.cell,
            account_cell=_cell(row.answers.get(Answer.PROGRESS)),
        )


def _same_words(row: ReturnedRow, figures: Iterable[Figure]) -> Iterator[str]:
    """Our one target that is called and measured the same; two of them are none."""
    same = [each.target.code for each in figures if _bare(each.target.name) == _bare(row.name)]
    if len(same) == 1:
        yield same[0]


def _bare(text: str) -> str:
    return "".join(text.split())


def _why_not(row: ReturnedRow, codes: Sequence[str], ours: Mapping[str, Figure], lang: Lang) -> str:
    if not codes:
        return say("handup.no_counterpart", lang)
    unknown = [code for code in codes if code not in ours]
    if unknown:
        return say("handup.no_such_target", lang, codes=listed(unknown, lang))
    other = [code for code in codes if _bare(ours[code].target.unit) != _bare(row.unit)]
    if other:
        units = listed(sorted({ours[code].target.unit or "—" for code in other}), lang)
        facts = {"codes": listed(other, lang), "units": units, "unit": row.unit or "—"}
        return say("handup.other_unit", lang, **facts)
    several = [code for code in codes if ours[code].lead]
    if several:
        return say("handup.several_figures", lang, codes=listed(several, lang))
    missing = [code for code in codes if ours[code].value is None]
    return say("handup.no_figure", lang, codes=listed(missing, lang)) if missing else ""


def _cell(content: Content | None) -> str:
    return content.cell if content else ""


def account_of(row: HandedRow, edition: str, lang: Lang) -> str:
    """What stands beside a figure handed up: what it is made of, and which edition published it."""
    between = say("handup.plus", lang)
    parts = between.join(
        f"{part.target.code} {part.target.name} {plain(part.value)}"
        for part in row.parts
        if part.value is not None
    )
    return say("handup.account", lang, edition=edition, parts=parts)
