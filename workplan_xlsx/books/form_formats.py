"""The cell formats of a form, made once a book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workplan_xlsx.books import styles
from workplan_xlsx.domain.edition import TrafficLight
from workplan_xlsx.domain.returns import Answer

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_CELL = {
    "font_name": styles.BODY_FONT,
    "font_size": 11,
    "border": 1,
    "border_color": styles.LINE,
    "valign": "vcenter",
    "text_wrap": True,
}
_LOCKED = _CELL | {"bg_color": styles.LOCKED_FILL}
_OPEN = _CELL | {"bg_color": styles.INPUT_FILL, "locked": False}
_MARKED = {"border": 5, "border_color": styles.FAULT}


class FormFormats:
    """Formats by what they are for; yellow is to fill in, grey is given."""

    def __init__(self, book: Workbook) -> None:
        def made(**look: Any) -> Format:
            return book.add_format(look)

        self._book = book
        self._inputs: dict[tuple[object, ...], Format] = {}
        self.title = made(font_name=styles.TITLE_FONT, font_size=18, align="center", valign="vcenter")
        self.source = made(font_name=styles.BODY_FONT, font_size=10, font_color="#404040", valign="vcenter")
        self.legend_input = made(**(_CELL | {"bg_color": styles.INPUT_FILL, "font_size": 9}))
        self.legend_locked = made(**(_LOCKED | {"font_size": 9}))
        self.label = made(font_name=styles.HEADER_FONT, font_size=11, align="right", valign="vcenter")
        self.given = made(**(_LOCKED | {"bold": True}))
        self.sign_off = made(**(_OPEN | {"num_format": "@"}))
        self.counter = made(
            font_name=styles.HEADER_FONT, font_size=12, font_color=styles.FAULT, valign="vcenter"
        )
        self.hint = made(font_size=8, align="center", font_color="#7F6000")
        header = _CELL | {"font_name": styles.HEADER_FONT, "align": "center"}
        self.header = made(**(header | {"bg_color": styles.HEADER_FILL}))
        self.header_input = made(**(header | {"bg_color": "#FFE699"}))
        band = {"font_name": styles.HEADER_FONT, "font_size": 11, "valign": "vcenter"}
        self.band = made(**band, bg_color=styles.BAND_FILL, top=1, bottom=1)
        self.code = made(**(_LOCKED | {"num_format": "@", "align": "center"}))
        self.words = made(**_LOCKED)
        self.figure = made(**(_LOCKED | {"align": "right", "num_format": "#,##0.####;-#,##0.####"}))
        self.share = made(**(_LOCKED | {"align": "right", "num_format": "0.0%"}))
        self.check = made(**(_LOCKED | {"font_size": 10}))
        self._live(made)

    def _live(self, made: Any) -> None:
        self.live_missing = made(font_color=styles.FAULT, bold=True)
        self.live_doubt = made(font_color="#7F6000", bold=True)
        self.live_fine = made(font_color="#14532D")
        looks = styles.LIGHT_LOOKS
        green, amber, red = (
            looks[light] for light in (TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED)
        )
        self.live_green = made(bg_color=green.fill, font_color=green.ink)
        self.live_amber = made(bg_color=amber.fill, font_color=amber.ink)
        self.live_red = made(bg_color=red.fill, font_color=red.ink)

    def input_of(self, answer: Answer, *, marked: bool, is_open: bool) -> Format:
        """The format of an input cell; General for figures, so that 98.92 and 98.92% both stay as typed."""
        look = dict(_OPEN if is_open else _LOCKED | {"font_color": "#595959", "font_size": 9})
        if answer is Answer.ACTUAL:
            look |= {"align": "right" if is_open else "center"}
        elif answer is Answer.STAGE:
            look |= {"align": "center"}
        elif is_open:
            look |= {"num_format": "@"}
        return self._made(look, (answer, marked, is_open), marked=marked)

    def percent_input(self, *, marked: bool) -> Format:
        """A figure that the unit had typed as 98.92%."""
        look = _OPEN | {"align": "right", "num_format": "0.00%"}
        return self._made(look, ("percent", marked), marked=marked)

    def _made(self, look: dict[str, Any], key: tuple[object, ...], *, marked: bool) -> Format:
        if key not in self._inputs:
            self._inputs[key] = self._book.add_format(look | (_MARKED if marked else {}))
        return self._inputs[key]
