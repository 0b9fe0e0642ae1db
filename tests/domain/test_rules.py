"""Each rule: a row as the clerk sent it, and what he is told of it; both sides of every end."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import cn2an
import pytest
from returned import JUNE, LEDGER, judged, quantity, row, said, sent, task

from workplan_xlsx.domain.decisions import Decisions, Waiver
from workplan_xlsx.domain.findings import Code, Softening
from workplan_xlsx.domain.judging.judge import ROW_RULES
from workplan_xlsx.domain.judging.past import PastRow
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import Rule, active, rule
from workplan_xlsx.domain.judging.settings import RuleSettings
from workplan_xlsx.domain.judging.written_numbers import read_number
from workplan_xlsx.domain.model import Nature
from workplan_xlsx.domain.returns import Answer, CellKind
from workplan_xlsx.domain.submission import Outcome

# what was written in the first row (target: 200 家), what was accepted before, what is told
TOLD = [
    ({}, None, []),
    # the cells of the row against each other
    (
        {"actual": "199", "stage": "已完成"},
        None,
        ["I8 Q404 “新增平台”的进展状态选了“已完成”，但累计 199 没有达到年度目标 200家。请改状态或核对数字；确属完成的，在“解释说明”栏写明依据。"],
    ),
    ({"actual": "200", "stage": "已完成"}, None, []),
    (
        {"actual": "200", "progress": "正在推进"},
        None,
        [
            "J8 Q405 “新增平台”已完成年度目标，但进展情况没有写明依据。请补充完成时间、文件或证明材料，例如“6月15日通过市级验收”。（试行规则，暂不退回）",
            "J8 N407 “新增平台”的进展情况只写了“正在推进”。请写明做了什么、到什么程度，例如“已开工 3 个，完成投资 1200 万元”。",
        ],
    ),
    ({"progress": "各项工作正在有序推进中。"}, None, ["J8 N407 “新增平台”的进展情况只写了“各项工作正在有序推进中。”。请写明做了什么、到什么程度，例如“已开工 3 个，完成投资 1200 万元”。"]),
    ({"progress": "已签约智能装备平台"}, None, []),
    (
        {"存在问题": "用地指标不足"},
        None,
        ["M8 N406 “新增平台”写了存在问题，但没有写需协调事项和下步措施。需要帮助的，请写明请哪个单位做什么。"],
    ),
    ({"存在问题": "用地指标不足", "需协调事项": "请自然资源局安排指标"}, None, []),
    ({"存在问题": "无"}, None, []),
    # against the past
    (
        {"actual": "100"},
        {"1-1": "101"},
        ["H8 Q401 “新增平台”本期累计 100，低于上期确认的 101。请核对；确需调减的，在“解释说明”栏写明原因。"],
    ),
    ({"actual": "100"}, {"1-1": "100"}, []),
    (
        {"actual": "100"},
        {"1-1": PastRow(value=Decimal(100), unchanged=2)},
        ["H8 Q411 “新增平台”连续 3 期都是 100家，没有变化。请核对；确无进展的，在“解释说明”栏写明原因。（试行规则，暂不退回）"],
    ),
    ({"actual": "200"}, {"1-1": PastRow(value=Decimal(200), unchanged=5)}, []),
    (
        {"actual": "210"},
        {"1-1": "21"},
        ["H8 Q412 “新增平台”本期累计 210家，是上期确认数 21 的 10 倍，且超过年度目标。请核对是否多写了一位；无误的，在“解释说明”栏写明原因。"],
    ),
    ({"actual": "209"}, {"1-1": "21"}, []),
    ({"actual": "200"}, {"1-1": "2"}, []),
    (
        {"actual": "1000000"},
        None,
        ["H8 Q413 “新增平台”填的是 1000000家，与年度目标 200家 相差成千上万倍，是不是 100家？请按表中的计量单位填写；无误的，在“解释说明”栏写明。"],
    ),
    (
        {"actual": "20000"},
        None,
        ["H8 Q414 “新增平台”填的是 20000家，是年度目标 200 的 100 倍。请核对；无误的，在“解释说明”栏写明原因。"],
    ),
    ({"actual": "19999"}, None, []),
    (
        {"actual": "7.9"},
        None,
        ["H8 Q417 “新增平台”填的是 7.9家，按“家”计数的应当是整数。请核对是否填错（例如填成了别的单位的数）；确有小数的，在“解释说明”栏写明原因。（试行规则，暂不退回）"],
    ),
    ({"actual": "8.0"}, None, []),
    (
        {},
        {"1-1": PastRow(value=Decimal(90), progress="已建成平台 100 家")},
        ["J8 N415 “新增平台”的进展情况与上期一字不差。请写本期的新进展。"],
    ),
    # nothing in five ways
    (
        {"actual": "无"},
        None,
        ["H8 E308 “新增平台”填的是“无”，看不出是 0 还是不适用。没有进展请填 0；确实不适用的，请填“不适用”并在“解释说明”栏写明原因。"],
    ),
    (
        {"actual": "N/A"},
        None,
        ["H8 Q313 “新增平台”填的是“N/A”，按“不适用”理解，本期没有数字。请在“解释说明”栏写明原因；如有数字请填数字，没有进展请填 0。"],
    ),
    (
        {"actual": "尚未开始"},
        None,
        ["H8 Q313 “新增平台”填的是“尚未开始”，按“未到期”理解，本期没有数字。请在“解释说明”栏写明原因；如有数字请填数字，没有进展请填 0。"],
    ),
    ({"actual": "零"}, None, ["H8 N310 “新增平台”写的是“零”，已按 0 计。"]),
    ({"actual": "0"}, None, []),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "before", "told"), TOLD)
def test_each_rule_says_what_is_there_what_was_expected_and_what_to_do(cells, before, told):
    """A query returns the form, a note does not, and nothing is said of what is right."""
    verdict = judged(sent(row(**cells)), before=before)

    assert said(verdict) == told
    asked = [line for line in told if line.split()[1][0] in "EQ" and "试行" not in line]
    assert verdict.outcome is (Outcome.RETURNED if asked else Outcome.ACCEPTED)


def test_an_explanation_answers_every_query_of_its_row_and_stays_to_be_read():
    """要么改正，要么说明: the form is accepted, and the coordinator still sees what was explained."""
    verdict = judged(sent(row(actual="90", 解释说明="上期把 10 家重复计入")), before={"1-1": "100"})
    empty_words = judged(sent(row(actual="90", 解释说明="无")), before={"1-1": "100"})

    assert (verdict.outcome, verdict.entries[0].value) == (Outcome.ACCEPTED, Decimal(90))
    assert said(verdict)[0].endswith("写明原因。（单位已在“解释说明”栏说明）")
    assert empty_words.outcome is Outcome.RETURNED


@pytest.mark.parametrize(
    ("written", "status"),
    [("不适用", "不适用"), ("N/A", "不适用"), ("未到期", "未到期"), ("尚未开始", "未到期")],
)
def test_not_applicable_and_not_yet_due_are_neither_zero_nor_blank(written, status):
    """With a reason they are accepted as what they are: no figure, and the word."""
    verdict = judged(sent(row(actual=written, 解释说明="该项由市级统一实施")))

    entry = verdict.entries[0]
    assert (verdict.outcome, entry.value, entry.stage) == (Outcome.ACCEPTED, None, status)


def test_five_kinds_of_nothing_stay_five():
    """Value, 0, blank, not applicable, not yet due: five cells, five results."""
    kept = {}
    for written in ("5", "0", "", "不适用", "未到期"):
        verdict = judged(sent(row(actual=written, 解释说明="详见附件第 3 页")))
        entry = verdict.entries[0] if verdict.entries else None
        kept[written] = (str(verdict.outcome), entry and entry.value, entry and entry.stage)

    assert kept == {
        "5": ("accepted", Decimal(5), ""),
        "0": ("accepted", Decimal(0), ""),
        "": ("returned", None, None),
        "不适用": ("accepted", None, "不适用"),
        "未到期": ("accepted", None, "未到期"),
    }


WRITTEN = [  # written, the target's unit, taken (None: asked)
    ("2000万", "万元", "2000"), ("2000万元", "亿元", "0.2"), ("1.2亿", "万元", "12000"), ("1.2亿", "元", "120000000"),
    ("85％", "%", "85"), ("85 %", "%", "85"), ("１２０", "家", "120"), ("12 个", "个", "12"), ("120（家）", "家", "120"),
    ("3,200", "家", "3200"), ("3，200 家", "家", "3200"), ("共120家", "家", "120"), ("累计完成 120 家", "家", "120"),
    ("一百二十", "个", "120"), ("十二个", "个", "12"), ("两万", "人", "20000"), ("零", "家", "0"), ("5千家", "家", "5000"),
    ("2000元", "万元", "0.2"), ("6.6亿斤", "亿斤", "6.6"), ("6.6", "亿斤", "6.6"), (" 12.50 ", "家", "12.5"), ("+7", "家", "7"),
    ("约120家", "家", None), ("100余", "家", None), ("12-15", "个", None), ("三家以上", "家", None), ("120人", "个", None),
    ("10²", "个", None), ("½", "个", None), ("1.2.3", "个", None), ("12,34", "家", None), ("1 200", "家", None),
    ("一万二", "人", None), ("三百二", "家", None), ("一二", "家", None), ("6月底", "家", None), ("已完成", "家", None),
    ("100%", "家", None), ("1万", "%", None), ("2023-06", "家", None), ("九成", "%", None),
    ("三千万", "万元", "3000"), ("两亿三千万", "亿元", "2.3"), ("一万", "万元", "1"), ("十万", "万亩", "10"), ("三千", "万元", "3000"),
    ("2亿", "亿", "2"), ("两亿", "亿", "2"), ("2亿", "万", "20000"), ("一万亿", "亿元", "10000"), ("3千元", "万元", "0.3"),
    ("3千", "千公顷", "3"), ("3千", "万元", None), ("5百", "亿元", None), ("三千万", "%", None), ("一万三万", "个", None),
    ("12。", "个", "12"), ("12.5。", "亩", "12.5"), ("12个。", "个", "12"), ("1.200.", "家", None), ("12,.", "个", None),
    ("12\u200b", "个", "12"), ("\ufeff12", "个", "12"), ("1\u00ad2", "个", "12"), ("\u202e21", "个", None),
    ("16(15)", "家", None), ("16（3）", "家", None), ("16(3家)", "家", None), ("(16)", "家", None), ("（16）", "家", None),
]  # fmt: skip


def test_every_number_that_is_spelled_out_is_read_as_another_program_spells_it():
    """亿 and 万 in one number were added up wrongly once."""
    chance = random.Random(20261130)
    for digits in range(1, 13):
        for _ in range(40):
            number = chance.randrange(10 ** (digits - 1), 10**digits)
            spelled = cn2an.an2cn(number, "low")
            assert read_number(spelled, "家") == number, spelled
            in_ten_thousands = Decimal(number) / 10_000 if re.search("[万亿]", spelled) else number
            assert read_number(spelled, "万元") == in_ten_thousands, spelled


@pytest.mark.parametrize(("written", "unit", "taken"), WRITTEN)
def test_what_clerks_write_is_taken_where_one_reading_exists_and_asked_otherwise(written, unit, taken):
    """Each conversion is a receipt with both spellings; nothing is guessed, nothing becomes 0."""
    target = quantity("1-1", "新增平台", "95" if unit == "%" else "200000000", unit)
    ledger = replace(LEDGER, tasks=(task("1", "搭建平台", "区科技局", target), *LEDGER.tasks[1:]))
    verdict = judged(sent(row(actual=written)), ledger=ledger, off=frozenset({"Q413", "Q414"}))

    if taken is None:
        assert verdict.outcome is Outcome.RETURNED
        assert any(line.startswith("H8 E3") and f"“{written}”" in line for line in said(verdict))
        return
    assert (verdict.outcome, verdict.entries[0].value) == (Outcome.ACCEPTED, Decimal(taken))
    receipt = f"H8 N310 “新增平台”写的是“{written.strip()}”，已按 {taken} 计。"
    assert said(verdict) == ([] if written.strip() == "6.6" else [receipt]) or written.strip() in (
        "6.6",
        "12.50",
        "+7",
    )


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("≈9450%", "9450% 还是 94.5%"),  # a percent cell into which a program put 94.5
        ("9450", "9450% 还是 94.5%"),
        ("9450%", "9450% 还是 94.5%"),
        ("949", None),  # less than ten times the target
        ("≈150%", None),
    ],
)
def test_a_percent_a_hundred_times_too_large_is_asked_about(written, asked):
    """The target is 95 %: nobody reaches 9450 %."""
    verdict = judged(sent(row().replace("94.5 |", f"{written} |", 1)))
    questions = [line for line in said(verdict) if " Q312 " in line]

    assert [asked in line for line in questions] == ([True] if asked else [])


@pytest.mark.parametrize(("written", "asked"), [("86.37", False), ("100", False), ("480", True)])
def test_a_share_far_above_a_small_target_is_still_a_share(written, asked):
    """5 % are asked for: 86.37 % is much and can be; 480 % is 4.8 in a percent cell."""
    target = quantity("1-1", "用地保障比例", "5", "%", nature=Nature.RATE)
    ledger = replace(LEDGER, tasks=(task("1", "搭建平台", "区科技局、区商务局", target), *LEDGER.tasks[1:]))
    verdict = judged(sent(row(actual=written)), ledger=ledger)

    assert ("Q312" in {each.code.code for each in verdict.findings}) is asked


def test_a_percent_written_with_its_sign_is_certain_and_without_is_asked():
    """0.95% says what it means; 0.95 does not."""
    certain = judged(sent(row().replace("94.5 |", "0.95％ |", 1)))
    asked = judged(sent(row().replace("94.5 |", "０.95 |", 1)))

    assert (certain.outcome, certain.entries[1].value) == (Outcome.ACCEPTED, Decimal("0.95"))
    assert [line.split()[1] for line in said(asked)] == ["N310", "Q312"]


@pytest.mark.parametrize(
    ("written", "kept", "told"),
    [
        ("2023年6月28日", "2023-06-28", "H4 N315 填报日期写的是“2023年6月28日”，已按 2023-06-28 计。"),
        ("6月底", "2023-06-30", "H4 N315 填报日期写的是“6月底”，已按 2023-06-30 计。"),
        ("45105", "2023-06-28", "H4 N315 填报日期写的是“45105”，已按 2023-06-28 计。"),
        ("6.28", "2023-06-28", "H4 N315 填报日期写的是“6.28”，已按 2023-06-28 计。"),
        ("2023-06-28", "2023-06-28", None),
        ("昨天", "昨天", "H4 N316 填报日期写的是“昨天”，看不出是哪一天，已照原样留存。下次请写成 2023-06-28 这样。"),
        ("2023-02-30", "2023-02-30", "H4 N316 填报日期写的是“2023-02-30”，看不出是哪一天，已照原样留存。下次请写成 2023-06-28 这样。"),
    ],
)  # fmt: skip
def test_the_date_of_the_head_is_read_in_the_spellings_people_use(written, kept, told):
    """A month's end, a serial number, a day without a year; what is no certain day is kept as written."""
    verdict = judged(sent(row(), filled_on=written))

    assert said(verdict) == ([told] if told else [])
    assert dict(verdict.sign_off)["filled_on"] == kept


