"""The cell formats of the ranking workbook, made once a book when first used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workplan_xlsx.books import styles
from workplan_xlsx.domain.editions.light import fill_of, ink_on
from workplan_xlsx.domain.traffic_light import TrafficLight

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

LINK_INK = "#1F4E79"
RISE_INK = "#14532D"
FALL_INK = "#B3261E"
_MOST_DECIMALS = 6
_OWN_COLOUR = "colour_"

_PLAIN = {"font_name": styles.BODY_FONT, "font_size": 11, "font_color": styles.INK, "valign": "vcenter"}
_CELL = _PLAIN | {"border": 1, "border_color": styles.LINE}
_CENTRED = {"align": "center"}
_RIGHT = {"align": "right", "indent": 1}
_WRAP = {"text_wrap": True}
_LINK = {"font_color": LINK_INK, "underline": 1}
_HEADER = (
    _CELL | _CENTRED | _WRAP | {"font_name": styles.HEADER_FONT, "bg_color": styles.HEADER_FILL, "bold": True}
)
_BAND = {
    "font_name": styles.HEADER_FONT,
    "bold": True,
    "bg_color": styles.BAND_FILL,
    "top": 1,
    "bottom": 1,
    "border_color": styles.LINE,
}
_INPUT = _CELL | _CENTRED | {"bg_color": styles.INPUT_FILL}

_LOOKS: dict[str, dict[str, Any]] = {
    "title": _PLAIN | {"font_name": styles.TITLE_FONT, "bold": True, "font_size": 16},
    "title_centred": _PLAIN | _CENTRED | {"font_name": styles.TITLE_FONT, "bold": True, "font_size": 20},
    "under_title": _PLAIN | _CENTRED | {"font_color": styles.QUIET_INK},
    "subtitle": _PLAIN | {"font_color": styles.QUIET_INK, "font_size": 10},
    "lead": _PLAIN | _WRAP | {"font_name": styles.HEADER_FONT, "font_size": 13},
    "warning": _PLAIN | _WRAP | {"font_color": styles.FAULT, "bold": True, "font_size": 12},
    "section": _PLAIN | _BAND | {"font_size": 12},
    "note": _PLAIN | _WRAP | {"font_size": 10, "valign": "top", "font_color": styles.QUIET_INK},
    "paragraph": _PLAIN | _WRAP,
    "link": _PLAIN | _LINK,
    "header": _HEADER,
    "text": _CELL | _WRAP,
    "text_bold": _CELL | _WRAP | {"bold": True},
    "text_link": _CELL | _WRAP | _LINK,
    "text_short": _CELL | {"shrink": True},
    "centred": _CELL | _CENTRED | _WRAP,
    "code": _CELL | _CENTRED | {"num_format": "@"},
    "code_link": _CELL | _CENTRED | _LINK | {"num_format": "@"},
    "exact": _CELL | _RIGHT | {"num_format": "@"},
    "digest": _CELL | {"font_size": 8, "font_name": "Consolas", "num_format": "@"},
    "count": _CELL | _CENTRED | {"num_format": "0"},
    # a zero among many counts only distracts; the cell holds it all the same
    "tally": _CELL | _CENTRED | {"num_format": "0;-0;·"},
    "tally_red": _CELL | _CENTRED | {"num_format": "0;-0;·", "bold": True, "font_color": FALL_INK},
    "percent": _CELL | _RIGHT | {"num_format": "0.0%"},
    "points": _CELL | _RIGHT | {"num_format": "+0.0;-0.0;0.0"},
    "score": _CELL | _CENTRED | {"num_format": "0.00"},
    "ratio": _CELL | _CENTRED | {"num_format": "0.0000"},
    "score_bold": _CELL | _CENTRED | {"num_format": "0.00", "bold": True},
    "rank": _CELL | _CENTRED | {"num_format": "0", "bold": True, "font_size": 12},
    "rank_tied_zh": _CELL | _CENTRED | {"num_format": '0"（并列）"', "bold": True},
    "rank_tied_en": _CELL | _CENTRED | {"num_format": '0" (tied)"', "bold": True},
    "unranked": _CELL | _CENTRED | _WRAP | {"font_color": styles.QUIET_INK, "bg_color": styles.LOCKED_FILL},
    "rise": _CELL | _CENTRED | {"font_color": RISE_INK, "bold": True},
    "fall": _CELL | _CENTRED | {"font_color": FALL_INK, "bold": True},
    "band": _PLAIN | _BAND | {"font_size": 12},
    "band_link": _PLAIN | _BAND | _LINK | {"font_size": 12},
    "chart_data": _PLAIN | {"font_size": 8, "font_color": styles.QUIET_INK, "num_format": "0.0"},
    "formula": _CELL | _CENTRED | {"num_format": "General", "shrink": True},
    "label": _PLAIN | {"font_name": styles.HEADER_FONT, "bold": True},
    "given": _CELL | _CENTRED | {"num_format": "General", "shrink": True, "font_color": styles.QUIET_INK},
    "given_score": _CELL | _CENTRED | {"num_format": "0.00", "font_color": styles.QUIET_INK},
    "input": _INPUT | {"num_format": "General"},
    "input_score": _INPUT | {"num_format": "0.00##"},
}
_LOOKS |= {
    f"light_{light.name.lower()}": _CELL
    | _CENTRED
    | {"bg_color": look.fill, "font_color": look.ink, "bold": True}
    for light, look in styles.LIGHT_LOOKS.items()
}
_LOOKS |= {
    f"figure_{decimals}": _CELL | _RIGHT | {"num_format": "#,##0" + "." * bool(decimals) + "0" * decimals}
    for decimals in range(_MOST_DECIMALS + 1)
}


def figure_look(decimals: int) -> str:
    """The look of a figure with that many decimals: thousands, and no more decimals than it has."""
    return f"figure_{min(_MOST_DECIMALS, max(0, decimals))}"


def light_look(light: TrafficLight, colour: str = "") -> str:
    """The look of a light, or of a place's own colour."""
    fill = fill_of(colour) if colour else ""
    return f"{_OWN_COLOUR}{fill}" if fill else f"light_{light.name.lower()}"


def _look(name: str) -> dict[str, Any]:
    """What the look consists of; on a dark colour of the place's own the ink is white."""
    if not name.startswith(_OWN_COLOUR):
        return _LOOKS[name]
    fill = name.removeprefix(_OWN_COLOUR)
    return _CELL | _CENTRED | {"bg_color": fill, "font_color": ink_on(fill), "bold": True}


class Formats:
    """Formats of one workbook by what they are for."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Format] = {}

    def of(self, look: str) -> Format:
        """The format of that name."""
        made = self._made.get(look)
        if made is None:
            made = self._made[look] = self._book.add_format(_look(look))
        return made
