"""A second edition says what is different from the first, and why: form, ledger, rules, ranks, lights."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from provinces import edition, ledger, returned
from ranking_sheets import records, rows_of

from workplan_xlsx.domain.editions.digest import digest_of_rules
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.editions.since_last import EditionBefore, since_last
from workplan_xlsx.domain.model import Nature, PlanCurve
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.rulesets.rule_set import GrantedPoints, RuleSet
from workplan_xlsx.domain.traffic_light import TrafficLight

AS_OF = datetime(2023, 12, 31, tzinfo=ZoneInfo("Asia/Shanghai"))
"""After everything that the offices here have sent."""


@pytest.fixture
def published(office):
    """June's first edition: everybody has reported, everything of 1-1 is on plan."""
    for unit, values in {
        "区商务局": {"1-1": 16, "1-2": 0.6, "3-1": "推进中"},
        "区科技局": {"2-1": 20, "2-2": 20},
        "区人社局": {"4-1": 1800},
    }.items():
        office.drop(f"{unit}.xlsx", office.form(unit), values)
    assert office.run("collect", "--settle", "0", "--as-of", "2023-06-27T10:00").code == 0
    report(office, "2023-06-28T20:00")
    return office


def report(office, as_of: str):
    return office.run("report", "--period", "2023-06", "--as-of", as_of, "--json").data


def told(office, number: int) -> list[tuple[str, str]]:
    """Kind and sentence of every line of 变动."""
    path = office.root / "outbox" / "2023-06" / f"排名通报_2023-06_第{number}版.xlsx"
    return [(each["类别"], each["说明"]) for each in records(rows_of(path, "变动"), "类别")]


def set_target(office, value: int) -> None:
    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["指标"][1]}
    row = next(row[0].row for row in book["指标"].iter_rows(max_col=1) if row[0].value == "1-1")
    book["指标"].cell(row, heads["目标值"]).value = value
    book.save(path)


def test_a_target_changed_in_the_ledger_is_named_with_what_came_of_it(published):
    """30 projects become 100: 1-1 turns red, two units fall behind the third."""
    set_target(published, 100)
    data = report(published, "2023-07-01T20:00")

    assert told(published, 2) == [
        ("台账修改", "台账：指标 1-1 目标值 30 → 100"),
        ("较上版位次", "区人社局：第 1 版名次 3 → 本版 1"),
        ("较上版位次", "区商务局：第 1 版名次 1 → 本版 2"),
        ("较上版位次", "区科技局：第 1 版名次 1 → 本版 2"),
        ("较上版亮灯", "区商务局、区科技局：任务 1 第 1 版 绿灯 → 本版 红灯"),
    ]
    assert [each["what"] for each in data["since_last_edition"]] == [what for _, what in told(published, 2)]


def test_rules_changed_in_workplan_toml_are_told_old_and_new(published):
    """Amber from 0.95: 1,800 of 4,000 (0.9) is red now."""
    path = published.root / "workplan.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("amber_from = 0.7", "amber_from = 0.95"), encoding="utf-8"
    )
    report(published, "2023-07-01T20:00")

    kinds = told(published, 2)
    assert [kind for kind, _ in kinds] == ["规则修改", "规则修改", "较上版亮灯"]
    assert "≥95% 且 <100% 为黄灯" in kinds[0][1]
    assert "上一版按：亮灯：完成率÷应完成 ≥100% 为绿灯，≥70% 且 <100% 为黄灯" in kinds[1][1]
    assert kinds[2][1] == "区人社局：任务 4 第 1 版 黄灯 → 本版 红灯"


def test_a_form_that_came_later_stands_with_its_file_and_the_new_rank(published):
    """The figure is told as a restatement, the rank beside it."""
    published.drop("补.xlsx", published.form("区人社局"), {"4-1": 2000})
    assert published.run("collect", "--settle", "0", "--as-of", "2023-06-29T10:00").code == 0
    report(published, "2023-06-30T20:00")

    assert told(published, 2) == [
        (
            "更正",
            "区人社局：2023-06 第 1 版公布的“新增城镇就业”由 1800 更正为 2000（依据 补.xlsx）",
        ),
        ("较上版位次", "区人社局：第 1 版名次 3 → 本版 1"),
        ("较上版亮灯", "区人社局：任务 4 第 1 版 黄灯 → 本版 绿灯"),
    ]


def saved_again(form: Path) -> None:
    """Other bytes with the same content, however fast the two were saved one after the other."""
    with zipfile.ZipFile(form, "a") as package:
        package.comment = b"saved again"


def test_a_form_sent_again_with_the_same_figures_is_why_there_is_a_second_edition(published):
    """No empty 变动: the form is named, and that no figure is another."""
    same = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
    saved_again(published.drop("重报.xlsx", published.form("区商务局"), same))
    assert published.run("collect", "--settle", "0", "--as-of", "2023-06-29T10:00").code == 0
    report(published, "2023-06-30T20:00")

    assert told(published, 2) == [
        ("较上版报表", "区商务局：第 1 版之后收到 重报.xlsx（接收），填报数字未变"),
    ]


