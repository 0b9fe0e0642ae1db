"""What a row says against what it said before, and against the size of its target (group "time")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import rule
from workplan_xlsx.domain.judging.written_numbers import is_percent, split_unit
from workplan_xlsx.domain.model import Bound, Nature, Target
from workplan_xlsx.domain.returns import Answer
from workplan_xlsx.domain.rounding import plain

_WAN, _YI = Decimal(10) ** 4, Decimal(10) ** 8
_COPIED_FROM = 10  # characters from which an equal account is a copy rather than a short answer
_ONE_BY_ONE = re.compile(
    "[个家户人名项件所座次场处条台辆套只头匹部间栋幢支篇期批份宗例对届站张枚根株棵艘架起笔单口门村镇乡县]"
    "|社区|企业|项目|[人户场批件台家车班]次|台套|台（套）|家（个）|个（家）"
)
"""计量单位 of what is counted one by one; 万人 and 亿斤 are fractions of what they count."""
_AVERAGES = re.compile(r"每[百千万]|每.{0,4}拥有|平均|人均|户均|亩均|次均|年均|折算|折合")
_CEILINGS = (Bound.AT_MOST, Bound.LESS_THAN)


@rule(Code.FELL)
def fell(row: RowInHand) -> Iterator[Finding]:
    """A cumulative figure may fall only with a reason in 解释说明."""
    before = row.past.value if row.past else None
    if row.value is None or before is None or not row.owes or row.target.nature is not Nature.CUMULATIVE:
        return
    if row.value < before:
        yield row.finding(Code.FELL, Answer.ACTUAL, got=plain(row.value), before=plain(before))


@rule(Code.UNCHANGED, trial=True)
def unchanged(row: RowInHand) -> Iterator[Finding]:
    """The same cumulative figure for several periods running, short of the target."""
    past, value = row.past, row.value
    if past is None or value is None or past.value != value or not row.owes:
        return
    if row.target.nature is not Nature.CUMULATIVE or (row.target.value and value >= row.target.value):
        return
    periods = past.unchanged + 1
    if periods >= row.settings.unchanged_periods:
        yield row.finding(Code.UNCHANGED, Answer.ACTUAL, got=plain(value), periods=periods)


@rule(Code.TENFOLD)
def tenfold(row: RowInHand) -> Iterator[Finding]:
    """Ten times the last figure and beyond the year's target: a digit too many is likelier."""
    before = row.past.value if row.past else None
    if row.value is None or before is None or before <= 0 or is_percent(row.target.unit) or not row.owes:
        return
    if row.value < before * row.settings.jump_factor or off_by_unit(row.value, row.target):
        return
    if row.target.value is None or row.value > row.target.value:
        facts = {"got": plain(row.value), "before": plain(before), "times": plain(row.value // before)}
        yield row.finding(Code.TENFOLD, Answer.ACTUAL, **facts)


@rule(Code.UNIT_SLIP)
def unit_slip(row: RowInHand) -> Iterator[Finding]:
    """万 or 亿 forgotten or counted twice: the figure is off by that factor from what the target asks."""
    if row.value is None or not row.owes:
        return
    meant = off_by_unit(row.value, row.target)
    if meant is not None:
        target = row.target
        facts = {"got": plain(row.value), "meant": plain(meant), "target": plain(target.value or Decimal(0))}
        yield row.finding(Code.UNIT_SLIP, Answer.ACTUAL, **facts)


@rule(Code.NOT_WHOLE, trial=True)
def not_whole(row: RowInHand) -> Iterator[Finding]:
    """7.9 个: part of a thing, where things are counted and no average is asked."""
    value, target = row.value, row.target
    if value is None or value == value.to_integral_value() or not row.owes:
        return
    unit = target.unit.strip().removeprefix("余")
    if not _ONE_BY_ONE.fullmatch(unit) or _may_be_a_part(target) or off_by_unit(value, target) is not None:
        return
    yield row.finding(Code.NOT_WHOLE, Answer.ACTUAL, got=plain(value))


def _may_be_a_part(target: Target) -> bool:
    """Whether the target itself is no whole number, or is an average."""
    wanted = (target.value, target.value_max, target.baseline)
    if any(one is not None and one != one.to_integral_value() for one in wanted):
        return True
    return bool(_AVERAGES.search(target.name + target.words))


@rule(Code.FAR_ABOVE)
def far_above(row: RowInHand) -> Iterator[Finding]:
    """Many times the year's target, without a former figure that would lead there."""
    aim, value, target = row.target.value, row.value, row.target
    if not aim or aim < 0 or value is None or not row.owes or is_percent(target.unit):
        return
    if target.bound in _CEILINGS or value < aim * row.settings.jump_factor**2 or off_by_unit(value, target):
        return
    before = row.past.value if row.past else None
    if before is None or before * row.settings.jump_factor > value >= before * 2:
        facts = {"got": plain(value), "target": plain(aim), "times": plain(value // aim)}
        yield row.finding(Code.FAR_ABOVE, Answer.ACTUAL, **facts)


def off_by_unit(value: Decimal, target: Target) -> Decimal | None:
    """What was probably meant; None where the figure is of the target's size."""
    aim = target.value
    if not aim or value <= 0 or target.bound in _CEILINGS or is_percent(target.unit):
        return None
    if value >= 1000 * aim:
        return next((value / slip for slip in (_WAN, _YI) if aim / 1000 <= value / slip <= 2 * aim), None)
    whole = value == value.to_integral_value()
    if split_unit(target.unit)[0] == 1 and not whole and aim == aim.to_integral_value() and aim >= 1000:
        meant = value * _WAN
        return meant if aim / 1000 <= meant <= 2 * aim and value * 100 <= aim else None
    return None


@rule(Code.TEXT_COPIED)
def text_copied(row: RowInHand) -> Iterator[Finding]:
    """The account is letter for letter that of last time."""
    past = row.past
    if past is not None and len(row.progress) >= _COPIED_FROM and row.progress == past.progress:
        yield row.finding(Code.TEXT_COPIED, Answer.PROGRESS)


RULES = (fell, unchanged, tenfold, unit_slip, not_whole, far_above, text_copied)
