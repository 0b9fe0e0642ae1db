"""红黄灯清单, 报送情况, 问题清单, 多牵头核对, 变动: the lists that somebody works through."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.ranking.contents import Cell, Column, Shown
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.books.ranking.places import Rated
from workplan_xlsx.books.ranking.sentences import amid
from workplan_xlsx.domain.editions.edition import Change
from workplan_xlsx.domain.editions.escalation import list_words
from workplan_xlsx.domain.editions.office_changes import office_changes
from workplan_xlsx.domain.editions.rated import Rating, TaskRating
from workplan_xlsx.domain.editions.reported import ReportingRecord
from workplan_xlsx.domain.joint import JointPart, JointRow
from workplan_xlsx.domain.model import Joint
from workplan_xlsx.domain.problems import Problem
from workplan_xlsx.domain.rounding import plain, round_half_up
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, has, say
from workplan_xlsx.words.listing import listed

Listed = tuple[str, str]
"""A unit and the code of its task on a leaders' list."""

_MOST_REPAIRED = 15

LIGHTS = (
    Column("light", 11),
    Column("code", 9, "code"),
    Column("task", 24),
    Column("target", 24),
    Column("leads", 24),
    Column("aim", 13),
    Column("value", 12),
    Column("completion", 9),
    Column("expected", 9),
    Column("behind", 9),
    Column("streak", 8, "centred"),
    Column("follow_up", 13, "centred"),
    Column("reason", 56),
)
REPORTING = (
    Column("unit", 26, "text_link"),
    Column("reporting", 20),
    Column("received", 17, "centred"),
    Column("late_workdays", 9, "tally"),
    Column("times_returned", 9, "tally"),
    Column("reporting_score", 9),
    Column("filled_by", 11, "centred"),
    Column("phone", 15, "exact"),
    Column("history", 58),
)
PROBLEMS = (
    Column("number", 15, "centred"),
    Column("unit", 20, "text_link"),
    Column("code", 9, "code"),
    Column("task", 18),
    Column("state", 10, "centred"),
    Column("age", 10, "tally"),
    Column("difficulty", 30),
    Column("request", 25),
    Column("answer", 30),
    Column("responsible", 15),
    Column("answer_due", 12, "centred"),
    Column("next_steps", 24),
    Column("source", 24),
)
JOINT = (
    Column("code", 9, "code"),
    Column("task", 24),
    Column("target", 24),
    Column("reports", 22),
    Column("counted", 14),
    Column("measure", 9, "centred"),
    Column("others", 54),
    Column("difference", 16, "centred"),
    Column("used_why", 30),
)
CHANGES = (
    Column("kind", 12, "centred"),
    Column("unit", 32, "text_link"),
    Column("code", 9, "code"),
    Column("before", 14, "centred"),
    Column("after", 14, "centred"),
    Column("what", 70),
)


def write_lights(paper: Paper) -> None:
    """Every red and amber target with its reason, the worst first, and how long it has been so."""
    shown = paper.places.alarming
    red = sum(1 for _, rating in shown if rating.light is TrafficLight.RED)
    red_word, amber_word = (
        amid(light, paper.edition, paper.lang) for light in (TrafficLight.RED, TrafficLight.AMBER)
    )
    words = {"red_word": red_word, "amber_word": amber_word}
    paper.head(paper.say("hint_lights", red=red, amber=len(shown) - red, **words) + _repaired(paper))
    follow_up = _follow_up(paper)
    rows = (_light_row(paper, task_and_rating, follow_up) for task_and_rating in paper.over(shown))
    nothing = paper.say("lights_none", red=red_word, amber=amber_word)
    paper.list(LIGHTS, rows, frozen=2, nothing=nothing)
    paper.print_on_a4()


def _repaired(paper: Paper) -> str:
    """The tasks that were red in the period before and are not any more; "" where there is none."""
    codes = [task.task.code for task in paper.edition.tasks if any(each.repaired for each in task.apart)]
    if not codes:
        return ""
    named = listed(codes[:_MOST_REPAIRED], paper.lang)
    if len(codes) > _MOST_REPAIRED:
        named += "…"
    red = cells.light_word(TrafficLight.RED, paper.lang, paper.edition.stand_ins)
    return paper.say("hint_repaired", count=len(codes), codes=named, red=red)