def test_a_form_that_was_returned_since_is_named_as_well(published):
    """It costs the unit points, though its figures stand."""
    published.drop("错.xlsx", published.form("区商务局"), {"1-1": "不详", "1-2": 0.6, "3-1": "推进中"})
    published.run("collect", "--settle", "0", "--as-of", "2023-06-29T10:00")
    report(published, "2023-06-30T20:00")

    assert ("较上版报表", "区商务局：第 1 版之后收到 错.xlsx（退回），填报数字未变") in told(published, 2)


def test_an_edition_that_differs_in_no_rank_light_or_form_says_so():
    """A problem was answered, say, or a figure was reviewed: nothing is claimed of figures."""
    plan = ledger(2, tasks_each=1, targets_each=1)
    made = edition(plan, returned(plan, lambda *_: "50"))
    ranks = {each.unit: each.rank for each in made.standings}
    before = EditionBefore(number=1, as_of=AS_OF, ranks=ranks, lights={})

    (line,) = since_last(before, made, plan, (), "zh")
    assert line.what.startswith("与第 1 版相比，名次和任务亮灯未变；本版因报送记录、核定、")


def test_an_edition_made_again_is_the_same_file_and_the_same_data_make_no_third_one(published):
    """Its changes are those since the edition before it, whenever it is made again."""
    set_target(published, 100)
    report(published, "2023-07-01T20:00")
    path = published.root / "outbox" / "2023-06" / "排名通报_2023-06_第2版.xlsx"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    path.unlink()
    again = report(published, "2023-07-03T20:00")

    assert again["edition"] == 2
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_data_that_go_back_to_the_first_edition_make_a_third_one(published):
    """The second one is out, and next month would be compared with it; the first one can be asked for."""
    set_target(published, 100)
    assert report(published, "2023-07-01T20:00")["edition"] == 2
    set_target(published, 30)

    assert report(published, "2023-07-02T20:00")["edition"] == 3
    assert told(published, 3)[0] == ("台账修改", "台账：指标 1-1 目标值 100 → 30")
    assert report(published, "2023-07-03T20:00")["edition"] == 3
    assert report(published, "2023-06-28T20:00")["edition"] == 1


def test_papers_that_lack_are_made_again_and_those_edited_since_are_left_alone(published):
    """Somebody deleted the CSV and has worked on the Word paper."""
    folder = published.root / "outbox" / "2023-06"
    (table,) = folder.glob("排名_*.csv")
    (word,) = folder.glob("通报_*.docx")
    first = table.read_bytes()
    table.unlink()
    word.write_bytes(b"edited")
    (folder / "排名通报_2023-06_第1版.xlsx").unlink()
    report(published, "2023-06-28T20:00")

    assert table.read_bytes() == first
    assert word.read_bytes() == b"edited"
    assert (folder / "排名通报_2023-06_第1版.xlsx").exists()


def test_fields_without_words_of_their_own_are_told_to_have_changed():
    """A plan, a nature: that they changed; what nothing hangs on is left out."""
    old = ledger(2, tasks_each=1, targets_each=1)
    plan = PlanCurve(nodes=((Period.parse("2023-06"), Decimal(20)),))
    first, second = old.tasks
    (target,) = first.targets
    changed = replace(target, nature=Nature.LEVEL, plan=plan, remark="见会议纪要")
    new = replace(old, tasks=(replace(first, targets=(changed,)), replace(second, weight=Decimal(2))))
    made = edition(new, returned(new, lambda *_: "50"))
    before = EditionBefore(number=1, as_of=AS_OF, ranks={}, lights={}, ledger=old)

    assert [each.what for each in since_last(before, made, new, (), "zh")] == [
        "台账：任务 2 权重 1 → 2",
        "台账：指标 1-1 性质有改动、计划节点有改动",
    ]


def test_editions_of_earlier_versions_of_the_program_say_what_they_can():
    """No ledger, no rules remembered: ranks and lights alone."""
    plan = ledger(2, tasks_each=1, targets_each=1)
    made = edition(plan, returned(plan, lambda unit, _code: "50" if unit == "单位0001" else "20"))
    before = EditionBefore(
        number=1,
        as_of=AS_OF,
        ranks={"单位0001": None, "单位0002": 2},
        lights={"1": TrafficLight.MISSING},
    )

    assert [each.what for each in since_last(before, made, plan, (), "zh")] == [
        "单位0001：第 1 版名次 无名次 → 本版 1",
        "单位0001：任务 1 第 1 版 未报 → 本版 绿灯",
    ]


def test_equal_rules_have_one_digest_in_every_process():
    """Sets have no order of their own; other rules have another digest."""
    code = "from workplan_xlsx.domain.editions.digest import digest_of_rules as d\n"
    code += "from workplan_xlsx.domain.editions.rules import Rules\nprint(d(Rules()))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2", "3")
    }
    granted = RuleSet(granted=(GrantedPoints(unit="区商务局", points=Fraction(2), reason="表彰"),))

    assert seen == {digest_of_rules(Rules())}
    assert digest_of_rules(Rules(rule_set=granted)) not in seen
