"""What was typed wrong, in the user's language: click knows only English."""

from __future__ import annotations

import click

from workplan_xlsx.words import Lang, say

_BEFORE_THE_COMMAND = ("-C", "--lang", "-q", "--quiet")


def usage_words(error: click.ClickException, lang: Lang) -> str:
    """Return the sentence for a command line that click did not accept."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message()  # the help itself
    if isinstance(error, click.NoSuchOption):
        return _no_such_option(error, lang)
    if isinstance(error, click.MissingParameter):
        return say("cli.missing", lang, name=_name_of(error.param))
    if isinstance(error, click.BadOptionUsage):
        return say("cli.needs_value", lang, name=error.option_name)
    if isinstance(error, click.BadParameter) and error.param is not None:
        return _bad_value(error, error.param, lang)
    _, extra, what = error.format_message().partition("unexpected extra argument")
    if extra:
        return say("cli.too_many", lang, what=what.partition("(")[2].rstrip(")"))
    return say("cli.usage", lang, what=error.format_message())


def _no_such_option(error: click.NoSuchOption, lang: Lang) -> str:
    near = list(error.possibilities or ())
    hint = say("cli.did_you_mean", lang, name=near[0]) if near else ""
    if error.option_name in _BEFORE_THE_COMMAND:
        hint = say("cli.before_command", lang, name=error.option_name)
    return say("cli.no_such_option", lang, name=error.option_name, hint=hint)


def _bad_value(error: click.BadParameter, param: click.Parameter, lang: Lang) -> str:
    """What stands there is quoted by click itself, in front of its reason."""
    value = error.message.partition(" is not ")[0].strip("'\"")
    name = _name_of(param)
    if isinstance(param.type, click.Choice):
        return say("cli.not_one_of", lang, value=value, name=name, choices=" / ".join(param.type.choices))
    if isinstance(param.type, click.IntRange | click.FloatRange):
        within = f"{param.type.min}–{param.type.max}"
        return say("cli.not_in_range", lang, value=value, name=name, range=within)
    return say("cli.bad_value", lang, value=value, name=name)


def _name_of(param: click.Parameter | None) -> str:
    """As it is typed: --period; what is given by its place has its word in capitals."""
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.human_readable_name if param is not None else ""
