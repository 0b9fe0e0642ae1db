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
    r"备注|说明|状态|进展|完成情况|领导|Status|Progress|Notes?|Remarks?|Budget", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row of a table of tasks: its place, and what each column holds."""

    row: int
    columns: tuple[Column | Role, ...]

    def at(self, *kinds: Column | Role) -> list[int]:
        """The columns that hold one of these, in order."""
        return [index for index, column in enumerate(self.columns) if column in kinds]


def column_of(text: str) -> Column | Role:
    """Return what a column of this heading holds."""
    bare = re.sub(r"\s+", "" if not text.isascii() else " ", folded(text)).strip()
    role = role_of_heading(bare)
    if role is not None and len(bare) <= 24:
        return role
    if not bare or len(bare) > 24 or _NOT_TASK.search(bare):
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
        columns = tuple(column_of(cell) for cell in row)
        tasks = any(column in (Column.TASK, Column.TARGET) for column in columns)
        if tasks and any(column in (Role.LEAD, Role.OWN) for column in columns):
            return Heading(index, columns)
    return None
