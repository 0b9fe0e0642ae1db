"""What the columns of a table of tasks hold, from the words of its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from workplan_xlsx.notice.glyphs import folded
from workplan_xlsx.notice.owners.labels import Role, role_of_heading


class Column(Enum):
    """What a column holds; the owners' columns are told by their Role."""

    NUMBER = "number"
    SECTION = "section"
    TASK = "task"
    TARGET = "target"
    OTHER = "other"


_NUMBER = re.compile(r"序号|编号|编码|序|No\.?|#|ID|Number|Ref\.?", re.IGNORECASE)
_SECTION = re.compile(
    r"类别|领域|板块|分类|大类|章节|类型|方面|Section|Theme|Area|Category|Pillar|Chapter", re.IGNORECASE
)
_TASK = re.compile(
    r"任务|项目|事项|实事|内容|措施|要求|举措|工作|重点|清单|名称|标准|Tasks?|Actions?|Commitments?|Measures?|Activit(?:y|ies)|Description|Initiatives?|Deliverables?|What",
    re.IGNORECASE,
)
_TARGET = re.compile(r"目标|指标|成效|成果|Targets?|Indicators?|Goals?|KPIs?|Outputs?", re.IGNORECASE)
_NOT_TASK = re.compile(
    r"备注|说明|状态|进展|进度|(?:完成|推进|落实|实施|开展|整改)情况|领导|取得|截至|截止|最新|是否|未达|原因|存在(?:的)?问题|电话|分值|权重|得分|评分"
    r"|(?:目标|指标|考核|任务)(?:类型|性质|来源)|Status|Progress|Notes?|Remarks?|Budget",
    re.IGNORECASE,
)
_PERSONS = re.compile(
    r"(?:单位|部门).*(?:负责人|责任人|联系人|领导|人员)|(?:领导|负责人|责任人).*(?:单位|部门)"
)
# What a quarter or a month is to bring is a step of the plan, not what the year promises.
_STEP = re.compile(
    r"(?:季度|阶段|半年|月底|月份|\d月|每月|逐月|节点).*(?:目标|计划|安排|任务|节点)|地点|地址|位置|编号"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row of a table of tasks.

    Attributes:
        row: Its place.
        columns: What each column holds.
        with_persons: Columns that name persons beside their units: 牵头单位及主要负责人.
    """

    row: int
    columns: tuple[Column | Role, ...]
    with_persons: frozenset[int] = frozenset()

    def at(self, *kinds: Column | Role) -> list[int]:
        """The columns that hold one of these, in order."""
        return [index for index, column in enumerate(self.columns) if column in kinds]


def column_of(text: str) -> Column | Role:
    """Return what a column of this heading holds."""
    bare = re.sub(r"\s+", "" if not text.isascii() else " ", folded(text)).strip()
    role = role_of_heading(bare)
    if role is not None and len(bare) <= 24:
        return role
    if not bare or len(bare) > 24 or _NOT_TASK.search(bare) or _STEP.search(bare):
        return Column.OTHER
    if _NUMBER.fullmatch(bare):
        return Column.NUMBER
    for column, words in ((Column.SECTION, _SECTION), (Column.TARGET, _TARGET), (Column.TASK, _TASK)):
        if words.search(bare):
            return column
    return Column.OTHER


def heading_of(rows: Sequence[Sequence[str]]) -> Heading | None:
    """Return the heading of a table of tasks: it names tasks and who does them; None for any other table."""
    for index, row in enumerate(rows[:5]):
        below = rows[index + 1] if index + 1 < len(rows) else ()
        for last, cells in ((index, row), (index + 1, _of_two_rows(row, below))):
            columns = tuple(column_of(cell) for cell in cells)
            tasks = any(column in (Column.TASK, Column.TARGET) for column in columns)
            if tasks and any(column in (Role.LEAD, Role.OWN) for column in columns):
                persons = frozenset(at for at, cell in enumerate(cells) if _PERSONS.search(folded(cell)))
                return Heading(last, columns, persons)
    return None


def _of_two_rows(upper: Sequence[str], lower: Sequence[str]) -> Sequence[str]:
    """A heading of two rows: 责任分工 above 牵头单位 and 配合单位; what stands only above spans both."""
    if len(upper) != len(lower) or all(cell.strip() for cell in lower) or not _is_short(lower):
        return ()
    return [below or above for above, below in zip(upper, lower, strict=True)]


def _is_short(cells: Sequence[str]) -> bool:
    return all(len(cell.strip()) <= 12 for cell in cells)
