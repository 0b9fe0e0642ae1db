"""workplan.toml checked against its model: all mistakes at once."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
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


def load_config(root: Path, *, file: Path | None = None, lang: Lang | None = None) -> Config:
    """Read workplan.toml of the folder (`file`: another name for it).

    Mistakes are told in the language that the file names; that there is none, in `lang`.

    Raises:
        ConfigError: It is missing, is not TOML, or holds mistakes; all are named, each with its place.
    """
    from workplan_xlsx.config_file.model import FileModel

    file = file or root / "workplan.toml"
    text = _text_of(root, file, lang or "zh")
    raw = _raw(text, file)
    model = _checked(raw, text, file, FileModel)
    own_rules = _own_rules(model.checks, root, text, lang)
    rules, mistakes = _rules(model.rules, text)
    _refuse([*mistakes, *_switched(model.checks, own_rules, text)], text, file)
    return config_of(model, rules, root, own_rules_trouble=own_rules.trouble if own_rules else "")


def load_rules(file: Path) -> Rules:
    """Read the rules of a file that holds [rules], alone or among the rest of a workplan.toml.

    Raises:
        ConfigError: It cannot be read, has no [rules], or holds mistakes in them; all are named.
    """
    from workplan_xlsx.config_file.rule_tables import RulesFile

    text = _text(file)
    raw = _raw(text, file)
    if "rules" not in raw:
        raise ConfigError(say("config.no_rules", language_of(text), file=file.name))
    model = _checked({"rules": raw["rules"]}, text, file, RulesFile)
    rules, mistakes = _rules(model.rules, text)
    _refuse(mistakes, text, file)
    return rules


def _rules(table: RulesTable, text: str) -> tuple[Rules, Sequence[Told]]:
    from workplan_xlsx.config_file.rules_making import rules_of

    return rules_of(table, language_of(text))


def _own_rules(table: ChecksTable, root: Path, text: str, lang: Lang | None) -> OwnRulesFile | None:
    """What their file tells; one that cannot be used stops nothing, so it is no mistake of this file."""
    if not table.own:
        return None
    from workplan_xlsx.config_file.mistakes import placed
    from workplan_xlsx.config_file.own_rules_file import look_at

    told = look_at(root / table.own, lang or language_of(text))
    where = f"workplan.toml {placed(('checks', 'own'), text, lang)}"
    return replace(told, trouble=where + told.trouble) if told.trouble else told


def _switched(table: ChecksTable, own: OwnRulesFile | None, text: str) -> Sequence[Told]:
    if not (table.off or table.trial or table.in_force):
        return ()
    from workplan_xlsx.config_file.switches import mistakes_in

    return tuple(mistakes_in(table, own.names if own else frozenset(), language_of(text)))


def _refuse(mistakes: Sequence[Told], text: str, file: Path) -> None:
    if mistakes:
        from workplan_xlsx.config_file.mistakes import placed

        raise _refusal([placed(path, text) + told for path, told in mistakes], text, file)


def _raw(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        from workplan_xlsx.config_file.toml_errors import told_error

        why = told_error(str(error), language_of(text))
        raise ConfigError(say("config.not_toml", language_of(text), file=file.name, why=why)) from None


def _text_of(root: Path, file: Path, lang: Lang) -> str:
    if not file.exists():
        raise ConfigError(say("config.missing", lang, folder=root.resolve().name))
    return _text(file)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(say("config.no_file", language_in(file.parent), file=file.name)) from None
    except UnicodeDecodeError:
        raise ConfigError(say("config.not_utf8", language_in(file.parent), file=file.name)) from None
    except OSError as error:
        facts = {"file": file.name, "why": error.strerror or error}
        raise ConfigError(say("config.unreadable", language_in(file.parent), **facts)) from None


def _checked(raw: dict[str, Any], text: str, file: Path, kind: type[Model]) -> Model:
    from pydantic import ValidationError

    from workplan_xlsx.config_file.mistakes import mistake

    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        raise _refusal([mistake(each, text, kind) for each in error.errors()], text, file) from None


def _refusal(mistakes: list[str], text: str, file: Path) -> ConfigError:
    told = "\n".join(f"  {number}. {each}" for number, each in enumerate(mistakes, start=1))
    facts = {"file": file.name, "count": len(mistakes), "mistakes": told}
    return ConfigError(say("config.mistakes", language_of(text), **facts))
