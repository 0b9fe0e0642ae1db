"""How a place calls and colours the states of targets and tasks (灯); a state is never stored as a colour."""

from __future__ import annotations

from dataclasses import dataclass

from workplan_xlsx.domain.traffic_light import TrafficLight


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state as one place words and colours it; blue is praise here, finished there, a first slip elsewhere.

    Attributes:
        key: How rules name it, e.g. "ahead"; unique within the rule set.
        light: The light it counts as everywhere else in the product (scores, worst light, lists, styles).
        word, word_en: What a reader sees; "" means the light's own word.
        colour: The place's own colour, "#RRGGBB" or a plain word; "" means the light's own.
    """

    key: str
    light: TrafficLight
    word: str = ""
    word_en: str = ""
    colour: str = ""
