"""What stands between the commands and the person: the workspace asked for, talk, data, bars, tables."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, cast

import click

from workplan_xlsx.errors import UsageError
from workplan_xlsx.words import Lang, say

_PIECES_AT_ONCE = 100
_YEARS = range(2000, 2102)
if TYPE_CHECKING:
    from workplan_xlsx.steps.progress import Progress
    from workplan_xlsx.steps.workspace import Office


@contextmanager
def office_of(ctx: click.Context, as_of: str | None = None, *, lock: str = "") -> Iterator[Office]:
    """Open the workspace that -C names; `lock` names the command when it changes anything."""
    from workplan_xlsx.steps.workspace import open_office
    from workplan_xlsx.store.lock import PATIENCE_SECONDS

    options = cast("dict[str, Any]", ctx.obj)
    now = moment_of(as_of, options["lang"]) if as_of else None
    with open_office(
        options["root"], now=now, lang=options["asked_lang"], lock=lock, patience_seconds=PATIENCE_SECONDS
    ) as office:
        yield office


def moment_of(text: str, lang: Lang, *, end_of_day: bool = False) -> datetime:
    """Read --as-of: a date, or a date with a time; without time zone it is the workspace's.

    Raises:
        UsageError: It is neither, or of a year in which no plan can be.
    """
    try:
        if "T" in text or " " in text.strip():
            moment = datetime.fromisoformat(text.strip())
        else:
            at = time(23, 59, 59) if end_of_day else time(12, 0)
            moment = datetime.combine(date.fromisoformat(text.strip()), at)
    except ValueError:
        raise UsageError(say("cli.no_moment", lang, text=text)) from None
    if moment.year not in _YEARS:  # a slip of the finger, and beyond the end of time no retry can be set
        raise UsageError(say("cli.no_moment", lang, text=text))
    return moment


def tell(*lines: str) -> None:
    """Talk: to stderr, so that stdout holds data only."""
    for line in lines:
        click.echo(line, err=True)


def data(text: str) -> None:
    """Data: to stdout."""
    click.echo(text)


def data_in_pieces(pieces: Iterable[str]) -> None:
    """Data too large to be held as one text: to stdout, piece by piece, with a line's end after it."""
    waiting: list[str] = []
    for piece in pieces:
        waiting.append(piece)
        if len(waiting) == _PIECES_AT_ONCE:
            click.echo("".join(waiting), nl=False)
            waiting.clear()
    click.echo("".join(waiting))


@contextmanager
def progress_bar(lang: Lang, *, quiet: bool = False) -> Iterator[Progress]:
    """A bar on a terminal; nothing when piped or asked to be quiet.

    It is drawn, by a thread, from the first telling on: before that readers may be forked.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    tasks: dict[str, TaskID] = {}

    def show(what: str, done: int, of: int) -> None:
        if what not in tasks:
            bar.start()
            tasks[what] = bar.add_task(say(f"cli.progress_{what}", lang), total=of)
        bar.update(tasks[what], completed=done, total=of)

    try:
        yield show
    finally:
        bar.stop()


def table(rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Lines with columns of equal width; a Chinese character is two wide."""
    from unicodedata import east_asian_width

    def width(text: str) -> int:
        return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)

    listed = list(rows)
    widths = [max(width(row[column]) for row in listed) for column in range(len(listed[0]))] if listed else []
    return [
        "  ".join(cell + " " * (widths[column] - width(cell)) for column, cell in enumerate(row)).rstrip()
        for row in listed
    ]
