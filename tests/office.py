"""A small office for tests: a short notice, a workspace, forms filled as a clerk would, commands as typed."""

from __future__ import annotations

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from workplan_xlsx.cli import main

NOTICE = """示范区人民政府办公室
关于印发《示范区2023年重点工作任务》的通知
示政办字〔2023〕1号
2023年5月20日
一、产业发展
1.招商引资。引进亿元以上项目30个，实际利用外资突破1亿美元。（牵头单位：区商务局、区科技局）
2.科技创新。高新技术企业达到40家，研发机构覆盖率达到35%以上。（牵头单位：区科技局）
3.优化环境。完善企业服务机制，推动政策落地。（牵头单位：区商务局）
二、民生改善
4.新增就业。新增城镇就业4000人以上。（牵头单位：区人社局）
三、组织实施
5.加强领导。各单位要高度重视。
"""


@dataclass
class Told:
    """What a command said: exit code, data on stdout, talk on stderr."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)


class SmallOffice:
    """A workspace with three units, and the commands of the product run on it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = root
        self._capsys = capsys

    def run(self, *arguments: str) -> Told:
        """Run `workplan -C root ...` in this process."""
        return run(self._capsys, "-C", str(self.root), *arguments)

    def form(self, unit: str, period: str = "2023-06") -> Path:
        """The unit's blank form."""
        return next((self.root / "templates" / period).glob(f"*_{unit}_*.xlsx"))

    def write_in_ledger(self, target: str, column: str, value: object) -> None:
        """As the coordinator does: a cell of the target's row on the sheet 指标; not yet in force."""
        path = self.root / "ledger.xlsx"
        book = openpyxl.load_workbook(path)
        sheet = book["指标"]
        heads = {cell.value: cell.column for cell in sheet[1]}
        row = next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == target)
        sheet.cell(row, heads[column]).value = value
        book.save(path)

    def type_in_ledger(self, **cells: object) -> None:
        """Type into ledger.xlsx as the coordinator would: 核定_A2="1-1"."""
        path = self.root / "ledger.xlsx"
        book = openpyxl.load_workbook(path)
        for place, content in cells.items():
            sheet, at = place.rsplit("_", 1)
            book[sheet][at] = content
        book.save(path)

    def drop(self, name: str, form: Path, values: dict[str, Any]) -> Path:
        """Fill in a form as a clerk would and drop it into the inbox under that name."""
        path = self.root / "inbox" / name
        fill(form, path, values)
        return path


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> Told:
    """Run the command line in this process."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(list(arguments))
    out, err = capsys.readouterr()
    return Told(int(left.value.code or 0), out, err)


def told(*arguments: str) -> str:
    """Run a command where no test listens (a module's fixture); return what it printed as data.

    It may ask for a person, and may not fail.
    """
    said, talk = StringIO(), StringIO()
    with redirect_stdout(said), redirect_stderr(talk), pytest.raises(SystemExit) as left:
        main(list(arguments))
    assert left.value.code in (None, 0, 1), talk.getvalue()
    return said.getvalue()


def fill(form: Path, returned: Path, values: dict[str, Any]) -> None:
    """Write values by `code` (its figure or stage) or `code:header`, or `=B3` for a plain cell."""
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    head, columns = header_of(sheet)
    rows = {str(sheet.cell(row, columns["序号"]).value): row for row in range(head + 1, sheet.max_row + 1)}
    for place, value in values.items():
        if place.startswith("="):
            sheet[place[1:]].value = value
            continue
        code, _, header = place.partition(":")
        stage = (
            isinstance(value, str)
            and not header
            and value in ("未启动", "已启动", "推进中", "基本完成", "已完成")
        )
        sheet.cell(rows[code], columns[header or ("进展状态" if stage else "本期累计完成")]).value = value
    book.save(returned)


def header_of(sheet: Any) -> tuple[int, dict[str, int]]:
    """The header row and the columns of a form by their wording."""
    for row in sheet.iter_rows():
        found = {str(cell.value): cell.column for cell in row if cell.value is not None}
        if "序号" in found and "本期累计完成" in found:
            return row[0].row, found
    raise AssertionError("no header row")