@pytest.mark.parametrize(
    ("target", "written", "asked"),
    [
        (quantity("1-1", "培育企业", "20", "家"), "7.9", True),
        (quantity("1-1", "服务群众", "3550", "余场"), "12.5", True),
        (quantity("1-1", "服务群众", "20", "人次"), "0.5", True),
        (quantity("1-1", "能繁母猪", "2", "万头"), "0.38", False),
        (quantity("1-1", "投资", "20", "亿元"), "7.9", False),
        (quantity("1-1", "增速", "3", "个百分点"), "1.5", False),
        (quantity("1-1", "每千人口拥有托位数", "5", "个"), "4.8", False),
        (quantity("1-1", "拥有托位数", "4.96", "个"), "4.8", False),
        (quantity("1-1", "新增就业", "4000", "人"), "0.3", False),  # Q413 asks whether 3000 is meant
    ],
)
def test_what_is_counted_one_by_one_is_a_whole_number(target, written, asked):
    """Not where the target itself is a fraction or an average, nor where another question says it better."""
    ledger = replace(LEDGER, tasks=(task("1", "搭建平台", "区科技局、区商务局", target), *LEDGER.tasks[1:]))
    verdict = judged(sent(row(actual=written)), ledger=ledger)

    assert (Code.NOT_WHOLE in {finding.code for finding in verdict.findings}) is asked


