"""Which target a row is about: by its code, by its words where the code was lost, by nobody's guess."""

from __future__ import annotations

from dataclasses import replace

from form_samples import LEDGER

from workplan_xlsx.domain.judging.row_identity import contradictions, unit_by_wording, with_codes
from workplan_xlsx.domain.returns import CellKind, Content, ReturnedForm, ReturnedRow

UNIT = "区应急局"


def row(code: str, name: str, unit: str = "", line: int = 8) -> ReturnedRow:
    at = Content(sheet="填报", cell=f"A{line}", kind=CellKind.TEXT, text=code)
    return ReturnedRow(code=code, code_at=at, row=line, hidden=False, answers={}, name=name, unit=unit)


def form(*rows: ReturnedRow) -> ReturnedForm:
    return ReturnedForm(file="表.xlsx", sha256="", marks=(), sheet="填报", head={}, rows=rows)


def told(findings) -> list[str]:
    return [f"{each.code.name} {each.place()}" for each in findings]


def test_a_row_without_its_code_is_known_by_its_name():
    """Both rows lost 序号; each name is there once."""
    settled, said = with_codes(form(row("", "促消费活动"), row("？", "投诉率", line=9)), LEDGER, UNIT)

    assert [each.code for each in settled.rows] == ["39-1", "39-2"]
    assert told(said) == ["ROW_BY_WORDING 填报!A8", "ROW_BY_WORDING 填报!A9"]


def test_a_name_that_is_nobody_s_or_taken_already_stays_unknown():
    """A total row, and a second row of a name whose code stands there already."""
    sent = form(row("39-1", "促消费活动"), row("", "促消费活动", line=9), row("", "合计", line=10))
    settled, said = with_codes(sent, LEDGER, UNIT)

    assert [each.code for each in settled.rows] == ["39-1", "", ""]
    assert said == ()


def test_a_number_that_is_nobody_s_contradicts_the_name_and_the_item_s_own_number_does_not():
    """82-1 beside a known name may be either; 39 is only the item's number without the target's."""
    settled, _ = with_codes(form(row("82-1", "促消费活动"), row("39", "投诉率", line=9)), LEDGER, UNIT)

    assert [each.code for each in settled.rows] == ["82-1", "39-2"]


def test_equal_names_are_told_apart_by_unit_and_number_or_not_at_all():
    """Two targets called 投资: in 亿元 and in 万元; without 计量单位 nobody may choose."""
    task = LEDGER.task_by_code["39"]
    one, two = (
        replace(each, name="投资", unit=unit)
        for each, unit in zip(task.targets, ("亿元", "万元"), strict=True)
    )
    ledger = replace(LEDGER, tasks=(replace(task, targets=(one, two)),))
    by_unit, _ = with_codes(form(row("", "投资", "万元")), ledger, UNIT)
    unclear, _ = with_codes(form(row("", "投资")), ledger, UNIT)

    assert (by_unit.rows[0].code, unclear.rows[0].code) == ("39-2", "")


def test_a_code_beside_the_words_of_another_target_goes_back():
    """序号 was sorted alone: both rows contradict themselves."""
    rows = (row("39-1", "投诉率"), row("39-2", "促消费活动", line=9))

    assert told(contradictions(rows, {"39-1", "39-2"}, LEDGER, ())) == [
        "ROW_CONTRADICTS 填报!A8",
        "ROW_CONTRADICTS 填报!A9",
    ]


def test_a_name_put_in_the_clerk_s_own_words_is_no_contradiction():
    assert told(contradictions((row("39-1", "促消费活动（含线上）"),), {"39-1"}, LEDGER, ())) == []


def test_another_unit_of_measure_goes_back_unless_the_ledger_changed_it_meanwhile():
    """12 万场 is not 12 场."""
    rows = (row("39-1", "促消费活动", "万场"),)

    assert told(contradictions(rows, {"39-1"}, LEDGER, ())) == ["ROW_UNIT_DIFFERS 填报!A8"]
    assert told(contradictions(rows, {"39-1"}, LEDGER, {"39-1"})) == []


def test_a_table_without_marks_is_recognised_by_its_rows_if_only_one_unit_has_them():
    """Of three units only one has both rows; a single common row is not enough."""
    assert unit_by_wording(form(row("39-1", "促消费活动"), row("39-2", "投诉率", line=9)), LEDGER) == UNIT
    assert unit_by_wording(form(row("39-1", "促消费活动")), LEDGER) == ""
    assert unit_by_wording(form(), LEDGER) == ""
