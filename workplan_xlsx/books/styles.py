"""The look shared by all books: fonts, fills, and how a state is shown: shape, word and stepped lightness."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time

from workplan_xlsx.domain.traffic_light import TrafficLight

TITLE_FONT = "宋体"  # bold; a cell cannot name a fallback, and 方正小标宋简体 is not on every PC
HEADER_FONT = "黑体"
BODY_FONT = "仿宋"
INPUT_FILL = "#FFF2CC"  # yellow: fill in here
OPTIONAL_FILL = "#FFFBF0"  # pale yellow: fill in if there is something to say
LOCKED_FILL = "#F2F2F2"  # grey: given, locked
BAND_FILL = "#DCE6F1"
HEADER_FILL = "#D9E1F2"
INPUT_HEADER_FILL = "#FFE699"
LINE = "#A6A6A6"
INK = "#262626"
QUIET_INK = "#595959"
FAULT = "#C00000"
DOUBT = "#7F6000"
FINE = "#14532D"


@dataclass(frozen=True, slots=True)
class LightLook:
    """How a state is shown; the shape and the word always stand beside the colour."""

    shape: str
    fill: str
    ink: str


LIGHT_LOOKS = {
    TrafficLight.GREEN: LightLook("●", "#DDEFE3", "#14532D"),
    TrafficLight.DONE: LightLook("√", "#DDEFE3", "#14532D"),
    TrafficLight.AMBER: LightLook("▲", "#FFD34D", "#4A3500"),
    TrafficLight.RED: LightLook("■", "#B3261E", "#FFFFFF"),
    TrafficLight.MISSING: LightLook("□", "#D9D9D9", "#262626"),
    TrafficLight.NOT_DUE: LightLook("○", "#FFFFFF", "#404040"),
    TrafficLight.NOT_APPLICABLE: LightLook("—", "#FFFFFF", "#404040"),
    TrafficLight.UNDECIDED: LightLook("？", "#FFFFFF", "#404040"),
    TrafficLight.UNDER_REVIEW: LightLook("？", "#FFFFFF", "#404040"),
}


def made_on(day: date) -> datetime:
    """The `created` stamp of a book: fixed by its content, so that equal input gives equal bytes."""
    return datetime.combine(day, time(0))


def lines_needed(text: str, width: float) -> int:
    """How many lines the text takes in a wrapped column of that width; a Chinese character counts two."""
    room = max(1, int(width) - 1)
    return sum(max(1, -(-breadth(line) // room)) for line in text.split("\n"))


def breadth(text: str) -> int:
    """How many characters of the default font the text takes on one line; a Chinese one counts two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def pieces(text: str, room: int) -> list[str]:
    """Cut the text into lines of at most that breadth (at least 2)."""
    lines, line, taken = [], "", 0
    for char in text:
        wide = breadth(char)
        if taken + wide > room:
            lines.append(line)
            line, taken = "", 0
        line, taken = line + char, taken + wide
    return [*lines, line] if line else lines


def row_height(lines: int, font_size: float) -> float:
    """Height in points of a row of so many lines, at most what Excel takes (409)."""
    return min(409.0, round(lines * font_size * 1.42 + 6, 1))