def test_parts_may_not_exceed_their_whole():
    """其中 below a total: 30 + 25 of 50."""
    tasks = (
        task(
            "1", "平台", "区科技局",
            quantity("1-1", "新增平台", "200", "家"),
            quantity("1-2", "其中：省级", "60", "家"),
            quantity("1-3", "其中：市级", "60", "家"),
        ),
    )  # fmt: skip
    table = """
        | 序号 | 本期累计完成 | 进展情况 |
        | 1-1 | 50 | 已建成 50 家 |
        | 1-2 | 30 | 已建成 30 家 |
        | 1-3 | {last} | 已建成若干家 1 |
    """
    ledger = replace(LEDGER, tasks=tasks)

    assert said(judged(sent(table.format(last=20)), ledger=ledger)) == []
    assert said(judged(sent(table.format(last=25)), ledger=ledger)) == [
        "H8 Q408 “新增平台”填的是 50，小于其中各项之和 55（序号 1-2、1-3）。请核对；口径不同的，在“解释说明”栏写明。"
    ]
    assert said(judged(sent(table.format(last=25)), ledger=ledger, off=frozenset({"Q408"}))) == []


def test_a_later_stage_is_silent_about_a_cell_that_an_earlier_one_explains():
    """A figure that cannot be read is not also a figure that fell; the other cells are still told at once."""
    verdict = judged(sent(row(actual="约90家", 存在问题="用地指标不足")), before={"1-1": "100"})

    assert [line.split()[1] for line in said(verdict)] == ["E301", "N406"]


