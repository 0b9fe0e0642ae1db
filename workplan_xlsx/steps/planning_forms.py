"""What forms show before anybody types: gathered once for a period, then planned unit by unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from workplan_xlsx.books.form.carried import CarriedProblem
from workplan_xlsx.books.form.plan import FormPlan, FormRow
from workplan_xlsx.config import OfficeContact
from workplan_xlsx.domain.editions.explaining import light_words, own_word, within_a_sentence
from workplan_xlsx.domain.editions.foretelling import LightStep, light_steps
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.rules import LightRules
from workplan_xlsx.domain.form_changes import form_changes
from workplan_xlsx.domain.judging.past import PastRows, past_rows
from workplan_xlsx.domain.model import Joint, Ledger, Target, Task
from workplan_xlsx.domain.pacing import expected_pct, planned_value
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem
from workplan_xlsx.domain.rounding import share_text
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.steps.following import problems_of
from workplan_xlsx.steps.judging_plan import counted_forms
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import Lang, say

_LONGEST_WORD = 60
"""So much of a light's word stands in a formula, which takes texts of 255 characters."""


@dataclass(frozen=True, kw_only=True)
class FormBasis:
    """What all forms of a period are made from; travels to a worker as it is.

    Attributes:
        version: The ledger's wording, as it is written into each form.
        before: Every row as it was accepted last.
        problems: What each unit raised before.
        changes: What each unit finds changed, in sentences.
        stand_ins: The place's own words and colours of the lights.
    """

    ledger: Ledger
    period: Period
    deadline: Deadline
    version: str
    office: OfficeContact
    lights: LightRules | None
    lang: Lang
    before: PastRows
    problems: Mapping[str, tuple[CarriedProblem, ...]]
    changes: Mapping[str, tuple[str, ...]]
    stand_ins: tuple[State, ...] = ()


def form_basis(office: Office, ledger: Ledger, period: Period, version: str) -> FormBasis:
    """Gather it from the workspace."""
    return FormBasis(
        ledger=ledger,
        period=period,
        deadline=office.deadline(period),
        version=version,
        office=office.config.office,
        lights=office.config.rules.lights,
        stand_ins=office.config.rules.rule_set.stand_ins,
        lang=office.lang,
        before=accepted_before(office, ledger, period),
        problems=carried_problems(office, ledger, period),
        changes=changes_since_last_form(office, ledger, period, version),
    )


def form_plan(basis: FormBasis, unit: str) -> FormPlan:
    """All that one form shows before anybody has typed into it."""
    return FormPlan(
        head=basis.ledger.head,
        unit=unit,
        period=basis.period,
        deadline=basis.deadline,
        version=basis.version,
        office=basis.office,
        rows=tuple(_row(basis, task, target, unit) for task, target in basis.ledger.asked_of(unit)),
        problems=basis.problems.get(unit, ()),
        lights_told=_lights_told(basis),
        stand_ins=basis.stand_ins,
        changes=basis.changes.get(unit, ()),
    )


def _lights_told(basis: FormBasis) -> str:
    """Where the lights change; a place's own rules are not foretold on the form."""
    if basis.lights is None:
        return say("form.lights_own", basis.lang)
    shares = {"green": share_text(basis.lights.green_from), "amber": share_text(basis.lights.amber_from)}
    words = {
        f"{light.name.lower()}_word": within_a_sentence(
            light_words(light, basis.lang, basis.stand_ins), basis.lang
        )
        for light in (TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED)
    }
    return say("form.lights_told", basis.lang, **shares, **words)


def _row(basis: FormBasis, task: Task, target: Target, unit: str) -> FormRow:
    whose = unit if task.reports(unit, target) else task.reporting_unit
    before = basis.before.get((whose, target.code))
    return FormRow(
        task=task,
        target=target,
        expected_pct=expected_pct(target, basis.period),
        planned=planned_value(target, basis.period),
        before=before.value if before else None,
        reports=task.reports(unit, target),
        lights=_steps(basis, target),
    )


def _steps(basis: FormBasis, target: Target) -> tuple[LightStep, ...]:
    if basis.lights is None or not _is_its_own(target):
        return ()
    steps = light_steps(target, basis.period, basis.lights)
    if not basis.stand_ins:
        return steps
    words = {each.light: own_word(each, basis.lang) for each in basis.stand_ins}
    return tuple(replace(step, word=words.get(step.light, "")[:_LONGEST_WORD]) for step in steps)


def _is_its_own(target: Target) -> bool:
    """Whether the light follows from this unit's figure alone."""
    return target.joint in (Joint.REPORTING_UNIT, Joint.EACH)


def accepted_before(office: Office, ledger: Ledger, period: Period) -> PastRows:
    """Each row as it was accepted last before the period: what intake holds the new figure against."""
    earlier = tuple(each for each in office.store.issued_periods() if each < period)
    return past_rows(ledger, period, counted_forms(office, ledger, earlier))


def carried_problems(
    office: Office, ledger: Ledger, period: Period
) -> Mapping[str, tuple[CarriedProblem, ...]]:
    """What each unit raised before and is still open; what was settled since its last form is shown once."""
    previous = period.previous()
    if previous is None:
        return {}
    carried: defaultdict[str, list[CarriedProblem]] = defaultdict(list)
    for problem in problems_of(office, ledger, office.now, until=previous):
        if problem.is_open or problem.told_in == previous:
            carried[problem.unit].append(_carried(problem, previous, office.lang))
    return {unit: tuple(raised) for unit, raised in carried.items()}


def _carried(problem: Problem, told_in: Period, lang: Lang) -> CarriedProblem:
    answer = problem.answer
    return CarriedProblem(
        target_code=problem.target.code,
        raised_in=problem.raised_in or told_in,
        difficulty=problem.difficulty,
        request=problem.request,
        number=problem.number,
        state=say(f"form.problem_{problem.state.name.lower()}", lang),
        is_open=problem.is_open,
        answer=answer.answer if answer else "",
        responsible_unit=answer.responsible_unit if answer else "",
        due_on=answer.due_on if answer else None,
    )


def changes_since_last_form(
    office: Office, ledger: Ledger, period: Period, version: str
) -> Mapping[str, tuple[str, ...]]:
    """What each unit finds changed since the last form of another wording that it was sent."""
    bases = _last_other_version(office, period, version)
    ledgers = {base: office.store.ledger_by_digest(base) for base in dict.fromkeys(bases.values())}
    changes = {}
    for unit, base in bases.items():
        old = ledgers[base]
        if old is not None:
            changes[unit] = tuple(change.told(office.lang) for change in form_changes(old, ledger, unit))
    return changes


def _last_other_version(office: Office, period: Period, version: str) -> dict[str, str]:
    """By unit the wording of the last form that differs: of this period, else the last of the one before."""
    previous = period.previous()
    found = {}
    if previous is not None:
        found = {form.unit: form.version for form in office.store.issued(previous)}
    found |= {form.unit: form.version for form in office.store.issued(period) if form.version != version}
    return {unit: base for unit, base in found.items() if base != version}
