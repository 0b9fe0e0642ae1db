"""A clerk who fills in a form with openpyxl, as Excel would; he knows only what the form itself shows."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, cast

from workplan_xlsx.books.columns import CODE_KEY, key_of_header, key_of_label
from workplan_xlsx.domain.model import Stage

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_SIGN_OFF = {"filled_by": "张三", "phone": "0537-3412345", "reviewed_by": "李四", "filled_on": "2023-06-26"}
_ACCOUNTS = (
    "已完成前期准备，{month}按计划推进了 {steps} 个环节。",
    "{month}新增部分已通过验收，另有 {steps} 处正在施工。",
    "{month}召开专题会 {steps} 次，明确了责任人和完成时间。",
    "{month}进度总体正常，{steps} 个项目的手续正在办理。",
)
_DIFFICULTIES = ("", "", "", "部分项目用地手续办理较慢。", "", "配套资金尚未全部到位。")
_WHOLE_UNITS = ("家", "个", "项", "人", "名", "场", "条", "处", "所", "张", "户", "人次", "余场")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the form as the clerk sees it: its code and its cells by column key."""

    code: str
    cells: dict[str, Cell]

    @property
    def takes_number(self) -> bool:
        """Whether the figure's cell is open for him."""
        return not self.cells["actual"].protection.locked

    @property
    def takes_stage(self) -> bool:
        """Whether a stage is asked and no figure."""
        return not self.takes_number and not self.cells["stage"].protection.locked

    @property
    def target(self) -> Decimal | None:
        """The year's target that the form shows."""
        shown = self.cells["target"].value
        return None if shown is None else Decimal(str(shown))


Slip = Callable[["Worksheet", list[Row]], None]
"""What goes wrong with a form before it is saved."""


def fill(
    form: Path, returned: Path, *, month: str, share: float, seed: str, slip: Slip | None = None
) -> None:
    """Fill in the form as if `share` of the year's work were done, make the slip, save under another name.

    `month` is what a clerk calls the period in his account of progress, e.g. 6月.
    """
    import openpyxl

    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    chance = random.Random(seed)
    _sign(sheet)
    rows = list(rows_of(sheet))
    for row in rows:
        _fill_row(row, month, share, chance)
    if slip is not None:
        slip(sheet, rows)
    returned.parent.mkdir(parents=True, exist_ok=True)
    book.save(returned)


def _sign(sheet: Worksheet) -> None:
    for number, line in enumerate(sheet.iter_rows(max_row=6), start=1):
        for index, cell in enumerate(line, start=1):
            key = key_of_label(str(cell.value)) if cell.value else None
            if key in _SIGN_OFF:
                sheet.cell(number, index + 1).value = _SIGN_OFF[key]


def rows_of(sheet: Worksheet) -> Iterator[Row]:
    """The rows of the form's table, bands left out."""
    columns: dict[str, int] = {}
    for number, line in enumerate(sheet.iter_rows(), start=1):
        if not columns:
            keys = {key_of_header(str(cell.value)): index for index, cell in enumerate(line, 1) if cell.value}
            if CODE_KEY in keys and "actual" in keys:
                columns = {key: index for key, index in keys.items() if key}
            continue
        cells = {key: cast("Cell", sheet.cell(number, column)) for key, column in columns.items()}
        if cells["name"].value:
            yield Row(code=str(cells[CODE_KEY].value), cells=cells)


def _fill_row(row: Row, month: str, share: float, chance: random.Random) -> None:
    if row.takes_number:
        row.cells["actual"].value = _figure(row, share, chance)
    elif row.takes_stage:
        row.cells["stage"].value = _stage(share + chance.uniform(-0.2, 0.2))
    account = chance.choice(_ACCOUNTS)
    row.cells["progress"].value = account.format(month=month, steps=chance.randint(1, 9))
    difficulty = chance.choice(_DIFFICULTIES)
    if difficulty:
        row.cells["difficulty"].value = difficulty
        row.cells["request"].value = "请协调有关单位加快办理。"
    row.cells["next_steps"].value = "按计划推进，下期完成阶段目标。"


def _figure(row: Row, share: float, chance: random.Random) -> float | int:
    """Cumulative figures grow with the share of the year; rates come near their target early."""
    target = row.target or Decimal(1)
    unit = str(row.cells["unit"].value)
    planned, before = row.cells["planned"].value, row.cells["before"].value
    if unit in ("%", "％") or (planned is not None and Decimal(str(planned)) == target):
        reached = target * Decimal(str(round(chance.uniform(0.8 + 0.2 * share, 1.01), 3)))
    else:
        reached = target * Decimal(str(round(share * chance.uniform(0.55, 1.25), 3)))
    reached = max(reached, Decimal(str(before or 0)))
    if unit in _WHOLE_UNITS:
        return int(reached)
    return float(round(reached, 2))


def _stage(share: float) -> str:
    stages = list(Stage)
    return stages[min(len(stages) - 1, max(0, int(share * len(stages))))].value
