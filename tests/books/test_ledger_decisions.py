"""The office's decisions in ledger.xlsx: read back exactly, told where they are about nothing, kept by us."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from ledger_samples import JUNE, SURE, change, told, written

from workplan_xlsx.books.ledger.problem_sheet import write_problems
from workplan_xlsx.books.ledger.reader import read_ledger
from workplan_xlsx.domain.decisions import Decisions, Override, ProblemAnswer, Reopening, Waiver
from workplan_xlsx.domain.model import Joint
from workplan_xlsx.domain.problems import Problem, ProblemState
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.domain.traffic_light import TrafficLight

DECIDED = Decisions(
    overrides=(
        Override(code="1-1", period=JUNE, value=Decimal("66.50"), who="李主任", why="现场核实", decided_on=date(2023, 7, 3)),
        Override(code="2", period=JUNE, light=TrafficLight.GREEN, who="李主任", why="证书补发"),
    ),
    waivers=(
        Waiver(rule="Q401", unit="区科学技术局", target="1-1", until=date(2023, 9, 30), who="李主任", why="口径调整"),
        Waiver(rule="不得少于30家", who="李主任", why="试点"),
    ),
    answers=(
        ProblemAnswer(number="2023-06/1-1", answer="请自然资源局研究", responsible_unit="自然资源局", due_on=date(2023, 7, 20), closed_on=date(2023, 8, 1), who="王科"),
    ),
    reopenings=(Reopening(period=JUNE, unit="区科学技术局", who="李主任", why="更正", decided_on=date(2023, 7, 8)),),
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "ledger.xlsx")


def test_every_decision_reads_back_as_it_was_written(tmp_path: Path):
    """Nothing is lost or rounded between the ledger and its book."""
    book = written(tmp_path / "decided.xlsx", replace(SURE, decisions=DECIDED))
    reading = read_ledger(book)

    assert told(book) == []
    assert reading.ledger is not None
    assert reading.ledger.decisions == DECIDED
    assert reading.answers_at == {"2023-06/1-1": ("问题清单", "A2")}


def test_the_way_of_merging_is_a_column_that_older_books_may_lack(path: Path):
    """合并方式: blank means the reporting unit's figure."""
    change(path, 指标_R2="相加")
    ledger = read_ledger(path).ledger
    assert ledger is not None
    assert [ledger.target_by_code[code].joint for code in ("1-1", "1-2")] == [Joint.SUM, Joint.REPORTING_UNIT]

    book = openpyxl.load_workbook(path)
    book["指标"].delete_cols(18)
    for name in ("核定", "问题清单", "规则豁免", "期次重开"):
        del book[name]
    book.save(path)
    assert told(path) == []
    older = read_ledger(path).ledger
    assert older is not None
    assert (older.decisions, older.target_by_code["1-1"].joint) == (Decisions(), Joint.REPORTING_UNIT)


