"""Working out an edition: figures -> ratings -> tasks -> ranks -> changes. Pure; nothing is laid out here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby

from workplan_xlsx.domain.editions.edition import (
    Change,
    Edition,
    Figure,
    Punctuality,
    RankState,
    ReportingRecord,
    Standing,
    TaskRating,
    TrafficLight,
)
from workplan_xlsx.domain.editions.escalation import escalations
from workplan_xlsx.domain.editions.explaining import explain, light_words
from workplan_xlsx.domain.editions.rating import LightRules, rate
from workplan_xlsx.domain.editions.reporting import ReportingRules, record
from workplan_xlsx.domain.editions.reviewing import reviewed, reviewed_task
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.editions.standings import PastLights, rank_units, rate_task
from workplan_xlsx.domain.findings import Finding, Severity
from workplan_xlsx.domain.joint import across_units, joint_rows
from workplan_xlsx.domain.merging import counting, merge, provisional_rows, under_current_names
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem, follow
from workplan_xlsx.domain.restating import Restatement
from workplan_xlsx.domain.rounding import round_half_up, share_text
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.domain.workdays import Workdays
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, kw_only=True)
class Past:
    """What earlier editions said.

    Attributes:
        ranks: Rank by unit in the last closed period; empty for the first.
        lights: Light of each task code in the periods before, the latest first.
        period: The last closed period; None for the first.
    """

    ranks: Mapping[str, int] = field(default_factory=dict)
    lights: PastLights = field(default_factory=dict)
    period: Period | None = None


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
) -> Edition:
    """Return the edition of a period from all of its submissions, as they stood at `as_of`."""
    known = under_current_names(ledger, (each for each in submissions if each.received_at <= as_of))
    counted = counting(known)
    figures = merge(ledger, period, counted, provisional_rows(known))
    joint = tuple(joint_rows(figures, counted))
    tasks = tuple(
        reviewed_task(each, ledger.decisions, period)
        for each in _rated_tasks(figures, rules.lights, past.lights, lang)
    )
    records = records_of(ledger, known, counted, deadline, workdays, rules.reporting)
    standings = tuple(
        replace(each, missing=_what_is_missing(each, lang))
        for each in rank_units(ledger, tasks, records, past.ranks, rules.weights)
    )
    return Edition(
        ledger=ledger,
        period=period,
        number=number,
        as_of=as_of,
        deadline=deadline,
        standings=standings,
        tasks=tasks,
        figures=figures,
        reporting=tuple(records.values()),
        problems=tuple(follow(ledger, {period: counted}, as_of.date()) if problems is None else problems),
        joint=joint,
        changes=tuple(_changes(standings, tasks, past, lang)),
        escalations=tuple(escalations(tasks)),
        findings=(*_notes(counted), *across_units(joint, lang)),
        rules=tuple(rule_sentences(rules, period, lang)),
        warnings=tuple(_warnings(counted, as_of, deadline, workdays, lang)),
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


def _rated_tasks(
    figures: Sequence[Figure], lights: LightRules, past: PastLights, lang: Lang
) -> Iterator[TaskRating]:
    for _, of_task in groupby(figures, key=lambda figure: figure.task.code):
        ratings = [rate(figure, lights) for figure in of_task]
        told = [reviewed(replace(rating, reason=explain(rating, lights, lang)), lang) for rating in ratings]
        yield rate_task(told[0].figure.task, told, past)


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


def _what_is_missing(standing: Standing, lang: Lang) -> str:
    """What a reader must know beside the score: nothing sent, figures lacking, sent late, returned."""
    reporting = standing.reporting
    if reporting.punctuality is Punctuality.MISSING:
        return say("edition.missing_form", lang)
    if reporting.punctuality is Punctuality.RETURNED:
        return say("edition.missing_returned", lang)
    lacking = [
        rating.target.code
        for task in standing.tasks
        for rating in task.ratings
        if rating.light is TrafficLight.MISSING
    ]
    parts = []
    if lacking:
        parts.append(say("edition.missing_figures", lang, count=len(lacking), codes="、".join(lacking)))
    if standing.state is RankState.NOT_RANKED:
        parts.append(say("edition.missing_tasks" if standing.progress is None else "edition.group_out", lang))
    if reporting.late_workdays:
        parts.append(say("edition.late_by", lang, days=reporting.late_workdays))
    if reporting.times_returned:
        parts.append(say("edition.returned_times", lang, times=reporting.times_returned))
    return say("edition.then", lang).join(parts)


def _changes(
    standings: Iterable[Standing], tasks: Iterable[TaskRating], past: Past, lang: Lang
) -> Iterator[Change]:
    """What is different from the last closed period: ranks first, then lights."""
    for standing in standings:
        if standing.rank_change:
            before, after = str(standing.rank_before), str(standing.rank)
            told = say("edition.change_rank", lang, unit=standing.unit, before=before, after=after)
            yield Change(
                kind="rank",
                unit=standing.unit,
                task_code="",
                target_code="",
                before=before,
                after=after,
                what=told,
            )
    for rated in tasks:
        lights = past.lights.get(rated.task.code, ())
        if lights and lights[0] is not rated.light:
            yield _light_change(rated, lights[0], lang)


def _light_change(rated: TaskRating, was: TrafficLight, lang: Lang) -> Change:
    before, after = light_words(was, lang), light_words(rated.light, lang)
    units = "、".join(rated.task.lead_units)
    told = say("edition.change_light", lang, unit=units, task=rated.task.code, before=before, after=after)
    return Change(
        kind="light",
        unit=units,
        task_code=rated.task.code,
        target_code="",
        before=before,
        after=after,
        what=told,
    )


def rule_sentences(rules: Rules, period: Period, lang: Lang) -> Iterator[str]:
    """Yield the rules in force, one sentence each, with their figures (for 说明)."""
    points = rules.reporting
    yield say("edition.rules_expected", lang, pct=f"{round_half_up(100 * period.elapsed, 1)}%")
    yield say(
        "edition.rules_light",
        lang,
        green=share_text(rules.lights.green_from),
        amber=share_text(rules.lights.amber_from),
    )
    yield say("edition.rules_task", lang)
    yield say("edition.rules_score", lang, progress=rules.weights.progress, reporting=rules.weights.reporting)
    yield say(
        "edition.rules_reporting",
        lang,
        late=points.late_points,
        late_cap=points.late_cap,
        returned=points.returned_points,
        returned_cap=points.returned_cap,
    )
    yield say("edition.rules_rank", lang)
    yield say("edition.rules_figure", lang)
    yield say("edition.rules_correction", lang)


def _warnings(
    counted: Mapping[str, Submission], as_of: datetime, deadline: datetime, workdays: Workdays, lang: Lang
) -> Iterator[str]:
    if not counted:
        yield say("edition.warn_no_return", lang)
    if as_of < deadline:
        yield say("edition.warn_before_deadline", lang, deadline=f"{deadline:%Y-%m-%d %H:%M}")
    if not workdays.known(deadline.year):
        yield say("edition.warn_calendar", lang, year=deadline.year)
