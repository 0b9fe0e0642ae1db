"""A worksheet whose rows grow while text is typed into them.

xlsxwriter marks every height as custom, and Excel then never fits the row to its text again. Excel itself
stores a fitted height without that mark; so does this sheet. Import it only where xlsxwriter is needed.
"""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet


class GrowingSheet(Worksheet):  # type: ignore[misc]
    """A worksheet with rows that have a height to begin with and are fitted when edited."""

    def __init__(self) -> None:
        super().__init__()
        self._growing: set[int] = set()

    def set_growing_row(self, row: int, height: float, *, level: int = 0) -> None:
        """Give the row this height in points, to begin with; `level` says how deep it is folded."""
        self._growing.add(row + 1)
        self.set_row(row, height, None, {"level": level})

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        """Our formulas use no function that is newer than Excel 2007: 33 searches for those are spared."""
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = None) -> None:
        if tag == "row" and attributes and attributes[0][1] in self._growing:
            attributes = [each for each in attributes if each[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)
