"""workplan.toml checked against its model: all mistakes at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workplan_xlsx.config import Config
from workplan_xlsx.config_file.making import config_of
from workplan_xlsx.errors import ConfigError
from workplan_xlsx.words import say

if TYPE_CHECKING:
    from workplan_xlsx.config_file.model import FileModel


def load_config(root: Path, *, file: Path | None = None) -> Config:
    """Read workplan.toml of the folder (`file`: another name for it).

    Raises:
        ConfigError: It is missing, is not TOML, or holds mistakes; all are named, each with its place.
    """
    file = file or root / "workplan.toml"
    text = _text_of(root, file)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(say("config.not_toml", "zh", file=file.name, why=error)) from None
    model = _checked(raw, text, file)
    return config_of(model, root)


def _text_of(root: Path, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(say("config.missing", "zh", folder=root.resolve().name)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(say("config.unreadable", "zh", file=file.name, why=error)) from None


def _checked(raw: dict[str, Any], text: str, file: Path) -> FileModel:
    from pydantic import ValidationError

    from workplan_xlsx.config_file.mistakes import mistake
    from workplan_xlsx.config_file.model import FileModel

    try:
        return FileModel.model_validate(raw)
    except ValidationError as error:
        mistakes = [mistake(each, text, FileModel) for each in error.errors()]
        told = "\n".join(f"  {number}. {each}" for number, each in enumerate(mistakes, start=1))
        facts = {"file": file.name, "count": len(mistakes), "mistakes": told}
        raise ConfigError(say("config.mistakes", "zh", **facts)) from None