def test_a_rule_on_trial_only_notes_and_one_taken_into_force_returns():
    """trial = ["Q401"]; in_force = ["Q411"]."""
    fell = {"form": sent(row(actual="90")), "before": {"1-1": "100"}}
    same = {"form": sent(row()), "before": {"1-1": PastRow(value=Decimal(100), unchanged=2)}}

    assert judged(**fell).outcome is Outcome.RETURNED
    assert judged(**fell, trial=frozenset({"Q401"})).findings[0].softened is Softening.TRIAL
    assert judged(**same).outcome is Outcome.ACCEPTED
    assert judged(**same, in_force=frozenset({"Q411"})).outcome is Outcome.RETURNED
    assert judged(**same, in_force=frozenset({"Q411"}), unchanged_periods=4).outcome is Outcome.ACCEPTED


def test_a_rule_that_is_switched_off_says_nothing():
    """off = ["Q401", "N407"]."""
    form = sent(row(actual="90", progress="正在推进"))

    assert said(judged(form, before={"1-1": "100"}, off=frozenset({"Q401", "N407"}))) == []


@pytest.mark.parametrize(
    ("waiver", "outcome"),
    [
        (Waiver(rule="Q401", unit="区科技局", until=date(2023, 6, 30)), Outcome.ACCEPTED),
        (Waiver(rule="Q401"), Outcome.ACCEPTED),
        (Waiver(rule="Q401", target="1-1"), Outcome.ACCEPTED),
        (Waiver(rule="Q401", unit="区科技局", until=date(2023, 6, 29)), Outcome.RETURNED),
        (Waiver(rule="Q401", unit="区商务局"), Outcome.RETURNED),
        (Waiver(rule="Q401", target="2-1"), Outcome.RETURNED),
        (Waiver(rule="Q412"), Outcome.RETURNED),
    ],
)
def test_a_waiver_spares_its_unit_and_row_until_its_day(waiver, outcome):
    """The finding stays, as a note that says so."""
    ledger = replace(LEDGER, decisions=Decisions(waivers=(waiver,)))
    verdict = judged(sent(row(actual="90")), before={"1-1": "100"}, ledger=ledger)

    assert verdict.outcome is outcome
    assert (verdict.findings[0].softened is Softening.WAIVED) == (outcome is Outcome.ACCEPTED)