SIGNED = {"核定_F2": "李主任", "核定_G2": "现场核实"}
WAIVED = {"规则豁免_E2": "李主任", "规则豁免_F2": "试点"}
MISTAKES = [
    (
        {"核定_A2": "9-9", "核定_B2": "2023-06", "核定_E2": "绿灯", **SIGNED},
        ["error 核定!A2 “序号”中的“9-9”不在台账中。请写任务编码或指标编码。"],
    ),
    (
        {"核定_A2": "1-1", "核定_B2": "2023-06", "核定_C2": 66},
        ["error 核定!F2 这一行没有写清由谁决定、为什么。请填写“核定人”和“核定理由”，两项都会随数字一起公布。"],
    ),
    (
        {"核定_A2": "1-1", "核定_B2": "2023-06", **SIGNED},
        ["error 核定!C2 这一行没有写核定成什么。请填核定数值、核定状态、核定灯中的一项（任务编码只能核定灯）。"],
    ),
    (
        {"核定_A2": "1", "核定_B2": "2023-06", "核定_C2": 66, **SIGNED},
        ["error 核定!C2 这一行没有写核定成什么。请填核定数值、核定状态、核定灯中的一项（任务编码只能核定灯）。"],
    ),
    (
        {"核定_A2": "1-1", "核定_B2": "2024-06", "核定_C2": 66, **SIGNED},
        ["error 核定!B2 “2024-06”不在 2023 年计划之内。请改正。"],
    ),
    (
        {"核定_A2": "1-1", "核定_C2": 66, **SIGNED},
        ["error 核定!B2 “填报期”没有填。请填写；整行不要的，请删除整行。"],
    ),
    (
        {
            "核定_A2": "1-1", "核定_B2": "2023-06", "核定_C2": 66, **SIGNED,
            "核定_A3": "1-1", "核定_B3": "2023-06", "核定_C3": 67, "核定_F3": "王科", "核定_G3": "又核实",
        },
        ["error 核定!A3 “1-1”在 2023-06 已有一条核定（A2）。请只保留一条。"],
    ),
    (
        {"规则豁免_A2": "Q999", **WAIVED},
        ["error 规则豁免!A2 没有规则“Q999”。请写规则代码（例如 Q401；运行 workplan explain 查看全部），自定规则写它的名称。"],
    ),
    (
        {"规则豁免_A2": "Ｑ4O1", **WAIVED},
        ["error 规则豁免!A2 没有规则“Ｑ4O1”，是不是“Q401”？请改正，或删除这一行。"],
    ),
    (
        {"规则豁免_A2": "Q902", **WAIVED},
        ["error 规则豁免!A2 没有规则“Q902”。请写规则代码（例如 Q401；运行 workplan explain 查看全部），自定规则写它的名称。"],
    ),
    (
        {"规则豁免_A2": "E301", **WAIVED},
        ["error 规则豁免!A2 规则“E301”不能豁免：没有它就没有可用的数字。能豁免的是须核对类（Q）规则和自定规则，请改写或删除这一行。"],
    ),
    (
        {"期次重开_A2": "2023-06", "期次重开_B2": "区科技厅", "期次重开_C2": "李主任", "期次重开_D2": "更正"},
        ["error 期次重开!B2 “重开单位”中的“区科技厅”不在“单位”表中，是不是“区科学技术局”？请改为单位表中的名称，或把它加为该单位的别名。"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "lines"), MISTAKES)
def test_a_decision_about_nothing_or_by_nobody_stops_the_ledger(path: Path, cells, lines):
    """The cell, what stands there, what to do."""
    change(path, **cells)

    assert told(path) == lines
    assert read_ledger(path).ledger is None


def _problem(number: str, difficulty: str, **more) -> Problem:
    target = SURE.target_by_code["1-1"]
    verdict = Verdict(
        file="x.xlsx", sha256="0" * 64, outcome=Outcome.ACCEPTED, unit="区工业和信息化局", period=JUNE
    )
    source = Submission(
        received_at=datetime(2023, 6, 27, tzinfo=timezone(timedelta(hours=8))), version=1, verdict=verdict
    )
    return Problem(
        unit="区工业和信息化局", task=SURE.tasks[0], target=target, difficulty=difficulty, request="请协调",
        next_steps="", source=source, sheet="填报", cell="H8", number=number, raised_in=JUNE, told_in=JUNE, **more,
    )  # fmt: skip


def _rows(path: Path) -> list[list[object]]:
    return [
        list(row)
        for row in openpyxl.load_workbook(path)["问题清单"].iter_rows(min_row=2, max_col=8, values_only=True)
        if any(row)
    ]


def test_new_problems_are_added_and_states_renewed_and_nothing_else_is_touched(path: Path):
    """The coordinator's answer, own columns and sheets stay; every other part of the book byte for byte."""
    change(path, 任务_M1="我的批注", 任务_M2="=1+1")
    before = _parts(path)
    first = write_problems([_problem("2023-06/1-1", "=用地指标不足")], path, "zh")
    change_in_place = _parts(path)
    answered = replace(
        _problem("2023-06/1-1", "=用地指标不足", state=ProblemState.COORDINATING), overdue_days=3
    )
    change(path, 问题清单_H2="请自然资源局研究")
    second = write_problems([_problem("2023-06/2-1", "缺少资金"), answered], path, "zh")

    assert (first.rows, first.finding, second.rows) == (1, None, 2)
    assert [name for name in before if before[name] != change_in_place[name]] == ["xl/worksheets/sheet7.xml"]
    assert _rows(path) == [
        [
            "2023-06/1-1",
            "区工业和信息化局",
            "规上工业企业",
            "=用地指标不足",
            "请协调",
            "协调中·逾期",
            "2023-06",
            "请自然资源局研究",
        ],
        ["2023-06/2-1", "区工业和信息化局", "规上工业企业", "缺少资金", "请协调", "新增", "2023-06", None],
    ]
    assert write_problems([answered], path, "zh").rows == 0


def _parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {name: hashlib.sha256(book.read(name)).hexdigest() for name in book.namelist()}


def test_a_book_that_is_open_is_not_written_into(path: Path):
    """The lock file of Excel or LibreOffice lies beside it: nothing is overwritten, and that is said."""
    (path.parent / "~$ledger.xlsx").write_bytes(b"\x05user")
    before = path.read_bytes()
    done = write_problems([_problem("2023-06/1-1", "缺少资金")], path, "zh")

    assert path.read_bytes() == before
    assert done.finding is not None
    assert done.finding.message("zh").startswith(
        "ledger.xlsx 在读取之后又被改动或正被打开，没有写入（待写入 1 行）"
    )


def test_a_change_since_the_book_was_read_is_noticed(path: Path, monkeypatch):
    """Somebody saves while we work: his copy stays as it is."""
    from workplan_xlsx.books.ledger import problem_sheet

    patch = problem_sheet.with_texts

    def saved_meanwhile(data, sheet, texts):
        change(path, 单位_F2="新联系人")
        return patch(data, sheet, texts)

    monkeypatch.setattr(problem_sheet, "with_texts", saved_meanwhile)
    done = write_problems([_problem("2023-06/1-1", "缺少资金")], path, "zh")

    assert done.finding is not None
    assert openpyxl.load_workbook(path)["单位"]["F2"].value == "新联系人"
    assert _rows(path) == []


def test_a_book_without_the_sheet_is_left_alone(path: Path):
    """An older ledger."""
    book = openpyxl.load_workbook(path)
    del book["问题清单"]
    book.save(path)
    before = path.read_bytes()

    assert write_problems([_problem("2023-06/1-1", "缺少资金")], path, "zh").rows == 0
    assert path.read_bytes() == before
