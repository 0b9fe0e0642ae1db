"""Handing a result up (上报): which figures of our plan answer the rows of the higher plan's form. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.model import Nature, Target
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
    our target of the same name and unit, if there is exactly one, and no other row asks for it. Nothing is
    converted, no percentages are added: what is not sure leaves the row blank, with the reason.
    """
    rows = tuple(rows)
    desk = _Desk(figures, Counter(_bare(row.name) for row in rows), mapping, lang)
    for row in rows:
        actual = row.answers.get(Answer.ACTUAL)
        if actual is None or not actual.is_blank or not row.name:
            continue  # a stage, or another lead's number: the form says so in that cell
        codes = desk.codes_for(row)
        why_not = desk.why_not(row, codes)
        parts = () if why_not else tuple(desk.ours[code] for code in codes)
        yield HandedRow(
            code=row.code,
            name=row.name,
            value=None if why_not else sum((part.value or Decimal(0) for part in parts), Decimal(0)),
            parts=parts,
            why_not=why_not,
            cell=actual.cell,
            account_cell=_cell(row.answers.get(Answer.PROGRESS)),
        )


class _Desk:
    """What lies at hand: our figures, how often each name stands in the form, what [handup] says."""

    def __init__(
        self,
        figures: Sequence[Figure],
        rows_called: Mapping[str, int],
        mapping: Mapping[str, tuple[str, ...]],
        lang: Lang,
    ) -> None:
        self.ours = {figure.target.code: figure for figure in figures}
        self._rows_called, self._mapping, self._lang = rows_called, mapping, lang

    def codes_for(self, row: ReturnedRow) -> Sequence[str]:
        """Our targets for the row: those that are named for it, else all that are called the same."""
        return self._mapping.get(row.code) or self._called(row.name)

    def _called(self, name: str) -> list[str]:
        return [code for code, each in self.ours.items() if _bare(each.target.name) == _bare(name)]

    def why_not(self, row: ReturnedRow, codes: Sequence[str]) -> str:
        """Why the row stays blank, in words; "" where these targets answer it."""
        chosen = "" if self._mapping.get(row.code) else self._why_not_chosen(row, codes)
        return chosen or self._why_not_named(codes) or self._why_not_added(row, codes)

    def _why_not_chosen(self, row: ReturnedRow, codes: Sequence[str]) -> str:
        """A name says which target is meant only where it is the only one, there and here."""
        if not codes:
            return self._say("no_counterpart")
        if len(codes) > 1:
            return self._say("several_so_called", codes)
        rows = self._rows_called[_bare(row.name)]
        return self._say("several_rows", codes, count=rows) if rows > 1 else ""

    def _why_not_named(self, codes: Sequence[str]) -> str:
        """Every target that is named must be there, once."""
        if unknown := [code for code in codes if code not in self.ours]:
            return self._say("no_such_target", unknown)
        twice = [code for code, count in Counter(codes).items() if count > 1]
        return self._say("counted_twice", twice) if twice else ""

    def _why_not_added(self, row: ReturnedRow, codes: Sequence[str]) -> str:
        """Figures that can be told in the row's unit, and be added where there are several."""
        ours = {code: self.ours[code] for code in codes}
        if other := [code for code, each in ours.items() if _bare(each.target.unit) != _bare(row.unit)]:
            units = listed(sorted({ours[code].target.unit or "—" for code in other}), self._lang)
            return self._say("other_unit", other, units=units, unit=row.unit or "—")
        if several := [code for code, each in ours.items() if each.lead]:
            return self._say("several_figures", several)
        if len(ours) > 1 and (rates := [code for code, each in ours.items() if _is_rate(each.target)]):
            return self._say("rates", rates)
        if missing := [code for code, each in ours.items() if each.value is None]:
            return self._say("no_figure", missing)
        open_ = [code for code, each in ours.items() if each.provisional]
        return self._say("provisional", open_) if open_ else ""

    def _say(self, key: str, codes: Sequence[str] = (), **facts: object) -> str:
        return say(f"handup.{key}", self._lang, codes=listed(codes, self._lang), **facts)


_RATES = (Nature.RATE, Nature.RELATIVE)


def _is_rate(target: Target) -> bool:
    """Whether figures of this target cannot be added: percentages, so much for each of something."""
    unit = unicodedata.normalize("NFKC", target.unit)
    return target.nature in _RATES or any(sign in unit for sign in "%‰/每")


def _bare(text: str) -> str:
    return "".join(text.split())


def _cell(content: Content | None) -> str:
    return content.cell if content else ""


def account_of(row: HandedRow, edition: str, lang: Lang) -> str:
    """What stands beside a figure handed up: what it is made of, and which edition published it."""
    between = say("handup.plus", lang)
    parts = between.join(_part(part, lang) for part in row.parts)
    return say("handup.account", lang, edition=edition, parts=parts)


def _part(part: Figure, lang: Lang) -> str:
    told = f"{part.target.code} {part.target.name} {plain(part.value or Decimal(0))}"
    return told if part.override is None else say("handup.decided", lang, part=told)
