"""The cell formats of a form, made once a book."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from workplan_xlsx.books import styles
from workplan_xlsx.books.columns import SHOWN_BEFORE_INPUTS
from workplan_xlsx.domain.editions.light import ink_on
from workplan_xlsx.domain.traffic_light import TrafficLight

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

_CELL = {
    "font_name": styles.BODY_FONT,
    "font_size": 11,
    "font_color": styles.INK,
    "border": 1,
    "border_color": styles.LINE,
    "valign": "vcenter",
    "text_wrap": True,
}
_LOCKED = _CELL | {"bg_color": styles.LOCKED_FILL}
_OPEN = _CELL | {"bg_color": styles.INPUT_FILL, "locked": False}
_MARKED = {"border": 5, "border_color": styles.FAULT}
_CENTRED = {"align": "center"}
_NUMBER = {"align": "right"}
_RIGHT = {"align": "right", "indent": 1}
_HEADER = _CELL | _CENTRED | {"font_name": styles.HEADER_FONT}

_LOOKS: dict[str, dict[str, Any]] = {
    "title": {
        "font_name": styles.TITLE_FONT,
        "bold": True,
        "font_size": 20,
        "align": "center",
        "valign": "vcenter",
    },
    "source": {"font_name": styles.BODY_FONT, "font_size": 10, "font_color": "#404040", "valign": "vcenter"},
    "legend_input": _OPEN | _CENTRED | {"font_size": 10, "locked": True},
    "legend_optional": _OPEN | _CENTRED | {"font_size": 10, "bg_color": styles.OPTIONAL_FILL, "locked": True},
    "legend_locked": _LOCKED | _CENTRED | {"font_size": 10},
    "label": {
        "font_name": styles.HEADER_FONT,
        "font_size": 11,
        "align": "right",
        "valign": "vcenter",
        "shrink": True,
    },
    "given": _LOCKED | {"bold": True},
    "sign_off": _OPEN | {"num_format": "@"},
    "counter": {
        "font_name": styles.HEADER_FONT,
        "font_size": 12,
        "font_color": styles.FAULT,
        "valign": "vcenter",
    },
    "header": _HEADER | {"bg_color": styles.HEADER_FILL},
    # the mark belongs to the number format: the cell's text stays the header's exact wording
    "header_input": _HEADER
    | {"bg_color": styles.INPUT_HEADER_FILL, "num_format": f'"{SHOWN_BEFORE_INPUTS}"@'},
    "band": {
        "font_name": styles.HEADER_FONT,
        "font_size": 11,
        "valign": "vcenter",
        "bg_color": styles.BAND_FILL,
        "top": 1,
        "bottom": 1,
        "border_color": styles.LINE,
    },
    "chapter": {
        "font_name": styles.HEADER_FONT,
        "font_size": 12,
        "bold": True,
        "font_color": styles.INK,
        "valign": "vcenter",
        "bottom": 1,
        "border_color": styles.LINE,
    },
    # a problem carried forward flows over the empty cells beside it
    "carried": {
        "font_name": styles.BODY_FONT,
        "font_size": 11,
        "font_color": styles.DOUBT,
        "valign": "vcenter",
        "indent": 1,
    },
    "changed": {
        "font_name": styles.HEADER_FONT,
        "font_size": 10,
        "font_color": styles.FAULT,
        "valign": "vcenter",
    },
    "marking": {
        "font_name": styles.HEADER_FONT,
        "font_size": 11,
        "align": "right",
        "valign": "vcenter",
    },
    "mark": {"font_name": styles.BODY_FONT, "font_size": 8, "font_color": styles.QUIET_INK},
    "code": _LOCKED | _CENTRED | {"num_format": "@"},
    "words": _LOCKED,
    "link": _LOCKED | {"underline": 1, "font_color": "#1F4E79"},
    "centred": _LOCKED | _CENTRED,
    "share": _LOCKED | _NUMBER | {"num_format": "0.0%_ "},
    "check": _LOCKED | {"font_size": 10},
    "footer": {"font_name": styles.BODY_FONT, "font_size": 12, "valign": "vcenter"},
    # inputs; General for figures, so that 98.92 stays 98.92 and 98.92% becomes a percent cell
    "figure_input": _OPEN | _RIGHT,
    "percent_input": _OPEN | _RIGHT | {"num_format": "0.00##%"},
    "stage_input": _OPEN | _CENTRED,
    "stage_optional": _OPEN | _CENTRED | {"bg_color": styles.OPTIONAL_FILL},
    "text_input": _OPEN | {"num_format": "@", "valign": "top"},
    "text_optional": _OPEN | {"num_format": "@", "valign": "top", "bg_color": styles.OPTIONAL_FILL},
    "not_asked": _LOCKED | _CENTRED | {"font_size": 9, "font_color": styles.QUIET_INK},
    # a blank that keeps the automatic height of a row above two lines
    "strut": {"font_name": styles.BODY_FONT, "font_size": 28},
    # laid over cells by conditions
    "live_missing": {"font_color": styles.FAULT, "bold": True},
    "live_doubt": {"font_color": styles.DOUBT, "bold": True},
    "live_fine": {"font_color": styles.FINE},
}
_MOST_DECIMALS = 6
_LOOKS |= {
    f"light_{light.name.lower()}": {"bg_color": look.fill, "font_color": look.ink}
    for light, look in styles.LIGHT_LOOKS.items()
}
_LOOKS |= {
    f"figure_{decimals}": _LOCKED
    | _NUMBER
    | {"num_format": "#,##0" + "." * (decimals > 0) + "0" * decimals + "_ "}
    for decimals in range(_MOST_DECIMALS + 1)
}


class FormFormats:
    """Formats by what they are for; yellow is to fill in, grey is given."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}

    def of(self, look: str, *, marked: bool = False) -> Format:
        """The format of that name; `marked`: with the outline of a cell to mend."""
        key = (look, marked)
        if key not in self._made:
            self._made[key] = self._book.add_format(_LOOKS[look] | (_MARKED if marked else {}))
        return self._made[key]

    def light(self, light: TrafficLight, own: str) -> Format:
        """The colours of a light; `own` is the place's, "" where it has none."""
        if not own:
            return self.of(f"light_{light.name.lower()}")
        key = (own, False)
        if key not in self._made:
            self._made[key] = self._book.add_format({"bg_color": own, "font_color": ink_on(own)})
        return self._made[key]

    def figure(self, value: Decimal, *, most: int = _MOST_DECIMALS) -> Format:
        """A given figure: thousands, and as many decimals as it has (else Excel shows “15.”)."""
        exponent = int(value.normalize().as_tuple().exponent)
        return self.of(f"figure_{min(most, max(0, -exponent))}")
