"""核定: what the office decided about a light, put in place of what was worked out, and told with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from workplan_xlsx.domain.decisions import Override
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.rated import Rating
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_NOT_COUNTED = (
    TrafficLight.NOT_APPLICABLE,
    TrafficLight.UNDECIDED,
    TrafficLight.UNDER_REVIEW,
    TrafficLight.NOT_DUE,
    TrafficLight.MISSING,
)


def reviewed(rating: Rating, lang: Lang, stand_ins: Sequence[State] = ()) -> Rating:
    """Return the rating with the light that the office decided, and the reason saying who, when and why.

    The score stays that of the figure; a light that does not count takes it out.
    """
    override = rating.figure.override
    if override is None:
        return rating
    light = override.light or rating.light
    was = _was(rating, lang, stand_ins)
    told = f"{rating.reason}{say('edition.then', lang)}{review_words(override, was, lang)}"
    return replace(rating, light=light, score=None if light in _NOT_COUNTED else rating.score, reason=told)


def _was(rating: Rating, lang: Lang, stand_ins: Sequence[State]) -> str:
    """What was worked out or reported before the decision."""
    override, figure = rating.figure.override, rating.figure
    told = []
    if override and override.value is not None:
        told.append("—" if figure.reported is None else plain(figure.reported) + figure.target.unit)
    if override and override.stage:
        told.append(figure.reported_status or "—")
    if override and override.light is not None:
        told.append(rating.word or light_words(rating.light, lang, stand_ins))
    return listed(told, lang)


def review_words(override: Override, was: str, lang: Lang) -> str:
    """Who decided it, when (if that was written down), why, and what it was before."""
    on = f" {override.decided_on.isoformat()}" if override.decided_on else ""
    return say("edition.reviewed", lang, who=f"{override.who}{on}", why=override.why, was=was or "—")
