"""`workplan doctor`: is this machine and this workspace fit for the work; each line says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from workplan_xlsx.config import Config
from workplan_xlsx.config_file import load_config
from workplan_xlsx.doctor import calendar, clock, folders, letters, machine, own_rules, records
from workplan_xlsx.doctor.health import BAD, FINE, LOOK, Health
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.words import Lang, say

__all__ = ["BAD", "FINE", "LOOK", "Health", "examine"]


def examine(root: Path, lang: Lang, now: datetime | None = None) -> list[Health]:
    """Return all that was looked at, the installation first; nothing is changed, not even the store."""
    return [*machine.examine(root, lang), *_workspace(root, lang, now)]


def _workspace(root: Path, lang: Lang, now: datetime | None) -> Iterator[Health]:
    what = say("doctor.workspace", lang)
    try:
        config = load_config(root, lang=lang)
    except OperatorError as error:
        yield Health(BAD, what, str(error))
        return
    yield Health(FINE, what, str(root.resolve()))
    yield from (Health(LOOK, what, warning) for warning in config.warnings)
    yield from _parts(root, config, now or datetime.now(config.zone), lang)


def _parts(root: Path, config: Config, now: datetime, lang: Lang) -> Iterator[Health]:
    yield from folders.examine(root, lang)
    yield from folders.at_work(root, lang)
    kept = records.gather(root, config, now, lang)
    yield from kept.told
    yield clock.examine(config, now, kept.latest, lang)
    yield from own_rules.examine(root, config, lang)
    yield from calendar.examine(config, lang)
    yield from letters.examine(root, config, kept.units, lang)
