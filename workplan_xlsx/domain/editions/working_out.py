"""Working out an edition: figures -> ratings -> tasks -> ranks -> changes. Pure; nothing is laid out here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from workplan_xlsx.domain.editions.aiming import unaimed, under_names_of_today
from workplan_xlsx.domain.editions.changing import changes, what_is_missing
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.escalation import escalations
from workplan_xlsx.domain.editions.explaining import explain
from workplan_xlsx.domain.editions.facts import Surroundings
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.joint_leads import rated_apart, tasks_by_unit
from workplan_xlsx.domain.editions.lifting import lifts_of
from workplan_xlsx.domain.editions.losing import losses_of
from workplan_xlsx.domain.editions.pointing import points_of
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.editions.rating import facts_of, rate
from workplan_xlsx.domain.editions.reported import ReportingRecord
from workplan_xlsx.domain.editions.reporting import record
from workplan_xlsx.domain.editions.reviewing import reviewed
from workplan_xlsx.domain.editions.rules import ReportingRules, Rules
from workplan_xlsx.domain.editions.rules_told import rule_sentences, warnings
from workplan_xlsx.domain.editions.stability import rank_ranges
from workplan_xlsx.domain.editions.standings import places, ranked, standings_of, with_points
from workplan_xlsx.domain.editions.surroundings import Marks, Past, surroundings
from workplan_xlsx.domain.findings import Finding, Severity
from workplan_xlsx.domain.joint import across_units, joint_rows
from workplan_xlsx.domain.merging import counting, merge, provisional_rows, under_current_names
from workplan_xlsx.domain.model import Ledger, Task
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem, follow
from workplan_xlsx.domain.restating import Restatement
from workplan_xlsx.domain.rulesets.conditions import Known
from workplan_xlsx.domain.rulesets.measures import Level
from workplan_xlsx.domain.rulesets.rule_set import RuleSet, default_lights
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.domain.watching import Watch, unwatched
from workplan_xlsx.domain.workdays import Workdays
from workplan_xlsx.words import Lang

Places = Mapping[str, tuple[int, int]]
"""By unit its rank, and its place from the end of its group."""


def work_out_edition(
    ledger: Ledger,
    period: Period,
    submissions: Sequence[Submission],
    *,
    number: int,
    as_of: datetime,
    deadline: datetime,
    workdays: Workdays,
    rules: Rules,
    past: Past,
    lang: Lang,
    problems: Sequence[Problem] | None = None,
    restatements: Sequence[Restatement] = (),
    watch: Watch = unwatched,
) -> Edition:
    """Return the edition of a period from all of its submissions, as they stood at `as_of`.

    `watch` sees the figures as they are rated.
    """
    rules = replace(rules, rule_set=under_names_of_today(rules.rule_set, ledger))
    known = under_current_names(ledger, (each for each in submissions if each.received_at <= as_of))
    counted = counting(known)
    figures = merge(ledger, period, counted, provisional_rows(known))
    joint = tuple(joint_rows(figures, counted))
    records = records_of(ledger, known, counted, deadline, workdays, rules.reporting)
    judged = _Judging(ledger, period, figures, records, rules, past, lang, watch).judged()
    standings = tuple(
        replace(each, missing=what_is_missing(each, rules.weights, lang)) for each in judged.standings
    )
    return Edition(
        ledger=ledger,
        period=period,
        number=number,
        as_of=as_of,
        deadline=deadline,
        standings=standings,
        tasks=judged.tasks,
        figures=figures,
        reporting=tuple(records.values()),
        problems=tuple(follow(ledger, {period: counted}, as_of.date()) if problems is None else problems),
        joint=joint,
        changes=tuple(changes(standings, judged.tasks, past, lang, rules.rule_set.stand_ins)),
        escalations=judged.escalations,
        findings=(*_notes(counted), *across_units(joint, lang)),
        rules=tuple(rule_sentences(rules, period, lang)),
        warnings=(
            *unaimed(rules.rule_set, ledger, period, lang),
            *warnings(counted, figures, as_of, deadline, workdays, lang),
        ),
        states=rules.rule_set.own_states,
        stand_ins=rules.rule_set.stand_ins,
        in_force=rules,
        restatements=tuple(restatements),
        waivers=tuple(
            each for each in ledger.decisions.waivers if each.until is None or each.until >= period.starts_on
        ),
    )


def _notes(counted: Mapping[str, Submission]) -> Iterator[tuple[str, Finding]]:
    for unit, submission in counted.items():
        for finding in submission.verdict.findings:
            if finding.severity is not Severity.ERROR:
                yield unit, finding


def records_of(
    ledger: Ledger,
    known: Sequence[Submission],
    counted: Mapping[str, Submission],
    deadline: datetime,
    workdays: Workdays,
    rules: ReportingRules,
) -> dict[str, ReportingRecord]:
    """Return how each unit that gets a form has reported, in the roster's order."""
    by_unit: dict[str, list[Submission]] = {name: [] for name in ledger.reporting_unit_names}
    for submission in known:
        by_unit.setdefault(submission.verdict.unit, []).append(submission)
    return {
        name: record(
            name,
            by_unit[name],
            counted.get(name),
            deadline=deadline,
            workdays=workdays,
            rules=rules,
        )
        for name in ledger.reporting_unit_names
    }


