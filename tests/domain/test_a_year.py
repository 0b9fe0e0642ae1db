"""A full year of 34 units with everything that goes wrong, judged twice in different order: the same outcome."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from workplan_xlsx.demo.data import NOTICE
from workplan_xlsx.domain.decisions import Decisions, Override, ProblemAnswer, Waiver
from workplan_xlsx.domain.drafting import draft_ledger
from workplan_xlsx.domain.joint import across_units, joint_rows
from workplan_xlsx.domain.judging.judge import JudgingPlan, judge
from workplan_xlsx.domain.judging.past import past_rows
from workplan_xlsx.domain.merging import counting, merge
from workplan_xlsx.domain.model import Ledger, PlanHead, Target, Task
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.problems import ProblemState, follow
from workplan_xlsx.domain.returns import (
    Answer,
    CellKind,
    Content,
    IdentityMark,
    ReturnedForm,
    ReturnedRow,
    SignOff,
)
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.submission import Outcome, Submission
from workplan_xlsx.notice.reading import read_notice

CHINA = timezone(timedelta(hours=8))
YEAR = Period.all_of(2023, Rhythm.MONTHLY)
STAGES = ("未启动", "已启动", "推进中", "基本完成", "已完成")
DIFFICULTIES = ("用地指标不足", "资金拨付进度偏慢，影响施工")
FAULTS = (
    "约数", "带单位", "漏填", "少报", "多一位", "照抄", "空话", "无", "不适用", "表头错期", "多一行", "少一行",
    "重复行", "公式错误", "有问题", "已解决", "未报", "迟报", "更正", "又错一次", "另一个数",
)  # fmt: skip


@dataclass(frozen=True)
class Received:
    """A form in the post, with the moment at which it was received."""

    form: ReturnedForm
    at: datetime


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """The sample notice's ledger: 34 lead units, most tasks led by several."""
    head = PlanHead(
        code="P1", title="2023年重点工作", document_number="", issuer="", issued_on=None, year=2023
    )
    drafted = draft_ledger(read_notice(NOTICE, "zh"), head, "zh")
    assert len(drafted.reporting_unit_names) == 34
    return drafted


def test_a_year_in_two_orders_gives_the_same_figures_findings_and_problems(ledger):
    """12 periods x 34 units; the second time shuffled within each month, with repetitions, in other runs."""
    post = {period: list(month_of(ledger, period)) for period in YEAR}
    in_force = decided(ledger, post)
    straight = lived(in_force, post, random.Random(1), shuffled=False)
    shuffled = lived(in_force, post, random.Random(2), shuffled=True)

    assert straight.told() == shuffled.told()
    assert sum(map(len, post.values())) > 12 * 34
    codes = Counter(each.code.code for verdict in straight.verdicts() for each in verdict.findings)
    expected = {
        "E301",
        "E302",
        "E304",
        "E308",
        "Q313",
        "E102",
        "E203",
        "E204",
        "E205",
        "Q401",
        "Q412",
        "N310",
        "N407",
        "N415",
    }
    assert expected <= set(codes)
    outcomes = Counter(verdict.outcome for verdict in straight.verdicts())
    assert outcomes[Outcome.ACCEPTED] > 300
    assert outcomes[Outcome.RETURNED] > 60
    states = {problem.state for problem in straight.problems()}
    assert states == set(ProblemState)
    assert any(each.code.code == "Q421" for _, each in straight.disagreements(YEAR[5]))


@dataclass
class Year:
    """What was kept, by period and hash."""

    ledger: Ledger
    kept: dict[Period, dict[str, Submission]] = field(default_factory=dict)

    def verdicts(self):
        return [each.verdict for month in self.kept.values() for each in month.values()]

    def counted(self):
        return {period: counting(month.values()) for period, month in self.kept.items()}

    def problems(self):
        return follow(self.ledger, self.counted(), date(2024, 1, 15))

    def disagreements(self, period):
        counted = counting(self.kept[period].values())
        return list(across_units(joint_rows(merge(self.ledger, period, counted), counted), "zh"))

    def told(self):
        """Figures, findings, problem states and disagreements, as comparable text."""
        return {
            "figures": [
                (str(period), each.target.code, each.unit, each.value, each.status, each.source and each.source.verdict.sha256, each.cell)
                for period, forms in sorted(self.counted().items())
                for each in merge(self.ledger, period, forms)
            ],
            "findings": {
                each.verdict.sha256: [(finding.cell, finding.message("zh")) for finding in each.verdict.findings]
                for month in self.kept.values()
                for each in sorted(month.values(), key=lambda one: one.verdict.sha256)
            },
            "problems": [(each.number, each.state, str(each.told_in), each.difficulty, each.overdue_days) for each in self.problems()],
            "disagreements": [each.message("zh") for period in YEAR for _, each in self.disagreements(period)],
        }  # fmt: skip


