"""ledger.xlsx as written: the coordinator's working sheet, and back again without a difference."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_samples import DECEMBER, HEAD, LEDGER, MONTHS, SURE, UNITS, change, told, written

from workplan_xlsx.books.ledger.reader import read_ledger
from workplan_xlsx.books.ledger.writer import write_ledger
from workplan_xlsx.domain.model import Bound, Ledger, Mark, Nature, PlanCurve, PlanHead, Target, Task, Unit
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.words import Lang


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def _rows(path: Path, sheet: str) -> list[list[object]]:
    """What stands in the sheet, None for blank."""
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[sheet].iter_rows()]


def test_the_coordinator_sees_targets_in_the_offices_words(path: Path):
    """Directions, natures and yes or no as words; numbers as numbers; blanks blank."""
    written(path, LEDGER)

    header, first, second, third = _rows(path, "指标")[:4]
    assert header[:9] == [
        "指标编码",
        "任务编码",
        "指标名称",
        "原文",
        "方向",
        "目标值",
        "目标值上限",
        "计量单位",
        "性质",
    ]
    assert header[9:] == ["力争", "基数", "权重", "标记", "纳入填报", "确认", "上下文", "备注", "合并方式"]
    assert first[:9] == ["1-1", "1", "规上工业企业", "200家以上", "不低于", 200, None, "家", "累计"]
    assert first[9:15] == ["否", None, 1, None, "是", "已确认"]
    assert second[4:8] == ["左右", 6.6, None, "亿斤"]
    assert second[14:] == ["待确认", None, "“左右”请核对", None]
    assert third[:7] == ["2-1", "2", "新增平台", "1-2个", "区间", 1, 2]


def test_the_coordinator_sees_tasks_units_and_plan_nodes(path: Path):
    """Several leads in their order; one column for each month."""
    written(path, LEDGER)

    task = _rows(path, "任务")[1]
    assert task[6:9] == [
        "区工业和信息化局、区科学技术局",
        "“放管服”改革专班、“各镇、街道”",
        "区工业和信息化局",
    ]
    assert f"{task[9]:%Y-%m-%d}" == "2023-12-31"
    assert _rows(path, "单位")[3][:5] == ["城南供电公司", None, "驻区单位", "乙组", "否"]
    plan = _rows(path, "计划节点")
    assert plan[0][:5] == ["指标编码", "指标名称（对照）", "计划起始", "仅某期到期", "2023-01"]
    assert plan[1][8:16] == [None, 41.7, None, None, None, None, None, 100]
    assert plan[3][3] == "2023-12"


def test_the_first_sheet_says_which_plan_what_was_found_and_what_wants_a_look(path: Path):
    """The coordinator opens the file and knows where to begin; a click leads to the doubtful row."""
    write_ledger(LEDGER, path, "zh", periods=MONTHS, found=["第 3 章没有编号，已按顺序补上。"])

    sheet = openpyxl.load_workbook(path).worksheets[0]
    lines = [str(row[0].value) for row in sheet.iter_rows() if row[0].value is not None]
    assert sheet.title == "说明与待确认"
    assert lines[2:8] == ["计划代码", "计划名称", "文号", "发文机关", "成文日期", "年度"]
    assert sheet["B5"].value == "某政办字〔2023〕24号"
    assert "2 项任务，3 个牵头单位，5 项指标，其中纳入填报 5 项、待确认 1 项。" in lines
    assert "第 3 章没有编号，已按顺序补上。" in lines
    assert lines[-3:] == ["四、待确认（1 处）", "指标编码", "1-2"]
    link = sheet.cell(row=sheet.max_row, column=1).hyperlink
    assert link is not None
    assert link.location == "'指标'!A3"
    assert sheet.cell(row=sheet.max_row, column=4).value == "“左右”请核对"


def test_lists_offer_the_words_also_for_rows_to_come(path: Path):
    """Direction and nature are chosen, not typed; 口径单位 is chosen from the sheet 单位."""
    written(path)

    book = openpyxl.load_workbook(path)
    rules = {
        f"{sheet}!{rule.sqref}": rule.formula1
        for sheet in ("任务", "指标", "计划节点")
        for rule in book[sheet].data_validations.dataValidation
    }
    assert rules["指标!E2:E206"] == '"不低于,超过,不高于,低于,等于,左右,区间"'
    assert rules["指标!I2:I206"] == '"累计,比率,保持,清零,阶段,上级下达,相对"'
    assert rules["指标!O2:O206"] == '"已确认,待确认"'
    assert rules["计划节点!D2:D206"] == "$E$1:$P$1"
    assert rules["任务!I2:I203"] == "wp_units"
    assert rules["指标!B2:B206"] == "wp_tasks"
    assert book.defined_names["wp_units"].attr_text == "'单位'!$A$2:$A$204"


def test_headers_stay_in_sight_and_every_table_can_be_filtered_and_printed(path: Path):
    """Frozen, filtered, one page wide, header on each page; nothing is protected."""
    written(path)

    for name in ("任务", "指标", "单位", "计划节点"):
        sheet = openpyxl.load_workbook(path)[name]
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref is not None
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$1"
        assert not sheet.protection.sheet


def test_equal_ledgers_give_equal_bytes(tmp_path: Path):
    """Two runs on two days make the same file."""
    one, two = written(tmp_path / "one.xlsx"), written(tmp_path / "two.xlsx")

    assert one.read_bytes() == two.read_bytes()


def test_text_of_a_notice_never_becomes_a_formula_or_a_link(path: Path):
    """A title that begins with = or http stands there as it was printed."""
    strange = replace(
        SURE.tasks[0], title='=HYPERLINK("http://x")', text="http://example.org", remark="@SUM(1)"
    )
    ledger = Ledger(head=HEAD, units=UNITS, tasks=(strange, SURE.tasks[1]))
    written(path, ledger)

    row = openpyxl.load_workbook(path)["任务"][2]
    assert {cell.data_type for cell in row if isinstance(cell.value, str)} == {"s"}
    assert all(cell.hyperlink is None for cell in row)
    assert read_ledger(path).ledger == ledger


def test_what_was_doubtful_is_only_a_note(path: Path):
    """A fresh ledger can be used at once; the coordinator is reminded."""
    written(path, LEDGER)

    assert told(path) == ["note 指标!O3 还有 1 项指标待确认，从这里开始。"]
    assert read_ledger(path).ledger == LEDGER


def test_a_text_beyond_what_a_cell_holds_says_that_it_was_cut(path: Path):
    """Never silently shorter."""
    long = replace(SURE.tasks[0], text="长" * 40_000)
    written(path, Ledger(head=HEAD, units=UNITS, tasks=(long, SURE.tasks[1])))

    text = openpyxl.load_workbook(path)["任务"]["F2"].value
    assert len(text) == 32_767
    assert text.endswith("长……（超出单元格上限，已截断）")


def test_a_number_that_excel_cannot_hold_is_told_not_rounded(path: Path):
    """Twenty digits: written as text, and asked about when read back."""
    huge = replace(SURE.tasks[0].targets[0], value=Decimal("123456789012345.67891"))
    written(path, Ledger(head=HEAD, units=UNITS, tasks=(replace(SURE.tasks[0], targets=(huge,)),)))

    (note,) = told(path)
    assert note == "note 指标!F2 “目标值”写的是“123456789012345.67891”，已按 123456789012345.67891 计。"


def test_a_file_that_another_program_saved_reads_the_same(path: Path):
    """The coordinator changes one value; everything else stays."""
    written(path)
    change(path, 指标_F2=210)

    ledger = read_ledger(path).ledger
    assert ledger is not None
    assert ledger.target_by_code["1-1"].value == Decimal(210)
    assert ledger.target_by_code["1-2"] == SURE.target_by_code["1-2"]
    assert ledger.tasks[1] == SURE.tasks[1]


def test_rows_may_be_sorted_and_added(path: Path):
    """A target added at the bottom belongs to its task; blanks mean the usual."""
    written(path)
    change(path, 指标_A7="1-3", 指标_B7="1", 指标_C7="技改投资", 指标_F7=20, 指标_H7="亿元", 指标_I7="累计")

    ledger = read_ledger(path).ledger
    assert ledger is not None
    assert told(path) == []
    assert [target.code for target in ledger.tasks[0].targets] == ["1-1", "1-2", "1-3"]
    added = Target(code="1-3", name="技改投资", value=Decimal(20), unit="亿元")
    assert ledger.target_by_code["1-3"] == added


def test_an_english_ledger_reads_back_as_well(path: Path):
    """Sheets, headers and list words in English."""
    write_ledger(SURE, path, "en", periods=MONTHS)

    assert openpyxl.load_workbook(path).sheetnames == [
        "Read first",
        "Tasks",
        "Targets",
        "Units",
        "Plan nodes",
        "Reviews",
        "Problems",
        "Waivers",
        "Reopened",
    ]
    assert read_ledger(path).ledger == SURE


def test_weeks_fit_as_well(path: Path):
    """53 period columns reach beyond column Z."""
    weeks = Period.all_of(2026, Rhythm.WEEKLY)
    plan = PlanCurve(nodes=((weeks[-1], Decimal(100)),), due_only_in=weeks[51])
    target = replace(SURE.tasks[0].targets[0], plan=plan)
    ledger = Ledger(
        head=replace(HEAD, year=2026), units=UNITS, tasks=(replace(SURE.tasks[0], targets=(target,)),)
    )
    write_ledger(ledger, path, "zh", periods=weeks)

    assert read_ledger(path).ledger == ledger


# Any ledger that makes sense: names without line breaks, figures that a double holds.
_words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=6)
_names = st.text(st.characters(codec="utf-8", categories=("L", "N")), min_size=1, max_size=6)
_joined = _names | st.just("各区、县级市")
_texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")) | st.just("\n"), max_size=9
).filter(lambda text: text == "" or text.strip())
_figures = st.decimals(min_value=Decimal("0.001"), max_value=10**9, places=3) | st.integers(1, 10**12).map(
    Decimal
)
_percents = st.lists(st.decimals(min_value=0, max_value=100, places=1), max_size=4).map(sorted)


@st.composite
def _curves(draw: st.DrawFn) -> PlanCurve:
    percents = draw(_percents)
    at = sorted(draw(st.sets(st.sampled_from(MONTHS), min_size=len(percents), max_size=len(percents))))
    return PlanCurve(
        nodes=tuple(zip(at, percents, strict=True)),
        starts_on=draw(st.none() | st.dates(date(2023, 1, 1), date(2023, 12, 31))),
        due_only_in=draw(st.none() | st.sampled_from([*MONTHS, Period.parse("2023Q4")])),
    )


@st.composite
def _targets(draw: st.DrawFn, code: str) -> Target:
    bound = draw(st.none() | st.sampled_from(Bound))
    value = draw(_figures)
    return Target(
        code=code,
        name=draw(_names),
        words=draw(_texts),
        bound=bound,
        value=value,
        value_max=value + draw(_figures) if bound is Bound.RANGE else None,
        unit=draw(_words),
        nature=draw(st.sampled_from(Nature)),
        stretch=draw(st.booleans()),
        baseline=draw(st.none() | _figures),
        weight=draw(_figures),
        mark=draw(st.sampled_from(Mark)),
        plan=draw(_curves()),
        on_form=draw(st.booleans()),
        confirmed=draw(st.booleans()),
        remark=draw(_texts),
        context=draw(_texts),
    )


@st.composite
def _tasks(draw: st.DrawFn, code: str, units: list[str]) -> Task:
    leads = tuple(draw(st.lists(st.sampled_from(units), unique=True, max_size=3)))
    return Task(
        code=code,
        number=draw(_words),
        section_ordinal=draw(_words),
        section_title=draw(_texts),
        title=draw(_texts),
        text=draw(_texts),
        lead_units=leads,
        support_units=tuple(draw(st.lists(_joined, max_size=2))),
        reporting_unit=draw(st.sampled_from(leads)) if leads else "",
        due_on=draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))),
        weight=draw(_figures),
        targets=tuple(draw(_targets(f"{code}-{index}")) for index in range(draw(st.integers(0, 2)))),
        remark=draw(_texts),
    )


@st.composite
def _ledgers(draw: st.DrawFn) -> Ledger:
    names = draw(st.lists(_joined, unique=True, min_size=1, max_size=4))
    units = tuple(
        Unit(
            name=name,
            aliases=tuple(draw(st.just(()) | st.just((f"{index}号",)))),
            kind=draw(_words),
            ranking_group=draw(_words),
            ranked=draw(st.booleans()),
            contact=draw(_texts),
            email=draw(_texts),
        )
        for index, name in enumerate(names)
    )
    head = PlanHead(
        code=draw(_names),
        title=draw(_names),
        document_number=draw(_words),
        issuer=draw(_words),
        issued_on=draw(st.none() | st.dates(date(2000, 1, 1), date(2099, 1, 1))),
        year=2023,
    )
    codes = draw(st.lists(_names, unique=True, max_size=3))
    return Ledger(head=head, units=units, tasks=tuple(draw(_tasks(code, names)) for code in codes))


@settings(max_examples=40, deadline=None)
@given(_ledgers(), st.sampled_from(["zh", "en"]))
def test_any_sound_ledger_comes_back_as_it_was(ledger: Ledger, lang: Lang):
    """Every field of every object, to the last digit, in both languages."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        write_ledger(ledger, path, lang, periods=MONTHS)
        reading = read_ledger(path)

    assert [each.message(lang) for each in reading.findings if each.severity == "error"] == []
    assert reading.ledger == ledger


def test_the_sample_has_what_the_tests_speak_of():
    """The due period of the sample is December."""
    assert SURE.target_by_code["2-1"].plan.due_only_in == DECEMBER
