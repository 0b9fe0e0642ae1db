"""The ranking workbook, sheet by sheet; values only (but for 测算), equal input gives equal bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workplan_xlsx.books import styles
from workplan_xlsx.books.ranking import charts
from workplan_xlsx.books.ranking.first import write_first
from workplan_xlsx.books.ranking.formats import Formats
from workplan_xlsx.books.ranking.levels import write_levels
from workplan_xlsx.books.ranking.lists import (
    write_changes,
    write_joint,
    write_lights,
    write_problems,
    write_reporting,
)
from workplan_xlsx.books.ranking.notes import write_notes
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.books.ranking.places import Limits, Places, Sheet, places_of
from workplan_xlsx.books.ranking.tasks import write_tasks, write_trace
from workplan_xlsx.books.ranking.units import write_units
from workplan_xlsx.books.ranking.what_if import write_what_if
from workplan_xlsx.books.ranking.what_if_plan import Tried
from workplan_xlsx.books.whole_file import whole_file
from workplan_xlsx.domain.editions.digest import digest_of
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.levels import levels_of
from workplan_xlsx.domain.editions.overview import PeriodLights
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.watching import Watch, unwatched
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from workplan_xlsx.books.ranking.row_text import RowText


def write_ranking(
    edition: Edition,
    path: Path,
    lang: Lang,
    *,
    history: Sequence[PeriodLights] = (),
    remarks: Sequence[str] = (),
    digest: str = "",
    limits: Limits | None = None,
    watch: Watch = unwatched,
) -> None:
    """Write the workbook of an edition.

    Args:
        history: The lights of the periods so far, this one last, for the trend.
        digest: The edition's digest where it is known already; else it is taken here.
        watch: Sees the rows of the long lists as they are written.
        remarks: What 说明 has to say about this and earlier editions' files.

    Raises:
        OutputError: It cannot be put in place (open in Excel, disk full); the previous file is intact.
    """
    import xlsxwriter

    limits = limits or Limits()
    with whole_file(path, lang) as partial, xlsxwriter.Workbook(partial, _options(edition, limits)) as book:
        _properties(book, edition, lang)
        desk = _Desk(book, edition, lang, limits, watch)
        _write_sheets(desk, history, remarks, digest or digest_of(edition))


def write_trials(edition: Edition, trials: Sequence[Tried], path: Path, lang: Lang) -> None:
    """Write 测算 once for each trial, each on a sheet of its own, to hold the formulas to the engine.

    Raises:
        OutputError: As `write_ranking`.
    """
    import xlsxwriter

    with whole_file(path, lang) as partial, xlsxwriter.Workbook(partial, {"in_memory": True}) as book:
        desk = _Desk(book, edition, lang, Limits())
        for number, tried in enumerate(trials, start=1):
            title = f"{Sheet.WHAT_IF.name_in(lang)}{number}"
            write_what_if(desk.open_part(title), edition.in_force or Rules(), tried)


def _targets(edition: Edition) -> int:
    return sum(len(task.ratings) for task in edition.tasks)


def _options(edition: Edition, limits: Limits) -> dict[str, Any]:
    """In memory, unless the book is so large that only one row at a time may stay there."""
    return {"constant_memory": True} if _is_large(edition, limits) else {"in_memory": True}


def _is_large(edition: Edition, limits: Limits) -> bool:
    return _targets(edition) > limits.in_memory_targets


class _Desk:
    """The workbook in hand: opens one sheet after the other."""

    def __init__(
        self, book: Workbook, edition: Edition, lang: Lang, limits: Limits, watch: Watch = unwatched
    ) -> None:
        self._book, self.edition, self._lang, self._limits = book, edition, lang, limits
        self._formats = Formats(book)
        self.places: Places = places_of(edition, lang, limits, blocks_from=self._blocks_from())
        self._over = watch(self.places.long_lists)

    def _blocks_from(self) -> int:
        rows = charts.rows_for(len(self.edition.standings), self._limits.chart_units)
        return charts.CHART_ROW + rows + 1

    @property
    def takes_what_if(self) -> bool:
        """Whether the edition is small enough to try things out on it."""
        return _targets(self.edition) <= self._limits.most_tried

    def open(self, sheet: Sheet) -> Paper:
        """Add a sheet under its name."""
        return self.open_part(sheet.name_in(self._lang))

    def open_part(self, title: str) -> Paper:
        """Add a sheet under that name."""
        sheet, streamed = self._new_sheet(title)
        return Paper(
            title=title,
            book=self._book,
            sheet=sheet,
            streamed=streamed,
            over=self._over,
            edition=self.edition,
            lang=self._lang,
            formats=self._formats,
            places=self.places,
            limits=self._limits,
        )

    def _new_sheet(self, title: str) -> tuple[Worksheet, RowText | None]:
        if not _is_large(self.edition, self._limits):
            return self._book.add_worksheet(title), None
        from workplan_xlsx.books.ranking.row_text import RowText
        from workplan_xlsx.books.ranking.streamed import StreamedSheet

        sheet = self._book.add_worksheet(title, StreamedSheet)
        return sheet, RowText(sheet, self._formats, self._limits.links)


def _write_sheets(desk: _Desk, history: Sequence[PeriodLights], remarks: Sequence[str], digest: str) -> None:
    """Write all sheets in the order of the workbook."""
    write_first(desk.open(Sheet.RANKING), history)
    if levels := levels_of(desk.edition.standings):
        write_levels(desk.open(Sheet.LEVELS), levels)
    write_lights(desk.open(Sheet.LIGHTS))
    for tasks in desk.places.task_parts:
        write_tasks(desk.open_part(tasks.title), tasks)
    for number, units in enumerate(desk.places.unit_parts):
        write_units(desk.open_part(units.title), units, first=number == 0)
    write_reporting(desk.open(Sheet.REPORTING))
    write_problems(desk.open(Sheet.PROBLEMS))
    write_joint(desk.open(Sheet.JOINT))
    write_changes(desk.open(Sheet.CHANGES))
    write_notes(desk.open(Sheet.NOTES), remarks, digest)
    for trace in desk.places.trace_parts:
        write_trace(desk.open_part(trace.title), trace)
    if desk.takes_what_if:
        write_what_if(desk.open(Sheet.WHAT_IF), desk.edition.in_force or Rules())


def _properties(book: Workbook, edition: Edition, lang: Lang) -> None:
    head = edition.ledger.head
    book.set_properties(
        {
            "title": say("ranking.title_first", lang, plan=head.title)[:255],
            "author": head.issuer[:255],
            "company": head.issuer[:255],
            "subject": head.document_number[:255],
            "created": styles.made_on(edition.as_of.date()),
        }
    )