@dataclass(frozen=True)
class _Judged:
    """What judging came to: rated tasks, ranked standings, lists."""

    tasks: tuple[TaskRating, ...]
    standings: tuple[Standing, ...]
    escalations: tuple[tuple[str, str, str], ...]


class _Judging:
    """The figures of one period under one set of rules; each method is one step on the way to the ranks."""

    def __init__(
        self,
        ledger: Ledger,
        period: Period,
        figures: Sequence[Figure],
        records: Mapping[str, ReportingRecord],
        rules: Rules,
        past: Past,
        lang: Lang,
        watch: Watch,
    ) -> None:
        self._watch = watch
        self._ledger = ledger
        self._period = period
        self._figures = figures
        self._records = records
        self._rules = rules
        self._past = past
        self._lang = lang
        self._marks = Marks(rules.rule_set, period)

    def judged(self) -> _Judged:
        """Rate, add and deduct, rank. Rules that look at ranks see those by the scores before any points."""
        rule_set = self._rules.rule_set
        first = replace(rule_set, lights=default_lights()) if rule_set.looks_at_ranks else rule_set
        tasks, standings = self._rated(first, {})
        place = places(ranked(standings))
        if rule_set.looks_at_ranks:
            tasks, standings = self._rated(rule_set, place)
        result = ranked([self._with_points(each, place) for each in standings])
        lists = escalations(tasks, result, self._rules.rule_set.lists, self._marks, places(result))
        return _Judged(tasks, self._with_outlook(result), tuple(lists))

    def _rated(self, rule_set: RuleSet, place: Places) -> tuple[tuple[TaskRating, ...], list[Standing]]:
        around = surroundings(self._figures, rule_set, self._past, self._marks, place)
        rated = self._rating(rule_set, around)
        tasks = tuple(self._rated_tasks(rated))
        by_unit = tasks_by_unit(tasks)
        rest = self._past.ranks, self._rules.weights
        return tasks, standings_of(self._ledger, by_unit, self._records, *rest)

    def _rating(
        self, rule_set: RuleSet, around: Callable[[Figure], Surroundings]
    ) -> Callable[[Figure], Rating]:
        lang = self._lang

        def rated(figure: Figure) -> Rating:
            rating = rate(figure, rule_set, around(figure), lang=lang)
            told = replace(rating, reason=explain(rating, rule_set, around(figure), lang))
            return reviewed(told, lang, rule_set.stand_ins)

        return rated

    def _rated_tasks(self, rated: Callable[[Figure], Rating]) -> Iterator[TaskRating]:
        watched = self._watch(len(self._figures))(self._figures)
        for _, of_task in groupby(watched, key=lambda figure: figure.task.code):
            ratings = [rated(figure) for figure in of_task]
            yield self._task(ratings[0].figure.task, ratings)

    def _task(self, task: Task, ratings: Sequence[Rating]) -> TaskRating:
        override = self._ledger.decisions.override(task.code, self._period)
        return rated_apart(task, ratings, self._past.lights, override)

    def _with_points(self, standing: Standing, place: Places) -> Standing:
        rule_set = self._rules.rule_set
        if not rule_set.points and not rule_set.granted:
            return standing
        mine = place.get(standing.unit)
        facts = self._target_facts(standing, place)
        points = points_of(standing, rule_set, self._marks, facts, mine, self._period, self._lang)
        return with_points(standing, points)

    def _target_facts(self, standing: Standing, place: Places) -> dict[str, Known]:
        """The facts of the unit's counted targets, where a points rule looks at targets."""
        if not any(rule.level is Level.TARGET for rule in self._rules.rule_set.points):
            return {}
        around = surroundings(self._figures, self._rules.rule_set, self._past, self._marks, place)
        return {
            rating.target.code: facts_of(rating.figure, around(rating.figure)).known
            for task in standing.tasks
            for rating in task.ratings
        }

    def _with_outlook(self, standings: Sequence[Standing]) -> tuple[Standing, ...]:
        """What was lost, what would lift, how stable: told of what is ranked."""
        weights, reporting = self._rules.weights, self._rules.reporting
        lifts = lifts_of(standings, weights, self._lang)
        ranges = rank_ranges(standings, weights)
        return tuple(
            replace(
                each,
                losses=losses_of(each, weights, reporting, self._lang),
                lift=lifts.get(each.unit),
                rank_range=ranges.get(each.unit),
            )
            for each in standings
        )
