"""The command line, assembled: the commands stand in the order of the office's work."""

from __future__ import annotations

from pathlib import Path

import click

from workplan_xlsx.cli.commands import forms_and_returns, looking, planning, publishing, running, safekeeping
from workplan_xlsx.cli.commands.making import option
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.written_in import language_in


def build(lang: Lang, group: type[click.Group]) -> click.Group:
    """Return the command line in one language."""
    root = group(name="workplan", callback=_root, help=say("cli.help_workplan", lang), params=_options(lang))
    root.lang = lang  # type: ignore[attr-defined]
    for room in (planning, forms_and_returns, publishing, looking, running, safekeeping):
        for command in room.commands(lang):
            root.add_command(command)
    return root


def _options(lang: Lang) -> list[click.Parameter]:
    return [
        click.Option(
            ["-C", "folder"],
            type=click.Path(path_type=Path),
            default=".",
            help=say("cli.help_folder", lang),
        ),
        option("lang", lang, type=click.Choice(["zh", "en"]), default=None),
        click.Option(["-q", "--quiet"], is_flag=True, help=say("cli.help_quiet", lang)),
    ]


@click.pass_context
def _root(ctx: click.Context, folder: Path, lang: Lang | None, quiet: bool) -> None:
    ctx.obj = {"root": folder, "asked_lang": lang, "lang": lang or language_in(folder), "quiet": quiet}
