"""The edition's figures beside the workbook: CSV for spreadsheets, JSON, exact, for programs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from pathlib import Path

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.whole_file import write_pieces_whole
from workplan_xlsx.domain.editions.across_groups import ranks_across_groups
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.editions.telling import edition_json
from workplan_xlsx.domain.rounding import plain, round_half_up
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_CONTROLS = ("\t", "\r", "\n")
_UNSEEN = " \t\r\n\ufeff\u200b\u200e\u200f\u202a\u202d\u202e\u3000"
"""What may stand before a formula unseen; some programs drop it and then see the sign."""
_UNITS = (
    "group",
    "unit",
    "rank",
    "across",
    "change",
    "score",
    "light",
    "progress",
    "reporting",
    "punctuality",
    "remark",
)
_TARGETS = (
    "code",
    "task",
    "target",
    "reports",
    "value",
    "measure",
    "completion",
    "expected",
    "light",
    "score",
)
_TAKEN_FOR_A_DATE = re.compile(r"\d{1,4}([-/])\d{1,4}(\1\d{1,4})?")
"""1-1 would become the first of January, 25/3 the 25th of March."""

_TAKEN_FOR_A_NUMBER = re.compile(r"0\d+|[\d.]*\.[\d.]*")
"""A code that would lose a zero: 3.10 would become 3.1."""

_DECIMALS = 6
_BETWEEN_PARTS = "; "
_SOURCES = ("file", "sheet", "cell", "received", "version", "digest")


def write_beside(
    edition: Edition, folder: Path, lang: Lang, *, missing_only: bool = False
) -> tuple[Path, ...]:
    """Write ranking and figures as CSV (UTF-8 with mark for Excel), all as JSON; return what was written.

    `missing_only` leaves alone what is there.

    Raises:
        OutputError: One of them cannot be put in place; what was there before is intact.
    """
    named = {"period": edition.period, "number": edition.number}
    units, targets, data = (
        folder / say(f"ranking.{name}", lang, **named) for name in ("csv_units", "csv_targets", "json_data")
    )
    across = ranks_across_groups(edition.standings)
    own = edition.stand_ins
    ranking = (_unit(each, across.get(each.unit), own, lang) for each in edition.standings)
    ratings = ((task, rating) for task in edition.tasks for rating in task.ratings)
    figures = (_target(*each, edition.stand_ins, lang) for each in ratings)
    pieces = {
        units: csv_lines(_UNITS, ranking, lang),
        targets: csv_lines(_TARGETS + _SOURCES, figures, lang),
        data: edition_json(edition),
    }
    written = tuple(path for path in pieces if not (missing_only and path.exists()))
    for path in written:
        write_pieces_whole(path, (piece.encode("utf-8", "replace") for piece in pieces[path]), lang)
    return written


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[str]], lang: Lang) -> Iterator[str]:
    """Yield rows as lines of CSV after Excel's mark for UTF-8; no text is taken for a formula.

    A text that a spreadsheet would take for one, or for a date, gets an apostrophe before it.
    """
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    yield "\ufeff"
    for cells_of_row in chain([[say(f"ranking.csv_{head}", lang) for head in heads]], rows):
        writer.writerow([_as_text(cell) for cell in cells_of_row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def _as_text(cell: str) -> str:
    hides = cell[:1] in _CONTROLS or cell.lstrip(_UNSEEN).startswith(_FORMULA_SIGNS)
    taken_for_other = (hides and not _is_number(cell)) or (
        cell[:1].isdecimal() and _TAKEN_FOR_A_DATE.fullmatch(cell)
    )
    return f"'{cell}" if taken_for_other else cell


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(".", "", 1).isdecimal() and cell.isascii()


def _code(code: str) -> str:
    """The target's number, as text where a spreadsheet would make another number of it."""
    return f"'{code}" if _TAKEN_FOR_A_NUMBER.fullmatch(code) else code


def _rounded(value: Fraction | None) -> str:
    """A percent or a score with six decimals at most: a fraction would be taken for a date."""
    return "" if value is None else _decimal(*value.as_integer_ratio())


@lru_cache(maxsize=4096)
def _decimal(above: int, below: int) -> str:
    """A large plan has few different figures."""
    return plain(round_half_up(Fraction(above, below), _DECIMALS))


def _unit(standing: Standing, across: int | None, own: tuple[State, ...], lang: Lang) -> list[str]:
    change = standing.rank_change
    return [
        standing.group,
        standing.unit,
        "" if standing.rank is None else str(standing.rank),
        "" if across is None else str(across),
        "" if change is None else str(change),
        "" if standing.total is None else str(standing.total),
        cells.light_word(cells.unit_light(standing), lang, own),
        _rounded(standing.progress),
        _rounded(standing.reporting.score),
        say(f"ranking.csv_{standing.reporting.punctuality.name.lower()}", lang),
        standing.missing,
    ]


def _target(task: TaskRating, rating: Rating, own: tuple[State, ...], lang: Lang) -> list[str]:
    figure = rating.figure
    source = figure.source
    value = cells.stage(figure.status, lang) if figure.value is None else plain(figure.value)
    given = [
        _code(rating.target.code),
        task.task.title,
        rating.target.name,
        figure.unit,
        value or cells.light_word(TrafficLight.MISSING, lang),
        rating.target.unit,
        _rounded(rating.completion_pct),
        _rounded(rating.expected_pct),
        rating.word or cells.light_word(rating.light, lang, own),
        _rounded(rating.score),
    ]
    if source is None:
        return given + [""] * len(_SOURCES)
    places = (_place(part, part.source) for part in figure.read_from if part.source)
    return [*given, *(_BETWEEN_PARTS.join(column) for column in zip(*places, strict=True))]


def _place(figure: Figure, source: Submission) -> list[str]:
    verdict = source.verdict
    place = [verdict.file, figure.sheet, figure.cell, source.received_at.isoformat(), str(source.version)]
    return [*place, verdict.sha256]
