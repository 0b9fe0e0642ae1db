"""workplan.toml checked against its model: all mistakes at once."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from workplan_xlsx.config import Config
from workplan_xlsx.config_file.making import config_of
from workplan_xlsx.errors import ConfigError
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.written_in import language_in, language_of

if TYPE_CHECKING:
    from pydantic import BaseModel

    from workplan_xlsx.config_file.model import ChecksTable
    from workplan_xlsx.config_file.own_rules_file import OwnRulesFile
    from workplan_xlsx.config_file.rule_tables import RulesTable
    from workplan_xlsx.config_file.rules_making import Told
    from workplan_xlsx.domain.editions.rules import Rules

Model = TypeVar("Model", bound="BaseModel")


@dataclass(frozen=True, slots=True)
class _Source:
    """A file as it was read, and the language in which its mistakes are told."""

    file: Path
    text: str
    lang: Lang


def load_config(root: Path, *, file: Path | None = None, lang: Lang | None = None) -> Config:
    """Read workplan.toml of the folder (`file`: another name for it).

    Mistakes are told in `lang`; where none is asked for, in the language that the file names.

    Raises:
        ConfigError: It is missing, is not TOML, or holds mistakes; all are named, each with its place.
    """
    from workplan_xlsx.config_file.model import FileModel

    file = file or root / "workplan.toml"
    try:
        source = _source(file, lang)
    except (FileNotFoundError, NotADirectoryError):
        raise ConfigError(say("config.missing", lang or "zh", folder=root.resolve().name)) from None
    model = _checked(_raw(source), source, FileModel)
    own_rules = _own_rules(model.checks, root, source)
    rules, mistakes = _rules(model.rules, source)
    _refuse([*mistakes, *_switched(model.checks, own_rules, source)], source)
    return config_of(model, rules, root, lang=lang or model.language, own_rules=own_rules)


def load_rules(file: Path, lang: Lang | None = None) -> Rules:
    """Read the rules of a file that holds [rules], alone or among the rest of a workplan.toml.

    Raises:
        ConfigError: It cannot be read, has no [rules], or holds mistakes in them; all are named.
    """
    from workplan_xlsx.config_file.rule_tables import RulesFile

    try:
        source = _source(file, lang)
    except (FileNotFoundError, NotADirectoryError):
        told = say("config.no_file", lang or language_in(file.parent), file=file.name)
        raise ConfigError(told) from None
    raw = _raw(source)
    if "rules" not in raw:
        raise ConfigError(say("config.no_rules", source.lang, file=file.name))
    rules, mistakes = _rules(_checked({"rules": raw["rules"]}, source, RulesFile).rules, source)
    _refuse(mistakes, source)
    return rules


def _source(file: Path, lang: Lang | None) -> _Source:
    """Raises FileNotFoundError, NotADirectoryError: what that means, the caller knows."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigError(say("config.not_utf8", lang or language_in(file.parent), file=file.name)) from None
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError as error:
        facts = {"file": file.name, "why": error.strerror or error}
        raise ConfigError(say("config.unreadable", lang or language_in(file.parent), **facts)) from None
    return _Source(file, text, lang or language_of(text))


def _raw(source: _Source) -> dict[str, Any]:
    try:
        return tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        from workplan_xlsx.config_file.toml_errors import told_error

        why = told_error(str(error), source.lang)
        raise ConfigError(say("config.not_toml", source.lang, file=source.file.name, why=why)) from None


def _checked(raw: dict[str, Any], source: _Source, kind: type[Model]) -> Model:
    from pydantic import ValidationError

    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        from workplan_xlsx.config_file.mistakes import mistake

        told = [mistake(each, source.text, kind, source.lang) for each in error.errors()]
        raise _refusal(told, source) from None


def _rules(table: RulesTable, source: _Source) -> tuple[Rules, Sequence[Told]]:
    from workplan_xlsx.config_file.rules_making import rules_of

    return rules_of(table, source.lang)


def _own_rules(table: ChecksTable, root: Path, source: _Source) -> OwnRulesFile | None:
    """What their file tells; one that cannot be used stops nothing, so it is no mistake of this file."""
    if not table.own:
        return None
    from workplan_xlsx.config_file.own_rules_file import look_at
    from workplan_xlsx.config_file.places import placed

    told = look_at(root / table.own, source.lang)
    where = f"workplan.toml {placed(('checks', 'own'), source.text, source.lang)}"
    return replace(told, trouble=where + told.trouble) if told.trouble else told


def _switched(table: ChecksTable, own: OwnRulesFile | None, source: _Source) -> Sequence[Told]:
    if not (table.off or table.trial or table.in_force):
        return ()
    from workplan_xlsx.config_file.switches import mistakes_in

    return tuple(mistakes_in(table, own.names if own else frozenset(), source.lang))


def _refuse(mistakes: Sequence[Told], source: _Source) -> None:
    if mistakes:
        from workplan_xlsx.config_file.places import placed

        told = [placed(path, source.text, source.lang) + each for path, each in mistakes]
        raise _refusal(told, source)


def _refusal(mistakes: list[str], source: _Source) -> ConfigError:
    told = "\n".join(f"  {number}. {each}" for number, each in enumerate(mistakes, start=1))
    facts = {"file": source.file.name, "count": len(mistakes), "mistakes": told}
    return ConfigError(say("config.mistakes", source.lang, **facts))
