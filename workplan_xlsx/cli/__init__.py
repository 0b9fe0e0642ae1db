"""The door: arguments to calls, results to lines and exit codes. The only floor that prints.

Exit codes: 0 all well; 1 done, but something needs a person; 2 usage or configuration; 3 failed;
4 another run holds the lock.
"""

from __future__ import annotations

import sys
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import click

from workplan_xlsx import cycles
from workplan_xlsx.cli.usage import usage_words
from workplan_xlsx.errors import OperatorError, UsageError
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.written_in import language_in

ALL_WELL, USAGE, FAILED = 0, 2, 3


def main(argv: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    lang = _asked_language(arguments)
    _speak_utf8()
    _say_it_once()
    cycles.look_late()
    cycles.end_without_a_last_look()
    try:
        code = build(lang)(args=arguments, prog_name="workplan", standalone_mode=False)
    except click.exceptions.Exit as left:
        code = left.exit_code
    except (click.Abort, KeyboardInterrupt):
        _complain(say("cli.interrupted", lang))
        code = FAILED
    except click.ClickException as error:
        _complain(usage_words(error, lang))
        code = USAGE
    except OperatorError as error:
        _complain(str(error))
        code = error.exit_code
    except BrokenPipeError:
        code = ALL_WELL
    sys.exit(code or ALL_WELL)


def _asked_language(arguments: list[str]) -> Lang:
    """The language decides even what --help says, so it is looked for before click reads the arguments.

    It is that of --lang, or else that of the workspace.
    """
    root = Path()
    for argument, after in pairwise([*arguments, ""]):
        if argument == "--lang" or argument.startswith("--lang="):
            return "en" if argument == "--lang=en" or (argument == "--lang" and after == "en") else "zh"
        if argument == "-C":
            root = Path(after)
    return language_in(root)


def _speak_utf8() -> None:
    """A redirected Windows console is GBK: what it cannot show is replaced, never a crash."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _say_it_once() -> None:
    """A file that a full disk broke off says so again when it is thrown away; its sentence has been told."""
    if sys.unraisablehook is sys.__unraisablehook__:
        sys.unraisablehook = _unless_of_the_system


def _unless_of_the_system(thrown: sys.UnraisableHookArgs) -> None:
    if not isinstance(thrown.exc_value, OSError):
        sys.__unraisablehook__(thrown)


def _complain(sentence: str) -> None:
    click.echo(sentence, err=True)


class _Commands(click.Group):
    """A group that knows what was probably meant."""

    lang: Lang = "zh"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = get_close_matches(args[0], self.list_commands(ctx), n=1)
            hint = say("cli.did_you_mean", self.lang, name=near[0]) if near else ""
            raise UsageError(say("cli.no_such_command", self.lang, name=args[0], hint=hint))
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(self.commands)  # in the order of the work, not of the alphabet


def build(lang: Lang) -> click.Group:
    """Return the command line in one language."""
    from workplan_xlsx.cli import commands

    return commands.build(lang, _Commands)
