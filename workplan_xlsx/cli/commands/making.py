"""How a command and its common options are made; their help stands in the catalogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from workplan_xlsx.words import Lang, say

ALL_WELL, NEEDS_A_PERSON, FAILED = 0, 1, 3


def command(name: str, lang: Lang, callback: Any, *params: click.Parameter) -> click.Command:
    """Return a command whose help is `cli.help_NAME`; the callback gets the context first."""
    help_text = say(f"cli.help_{name}", lang)
    return click.Command(name, callback=click.pass_context(callback), params=list(params), help=help_text)


def option(name: str, lang: Lang, **more: Any) -> click.Option:
    """Return `--name` with the help `cli.help_NAME` (dashes as underscores)."""
    return click.Option([f"--{name}"], help=say(f"cli.help_{name.replace('-', '_')}", lang), **more)


def flag(name: str, lang: Lang) -> click.Option:
    """Return a yes-or-no `--name`."""
    return option(name, lang, is_flag=True)


def as_json(lang: Lang) -> click.Option:
    """Return `--json`: data on stdout."""
    return click.Option(["--json", "as_json"], is_flag=True, help=say("cli.help_json", lang))


def period(lang: Lang, *, required: bool = True, otherwise: str = "") -> click.Option:
    """Return `--period P`; `otherwise` is the catalogue's entry for what is taken where none is named."""
    help_text = say("cli.help_period", lang) + (say(f"cli.{otherwise}", lang) if otherwise else "")
    return click.Option(["--period"], help=help_text, required=required and not otherwise, metavar="P")


def as_of(lang: Lang) -> click.Option:
    """Return `--as-of T`."""
    return option("as-of", lang, metavar="T")


def path(name: str, default: str | None = None) -> click.Argument:
    """Return a path given by its place."""
    if default is None:
        return click.Argument([name], type=click.Path(path_type=Path))
    return click.Argument([name], type=click.Path(path_type=Path), default=default)
