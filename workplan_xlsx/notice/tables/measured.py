"""Tables of figures: a number in one column, its unit of measure in another one or in the heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from workplan_xlsx.notice.figures.bounds import DENIED_BEFORE
from workplan_xlsx.notice.figures.measures import MEASURE, SCALE

_SIGNS = {"≥": "不低于", "≤": "不超过", ">": "超过", "＞": "超过", "<": "低于", "＜": "低于"}
_PER_SO_MANY = re.compile(r"^1(?=/)")  # 1/10万: its 1 would become a digit of the number before it
_MEASURE_HEADING = re.compile(r"(?:计量|度量|计算)?单位")
_IN_BRACKETS = re.compile(r"[（(]([^（）()]{1,10})[）)]\s*$")
_NUMBER_CELL = re.compile(
    rf"\s*(?P<before>(?:力争)?(?:{DENIED_BEFORE}|约|近|超过?|突破|达到?|至少|最多|低于|高于|少于|多于|控制在|增长|下降|[≥≤><＞＜])?)\s*(?P<number>\d[\d,]*(?:\.\d+)?(?:\s*[-—–~～至到]\s*\d[\d,]*(?:\.\d+)?)?)"
    r"\s*(?P<more>[余多]?)(?P<unit>[^\d余多]{0,6}?)\s*(?P<after>以上|及以上|以下|以内|左右)?\s*"
)


def is_measure(text: str) -> bool:
    """Tell whether it is a unit of measure: 亿元, %, 个, 万亩."""
    bare = _PER_SO_MANY.sub("", text.strip())
    scale = SCALE.match(bare)
    return bool(
        MEASURE.fullmatch(bare) or (scale and MEASURE.fullmatch(bare, scale.end())) or SCALE.fullmatch(bare)
    )


def measure_column(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The column that states each row's unit of measure; 单位 may also head a list of bodies."""
    for column, name in enumerate(heading):
        if _MEASURE_HEADING.fullmatch(re.sub(r"\s", "", name)):
            cells = [row[column].strip() for row in rows if column < len(row) and row[column].strip()]
            if cells and sum(map(is_measure, cells)) * 2 > len(cells):
                return column
    return None


def measure_of_heading(heading: str) -> str:
    """The unit that a heading states in brackets: 到位资金（亿元）; "" for none."""
    found = _IN_BRACKETS.search(heading.strip())
    return found[1] if found and is_measure(found[1]) else ""


def name_of_heading(heading: str) -> str:
    """The heading without its unit of measure."""
    flat = re.sub(r"\s", "", heading)
    return _IN_BRACKETS.sub("", flat) if measure_of_heading(flat) else flat


def is_number(cell: str) -> bool:
    """Tell whether the cell holds one number and no more than its unit and bound words."""
    found = _NUMBER_CELL.fullmatch(cell)
    return found is not None and (not found["unit"] or is_measure(found["unit"]))


def as_promise(name: str, cell: str, measure: str) -> str:
    """Return the number of a cell as a sentence: 固定资产投资, 6.5左右 and % are 固定资产投资6.5%左右.

    Where no unit is known the number binds all the same, and the reader is asked for its unit.
    """
    found = _NUMBER_CELL.fullmatch(cell)
    if found is None or (found["unit"] and not is_measure(found["unit"])):
        return cell
    unit = found["unit"] or _PER_SO_MANY.sub("", measure.strip())
    before = _SIGNS.get(found["before"], found["before"]) or ("" if unit and is_measure(unit) else "达到")
    return f"{name}{before}{found['number']}{found['more']}{unit}{found['after'] or ''}"


@dataclass(frozen=True, slots=True)
class RowMeasures:
    """The headings of the columns, and which one states each row's unit of measure."""

    headings: tuple[str, ...]
    column: int | None

    def name(self, column: int) -> str:
        """The heading of the column, without its unit of measure."""
        return name_of_heading(self.headings[column]) if column < len(self.headings) else ""

    def with_unit(self, cells: Sequence[str], column: int) -> str:
        """The number of a cell with its unit of measure, where one is known."""
        measure = self._own(cells) or measure_of_heading(self.headings[column])
        return as_promise("", cells[column], measure) if measure else cells[column]

    def _own(self, cells: Sequence[str]) -> str:
        """The row's unit of measure, where a column states it."""
        return cells[self.column].strip() if self.column is not None and self.column < len(cells) else ""

    def told(self, name: str, cells: Sequence[str], column: int) -> str:
        """The cell of a column of targets; a bare number as a sentence with its unit of measure."""
        when = re.search(r"[一二三四]季度|上半年|前三季度|\d{1,2}月", self.name(column))
        measure = self._own(cells) or measure_of_heading(self.headings[column]) or measure_of_heading(name)
        return as_promise(f"{name}{when[0] if when else ''}", cells[column], measure)
