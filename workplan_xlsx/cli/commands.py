"""The commands: each translates its arguments, calls one verb of the pipeline, and tells what came of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from workplan_xlsx.cli.console import data, moment_of, office_of, progress_bar, tell
from workplan_xlsx.words import Lang, say

ALL_WELL, NEEDS_A_PERSON = 0, 1


def build(lang: Lang, group: type[click.Group]) -> click.Group:
    """Return the command line in one language."""

    def words(name: str) -> str:
        return say(f"cli.help_{name}", lang)

    root = group(
        name="workplan",
        callback=_root,
        help=words("workplan"),
        params=[
            click.Option(
                ["-C", "folder"], type=click.Path(path_type=Path), default=".", help=words("folder")
            ),
            click.Option(["--lang"], type=click.Choice(["zh", "en"]), default=None, help=words("lang")),
            click.Option(["-q", "--quiet"], is_flag=True, help=words("quiet")),
        ],
    )
    root.lang = lang  # type: ignore[attr-defined]
    as_json = click.Option(["--json", "as_json"], is_flag=True, help=words("json"))
    period = click.Option(["--period"], required=True, metavar="P", help=words("period"))
    as_of = click.Option(["--as-of"], metavar="T", help=words("as_of"))
    notice_file = click.Argument(["file"], type=click.Path(path_type=Path))
    folder = click.Argument(["root"], type=click.Path(path_type=Path), default=".")

    def add(name: str, callback: Any, *params: click.Parameter) -> None:
        root.add_command(
            click.Command(name, callback=click.pass_context(callback), params=list(params), help=words(name))
        )

    add("demo", _demo, click.Argument(["root"], type=click.Path(path_type=Path), default="demo-out"))
    add("notice", _notice, notice_file, as_json)
    rhythms = click.Choice(["monthly", "quarterly", "half-monthly", "weekly"])
    add(
        "init",
        _init,
        notice_file,
        folder,
        click.Option(["--year"], type=click.IntRange(2000, 2100), help=words("year")),
        click.Option(["--period", "rhythm"], type=rhythms, default="monthly", help=words("rhythm")),
    )
    add("ledger", _ledger, click.Option(["--check"], is_flag=True, help=words("check")), as_json)
    add("templates", _templates, period, click.Option(["--unit"], help=words("unit")), as_of)
    add(
        "collect",
        _collect,
        click.Option(["--dry-run"], is_flag=True, help=words("dry_run")),
        click.Option(["--jobs"], type=click.IntRange(1, 64), default=1, help=words("jobs")),
        click.Option(["--settle"], type=click.FloatRange(0, 600), help=words("settle")),
        as_of,
        as_json,
    )
    add("status", _status, click.Option(["--period"], metavar="P", help=words("period")), as_json)
    add("figures", _figures, period, as_json)
    add("report", _report, period, as_of, as_json)
    add("explain", _explain, click.Argument(["code"], required=False))
    add("trace", _trace, period, click.Argument(["target"]), as_json)
    add(
        "run",
        _run,
        click.Option(["--once"], is_flag=True, help=words("once")),
        as_of,
    )
    add("doctor", _doctor, as_json)
    return root


@click.pass_context
def _root(ctx: click.Context, folder: Path, lang: Lang | None, quiet: bool) -> None:
    ctx.obj = {"root": folder, "asked_lang": lang, "lang": lang or "zh", "quiet": quiet}


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

    with office_of(ctx, lock="ledger") as office:
        review = pipeline.keep_ledger(office, record=not check)
        if as_json:
            data(telling.as_text(telling.review_json(review, office.lang)))
        else:
            tell(*lines.review(review, office.lang))
    ctx.exit(NEEDS_A_PERSON if gravest(review.findings) is Severity.ERROR else ALL_WELL)


def _templates(ctx: click.Context, period: str, unit: str | None, as_of: str | None) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines

    with office_of(ctx, as_of, lock="templates") as office:
        with progress_bar(office.lang, quiet=ctx.obj["quiet"]) as progress:
            made = pipeline.send_forms(office, office.period(period), unit=unit, progress=progress)
        tell(*lines.forms(made, office.folders.root, office.lang))
    ctx.exit(NEEDS_A_PERSON if made.failed else ALL_WELL)


def _collect(
    ctx: click.Context, dry_run: bool, jobs: int, settle: float | None, as_of: str | None, as_json: bool
) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling
    from workplan_xlsx.domain.submission import Outcome

    with office_of(ctx, as_of, lock="collect") as office:
        with progress_bar(office.lang, quiet=ctx.obj["quiet"] or as_json) as progress:
            intake = pipeline.take_in(
                office, dry_run=dry_run, jobs=jobs, settle_seconds=settle, progress=progress
            )
        if as_json:
            data(telling.as_text(telling.intake_json(intake, office.folders.root, office.lang)))
        else:
            tell(*lines.intake(intake, office.folders.root, office.lang))
    wants = intake.count(Outcome.RETURNED) + intake.count(Outcome.QUARANTINED)
    ctx.exit(NEEDS_A_PERSON if wants else ALL_WELL)


def _status(ctx: click.Context, period: str | None, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling

    with office_of(ctx) as office:
        status = pipeline.status(office, office.period(period) if period else None)
        if as_json:
            data(telling.as_text(telling.status_json(status)))
        else:
            for line in lines.status(status, office.lang):
                data(line)
    lacking = len(status.records) - sum(1 for record in status.records if record.counted)
    ctx.exit(NEEDS_A_PERSON if lacking else ALL_WELL)


def _figures(ctx: click.Context, period: str, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling

    with office_of(ctx) as office:
        figures = pipeline.figures(office, office.period(period))
        if as_json:
            data(telling.as_text(telling.figures_json(figures)))
        else:
            for line in lines.figures(figures, office.lang):
                data(line)


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


def _explain(ctx: click.Context, code: str | None) -> None:
    from workplan_xlsx.cli import lines

    for line in lines.explanation(code, ctx.obj["lang"]):
        data(line)


def _trace(ctx: click.Context, period: str, target: str, as_json: bool) -> None:
    from workplan_xlsx import pipeline
    from workplan_xlsx.cli import lines, telling

    with office_of(ctx) as office:
        figure, forms = pipeline.trace(office, office.period(period), target)
        if as_json:
            told = telling.figure_json(figure) | {
                "submissions": [telling.submission_json(form, office.lang) for form in forms]
            }
            data(telling.as_text(told))
        else:
            for line in lines.trace(figure, forms, office.lang):
                data(line)


def _run(ctx: click.Context, once: bool, as_of: str | None) -> None:
    from workplan_xlsx.service import serve

    lang = ctx.obj["lang"]
    now = moment_of(as_of, lang) if as_of else None
    failed = serve(ctx.obj["root"], lang=ctx.obj["asked_lang"], once=once, now=now, tell=tell)
    ctx.exit(NEEDS_A_PERSON if failed else ALL_WELL)


def _doctor(ctx: click.Context, as_json: bool) -> None:
    from workplan_xlsx.cli import lines, telling
    from workplan_xlsx.doctor import examine

    found = examine(ctx.obj["root"], ctx.obj["lang"])
    if as_json:
        data(telling.as_text([{"what": each.what, "state": each.state, "told": each.told} for each in found]))
    else:
        for line in lines.health(found):
            data(line)
    ctx.exit(NEEDS_A_PERSON if any(each.state == "×" for each in found) else ALL_WELL)