def lived(
    ledger: Ledger, post: dict[Period, list[Received]], chance: random.Random, *, shuffled: bool
) -> Year:
    """Judge the year's post month by month, as one run or as many, each file once or several times."""
    year = Year(ledger)
    for period, received in post.items():
        files = list(received)
        if shuffled:
            files += chance.sample(files, len(files) // 3)
            chance.shuffle(files)
        kept = year.kept.setdefault(period, {})
        past = past_rows(year.ledger, period, year.counted())
        plan = JudgingPlan(
            ledger=year.ledger, rhythm=Rhythm.MONTHLY, issued=frozenset(YEAR), past={period: past}
        )
        for each in files:
            if each.form.sha256 not in kept:
                kept[each.form.sha256] = Submission(
                    received_at=each.at, version=1, verdict=judge(each.form, plan)
                )
    return year


def decided(ledger: Ledger, post: dict[Period, list[Received]]) -> Ledger:
    """The office leaves a third of the problems, answers a third, strikes off the rest; one review, one waiver."""
    raised = lived(ledger, post, random.Random(0), shuffled=False).problems()
    answers = tuple(
        ProblemAnswer(
            number=problem.number,
            answer="已转办",
            due_on=date(2023, 12, 31),
            closed_on=date(2023, 12, 20) if index % 3 == 2 else None,
        )
        for index, problem in enumerate(sorted(raised, key=lambda each: each.number))
        if index % 3
    )
    reviews = (Override(code="1-1", period=YEAR[5], value=Decimal(1), who="李主任", why="核实"),)
    waivers = (Waiver(rule="Q401", unit=ledger.reporting_unit_names[3], who="李主任", why="口径调整"),)
    return replace(ledger, decisions=Decisions(answers=answers, overrides=reviews, waivers=waivers))


def difficulty_of(unit: str, period: Period) -> str:
    """Every second unit has one from March on; some say from September on that it is solved."""
    chance = random.Random(f"{unit}的问题").random()
    if chance > 0.5 or period.index < 3:
        return ""
    return "已解决" if chance < 0.25 and period.index >= 9 else DIFFICULTIES[int(chance * 4)]


def month_of(ledger: Ledger, period: Period):
    """All forms of a month: mostly right, with one fault in about every second."""
    for unit in ledger.reporting_unit_names:
        chance = random.Random(f"{unit}{period}")
        fault = chance.choice(FAULTS) if chance.random() < 0.6 else ""
        if fault == "未报":
            continue
        moment = datetime(2023, period.index, 20 + chance.randrange(8), 9, chance.randrange(60), tzinfo=CHINA)
        if fault == "迟报":
            moment += timedelta(days=12)
        yield Received(form_of(ledger, unit, period, fault, chance), moment)
        if fault == "又错一次":
            yield Received(form_of(ledger, unit, period, "漏填", chance), moment + timedelta(hours=2))
        if fault in ("约数", "漏填", "更正", "又错一次", "表头错期", "公式错误"):
            yield Received(form_of(ledger, unit, period, "", chance), moment + timedelta(days=1))


def form_of(ledger: Ledger, unit: str, period: Period, fault: str, chance: random.Random) -> ReturnedForm:
    """One form as it came back."""
    asked = list(ledger.asked_of(unit))
    hit = chance.randrange(len(asked))
    rows = [
        row_of(
            8 + index,
            task,
            target,
            unit,
            period,
            fault if index == hit or fault in ("照抄", "空话", "另一个数") else "",
            chance,
        )
        for index, (task, target) in enumerate(asked)
    ]
    difficulty = difficulty_of(unit, period)
    if difficulty:
        at = rows[0].answers[Answer.DIFFICULTY]
        told = content(at.cell, difficulty)
        rows[0] = replace(rows[0], answers={**rows[0].answers, Answer.DIFFICULTY: told})
    if fault == "少一行" and len(rows) > 1:
        del rows[hit]
    elif fault == "重复行":
        rows.append(replace(rows[hit], row=90, code_at=rows[hit].code_at._replace(cell="A90")))
    elif fault == "多一行":
        other = next(
            code for code in ledger.target_by_code if code not in {target.code for _, target in asked}
        )
        rows.append(replace(rows[hit], code=other, row=91, code_at=content("A91", other)))
    marks = [IdentityMark(source="hidden sheet", plan="P1", unit=unit, period=str(period), version="v1")]
    if fault == "表头错期":
        marks.append(IdentityMark(source="head", unit=unit, period="2022年12月"))
    head = {key: content("B4", "2023-06-28" if key is SignOff.FILLED_ON else "张三") for key in SignOff}
    said = repr((unit, period, fault, rows))
    return ReturnedForm(
        file=f"{unit}{period}.xlsx", sha256=hashlib.sha256(said.encode()).hexdigest(), marks=tuple(marks),
        sheet="填报", head=head, rows=tuple(rows),
    )  # fmt: skip


def row_of(
    number: int, task: Task, target: Target, unit: str, period: Period, fault: str, chance: random.Random
) -> ReturnedRow:
    texts = dict.fromkeys(Answer, "")
    texts[Answer.PROGRESS] = f"{period.index}月新开工 {number} 处，投资到位"
    if fault == "照抄" or (not fault and random.Random(unit).random() < 0.1):
        texts[Answer.PROGRESS] = "与有关单位对接，按节点组织实施，投资已到位"
    elif fault == "空话":
        texts[Answer.PROGRESS] = "正在有序推进"
    elif fault == "有问题":
        texts |= {Answer.DIFFICULTY: chance.choice(DIFFICULTIES), Answer.REQUEST: "请有关单位支持"}
    elif fault == "已解决":
        texts[Answer.DIFFICULTY] = "已解决"
    reports = task.reports(unit, target)
    if target.is_stage and reports:
        texts[Answer.STAGE] = STAGES[min(4, period.index // 3)]
    elif reports or fault == "另一个数":
        texts[Answer.ACTUAL] = figure_of(target, period, fault, reports=reports)
    if fault == "不适用":
        texts[Answer.EXPLANATION] = "该项由市级统一实施"
    letter = {answer: chr(ord("H") + index) for index, answer in enumerate(Answer)}
    return ReturnedRow(
        code=target.code,
        code_at=content(f"A{number}", target.code),
        row=number,
        hidden=False,
        answers={answer: content(f"{letter[answer]}{number}", text, as_number=answer is Answer.ACTUAL) for answer, text in texts.items()},
    )  # fmt: skip


def figure_of(target: Target, period: Period, fault: str, *, reports: bool) -> str:
    aim = target.value or Decimal(100)
    figure = (aim * period.index / 12).quantize(Decimal("0.01"))
    written = {
        "约数": f"约{plain(figure)}{target.unit}",
        "带单位": f"{plain(figure)} {target.unit}",
        "漏填": "",
        "少报": plain(figure / 3),
        "多一位": plain(figure * 12),
        "无": "无",
        "不适用": "不适用",
        "公式错误": "#REF!",
    }
    if not reports:
        return plain(figure + 1)
    return written.get(fault, plain(figure))


def content(cell: str, text: str, *, as_number: bool = False) -> Content:
    if not text:
        return Content(sheet="填报", cell=cell, kind=CellKind.BLANK)
    if text.startswith("#"):
        return Content(sheet="填报", cell=cell, kind=CellKind.ERROR, text=text)
    try:
        number = Decimal(text) if as_number else None
    except ArithmeticError:
        number = None
    kind = CellKind.NUMBER if number is not None else CellKind.TEXT
    return Content(sheet="填报", cell=cell, kind=kind, text=text, number=number)
