"""What the coordinator is told about ledger.xlsx: the cell, what stands there, what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from ledger_samples import HEAD, LEDGER, change, told, written

from workplan_xlsx.books.ledger.reader import read_ledger
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.words import say


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return written(tmp_path / "ledger.xlsx")


def test_a_sound_ledger_is_not_criticised(path: Path):
    """Nothing to say is said as nothing."""
    assert told(path) == []


MISTAKES = [
    # units
    (
        {"任务_G2": "区工信局、区科学技术局"},
        ["note 任务!G2 “牵头单位”中的“区工信局”已按“区工业和信息化局”计（别名）。"],
    ),
    (
        {"任务_G2": "工信局、区科学技术局", "任务_I2": "区科学技术局"},
        [
            "error 任务!G2 “牵头单位”中的“工信局”不在“单位”表中，是不是“区工业和信息化局”？"
            "请改为单位表中的名称，或把它加为该单位的别名。"
        ],
    ),
    (
        {"任务_G3": "区科学技术局、XYZ"},
        ["error 任务!G3 “牵头单位”中的“XYZ”不在“单位”表中。请核对名称，或在“单位”表中增加该单位。"],
    ),
    (
        {"任务_I2": "城南供电公司"},
        [
            "error 任务!I2 口径单位“城南供电公司”不在牵头单位（区工业和信息化局、区科学技术局）之中。"
            "请从牵头单位中选一个。"
        ],
    ),
    (
        {"任务_I2": None},
        ["note 任务!I2 没有填口径单位，已按排在第一的牵头单位“区工业和信息化局”计。"],
    ),
    (
        {"单位_A4": "区科学技术局", "任务_G3": "区科学技术局"},
        [
            "error 单位!A4 名称“区科学技术局”用了两次：“区科学技术局”和“区科学技术局”。"
            "名称和别名都不能重复，请改正。"
        ],
    ),
    (
        {"单位_B3": "区工信局"},
        [
            "error 单位!B3 名称“区工信局”用了两次：“区工业和信息化局”和“区科学技术局”。"
            "名称和别名都不能重复，请改正。"
        ],
    ),
    # numbers
    (
        {"指标_F2": 1e300},
        [
            "error 指标!F2 “目标值”填的是 1e+300，整数部分超过 15 位，不可能是目标。"
            "请核对；数字大的，请在“计量单位”栏用“万”“亿”。"
        ],
    ),
    # codes
    (
        {"任务_A3": "1", "指标_B4": "1", "指标_B5": "1", "指标_B6": "1"},
        ["error 任务!A3 编码“1”重复，A2 已经用过。请改成不重复的编码。"],
    ),
    (
        {"指标_A3": "1-1", "计划节点_A3": None, "计划节点_D3": None},
        ["error 指标!A3 编码“1-1”重复，A2 已经用过。请改成不重复的编码。"],
    ),
    (
        {"指标_B3": "9"},
        ["error 指标!B3 任务编码“9”不在“任务”表中。请改正编码，或在“任务”表中增加该任务。"],
    ),
    (
        {"指标_A3": None},
        [
            "error 指标!A3 “指标编码”没有填。请填写；整行不要的，请删除整行。",
            "error 计划节点!A3 计划节点中的指标编码“1-2”不在“指标”表中。请改正或删除该行。",
        ],
    ),
    (
        {"指标_A2": date(2023, 1, 1)},
        [
            "error 指标!A2 “指标编码”被 Excel 改成了日期（2023-01-01）。"
            "请先把单元格设为“文本”格式，再重新填写。",
            "error 计划节点!A2 计划节点中的指标编码“1-1”不在“指标”表中。请改正或删除该行。",
        ],
    ),
    # numbers
    (
        {"指标_F2": "2000万"},
        ["error 指标!F2 “目标值”应只填数字，填的是“2000万”。请改为数字，单位写在“计量单位”栏。"],
    ),
    ({"指标_F2": "3,550 "}, ["note 指标!F2 “目标值”写的是“3,550 ”，已按 3550 计。"]),
    (
        {"指标_F2": 0},
        [
            "error 指标!F2 “规上工业企业”要按目标值计算完成率，目标值应大于 0，现在是“0”。"
            "请填写；暂时定不下来的，“标记”选“待定”；不考核的，“纳入填报”选“否”。"
        ],
    ),
    (
        {"指标_F2": None},
        [
            "error 指标!F2 “规上工业企业”要按目标值计算完成率，目标值应大于 0，现在是“—”。"
            "请填写；暂时定不下来的，“标记”选“待定”；不考核的，“纳入填报”选“否”。"
        ],
    ),
    ({"指标_F2": 0, "指标_M2": "待定"}, []),
    ({"指标_F2": 0, "指标_N2": "否"}, []),
    ({"指标_F2": 0, "指标_E2": "不高于"}, []),
    (
        {"指标_F4": 3},
        ["error 指标!G4 “新增平台”区间的上限 2 小于下限 3。请对调或改正。"],
    ),
    (
        {"指标_G4": None},
        ["error 指标!G4 “新增平台”的方向是“区间”，但没有填目标值上限。请填写，或改选方向。"],
    ),
    (
        {"指标_G2": 300},
        ["error 指标!G2 “规上工业企业”填了目标值上限 300，但方向不是“区间”。请改选“区间”，或清空上限。"],
    ),
    (
        {"指标_L2": 0, "任务_K3": -1},
        [
            "error 任务!K3 权重应大于 0，填的是 -1。请改正；不考核的任务或指标请用“标记”或“纳入填报”。",
            "error 指标!L2 权重应大于 0，填的是 0。请改正；不考核的任务或指标请用“标记”或“纳入填报”。",
        ],
    ),
    (
        {"指标_K6": None},
        ["note 指标!K6 “存量问题”的性质是“清零”，没有基数就算不出完成率，填好之前按“待定”处理。"],
    ),
    # lists
    (
        {"指标_E2": "以上"},
        [
            "error 指标!E2 “方向”应从“不低于、超过、不高于、低于、等于、左右、区间”中选择，"
            "填的是“以上”。请重新选择。"
        ],
    ),
    ({"指标_E2": ">="}, []),
    ({"指标_I2": None}, ["error 指标!I2 “性质”没有填。请填写；整行不要的，请删除整行。"]),
    (
        {"指标_N2": "也许"},
        ["error 指标!N2 “纳入填报”应从“是、否”中选择，填的是“也许”。请重新选择。"],
    ),
    (
        {"指标_O2": "待确认", "指标_F2": 0},
        [
            "note 指标!F2 “规上工业企业”待确认：目标值是“0”，算不出完成率，填好之前按“待定”处理。",
            "note 指标!O2 还有 1 项指标待确认，从这里开始。",
        ],
    ),
    # dates and periods
    (
        {"任务_J2": "年底"},
        ["error 任务!J2 “完成时限”应是日期（例如 2023-12-31），填的是“年底”。请改正。"],
    ),
    ({"任务_J2": "2023年11月30日"}, []),
    (
        {"计划节点_D4": "年底"},
        ["error 计划节点!D4 “仅某期到期”应是填报期（例如 2023-01），填的是“年底”。请改正。"],
    ),
    ({"计划节点_D4": "2024-12"}, ["error 计划节点!D4 “2024-12”不在 2023 年计划之内。请改正。"]),
    # plan nodes
    (
        {"计划节点_P2": 120},
        ["error 计划节点!P2 2023-12 的计划节点是 120，应在 0 到 100 之间（百分比）。请改正。"],
    ),
    (
        {"计划节点_P2": 40},
        ["error 计划节点!P2 2023-12 的计划节点 40 低于前一期的 41.7。进度只升不降，请改正。"],
    ),
    (
        {"计划节点_P2": "大部分"},
        ["error 计划节点!P2 “2023-12”应只填数字，填的是“大部分”。请改为数字，单位写在“计量单位”栏。"],
    ),
    (
        {"计划节点_A6": "9-9"},
        ["error 计划节点!A6 计划节点中的指标编码“9-9”不在“指标”表中。请改正或删除该行。"],
    ),
    # formulas
    ({"指标_D2": "#REF!"}, ["error 指标!D2 “原文”的单元格是公式错误“#REF!”。请直接填写内容。"]),
    (
        {"指标_F2": "=100*2"},
        [
            "error 指标!F2 “目标值”的单元格是公式，但没有计算结果。"
            "请直接填写内容，或在 Excel/WPS 中打开、保存一次。"
        ],
    ),
    # the head
    (
        {"说明与待确认_B3": None, "说明与待确认_B8": "明年"},
        [
            "error 说明与待确认!A3 “计划代码”没有填。请在“计划代码”右边的单元格填写。",
            "error 说明与待确认!B8 “年度”应只填数字，填的是“明年”。请改为数字，单位写在“计量单位”栏。",
        ],
    ),
    # the columns
    (
        {"指标_F1": "指标值"},
        ["error 指标!1 缺少“目标值”列（表头应在第 1 行）。请恢复该列和原来的表头。"],
    ),
    ({"任务_M1": "牵头单位"}, ["error 任务!M1 “牵头单位”列出现了两次（M1）。请只保留一列。"]),
    (
        {"任务_M1": "我的批注", "任务_M2": "问过老王"},
        ["note 任务!M1 “我的批注”不是台账的列，内容不读取。如是备注，请写在“备注”列。"],
    ),
    # what is nobody's business any more
    (
        {"指标_N4": "否", "指标_N5": "否", "指标_N6": "否"},
        ["note 任务!A3 任务“2”有牵头单位，但没有纳入填报的指标，不会出现在填报表和排名中。"],
    ),
]


@pytest.mark.parametrize(("cells", "lines"), MISTAKES, ids=[" ".join(cells) for cells, _ in MISTAKES])
def test_a_change_is_told_with_its_cell(path: Path, cells: dict[str, object], lines: list[str]):
    """Errors stop the ledger, notes do not."""
    change(path, **cells)

    assert told(path) == lines
    assert (read_ledger(path).ledger is None) == any(line.startswith("error") for line in lines)


def test_a_percentage_is_taken_as_it_is_shown(path: Path):
    """Typed as 98.92% Excel stores 0.9892; where the unit is no percentage it is asked about."""
    book = openpyxl.load_workbook(path)
    for at in ("F2", "F3"):
        book["指标"][at] = 0.9892
        book["指标"][at].number_format = "0.00%"
    book["指标"]["H2"] = "%"
    book["计划节点"]["J2"] = 0.5
    book["计划节点"]["J2"].number_format = "0%"
    book.save(path)

    assert told(path) == [
        "note 指标!F2 “目标值”写的是“98.92%”，已按 98.92 计。",
        "error 指标!F3 “目标值”应只填数字，填的是“98.92%”。请改为数字，单位写在“计量单位”栏。",
        "note 计划节点!J2 “2023-06”写的是“50%”，已按 50 计。",
    ]


def test_every_mistake_is_told_at_once(path: Path):
    """Not one at a time, with a run for each."""
    change(path, 任务_G3="XYZ", 指标_F2="约85", 计划节点_P2=300)

    assert [line.split()[1] for line in told(path)] == ["任务!G3", "任务!I3", "指标!F2", "计划节点!P2"]


def test_a_missing_sheet_is_named(path: Path):
    """Deleted or renamed."""
    book = openpyxl.load_workbook(path)
    del book["指标"]
    book["单位"].title = "单位（新）"
    book.save(path)

    assert told(path) == [
        "error 指标 缺少工作表“指标”。请恢复原来的工作表名称，不要删除或改名。",
        "error 单位 缺少工作表“单位”。请恢复原来的工作表名称，不要删除或改名。",
    ]


def test_a_header_that_moved_away_is_not_taken_for_an_empty_sheet(path: Path):
    """A row put above the header would otherwise read as a ledger without targets."""
    book = openpyxl.load_workbook(path)
    book["单位"].insert_rows(1)
    book.save(path)

    assert "error 单位!1 缺少“单位名称”列（表头应在第 1 行）。请恢复该列和原来的表头。" in told(path)


def test_blank_rows_and_columns_far_out_do_not_matter(path: Path):
    """A stray format in the last row and column of the sheet."""
    book = openpyxl.load_workbook(path)
    book["指标"]["XFD1048576"] = " "
    book.save(path)

    assert told(path) == []


def test_a_result_of_a_formula_is_read(tmp_path: Path):
    """=100*2 as Excel saves it, with its result."""
    import xlsxwriter

    source, path = written(tmp_path / "source.xlsx"), tmp_path / "ledger.xlsx"
    read = openpyxl.load_workbook(source)
    with xlsxwriter.Workbook(path) as book:
        for sheet in read:
            tab = book.add_worksheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        style = book.add_format({"num_format": cell.number_format})
                        tab.write(cell.row - 1, cell.column - 1, cell.value, style)
        book.get_worksheet_by_name("指标").write_formula("F2", "=100*2", None, 200)

    assert told(path) == []
    ledger = read_ledger(path).ledger
    assert ledger is not None
    assert ledger.target_by_code["1-1"].value == 200


def test_every_sentence_of_the_ledger_has_both_languages():
    """A finding that cannot be told would be a traceback."""
    for code in Code:
        if code.group == "ledger":
            assert say(f"findings.{code.code}", "zh")
            assert say(f"findings.{code.code}", "en")


def test_a_ledger_without_tasks_can_be_read(tmp_path: Path):
    """The coordinator begins with an empty one."""
    path = written(tmp_path / "ledger.xlsx", Ledger(head=HEAD, units=(), tasks=()))

    assert told(path) == []
    assert read_ledger(path).ledger == Ledger(head=HEAD, units=(), tasks=())


def test_doubts_are_counted_not_listed_one_by_one(tmp_path: Path):
    """The first sheet lists them; the check reminds once."""
    path = written(tmp_path / "ledger.xlsx", LEDGER)

    assert len(told(path)) == 1


@pytest.mark.parametrize(
    ("number", "number_format"),
    [(30, '0"万"'), (30000, "#,##0,"), (30, '"50"'), (30, "0!0"), (30, '"约"0')],
)
def test_a_target_whose_format_shows_another_figure_is_not_taken(path: Path, number, number_format):
    """Whoever reads 30万 in the cell has typed 30: which of the two the notice says nobody can know."""
    book = openpyxl.load_workbook(path)
    book["指标"]["F2"] = number
    book["指标"]["F2"].number_format = number_format
    book.save(path)

    assert told(path) == [
        f"error 指标!F2 “目标值”存的是 {number}，但按单元格格式（{number_format}）看到的是另一个数。"
        "请把格式改为“常规”，再核对数字；“万”“亿”写在“计量单位”栏。"
    ]


@pytest.mark.parametrize("number_format", ["0.00", "#,##0", '0"个"', "#,##0.00_);[Red](#,##0.00)", "0_ "])
def test_a_target_in_a_usual_format_is_taken(path: Path, number_format):
    """Thousands, decimals, a unit behind: the same figure is read."""
    book = openpyxl.load_workbook(path)
    book["指标"]["F2"].number_format = number_format
    book.save(path)

    assert told(path) == []