def _follow_up(paper: Paper) -> Mapping[Listed, dict[str, None]]:
    """By unit and task code: the leaders' lists that they are on, in order."""
    lists: dict[Listed, dict[str, None]] = defaultdict(dict)
    for name, unit, code in paper.edition.escalations:
        lists[unit, code][list_words(name, paper.lang)] = None
    return lists


def _light_row(paper: Paper, rated: Rated, follow_up: Mapping[Listed, dict[str, None]]) -> list[Cell]:
    task, rating = rated
    target, figure = rating.target, rating.figure
    streak = task.red_streak or task.amber_streak if rating.light is task.light else 0
    return [
        cells.rated_light(rating, paper.edition, paper.lang),
        Shown(target.code, "code_link", paper.places.tasks.get(target.code, figure.lead)),
        task.task.title,
        target.name,
        listed(task.answerable, paper.lang),
        cells.aim(target, paper.lang),
        cells.figure(figure, paper.lang),
        cells.percent(rating.completion_pct),
        cells.percent(rating.expected_pct),
        cells.points(None if rating.shortfall_pp is None else -rating.shortfall_pp),
        paper.say("periods_running", count=streak) if streak > 1 else "",
        "\n".join(_lists_of(task, follow_up)),
        rating.reason,
    ]


def _lists_of(task: TaskRating, follow_up: Mapping[Listed, dict[str, None]]) -> dict[str, None]:
    """The lists that any of the units is on for the task."""
    of_units = (follow_up.get((unit, task.task.code), {}) for unit in task.answerable)
    return {name: None for each in of_units for name in each}


def write_reporting(paper: Paper) -> None:
    """How each unit reported, with every form it sent."""
    deadline = f"{paper.local(paper.edition.deadline):%Y-%m-%d %H:%M}"
    paper.head(paper.say("hint_reporting", deadline=deadline), hint_column=1)
    rows = (_record_row(paper, record) for record in paper.edition.reporting)
    paper.list(REPORTING, rows, frozen=1, nothing=paper.say("reporting_none"))
    paper.print_on_a4()


def _record_row(paper: Paper, record: ReportingRecord) -> list[Cell]:
    counted = record.counted
    signed = dict(counted.verdict.sign_off) if counted else {}
    return [
        REPORTING[0].linked(record.unit, paper.places.units.get(record.unit)),
        cells.punctuality(record, paper.lang),
        f"{paper.local(counted.received_at):%Y-%m-%d %H:%M}" if counted else "",
        record.late_workdays,
        record.times_returned,
        cells.score(record.score),
        signed.get("filled_by", ""),
        signed.get("phone", ""),
        "\n".join(_history(paper, record)),
    ]


def _history(paper: Paper, record: ReportingRecord) -> Iterator[str]:
    for each in record.history:
        outcome = paper.say(f"outcome_{each.verdict.outcome.value}")
        facts = {"number": each.version, "outcome": outcome, "file": each.verdict.file}
        yield paper.say("history_line", moment=f"{paper.local(each.received_at):%m-%d %H:%M}", **facts)


def write_problems(paper: Paper) -> None:
    """The difficulties and requests that the units raised."""
    paper.head(paper.say("hint_problems", count=len(paper.edition.problems)))
    rows = (_problem_row(paper, each) for each in paper.edition.problems)
    paper.list(PROBLEMS, rows, frozen=3, nothing=paper.say("problems_none"))
    paper.print_on_a4()


