"""Out and in: templates, collect, confirm."""

from __future__ import annotations

from contextlib import nullcontext

import click

from workplan_xlsx.cli.commands.making import (
    ALL_WELL,
    FAILED,
    NEEDS_A_PERSON,
    as_json,
    as_of,
    command,
    flag,
    option,
    period,
)
from workplan_xlsx.cli.console import data, data_in_pieces, office_of, progress_bar, tell
from workplan_xlsx.words import Lang, say


def commands(lang: Lang) -> list[click.Command]:
    """Return these commands in one language."""
    return [
        command(
            "templates",
            lang,
            _templates,
            period(lang, otherwise="otherwise_today"),
            option("unit", lang),
            option("jobs", lang, type=click.IntRange(1, 64)),
            as_of(lang),
        ),
        command(
            "collect",
            lang,
            _collect,
            flag("dry-run", lang),
            option("jobs", lang, type=click.IntRange(1, 64), default=1),
            option("cluster", lang, metavar="tcp://HOST:PORT"),
            option("settle", lang, type=click.FloatRange(0, 600)),
            as_of(lang),
            as_json(lang),
        ),
        command(
            "confirm",
            lang,
            _confirm,
            click.Argument(["file"]),
            option("unit", lang, required=True),
            period(lang),
            as_of(lang),
            as_json(lang),
        ),
    ]


def _templates(
    ctx: click.Context, period: str | None, unit: str | None, jobs: int | None, as_of: str | None
) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines
    from workplan_xlsx.steps.ledger_keeping import book_told
    from workplan_xlsx.steps.which_period import period_of_today

    with office_of(ctx, as_of, lock="templates") as office:
        asked = office.period(period) if period else period_of_today(office)
        if not period:
            tell(say("cli.took_today", office.lang, period=asked))
        with progress_bar(office.lang, quiet=ctx.obj["quiet"]) as progress:
            made = pipeline.send_forms(office, asked, unit=unit, progress=progress, jobs=jobs)
        tell(*lines.forms(made, office.folders.root, office.lang), *lines.noted(book_told(office)))
    if made.failed and not made.paths:
        ctx.exit(FAILED)
    ctx.exit(NEEDS_A_PERSON if made.failed else ALL_WELL)


def _collect(
    ctx: click.Context,
    dry_run: bool,
    jobs: int,
    cluster: str | None,
    settle: float | None,
    as_of: str | None,
    as_json: bool,
) -> None:
    from workplan_xlsx.intake import starting

    if jobs > 1:
        starting.get_ready()
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling
    from workplan_xlsx.intake.cluster import reach_cluster

    with office_of(ctx, as_of, lock="collect") as office:
        workers = reach_cluster(cluster, office.lang) if cluster else nullcontext()
        with workers as executor, progress_bar(office.lang, quiet=ctx.obj["quiet"] or as_json) as progress:
            intake = pipeline.take_in(
                office,
                dry_run=dry_run,
                jobs=jobs,
                executor=executor,
                settle_seconds=settle,
                progress=progress,
            )
        if as_json:
            data_in_pieces(telling.in_pieces(telling.intake_json(intake, office.folders.root, office.lang)))
        else:
            tell(*lines.intake(intake, office.folders.root, office.lang))
    ctx.exit(NEEDS_A_PERSON if intake.wants_a_person else ALL_WELL)


def _confirm(ctx: click.Context, file: str, unit: str, period: str, as_of: str | None, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling
    from workplan_xlsx.domain.submission import Outcome

    with office_of(ctx, as_of, lock="confirm") as office:
        taken = pipeline.confirm(office, file, unit, office.period(period))
        if as_json:
            data(telling.as_text(telling.file_json(taken, office.folders.root, office.lang)))
        else:
            tell(*lines.file_lines(taken, office.folders.root, office.lang))
    ctx.exit(ALL_WELL if taken.outcome is Outcome.ACCEPTED else NEEDS_A_PERSON)
