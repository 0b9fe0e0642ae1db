"""The ranking workbook alone against plain xlsxwriter writing the same cells, in turn in one process.

python workbook.py WORKSPACE ROUNDS: prints the medians of CPU seconds, ours first.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import large
import peers
import region

from workplan_xlsx.books.ranking.book import write_ranking
from workplan_xlsx.cli.console import moment_of
from workplan_xlsx.domain.editions.digest import digest_of
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.steps.editions import edition_of
from workplan_xlsx.steps.workspace import open_office


def edition_in(root: Path) -> Edition:
    """The edition that `report` would publish."""
    with open_office(root, now=moment_of(region.CLOSED_AT, "zh"), lang="zh") as office:
        return edition_of(office, office.ledger(), office.period(region.PERIOD), office.now, number=1)


def cpu_s(work: Callable[[], object]) -> float:
    """CPU seconds of this process while it works."""
    began = time.process_time()
    work()
    return time.process_time() - began


def medians(root: Path, rounds: int) -> tuple[float, float]:
    """CPU seconds of ours and of the peer's, interleaved, the median of each."""
    with tempfile.TemporaryDirectory() as scratch:
        book = Path(scratch) / "ranking.xlsx"
        edition = edition_in(root)
        digest = digest_of(edition)
        write_ranking(edition, book, "zh", digest=digest)
        cells = large.cells_as_pickle(book, Path(scratch) / "cells.pickle")
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(cpu_s(lambda: write_ranking(edition, book, "zh", digest=digest)))
            theirs.append(cpu_s(lambda: peers.same_cells(cells)))
    return statistics.median(ours), statistics.median(theirs)


if __name__ == "__main__":
    print(*medians(Path(sys.argv[1]), int(sys.argv[2])))