def test_an_error_that_leaves_no_figure_cannot_be_waived_or_explained():
    """Otherwise a figure would be missing without anybody being asked."""
    ledger = replace(LEDGER, decisions=Decisions(waivers=(Waiver(rule="E301"),)))
    verdict = judged(
        sent(row(actual="约90家", 解释说明="统计口径变化所致")), ledger=ledger, trial=frozenset({"E301"})
    )

    assert verdict.outcome is Outcome.RETURNED


def test_rules_hold_from_their_first_to_their_last_day():
    """since and until are compared with the period's last day, both inclusive."""
    dated = Rule(Code.FELL, lambda _: (), since=date(2023, 6, 30), until=date(2023, 6, 30))
    early = replace(dated, until=date(2023, 6, 29))

    assert active([dated, early], RuleSettings(), JUNE) == (dated,)


def test_every_rule_is_there_once():
    """No two rules raise one code, so a waiver or a switch means one thing."""
    codes = [each.code for each in ROW_RULES]

    assert len(set(codes)) == len(codes) >= 9


def test_an_own_rule_is_asked_like_ours():
    """A plain function with the same decorator; its sentence, its name, its severity."""

    @rule("不得少于30家", severity="query")
    def thirty(row: RowInHand):
        if row.target.code == "1-1" and row.value is not None and row.value < 30:
            yield f"“{row.target.name}”只有 {row.value} 家。"

    asked = judged(sent(row(actual="29")), own=[thirty])
    waived = replace(LEDGER, decisions=Decisions(waivers=(Waiver(rule="不得少于30家"),)))

    assert said(asked) == [
        "H8 Q902 “新增平台”只有 29 家。（本单位规则“不得少于30家”；无误的，请在“解释说明”栏写明）"
    ]
    assert asked.outcome is Outcome.RETURNED
    assert judged(sent(row(actual="30")), own=[thirty]).findings == ()
    assert judged(sent(row(actual="29")), own=[thirty], ledger=waived).outcome is Outcome.ACCEPTED


