"""What forms cost: CPU a form against plain xlsxwriter in its default mode, a district's, a province's.

python tools/bench/forms.py [UNITS]     (a province has 5,440)
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import region
import xlsxwriter
from measuring import Contender, measure, workplan
from xlsxwriter.worksheet import Worksheet

from workplan_xlsx.books import growing_rows
from workplan_xlsx.books.form.book import add_form, write_form
from workplan_xlsx.books.form.paper import Filled
from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.config import OfficeContact
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.steps.planning_forms import FormBasis, form_plan

FORMS, ROUNDS = 20, 5


class PlainSheet(Worksheet):
    """The library's own worksheet, used as its documentation says."""

    def set_growing_row(self, row: int, height: float, *, level: int = 0) -> None:
        self.set_row(row, height, None, {"level": level})


def plans(count: int) -> list[FormPlan]:
    """Forms of twelve rows."""
    ledger = region.ledger_of(count)
    china = timezone(timedelta(hours=8))
    basis = FormBasis(
        ledger=ledger,
        period=Period.parse(region.PERIOD),
        deadline=Deadline(at=datetime(2023, 6, 28, 18, tzinfo=china), moved=False),
        version="0" * 12,
        office=OfficeContact(name="测算区政府办公室"),
        lights=Rules().lights,
        lang="zh",
        before={},
        problems={},
        changes={},
    )
    return [form_plan(basis, unit) for unit in ledger.reporting_unit_names]


def by_us(forms: list[FormPlan], folder: Path) -> None:
    """As the product writes them: in memory, checked, put in place whole."""
    for number, form in enumerate(forms):
        write_form(form, folder / f"{number}.xlsx", "zh")


def by_default_mode(forms: list[FormPlan], folder: Path) -> None:
    """The same calls on a plain workbook that is given a path."""
    ours = growing_rows.GrowingSheet
    growing_rows.GrowingSheet = PlainSheet  # type: ignore[assignment, misc]
    try:
        for number, form in enumerate(forms):
            with xlsxwriter.Workbook(folder / f"{number}.xlsx") as book:
                add_form(book, form, "zh", Filled())
    finally:
        growing_rows.GrowingSheet = ours  # type: ignore[misc]


def cpu_ratio(rounds: int = ROUNDS) -> float:
    """CPU of our way over that of the default mode, for the same forms, measured in turn.

    The least of each counts: what a busy machine adds is never taken away.
    """
    forms = plans(FORMS)
    with tempfile.TemporaryDirectory() as scratch:
        ways = (by_us, by_default_mode)
        for way in ways:
            way(forms[:3], Path(scratch))
        spent = [[_cpu_s(way, forms, Path(scratch)) for way in ways] for _ in range(rounds)]
    ours, theirs = (min(way) for way in zip(*spent, strict=True))
    return ours / theirs


def _cpu_s(way: Callable[[list[FormPlan], Path], None], forms: list[FormPlan], folder: Path) -> float:
    began = time.process_time()
    way(forms, folder)
    return time.process_time() - began


def sent_out(units: int, scratch: Path) -> str:
    """`workplan templates` for so many units, as a process."""
    root = scratch / f"units-{units}"
    region.found(root, units)
    command = workplan("-C", root, "-q", "templates", "--period", region.PERIOD, "--as-of", region.SENT_AT)
    run = measure(Contender("templates", command))
    return f"{units} forms: {run.wall_s:.1f} s, {run.cpu_s:.1f} s CPU, largest process {run.peak_mb:.0f} MB"


def main() -> None:
    """Print the figures, one a line."""
    print(f"CPU a form, ours over xlsxwriter's default mode: {cpu_ratio():.2f} (bar 0.70)")
    sizes = [int(each) for each in sys.argv[1:]] or [34, 680, 5440]
    with tempfile.TemporaryDirectory() as scratch:
        for units in sizes:
            print(sent_out(units, Path(scratch)), flush=True)


if __name__ == "__main__":
    main()
