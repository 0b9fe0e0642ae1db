"""Targets parted among units (目标任务分解表): a row for each unit, a column for each indicator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workplan_xlsx.notice.documents.blocks import Grid
from workplan_xlsx.notice.tables.measured import as_promise, is_number, measure_of_heading, name_of_heading

_UNIT = re.compile(
    r"(?:责任|牵头|承担|实施|下达|分解)?(?:单位|部门)(?:名称)?|(?:乡镇|镇街|街镇|县区|区县|县市区|市州|镇|街道|乡)(?:名称|街道|园区)?"
    r"|县（市、区）|乡镇（街道）|镇（街道）|各?地区|区域|园区"
)
_BESIDE = re.compile(r"序号?|编号|备注|说明")
_TOTAL = re.compile(r"(?:全[省市区县州镇]|合|总|小|共)\s*计?[:：]?|全[省市区县州]合计")
_MOST_HEADINGS = 3


def tasks_of_units(grid: Grid) -> Grid | None:
    """Return the table as one of tasks, a row for each unit; None for any other table.

    It is one if a column names units and all others, but 序号 and 备注, hold numbers only.
    """
    for count in range(1, min(_MOST_HEADINGS, len(grid.rows) - 1) + 1):
        heading, rows = _heading(grid.rows[:count]), grid.rows[count:]
        at = next((column for column, name in enumerate(heading) if _UNIT.fullmatch(name)), None)
        if at is None:
            continue
        body = [
            row
            for row in rows
            if at < len(row) and not any(_TOTAL.fullmatch(cell.strip()) for cell in row[: at + 1])
        ]
        columns = [
            column for column, name in enumerate(heading) if column != at and not _BESIDE.fullmatch(name)
        ]
        if columns and len(body) > 1 and all(_holds_numbers(body, column) for column in columns):
            return Grid((("工作任务", "目标", "责任单位"), *_rows(heading, body, at, columns)))
    return None


def _heading(rows: Sequence[Sequence[str]]) -> list[str]:
    """The names of the columns from one or several rows; one that spans columns stands before theirs."""
    width = max(map(len, rows))
    names = [""] * width
    for place, row in enumerate(rows):
        above = ""
        for column in range(width):
            cell = re.sub(r"\s", "", row[column]) if column < len(row) else ""
            above = cell or (above if place < len(rows) - 1 and not names[column] else "")
            if above and not names[column].endswith(above):
                names[column] += above
    return names


def _holds_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    cells = [
        row[column].strip()
        for row in rows
        if column < len(row) and row[column].strip() not in ("", "-", "—", "/")
    ]
    return bool(cells) and all(map(is_number, cells))


def _rows(
    heading: Sequence[str], rows: Sequence[Sequence[str]], at: int, columns: Sequence[int]
) -> Iterator[tuple[str, str, str]]:
    for row in rows:
        unit = "".join(row[at].split())
        told = [
            as_promise(name_of_heading(heading[column]), row[column], measure_of_heading(heading[column]))
            for column in columns
            if column < len(row) and is_number(row[column])
        ]
        if unit and told:
            yield f"{unit}目标任务", "；".join(told), unit
