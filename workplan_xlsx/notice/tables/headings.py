"""What the columns of a table of tasks hold, from the words of its heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from workplan_xlsx.notice.glyphs import folded
from workplan_xlsx.notice.owners.labels import Role, role_of_heading
from workplan_xlsx.notice.owners.names import looks_like_body
from workplan_xlsx.notice.owners.phrases import owned_by_role


class Column(Enum):
    """What a column holds; the owners' columns are told by their Role."""

    NUMBER = "number"
    SECTION = "section"
    TASK = "task"
    TARGET = "target"
    STEP = "step"
    OTHER = "other"


_NUMBER = re.compile(r"序号|编号|编码|序|No\.?|#|ID|Number|Ref\.?", re.IGNORECASE)
_SECTION = re.compile(
    r"类别|领域|板块|分类|大类|章节|类型|方面|Section|Theme|Area|Category|Pillar|Chapter", re.IGNORECASE
)
_TASK = re.compile(
    r"任务|项目|事项|实事|内容|措施|要求|举措|工作|重点|清单|名称|标准|Tasks?|Actions?|Commitments?|Measures?|Activit(?:y|ies)|Description|Initiatives?|Deliverables?|What",
    re.IGNORECASE,
)
_TARGET = re.compile(
    r"全年(?:计划|任务|安排)|目标|指标|成效|成果|Targets?|Indicators?|Goals?|KPIs?|Outputs?", re.IGNORECASE
)
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
    r".*(?:季度|阶段|半年|月底|月份|\d月|每月|逐月|节点).*(?:目标|计划|安排|任务|节点).*"
    r"|(?:20\d\d年)?(?:第?[一二三四1-4]季度末?|[上下]半年|前三季度|(?:1[0-2]|[1-9])月(?:底|末|份)?(?:前)?)"
)
_WHOLE_YEAR = re.compile(r"全年(?:计划|任务|安排)")
_PLACE = re.compile(r"地点|地址|位置|编号")
_IN_CHARGE = re.compile(r"(?:行业)?(?:主管|归口|归口管理|填报|报送|上报)(?:责任)?(?:单位|部门|科室)(?:名称)?")


# 单位 alone may also head units of measure: what stands below it tells.
_UNIT = re.compile(
    r"单位|部门|科室|单位名称|部门名称|镇街|乡镇|乡镇（街道）|镇（街道）|(?:责任|职责|任务|工作)?分工|责任落实|责任"
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

    @property
    def is_grouped_by_owner(self) -> bool:
        """Whether each owner stands once, before the numbers of its tasks."""
        numbers, owners = self.at(Column.NUMBER), self.at(Role.LEAD, Role.OWN)
        return bool(numbers) and bool(owners) and owners[0] < numbers[0]

    def at(self, *kinds: Column | Role) -> list[int]:
        """The columns that hold one of these, in order."""
        return [index for index, column in enumerate(self.columns) if column in kinds]


def column_of(text: str) -> Column | Role:
    """Return what a column of this heading holds."""
    bare = re.sub(r"\s+", "" if not text.isascii() else " ", folded(text)).strip()
    role = role_of_heading(bare)
    if role is not None and len(bare) <= 24:
        return role
    if not bare or len(bare) > 24 or _NOT_TASK.search(bare) or _PLACE.search(bare):
        return Column.OTHER
    if _STEP.fullmatch(bare):
        return Column.STEP
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
            columns = _columns(cells, rows[last + 1 :])
            if _names_tasks(columns) and any(column in (Role.LEAD, Role.OWN) for column in columns):
                persons = frozenset(at for at, cell in enumerate(cells) if _PERSONS.search(folded(cell)))
                return Heading(last, columns, persons)
    return None


def ownerless_heading(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    """The cells of a heading that names tasks and nobody who does them; () for none."""
    filled = (row for row in rows[:5] if sum(bool(cell.strip()) for cell in row) > 2)
    return next((row for row in filled if _names_tasks(_columns(row, ()))), ())


def _names_tasks(columns: Sequence[Column | Role]) -> bool:
    return any(column in (Column.TASK, Column.TARGET) for column in columns)


def _columns(cells: Sequence[str], below: Sequence[Sequence[str]]) -> tuple[Column | Role, ...]:
    """What each column holds. `below`: the rows under the heading.

    What stands alone before the number (考核项目) is the chapter. Beside quarters and a column of targets
    全年计划 is the last step.
    """
    columns = [column_of(cell) for cell in cells]
    before = columns[: columns.index(Column.NUMBER)] if Column.NUMBER in columns else []
    if before in ([Column.TASK], [Column.TARGET]):
        columns[0] = Column.SECTION
    if Column.STEP in columns and columns.count(Column.TARGET) > 1:
        columns = [
            Column.STEP if _WHOLE_YEAR.search(folded(cell)) else column
            for cell, column in zip(cells, columns, strict=True)
        ]
    if not any(column in (Role.LEAD, Role.OWN) for column in columns):
        columns = [_in_charge(cell, column) for cell, column in zip(cells, columns, strict=True)]
    if not any(column in (Role.LEAD, Role.OWN) for column in columns):
        columns = [
            Role.OWN if _UNIT.fullmatch("".join(cell.split())) and _holds_units(below, at) else column
            for at, (cell, column) in enumerate(zip(cells, columns, strict=True))
        ]
    return tuple(columns)


def _holds_units(rows: Sequence[Sequence[str]], at: int) -> bool:
    """Whether every cell of the column names units: of measure (亿元) none, and no further heading."""
    cells = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
    return bool(cells) and all(_is_of_units(cell) for cell in cells)


def _is_of_units(cell: str) -> bool:
    if not re.search(r"[:：]", cell) and role_of_heading("".join(cell.split())) is not None:
        return False  # 牵头单位: the second row of a heading
    names = [name for listed in owned_by_role(Role.OWN, cell).values() for name in listed]
    return bool(names) and all(map(looks_like_body, names))


def _in_charge(cell: str, column: Column | Role) -> Column | Role:
    """主管部门 and 归口单位 do it where no other column says who does."""
    bare = re.sub(r"\s+", "", folded(cell))
    return Role.OWN if _IN_CHARGE.fullmatch(bare) else column


def _of_two_rows(upper: Sequence[str], lower: Sequence[str]) -> Sequence[str]:
    """A heading of two rows: 责任分工 above 牵头单位 and 配合单位; what stands only above spans both."""
    if len(upper) != len(lower) or all(cell.strip() for cell in lower) or not _is_short(lower):
        return ()
    return [below or above for above, below in zip(upper, lower, strict=True)]


def _is_short(cells: Sequence[str]) -> bool:
    return all(len(cell.strip()) <= 12 for cell in cells)
