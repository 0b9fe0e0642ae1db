"""The public holidays of the plan's year, and of the next, in which its last rounds fall."""

from __future__ import annotations

from collections.abc import Iterator

from workplan_xlsx.config import Config
from workplan_xlsx.doctor.health import FINE, LOOK, Health
from workplan_xlsx.words import Lang, say


def examine(config: Config, lang: Lang) -> Iterator[Health]:
    """Yield one line a year."""
    for year in (config.year, config.year + 1):
        known = config.workdays().known(year)
        key = "doctor.holidays" if known else "doctor.no_holidays"
        yield Health(FINE if known else LOOK, say("doctor.calendar", lang), say(key, lang, year=year))