def test_own_rules_have_the_three_severities():
    """error returns whatever is explained, note never returns."""
    outcomes = {}
    for severity in ("error", "query", "note"):
        own = rule("规则", severity=severity)(lambda row: ["请核对。"] if row.target.code == "1-1" else [])
        verdict = judged(sent(row(解释说明="已经与统计局核对")), own=[own])
        outcomes[said(verdict)[0].split()[1]] = verdict.outcome

    assert outcomes == {"E901": Outcome.RETURNED, "Q902": Outcome.ACCEPTED, "N903": Outcome.ACCEPTED}


def test_a_mistake_in_an_own_rule_names_file_and_line_and_stops_nothing_else():
    """The other rules are asked, the form is judged, and the mistake is told once, not once a row."""

    @rule("越界")
    def broken(row: RowInHand):
        return [str(row.unit[99])]

    verdict = judged(sent(row(actual="90")), before={"1-1": "100"}, own=[broken])

    lines = said(verdict)
    assert [line.split()[0:2][-1] for line in lines if "Q401" in line] == ["Q401"]
    failures = [line for line in lines if "N904" in line]
    assert len(failures) == 1
    assert "test_rules.py:" in failures[0]
    assert "IndexError" in failures[0]


@pytest.mark.parametrize("actual", ["1E+300", "1000000000000000", "99999999999999999999"])
def test_a_figure_that_no_cell_holds_exactly_goes_back(actual):
    """Fifteen digits before the point are as many as a spreadsheet holds."""
    (told,) = said(judged(sent(row(actual=actual))))

    assert told.startswith(f"H8 E314 “新增平台”填的是 {actual}，整数部分超过 15 位")


def test_a_figure_among_percents_in_a_csv_is_asked_about_where_two_readings_are_thinkable():
    """The target is about 95: 0.945 may be 94.5, and 2.5 may be 250; 94.5 is what it says."""

    def told(figure: str) -> list[str]:
        form = sent(row())
        first, second, third = form.rows
        lost = second.answers[Answer.ACTUAL]._replace(
            kind=CellKind.FORMAT_LOST, text=figure, number=Decimal(figure)
        )
        second = replace(second, answers={**second.answers, Answer.ACTUAL: lost})
        verdict = judged(replace(form, rows=(first, second, third)))
        return [line.split()[1] for line in said(verdict) if "Q312" in line]

    assert [told(figure) for figure in ("94.5", "0.945", "2.5", "0")] == [[], ["Q312"], ["Q312"], []]
