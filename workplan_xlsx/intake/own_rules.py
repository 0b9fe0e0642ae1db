"""The workspace's own rules (rules.py), loaded only where workplan.toml names the file."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.judging.own_rules import NeverEnds, failure
from workplan_xlsx.domain.judging.rule import Rule
from workplan_xlsx.intake.endless_rules import ending, stopped_in_time
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, slots=True)
class OwnRules:
    """The rules of a file in its order; or the finding that says why it could not be loaded."""

    rules: tuple[Rule, ...] = ()
    failed: Finding | None = None


class OwnFile(NamedTuple):
    """The workspace's file as the office read it: a worker on another machine has no such file."""

    path: Path
    content: bytes = b""
    unreadable: OSError | None = None


def own_file(path: Path) -> OwnFile:
    """Read the file; that it cannot be read is told with every form."""
    try:
        return OwnFile(path, path.read_bytes())
    except OSError as error:
        return OwnFile(path, unreadable=error)


@cache
def own_rules(file: OwnFile, lang: Lang) -> OwnRules:
    """Return the rules in the file, loaded once a process; a mistake in it is told and stops nothing else."""
    if why := _unreadable(file, lang):
        told = found(Code.OWN_RULE_FAILED, rule=file.path.name, where="workplan.toml checks.own", why=why)
        return OwnRules(failed=told)
    module = ModuleType("workplan_own_rules")
    module.__file__ = str(file.path)
    try:
        code = compile(file.content.decode("utf-8-sig"), str(file.path), "exec")
        with ending(file.path, lang):
            exec(code, module.__dict__)
    except (Exception, SystemExit, NeverEnds) as error:  # noqa: BLE001 - foreign code may raise anything; it is told, not swallowed
        return OwnRules(failed=failure(file.path.name, error))
    rules = [each for each in vars(module).values() if isinstance(each, Rule)]
    return OwnRules(rules=tuple(stopped_in_time(each, file.path, lang) for each in rules))


def _unreadable(file: OwnFile, lang: Lang) -> str:
    """Why there is nothing to be run; "" where there is."""
    if isinstance(file.unreadable, FileNotFoundError):
        return say("checks.own_missing", lang)
    if file.unreadable is not None:
        return say("checks.own_unreadable", lang, why=file.unreadable.strerror or file.unreadable)
    try:
        file.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return say("checks.own_not_utf8", lang)
    return ""
