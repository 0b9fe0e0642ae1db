"""Looking without changing anything: status, figures, explain, trace."""

from __future__ import annotations

import click

from workplan_xlsx.cli.commands.making import ALL_WELL, NEEDS_A_PERSON, as_json, command, period
from workplan_xlsx.cli.console import data, data_in_pieces, office_of
from workplan_xlsx.words import Lang, say


def commands(lang: Lang) -> list[click.Command]:
    """Return these commands in one language."""
    return [
        command("status", lang, _status, period(lang, required=False), as_json(lang)),
        command("figures", lang, _figures, period(lang), as_json(lang)),
        command("explain", lang, _explain, click.Argument(["code"], required=False)),
        command(
            "trace",
            lang,
            _trace,
            period(lang),
            click.Argument(["target"]),
            click.Option(["--unit"], default="", help=say("cli.help_trace_unit", lang)),
            as_json(lang),
        ),
    ]


def _status(ctx: click.Context, period: str | None, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import overview, telling

    with office_of(ctx) as office:
        asked = office.period(period) if period else None
        view = pipeline.overview(office, asked)
        status = pipeline.status(office, asked) if view.period else None
        reminder = pipeline.reminder_text(office, status).strip() if status else ""
        if as_json:
            told = overview.status_json(view, status, office.lang) | {"reminder": reminder}
            data(telling.as_text(told))
        else:
            for line in overview.status_lines(view, status, office.lang):
                data(line)
            if status and any(record.counted is None for record in status.records):
                data(say("cli.status_to_paste", office.lang, text=reminder))
    lacking = status is not None and any(record.counted is None for record in status.records)
    ctx.exit(NEEDS_A_PERSON if lacking or view.troubles else ALL_WELL)


def _figures(ctx: click.Context, period: str, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling

    with office_of(ctx) as office:
        figures = pipeline.figures(office, office.period(period))
        if as_json:
            data_in_pieces(telling.in_pieces(telling.figures_json(figures)))
        else:
            for line in lines.figures(figures, office.lang):
                data(line)


def _explain(ctx: click.Context, code: str | None) -> None:
    from workplan_xlsx.cli import lines

    for line in lines.explanation(code, ctx.obj["lang"]):
        data(line)


def _trace(ctx: click.Context, period: str, target: str, unit: str, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling

    with office_of(ctx) as office:
        figure, forms = pipeline.trace(office, office.period(period), target, unit)
        if as_json:
            told = telling.figure_json(figure) | {
                "submissions": [telling.submission_json(form, office.lang) for form in forms]
            }
            data(telling.as_text(told))
        else:
            for line in lines.trace(figure, forms, office.lang):
                data(line)