def _problem_row(paper: Paper, problem: Problem) -> list[Cell]:
    """Overdue ones stand first; who helps and until when is the office's word."""
    answer = problem.answer
    state = say(f"ledger.problem_{problem.state.name.lower()}", paper.lang)
    overdue = say("ledger.problem_overdue", paper.lang, state=state)
    return [
        problem.number,
        PROBLEMS[1].linked(problem.unit, paper.places.units.get(problem.unit)),
        Shown(problem.target.code, "code_link", paper.places.tasks.get(problem.target.code, problem.unit)),
        problem.task.title,
        overdue if problem.overdue_days else state,
        problem.age_days,
        problem.difficulty,
        problem.request,
        answer.answer if answer else "",
        answer.responsible_unit if answer else "",
        answer.due_on.isoformat() if answer and answer.due_on else "",
        problem.next_steps,
        f"{problem.source.verdict.file} {problem.sheet}!{problem.cell}",
    ]


def write_joint(paper: Paper) -> None:
    """Targets with several leads: whose figure counts, and what the others wrote, side by side."""
    paper.head(paper.say("hint_joint"))
    each_own = {
        (figure.target.code, figure.lead): rating
        for task in paper.edition.tasks
        for rating in task.ratings
        if (figure := rating.figure).lead
    }
    rows = (_joint_row(paper, joint, each_own) for joint in paper.edition.joint)
    paper.list(JOINT, rows, frozen=2, nothing=paper.say("joint_none"))
    paper.print_on_a4()


def _joint_row(paper: Paper, joint: JointRow, each_own: Mapping[Listed, Rating]) -> list[Cell]:
    """What counts and what the others wrote; where several count, what every lead wrote."""
    apart = joint.figure.lead
    one_counts = joint.rule is Joint.REPORTING_UNIT
    others = [part for part in joint.parts if not one_counts or part.unit != joint.reporting_unit]
    told = (
        _told(paper, part, each_own.get((joint.target.code, part.unit)) if apart else None) for part in others
    )
    return [
        Shown(joint.target.code, "code_link", paper.places.tasks.get(joint.target.code)),
        joint.task.title,
        joint.target.name,
        paper.say("joint_each") if apart else joint.reporting_unit,
        cells.NOT_APPLICABLE if apart else cells.figure(joint.figure, paper.lang),
        joint.target.unit,
        "\n".join(told),
        cells.NOT_APPLICABLE
        if joint.rule in (Joint.EACH, Joint.SUM)
        else "\n".join(_difference(part, paper.lang) for part in others),
        say(f"checks.joint_{joint.rule.name.lower()}", paper.lang, unit=joint.reporting_unit),
    ]


def _told(paper: Paper, part: JointPart, own: Rating | None) -> str:
    """What the lead wrote; of one measured by its own figure also the light and the score."""
    told = cells.account(part, paper.lang) or paper.say("joint_nothing")
    if own is None:
        return paper.say("joint_line", unit=part.unit, told=told)
    light = cells.rated_light(own, paper.edition, paper.lang).content
    score = "—" if own.score is None else round_half_up(own.score, 2)
    return paper.say("joint_own", unit=part.unit, told=told, light=light, score=score)


def _difference(part: JointPart, lang: Lang) -> str:
    """By how much another lead's figure differs from the one that counts; a stage by its word."""
    if part.difference:
        return f"{'+' if part.difference > 0 else ''}{plain(part.difference)}"
    if part.agrees:
        return "=" if part.value is not None or part.status else cells.NOT_APPLICABLE
    return cells.stage(part.status, lang)


def write_changes(paper: Paper) -> None:
    """What is different from the last period, and from the edition before."""
    paper.head(paper.say("hint_changes"))
    edition = paper.edition
    changes = (*office_changes(edition, paper.lang), *edition.since_last, *edition.changes)
    rows = (_change_row(paper, change) for change in changes)
    paper.list(CHANGES, rows, frozen=0, nothing=paper.say("changes_none"))
    paper.print_on_a4()


def _change_row(paper: Paper, change: Change) -> list[Cell]:
    word = f"change_{change.kind}"
    code = change.target_code or change.task_code
    return [
        paper.say(word) if has(f"ranking.{word}") else change.kind,
        CHANGES[1].linked(change.unit, paper.places.units.get(change.unit)),
        Shown(code, "code_link", paper.places.tasks.get(code, change.unit)) if code else "",
        change.before,
        change.after,
        change.what,
    ]
