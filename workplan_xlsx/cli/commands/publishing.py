"""The ranking: report."""

from __future__ import annotations

import click

from workplan_xlsx.cli.commands.making import ALL_WELL, NEEDS_A_PERSON, as_json, as_of, command, period
from workplan_xlsx.cli.console import data, moment_of, office_of, tell
from workplan_xlsx.words import Lang


def commands(lang: Lang) -> list[click.Command]:
    """Return these commands in one language."""
    return [command("report", lang, _report, period(lang), as_of(lang), as_json(lang))]


def _report(ctx: click.Context, period: str, as_of: str | None, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines
    from workplan_xlsx.domain.editions.telling import edition_json

    with office_of(ctx, lock="report") as office:
        moment = moment_of(as_of, office.lang, end_of_day=True) if as_of else None
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=office.config.zone)
        made = pipeline.publish(office, office.period(period), as_of=moment)
        if as_json:
            data(edition_json(made.edition))
        else:
            tell(*lines.publication(made, office.folders.root, office.lang))
    lacking = any(standing.reporting.counted is None for standing in made.edition.standings)
    ctx.exit(NEEDS_A_PERSON if lacking else ALL_WELL)
