"""What the cells of one row say about each other (group "relation")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workplan_xlsx.domain.findings import Code, Finding
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import rule
from workplan_xlsx.domain.judging.written_nothing import says_something
from workplan_xlsx.domain.model import Bound, Nature, Stage
from workplan_xlsx.domain.returns import Answer
from workplan_xlsx.domain.rounding import plain

_STOCK = re.compile(
    r"正在|目前|现已|已经|积极|有序|稳步|持续|按计划|按时序|正常|加快|全面|深入|扎实|认真|"
    r"推进|开展|进行|落实|实施|办理|进展|顺利|良好|中|工作|任务|各项|情况|完成|的|了|已|[\s\W_]"
)
_DIGIT = re.compile(r"\d")  # nearly every account has one; ① and ² are asked for after it
_SHORTEST_ACCOUNT = 4  # characters that say something, stock phrases left out
_CLIMBING = (Nature.CUMULATIVE, Nature.RATE)
_CEILINGS = (Bound.AT_MOST, Bound.LESS_THAN)


@rule(Code.DONE_BELOW_TARGET)
def done_below_target(row: RowInHand) -> Iterator[Finding]:
    """进展状态 says 已完成 although the figure has not reached the year's target."""
    target = row.target
    if row.stage != Stage.DONE or row.value is None or target.value is None:
        return
    if target.nature in _CLIMBING and target.bound not in _CEILINGS and row.value < target.value:
        facts = {"got": plain(row.value), "target": plain(target.value)}
        yield row.finding(Code.DONE_BELOW_TARGET, Answer.STAGE, **facts)


@rule(Code.DONE_WITHOUT_EVIDENCE, trial=True)
def done_without_evidence(row: RowInHand) -> Iterator[Finding]:
    """A target that is reached, or a stage 已完成, wants an account that says by what."""
    if row.owes and _is_done(row) and is_thin(row.progress):
        yield row.finding(Code.DONE_WITHOUT_EVIDENCE, Answer.PROGRESS)


def _is_done(row: RowInHand) -> bool:
    target = row.target
    if row.value is None or not target.value or target.nature not in _CLIMBING or target.bound in _CEILINGS:
        return row.stage == Stage.DONE
    return row.value >= target.value


@rule(Code.PROBLEM_WITHOUT_REQUEST)
def problem_without_request(row: RowInHand) -> Iterator[Finding]:
    """A difficulty is told, but not what the unit asks for."""
    if row.difficulty and not row.request and not row.next_steps and says_something(row.difficulty):
        yield row.finding(Code.PROBLEM_WITHOUT_REQUEST, Answer.REQUEST)


@rule(Code.ACCOUNT_THIN)
def account_thin(row: RowInHand) -> Iterator[Finding]:
    """正在推进 alone tells nobody anything."""
    if row.progress and is_thin(row.progress):
        yield row.finding(Code.ACCOUNT_THIN, Answer.PROGRESS, got=row.progress[:40])


def is_thin(text: str) -> bool:
    """Whether hardly anything is left once stock phrases are taken away; a number always says something."""
    if len(text) > 60 or _DIGIT.search(text) or any(map(str.isdigit, text)):
        return False
    return len(_STOCK.sub("", text)) < _SHORTEST_ACCOUNT


RULES = (done_below_target, done_without_evidence, problem_without_request, account_thin)
