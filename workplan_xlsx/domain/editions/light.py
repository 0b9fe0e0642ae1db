"""How a place calls and colours the states of targets and tasks (灯); a state is never stored as a colour."""

from __future__ import annotations

import re
from collections.abc import Iterable
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
_DARK_BELOW = 140_000
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


def own_fill(light: TrafficLight, stand_ins: Iterable[State]) -> str:
    """Return the place's own colour for the light as "#RRGGBB"; "" where it has none."""
    return next((fill_of(each.colour) for each in stand_ins if each.light is light and each.colour), "")


def ink_on(fill: str) -> str:
    """Return the ink that is read on this colour: white on a dark one."""
    return "#262626" if _brightness(fill) > _DARK_BELOW else "#FFFFFF"


def shade(fill: str) -> str:
    """Return the same colour darker; a dark one lighter, so that a pattern of both is seen."""
    dark = _brightness(fill) <= _DARK_BELOW
    parts = (part + (255 - part) // 3 if dark else part * 3 // 5 for part in _parts(fill))
    return "#" + "".join(f"{part:02X}" for part in parts)


def _brightness(fill: str) -> int:
    red, green, blue = _parts(fill)
    return 299 * red + 587 * green + 114 * blue


def _parts(fill: str) -> tuple[int, int, int]:
    return int(fill[1:3], 16), int(fill[3:5], 16), int(fill[5:7], 16)
