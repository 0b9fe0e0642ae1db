"""From the notice to the ledger: demo, notice, init, ledger."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from workplan_xlsx.cli.commands.making import ALL_WELL, NEEDS_A_PERSON, as_json, command, flag, option, path
from workplan_xlsx.cli.console import data, office_of, progress_bar, tell
from workplan_xlsx.words import Lang, say


def commands(lang: Lang) -> list[click.Command]:
    """Return these commands in one language."""
    rhythms = click.Choice(["monthly", "quarterly", "half-monthly", "weekly"])
    rhythm = click.Option(
        ["--period", "rhythm"], type=rhythms, default="monthly", help=say("cli.help_rhythm", lang)
    )
    year = option("year", lang, type=click.IntRange(2000, 2100))
    return [
        command("demo", lang, _demo, path("root", "demo-out")),
        command("notice", lang, _notice, path("file"), as_json(lang)),
        command("init", lang, _init, path("file"), path("root", "."), year, rhythm),
        command("ledger", lang, _ledger, flag("check", lang), as_json(lang)),
    ]


def _demo(ctx: click.Context, root: Path) -> None:
    from workplan_xlsx.cli import lines
    from workplan_xlsx.demo.cycle import run_demo

    with progress_bar(ctx.obj["lang"], quiet=ctx.obj["quiet"]) as progress:
        made = run_demo(root, ctx.obj["lang"], progress)
    for line in lines.demo(made, ctx.obj["lang"]):
        data(line)


def _notice(ctx: click.Context, file: Path, as_json: bool) -> None:
    from workplan_xlsx.cli import lines
    from workplan_xlsx.notice.reading import read_notice
    from workplan_xlsx.notice.telling import notice_json

    notice = read_notice(file, ctx.obj["lang"])
    if as_json:
        data(notice_json(notice))
        return
    for line in lines.notice(notice, ctx.obj["lang"]):
        data(line)


def _init(ctx: click.Context, file: Path, root: Path, year: int | None, rhythm: str) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines
    from workplan_xlsx.domain.period import Rhythm

    lang = ctx.obj["lang"]
    place = root if str(root) != "." else ctx.obj["root"]
    made = pipeline.found(
        file, place, year=year, rhythm=Rhythm(rhythm), now=datetime.now().astimezone(), lang=lang
    )
    tell(*lines.founding(made, lang))


def _ledger(ctx: click.Context, check: bool, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling
    from workplan_xlsx.domain.findings import Severity, gravest
    from workplan_xlsx.steps.ledger_keeping import book_told

    with office_of(ctx, lock="ledger") as office:
        review = pipeline.keep_ledger(office, record=not check)
        if as_json:
            data(telling.as_text(telling.review_json(review, office.lang)))
        else:
            open_elsewhere = book_told(office) if review.ledger is not None else ""
            tell(*lines.review(review, office.lang), *lines.noted(open_elsewhere))
    is_well = gravest(review.findings) in (None, Severity.NOTE)
    ctx.exit(ALL_WELL if is_well else NEEDS_A_PERSON)
