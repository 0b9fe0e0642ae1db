"""Results out: report, handup, replay."""

from __future__ import annotations

from pathlib import Path

import click

from workplan_xlsx.cli.commands.making import (
    ALL_WELL,
    NEEDS_A_PERSON,
    as_json,
    as_of,
    command,
    flag,
    option,
    path,
    period,
)
from workplan_xlsx.cli.console import data, data_in_pieces, moment_of, office_of, progress_bar, tell
from workplan_xlsx.words import Lang, say


def commands(lang: Lang) -> list[click.Command]:
    """Return these commands in one language."""
    return [
        command(
            "report",
            lang,
            _report,
            period(lang, otherwise="otherwise_due"),
            as_of(lang),
            as_json(lang),
        ),
        command("handup", lang, _handup, path("form"), period(lang), flag("dry-run", lang), as_json(lang)),
        command(
            "replay",
            lang,
            _replay,
            option("rules", lang, required=True, type=click.Path(path_type=Path), metavar="FILE"),
            option("periods", lang, required=True, metavar="A..B"),
            as_json(lang),
        ),
    ]


def _report(ctx: click.Context, period: str | None, as_of: str | None, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines
    from workplan_xlsx.domain.editions.telling import edition_json
    from workplan_xlsx.steps.ledger_keeping import book_told
    from workplan_xlsx.steps.which_period import last_due_period

    with office_of(ctx, lock="report") as office:
        moment = moment_of(as_of, office.lang, end_of_day=True) if as_of else None
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=office.config.zone)
        asked = office.period(period) if period else last_due_period(office, moment or office.now)
        if not period:
            deadline = f"{office.deadline(asked).at:%Y-%m-%d %H:%M}"
            tell(say("cli.took_due", office.lang, period=asked, deadline=deadline))
        with progress_bar(office.lang, quiet=ctx.obj["quiet"] or as_json) as progress:
            made = pipeline.publish(office, asked, as_of=moment, progress=progress)
        if as_json:
            data_in_pieces(edition_json(made.edition))
        else:
            tell(*lines.publication(made, office.folders.root, office.lang), *lines.noted(book_told(office)))
    lacking = any(standing.reporting.counted is None for standing in made.edition.standings)
    ctx.exit(NEEDS_A_PERSON if lacking else ALL_WELL)


def _handup(ctx: click.Context, form: Path, period: str, dry_run: bool, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import handing_up, telling

    with office_of(ctx, lock="" if dry_run else "handup") as office:
        made = pipeline.hand_up(office, form, office.period(period), dry_run=dry_run)
        if as_json:
            data(telling.as_text(handing_up.told(made, office.folders.root)))
        else:
            tell(*handing_up.lines(made, office.folders.root, office.lang))
    ctx.exit(NEEDS_A_PERSON if made.blank else ALL_WELL)


def _replay(ctx: click.Context, rules: Path, periods: str, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import replaying, telling

    with office_of(ctx) as office:
        replayed = pipeline.replay(office, periods, rules)
        if as_json:
            data(telling.as_text(replaying.told(replayed, office.lang)))
        else:
            for line in replaying.lines(replayed, office.lang):
                data(line)
