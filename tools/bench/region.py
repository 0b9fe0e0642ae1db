"""A region of any size for measuring: its ledger, its forms as sent out, and as clerks send them back."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from measuring import workplan

from workplan_xlsx.config import default_config_text
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.model import Bound, Ledger, PlanHead, Target, Task, Unit
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.store.opening import open_store

PERIOD = "2023-06"
SENT_AT, CLOSED_AT = "2023-06-01T09:00", "2023-07-05T09:00"
TASKS, TARGETS = 4, 3
"""Of each unit: four tasks with three targets each make a form of twelve rows."""

_UNITS_A_CITY = 340
_FIGURES = re.compile(r'<c r="I(\d+)" s="(\d+)"/>')
_ACCOUNTS = re.compile(r'<c r="M(\d+)" s="(\d+)"/>')
_TARGET = re.compile(r'<c r="F(\d+)" s="\d+"><v>')
_SAID = "已召开推进会，明确责任人和完成时限，本期新增部分已通过验收，其余正在施工。第{}项。"


def found(root: Path, units: int) -> None:
    """Make a workspace for that many units, with the ledger in force in the store."""
    root.mkdir(parents=True)
    for name in ("templates", "inbox", "outbox"):
        (root / name).mkdir()
    ledger = ledger_of(units)
    text = default_config_text(
        plan_code=ledger.head.code, year=2023, rhythm=Rhythm.MONTHLY, office="测算区政府办公室", language="zh"
    )
    (root / "workplan.toml").write_text(text, encoding="utf-8")
    config = load_config(root)
    with open_store(config.store) as store:
        store.record_ledger(ledger, datetime(2023, 5, 24, 9, tzinfo=config.zone))


def ledger_of(units: int) -> Ledger:
    """A ledger of that many units in ranking groups of 340, each with four tasks of three targets."""
    head = PlanHead(
        code="P2023-bench",
        title="测算省2023年重点工作任务",
        document_number="测政办〔2023〕1号",
        issuer="测算省人民政府办公室",
        issued_on=None,
        year=2023,
    )
    names = [f"第{number:06d}号单位" for number in range(1, units + 1)]
    return Ledger(
        head=head,
        units=tuple(
            Unit(name=name, ranking_group=f"第{index // _UNITS_A_CITY + 1}组")
            for index, name in enumerate(names)
        ),
        tasks=tuple(_tasks(names)),
    )


def _tasks(names: list[str]) -> Iterator[Task]:
    for index, name in enumerate(names):
        for place in range(1, TASKS + 1):
            code = str(index * TASKS + place)
            yield Task(
                code=code,
                number=code,
                section_ordinal="一",
                section_title="重点任务",
                title=f"第{code}项重点任务",
                text="围绕年度目标，完善机制，压实责任，加快推进。" * 4,
                lead_units=(name,),
                reporting_unit=name,
                targets=tuple(_target(code, number) for number in range(1, TARGETS + 1)),
            )


def _target(task: str, number: int) -> Target:
    value = Decimal(100 + int(task) % 50)
    return Target(
        code=f"{task}-{number}",
        name=f"第{number}类项目",
        words=f"{value}个以上",
        bound=Bound.AT_LEAST,
        value=value,
        unit="个",
    )


def send_out(root: Path) -> None:
    """Make all forms of the period."""
    command = workplan("-C", root, "-q", "templates", "--period", PERIOD, "--as-of", SENT_AT)
    subprocess.run(command, check=True, capture_output=True)


def fill_in(root: Path, filled: Path, limit: int | None = None) -> list[Path]:
    """Fill every form (or the first `limit`) as a clerk would, but fast; return the files."""
    filled.mkdir(parents=True)
    forms = sorted((root / "templates" / PERIOD).glob("[0-9]*_填报表.xlsx"))[:limit]
    return [_filled(form, filled / f"{form.stem}(已填).xlsx", seed) for seed, form in enumerate(forms)]


def _filled(form: Path, returned: Path, seed: int) -> Path:
    with zipfile.ZipFile(form) as sent, zipfile.ZipFile(returned, "w", zipfile.ZIP_DEFLATED) as back:
        sheet = sent.read("xl/worksheets/sheet1.xml").decode()
        strings = sent.read("xl/sharedStrings.xml").decode()
        first = strings.count("<si>")
        rows = {int(row) for row in _TARGET.findall(sheet)}
        sheet = _FIGURES.sub(lambda cell: _number(cell, rows, seed), sheet)
        sheet = _ACCOUNTS.sub(lambda cell: _text(cell, rows, first), sheet)
        said = "".join(f"<si><t>{_SAID.format(row)}</t></si>" for row in sorted(rows))
        for part in sent.infolist():
            if part.filename == "xl/worksheets/sheet1.xml":
                back.writestr(part.filename, sheet)
            elif part.filename == "xl/sharedStrings.xml":
                back.writestr(part.filename, strings.replace("</sst>", said + "</sst>"))
            else:
                back.writestr(part.filename, sent.read(part.filename))
    return returned


def _number(cell: re.Match[str], rows: set[int], seed: int) -> str:
    row = int(cell[1])
    if row not in rows:
        return cell[0]
    return f'<c r="I{row}" s="{cell[2]}"><v>{20 + (seed * 7 + row * 3) % 70}</v></c>'


def _text(cell: re.Match[str], rows: set[int], first: int) -> str:
    row = int(cell[1])
    if row not in rows:
        return cell[0]
    return f'<c r="M{row}" s="{cell[2]}" t="s"><v>{first + sorted(rows).index(row)}</v></c>'


def drop(filled: Path, root: Path) -> None:
    """Put the filled forms into the inbox."""
    for file in filled.iterdir():
        shutil.copy(file, root / "inbox" / file.name)


def again(master: Path, root: Path) -> None:
    """Put the workspace back to how it was; what the run before left is put aside, not deleted.

    Where thousands of files have just been deleted an ext4 without a journal takes up to 0.6 ms of processor
    time for every file that is made next: it tries the numbers of all that were deleted a moment ago.
    """
    if root.exists():
        root.rename(tempfile.mkdtemp(prefix=f"{root.name}-", dir=root.parent))
    shutil.copytree(master, root)
