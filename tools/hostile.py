"""What the gate and the readers make of hostile and awkward files: `make hostile`.

    python tools/hostile.py GENERATED_FOLDER [CORPUS_FOLDER CORPUS.csv]

Reads every file as the intake does, in limited workers, both readings over every cell; prints a line for each
verdict that is not the expected one, a table, the parent's memory, and the slowest file. Exit 1 where a
generated file's class or values are wrong, or more than 0.2 % of the honest real files are refused.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from workplan_xlsx.books.returned.grid import Grid, Sheet
from workplan_xlsx.books.returned.opened import open_grid
from workplan_xlsx.books.returned.second_opinion import first_difference
from workplan_xlsx.books.returned.unreadable import Unreadable
from workplan_xlsx.domain.returns import CellKind
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.worker import Failure

HONEST_REFUSED_AT_MOST_PCT = 0.2
WIDEST_FORM = 1_000
"""Columns that are read twice here; a form has 17, and a stray cell in the last of 16,384 is not compared."""
_REFUSED_ON_PURPOSE = ("dde",)  # a link to another program is honest in a test of links, and nowhere else
Values = tuple[tuple[str, tuple[tuple[int, int, str, str], ...]], ...]
"""Sheet name -> (row, column, kind, text) of its cells."""


@dataclass(frozen=True)
class Read:
    """What became of a file: how it ended, why, and its values if they are wanted."""

    how: str
    why: str = ""
    sheets: Values = ()
    seconds: float = 0

    def told(self) -> tuple[str, str, Values, float]:
        """As plain tuples, which any process may send."""
        return self.how, self.why, self.sheets, self.seconds


@dataclass(frozen=True)
class ReadAll:
    """Reads every sheet twice; travels to the workers."""

    keeps_values: bool

    def __call__(self, hand: FileInHand) -> tuple[str, str, Values, float]:
        began = time.perf_counter()
        try:
            opened = open_grid(hand.data, hand.name)
            differing = _differing(opened.data, opened.grid) if opened.asks_second else ""
        except Unreadable as why:
            return Read("refused", f"{why.code.name} {why.because}", (), time.perf_counter() - began).told()
        values = _values(opened.grid) if self.keeps_values else ()
        how = "differs" if differing else "read"
        return Read(how, differing, values, time.perf_counter() - began).told()

    def failed(self, _: FileInHand, failure: Failure) -> tuple[str, str, Values, float]:
        """A worker that gave up is a refusal, and is told apart."""
        return Read("stopped", failure.name).told()

    def fits(self, result: object, _: FileInHand) -> bool:
        """Whether it is an answer of ours."""
        return isinstance(result, tuple) and len(result) == 4


def _differing(data: bytes, grid: Grid) -> str:
    for sheet in grid.sheets:
        columns = {cell.column for cell in sheet.cells() if cell.column < WIDEST_FORM}
        difference = first_difference(data, grid, sheet, columns=columns, from_row=0)
        if difference is not None:
            return f"{sheet.name} {difference}"[:200]
    return ""


def _values(grid: Grid) -> Values:
    return tuple((sheet.name, tuple(_sheet_values(sheet))) for sheet in grid.sheets)


def _sheet_values(sheet: Sheet) -> Iterator[tuple[int, int, str, str]]:
    for cell in sheet.cells():
        text = str(cell.number) if cell.kind is CellKind.DATE and cell.number is not None else cell.text
        yield cell.row, cell.column, cell.kind.value, text


def read_files(paths: list[Path], *, keeps_values: bool, jobs: int = 2) -> dict[str, Read]:
    """File name -> what became of it; one verdict for each."""
    with Workers(ReadAll(keeps_values), jobs=jobs) as workers:
        results = [Read(*told) for told in workers.results(_hands(paths))]
    return {path.name: result for path, result in zip(paths, results, strict=True)}


def _hands(paths: list[Path]) -> Iterator[FileInHand]:
    for path in paths:
        data = path.read_bytes()
        yield FileInHand(path.name, hashlib.sha256(data).hexdigest(), data)


def wrong_generated(folder: Path) -> Iterator[tuple[str, str, Read]]:
    """Yield (file, what was expected, what became of it) for each generated file with another verdict."""
    with (folder / "manifest.csv").open(encoding="utf-8") as file:
        cases = [row for row in csv.DictReader(file) if row["file"].startswith("files/")]
    cases = [case for case in cases if case["expect"] != "SKIPPED"]
    golden = json.loads((folder / "golden.json").read_text(encoding="utf-8"))
    read = read_files([folder / case["file"] for case in cases], keeps_values=True)
    for case in cases:
        name = Path(case["file"]).name
        if not _as_expected(case["expect"], name, read[name], golden.get(name)):
            yield name, case["expect"], read[name]


def _as_expected(expect: str, name: str, read: Read, golden: dict[str, list[list[object]]] | None) -> bool:
    refused = read.how in ("refused", "stopped")
    if name.endswith(".zip"):
        return refused  # the inbox opens archives of forms, one level deep, before any file is read
    right = read.how == "read" and (golden is None or _same_values(golden, read.sheets))
    return {
        "ACCEPT": right,
        "ACCEPT_NOTE": right,
        "ASK": right,
        "REJECT": refused,
        "WAIT": refused,
        "REJECT_OR_OK": refused or right,
    }[expect]


def _same_values(golden: dict[str, list[list[object]]], sheets: Values) -> bool:
    """Every cell of the golden sheets, and no other near them, has its value."""
    read = dict(sheets)
    if len(golden) == len(read) == 1:  # a CSV's only sheet has the file's name
        read = dict(zip(golden, read.values(), strict=True))
    return all(name in read and _same_sheet(rows, read[name]) for name, rows in golden.items())


def _same_sheet(rows: list[list[object]], cells: tuple[tuple[int, int, str, str], ...]) -> bool:
    wanted = {
        (row, column): value
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value not in ("", None)
    }
    there = {(row, column): text for row, column, _, text in cells if row < len(rows) and text.strip()}
    there = {place: text for place, text in there.items() if place[1] < max(map(len, rows))}
    return wanted.keys() <= there.keys() and all(
        place in wanted and _same_value(wanted[place], text) for place, text in there.items()
    )


def _same_value(wanted: object, text: str) -> bool:
    if isinstance(wanted, int | float):
        try:
            return Decimal(text) == Decimal(repr(wanted))
        except InvalidOperation:
            return False
    return "".join(str(wanted).split()) == "".join(text.split()) or _is_that_day(str(wanted), text)


def _is_that_day(wanted: str, serial: str) -> bool:
    from workplan_xlsx.books.returned.number_formats import date_text

    try:
        return wanted in (date_text(Decimal(serial), epoch_1904=epoch) for epoch in (True, False))
    except InvalidOperation:
        return False


def judged_corpus(folder: Path, listed: Path) -> tuple[dict[str, Read], dict[str, str]]:
    """(file -> what became of it, file -> what its project says it is)."""
    with listed.open(encoding="utf-8") as file:
        expected = {row["file"]: row["expected"] for row in csv.DictReader(file)}
    paths = [folder / name for name in expected if (folder / name).is_file()]
    return read_files(paths, keeps_values=False), expected


def main() -> int:
    """Read all, tell all."""
    import resource

    folder = Path(sys.argv[1])
    wrong = list(wrong_generated(folder))
    for name, expect, read in wrong:
        print(f"WRONG {name}: expected {expect}, {read.how} {read.why} {str(read.sheets)[:300]}")
    print(f"generated: {len(wrong)} wrong")
    refused_pct = 0.0
    if len(sys.argv) > 3:
        refused_pct = _tell_corpus(Path(sys.argv[2]), Path(sys.argv[3]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"parent: {peak:.0f} MB at most")
    return 1 if wrong or refused_pct > HONEST_REFUSED_AT_MOST_PCT else 0


def _tell_corpus(folder: Path, listed: Path) -> float:
    read, expected = judged_corpus(folder, listed)
    table = Counter((expected[name], each.how) for name, each in read.items())
    for (what, how), count in sorted(table.items()):
        print(f"{what:12} {how:8} {count}")
    refused = [name for name, each in read.items() if expected[name] == "valid" and each.how != "read"]
    for name in refused:
        print(f"valid, but {read[name].how}: {name} {read[name].why}")
    slowest = max(read, key=lambda name: read[name].seconds)
    print(f"slowest: {slowest} {read[slowest].seconds:.1f} s; {len(read)} files, {len(read)} verdicts")
    honest = sum(1 for name in read if expected[name] == "valid")
    by_us = [name for name in refused if refused_by_gate_or_limits(read[name])]
    pct = 100 * len(by_us) / max(honest, 1)
    print(f"honest files refused by gate or limits: {len(by_us)}, {pct:.2f} %; in all {len(refused)}")
    return pct


def refused_by_gate_or_limits(read: Read) -> bool:
    """Whether our own rules refused it, not a reader that cannot read it."""
    code, _, because = read.why.partition(" ")
    if read.how == "stopped":
        return True
    return (
        read.how == "refused"
        and because not in _REFUSED_ON_PURPOSE
        and (code in ("UNSAFE", "TOO_LARGE", "PASSWORD") or because in _OF_THE_GATE)
    )


_OF_THE_GATE = ("breaks_off", "directory_incomplete", "packed_strangely", "checksum")


if __name__ == "__main__":
    sys.exit(main())
