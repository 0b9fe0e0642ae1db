"""The clock: after everything that has happened already, and in the year of the plan or the next."""

from __future__ import annotations

from datetime import datetime

from workplan_xlsx.config import Config
from workplan_xlsx.doctor.health import BAD, FINE, LOOK, Health
from workplan_xlsx.words import Lang, say


def examine(config: Config, now: datetime, latest: datetime | None, lang: Lang) -> Health:
    """Return how the clock goes; `latest` is the last moment that the store knows of."""
    what = say("doctor.clock", lang)
    facts: dict[str, object] = {"now": f"{now:%Y-%m-%d %H:%M}", "zone": config.zone.key}
    if latest is not None and latest > now:
        facts["latest"] = f"{latest.astimezone(config.zone):%Y-%m-%d %H:%M}"
        return Health(BAD, what, say("service.clock_back", lang, **facts))
    if now.year not in (config.year - 1, config.year, config.year + 1):
        return Health(LOOK, what, say("doctor.clock_year", lang, year=config.year, **facts))
    return Health(FINE, what, say("doctor.clock_fine", lang, **facts))
