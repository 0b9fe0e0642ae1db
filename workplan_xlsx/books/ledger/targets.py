"""The sheet 指标: what is measured, and whether completion can be worked out from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from workplan_xlsx.books.ledger.columns import CONFIRMED_OR_NOT, YES_OR_NO
from workplan_xlsx.books.ledger.lines import Line, Table
from workplan_xlsx.books.ledger.tasks import weight
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.model import Bound, Joint, Mark, Nature, Target
from workplan_xlsx.domain.rounding import plain

_SET_ELSEWHERE = (Nature.STAGE, Nature.EXTERNAL, Nature.RELATIVE)
_CEILINGS = (Bound.AT_MOST, Bound.LESS_THAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTarget:
    """A target, the task it belongs to, and its line."""

    line: Line
    task_code: str
    target: Target


def read_targets(table: Table, task_codes: Collection[str]) -> dict[str, PlacedTarget]:
    """Return the targets by code in the sheet's order; what does not fit together is told."""
    placed: dict[str, PlacedTarget] = {}
    for line in table.lines():
        target, task_code = _target(line), line.code("task_code", required=True)
        if task_code and task_code not in task_codes:
            line.tell(Code.LEDGER_TASK_UNKNOWN, "task_code", code=task_code)
        if target.code in placed:
            first = placed[target.code].line.at("code")
            line.tell(Code.LEDGER_CODE_TWICE, "code", code=target.code, first=first)
        elif target.code:
            placed[target.code] = PlacedTarget(line=line, task_code=task_code, target=target)
    _tell_unconfirmed(placed)
    return placed


def _target(line: Line) -> Target:
    unit = line.code("unit")
    target = Target(
        code=line.code("code", required=True),
        name=_name(line),
        words=line.text("words"),
        bound=line.chosen("bound", Bound),
        value=line.number("value", unit),
        value_max=line.number("value_max", unit),
        unit=unit,
        nature=_nature(line),
        stretch=line.truth("stretch", YES_OR_NO, default=False),
        baseline=line.number("baseline", unit),
        weight=weight(line),
        mark=line.chosen("mark", Mark) or Mark.NONE,
        on_form=line.truth("on_form", YES_OR_NO, default=True),
        confirmed=line.truth("confirmed", CONFIRMED_OR_NOT, default=True),
        context=line.text("context"),
        remark=line.text("remark"),
        joint=line.chosen("joint", Joint) or Joint.REPORTING_UNIT,
    )
    if target.on_form:
        _check_range(line, target)
        _check_value(line, target)
    return target


def _name(line: Line) -> str:
    if line.is_blank("name"):
        line.tell(Code.LEDGER_BLANK, "name", column=line.table.header("name"))
    return line.text("name")


def _nature(line: Line) -> Nature:
    if line.is_blank("nature"):
        line.tell(Code.LEDGER_BLANK, "nature", column=line.table.header("nature"))
    return line.chosen("nature", Nature) or Nature.CUMULATIVE


def _check_range(line: Line, target: Target) -> None:
    lower, upper = target.value, target.value_max
    if target.bound is not Bound.RANGE:
        if upper is not None:
            line.tell(Code.LEDGER_UPPER_UNUSED, "value_max", name=target.name, upper=plain(upper))
    elif upper is None:
        line.tell(Code.LEDGER_RANGE_OPEN, "value_max", name=target.name)
    elif lower is not None and upper < lower:
        facts = {"name": target.name, "lower": plain(lower), "upper": plain(upper)}
        line.tell(Code.LEDGER_RANGE_TURNED, "value_max", **facts)


def _check_value(line: Line, target: Target) -> None:
    """A target that counts needs a value that completion can be divided by (domain/rating.py)."""
    if target.nature in _SET_ELSEWHERE or target.mark is not Mark.NONE:
        return
    may_be_zero = target.nature is Nature.CLEAR or target.bound in _CEILINGS
    fits = target.value is not None and (target.value > 0 or (may_be_zero and target.value == 0))
    if not fits and not _was_told(line):
        code = Code.LEDGER_VALUE_UNFIT if target.confirmed else Code.LEDGER_VALUE_UNFIT_YET
        got = "—" if target.value is None else plain(target.value)
        line.tell(code, "value", name=target.name, got=got)
    if target.nature is Nature.CLEAR and not target.baseline:
        line.tell(Code.LEDGER_BASELINE_BLANK, "baseline", name=target.name)


def _was_told(line: Line) -> bool:
    """Whether the value's cell has a finding already: a text there is not also a missing number."""
    return not line.is_blank("value") and any(
        finding.cell == line.at("value") and finding.sheet == line.table.name
        for finding in line.table.told.all
    )


def _tell_unconfirmed(placed: dict[str, PlacedTarget]) -> None:
    doubtful = [each for each in placed.values() if not each.target.confirmed]
    if doubtful:
        doubtful[0].line.tell(Code.LEDGER_UNCONFIRMED, "confirmed", count=len(doubtful))
