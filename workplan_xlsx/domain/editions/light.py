"""How a place calls and colours the states of targets and tasks (灯); a state is never stored as a colour."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workplan_xlsx.domain.traffic_light import TrafficLight

COLOURS = {
    "red": "#B3261E",
    "orange": "#F4B183",
    "yellow": "#FFD34D",
    "green": "#DDEFE3",
    "blue": "#2F5597",
    "purple": "#6A4C93",
    "gray": "#D9D9D9",
    "black": "#262626",
    "white": "#FFFFFF",
}
"""The plain words that a colour may be written as, and how each is filled; steps of lightness, too."""
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")


def fill_of(colour: str) -> str:
    """Return the colour as "#RRGGBB"; "" where it is no colour that is known."""
    return COLOURS.get(colour, colour.upper() if _HEX.fullmatch(colour) else "")


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
