"""Where a printed page ends on a sheet of blocks: a block that fits on one page is not torn."""

from __future__ import annotations

from collections.abc import Sequence

MOST_BREAKS = 1_023
"""So many breaks a sheet takes; further down Excel tears where it likes."""

_PAGE_POINTS = 500.0
"""What A4 landscape holds between the margins, a line of it kept back: programs round rows differently."""

_POINTS_ACROSS = 777.0
"""What is printed from the left margin to the right one, in points."""

_POINTS_A_CHARACTER = 5.25
_POINTS_BESIDE = 3.75
"""A column's width: so many points a character, and so many beside them."""


def page_points(widths: Sequence[float]) -> float:
    """How many points of rows stand on a page where these columns, in characters, are fitted to its width."""
    across = sum(_POINTS_A_CHARACTER * width + _POINTS_BESIDE for width in widths)
    return _PAGE_POINTS * max(1.0, across / _POINTS_ACROSS)


class Pages:
    """Follows a sheet's blocks down its pages.

    Attributes:
        breaks: The 0-based rows that begin a page because the block that begins there would be torn.
    """

    def __init__(self, room: float) -> None:
        self._room = room
        self._used = 0.0
        self.breaks: list[int] = []

    def begin(self, row: int) -> None:
        """A page begins at the row, whatever is left of the one before."""
        self.breaks.append(row)
        self._used = 0.0

    def block(self, row: int, points: float, gap: float) -> None:
        """Take in a block of that height which begins at the row; `gap` is what stays empty below it.

        It begins a page if it fits on one and not on what is left. A longer one is torn anyway: it begins
        a page only where less than half of one is left.
        """
        left = self._room - self._used
        if points > left and self._used and (points <= self._room or left < self._room / 2):
            self.begin(row)
        self._used += points
        while self._used > self._room:
            self._used -= self._room
        self._used += gap
