"""Several things in one sentence, as each language separates them."""

from __future__ import annotations

from collections.abc import Iterable

from workplan_xlsx.words import Lang


def listed(things: Iterable[object], lang: Lang) -> str:
    """Return them with 、 between in Chinese, with commas in English."""
    return ("、" if lang == "zh" else ", ").join(map(str, things))


def clauses(told: Iterable[object], lang: Lang) -> str:
    """Return what holds commas itself: ； between in Chinese, semicolons in English."""
    return ("；" if lang == "zh" else "; ").join(map(str, told))
