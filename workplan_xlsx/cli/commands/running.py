"""By itself: run, service print, doctor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workplan_xlsx.cli.commands.making import ALL_WELL, NEEDS_A_PERSON, as_json, as_of, command, flag
from workplan_xlsx.cli.console import data, moment_of, tell
from workplan_xlsx.words import Lang, say


def commands(lang: Lang) -> list[click.Command]:
    """Return these commands in one language."""
    return [
        command("run", lang, _run, flag("once", lang), as_of(lang)),
        _service_group(lang),
        command("doctor", lang, _doctor, as_json(lang)),
    ]


def _service_group(lang: Lang) -> click.Group:
    group = click.Group("service", help=say("cli.help_service", lang))
    group.add_command(command("print", lang, _print, flag("windows", lang)))
    return group


def _print(ctx: click.Context, windows: bool) -> None:
    from workplan_xlsx.config_file import load_config
    from workplan_xlsx.service.timetables import job_name, systemd_units, windows_task

    root: Path = ctx.obj["root"].resolve()
    config = load_config(root, lang=ctx.obj["asked_lang"])
    lang, python = ctx.obj["asked_lang"] or config.language, Path(sys.executable)
    if windows:
        data(windows_task(root, python, lang))
    else:
        data(systemd_units(root, python, config.plan_code, lang))
    key = "service.install_windows" if windows else "service.install_systemd"
    tell(say(key, lang, name=job_name(config.plan_code)))


def _run(ctx: click.Context, once: bool, as_of: str | None) -> None:
    from workplan_xlsx.service.serving import serve

    lang = ctx.obj["lang"]
    now = moment_of(as_of, lang) if as_of else None
    failed = serve(ctx.obj["root"], lang=ctx.obj["asked_lang"], once=once, now=now, show=tell)
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
