"""ledger.xlsx against the ledger in force: checked, compared, recorded with a date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from workplan_xlsx.books.ledger.reader import LedgerReading, read_ledger
from workplan_xlsx.domain.figures_touched import How, touched
from workplan_xlsx.domain.findings import Code, Finding, Severity, found, gravest
from workplan_xlsx.domain.ledger_changes import LedgerChange, differences, meaning_words, renamings
from workplan_xlsx.domain.measures_of_today import shifts_between
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.pacing import paced
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.problems import Problem, ProblemState, is_about
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.errors import LedgerError
from workplan_xlsx.steps.following import figures_of, problems_of
from workplan_xlsx.steps.problem_keeping import keep_problems
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_TOUCHING = ("unit", "task", "target")
"""Kinds of changes that may touch figures which were reported already."""
_MOST_CODES = 30
_CODE_OF = {How.LOST: Code.LEDGER_FIGURES_LOST, How.CARRIED: Code.LEDGER_FIGURES_CARRIED}
_MARKS_OF_OPEN_BOOKS = ("~${name}", ".~lock.{name}#")
"""What Excel and WPS, and LibreOffice, put beside a workbook while it is open."""


@dataclass(frozen=True, kw_only=True)
class LedgerReview:
    """What reading ledger.xlsx came to.

    Attributes:
        ledger: As read; None where it has errors.
        changes: Differences to the ledger in force.
        recorded: Whether it was put in force now.
        problem_rows: How many rows of 问题清单 were added or renewed.
    """

    ledger: Ledger | None
    findings: tuple[Finding, ...]
    changes: tuple[LedgerChange, ...]
    recorded: bool
    problem_rows: int = 0


def review(office: Office, *, record: bool) -> LedgerReview:
    """Read ledger.xlsx back; if it is clean, differs and is to be recorded, put it in force."""
    reading = read_ledger(office.folders.ledger, office.config.own_rule_names)
    before = office.store.ledger_in_force()
    findings = reading.findings
    if reading.ledger is not None:
        findings = (*findings, *_against_the_past(office, before, reading.ledger, reading))
    if reading.ledger is None or gravest(findings) is Severity.ERROR:
        return LedgerReview(ledger=None, findings=findings, changes=(), recorded=False)
    changes = tuple(differences(before, reading.ledger))
    if changes:
        findings = (*findings, *_turned_back(office, changes))
    if before is not None and any(change.kind in _TOUCHING for change in changes):
        findings = (*findings, *_figures_touched(office, before, reading.ledger))
    if changes and record:
        office.store.record_ledger(reading.ledger, office.now)
    return LedgerReview(
        ledger=reading.ledger,
        findings=findings,
        changes=changes,
        recorded=bool(changes and record),
    )


def _figures_touched(office: Office, before: Ledger, ledger: Ledger) -> Iterator[Finding]:
    """What becomes of the figures of all periods: those lost in one finding, those carried on in another."""
    found_in: dict[How, dict[str, list[Period]]] = {how: {} for how in How}
    for period in sorted(office.store.issued_periods()):
        was, now = (figures_of(office, each, period) for each in (before, ledger))
        for how, target, when in touched(was, now):
            found_in[how].setdefault(target, []).append(when)
    for how, code in _CODE_OF.items():
        if found_in[how]:
            told = _listed_codes(found_in[how], office.lang)
            yield found(code, file=office.folders.ledger.name, count=len(found_in[how]), told=told)


def _listed_codes(found_in: Mapping[str, list[Period]], lang: Lang) -> str:
    told = [f"{code} ({listed(periods, lang)})" for code, periods in found_in.items()]
    more = ["……"] if len(told) > _MOST_CODES else []
    return listed([*told[:_MOST_CODES], *more], lang)


def book_told(office: Office) -> str:
    """What whoever builds on ledger.xlsx should know: it is gone, or somebody has it open; "" for neither."""
    book = office.folders.ledger
    if not book.exists():
        return say("cli.book_gone", office.lang)
    marks = (mark.format(name=book.name) for mark in _MARKS_OF_OPEN_BOOKS)
    return say("cli.book_open", office.lang) if any((book.parent / each).exists() for each in marks) else ""


def keep(office: Office, *, record: bool) -> LedgerReview:
    """Review ledger.xlsx, then bring its sheet 问题清单 up to date."""
    reviewed = review(office, record=record)
    if reviewed.ledger is None or not record:
        return reviewed
    written = keep_problems(office, reviewed.ledger)
    if written is None:
        return reviewed
    findings = reviewed.findings if written.finding is None else (*reviewed.findings, written.finding)
    return replace(reviewed, findings=findings, problem_rows=written.rows)


def _against_the_past(
    office: Office, before: Ledger | None, ledger: Ledger, reading: LedgerReading
) -> Iterator[Finding]:
    """What can only be told with the store at hand: renamed units, answers, reopened periods."""
    file = office.folders.ledger.name
    if before is not None:
        for old, new in renamings(before, ledger):
            yield found(Code.LEDGER_UNIT_RENAMED, file=file, old=old, new=new)
        yield from _decided_in_old_measures(office, before, ledger)
    if ledger.decisions.answers:
        problems = problems_of(office, ledger, office.now)
        yield from _answers(ledger, before, problems, reading)
    issued = office.store.issued_periods()
    for override in ledger.decisions.overrides:
        if override.period not in issued:
            yield found(Code.LEDGER_DECIDED_AHEAD, file=file, code=override.code, period=override.period)
    for each in ledger.decisions.reopenings:
        if not office.store.editions(each.period):
            yield found(Code.LEDGER_PERIOD_NOT_PUBLISHED, file=file, period=each.period)


def _decided_in_old_measures(office: Office, before: Ledger, ledger: Ledger) -> Iterator[Finding]:
    """A figure that the office decided in 万元 must not be read as 亿元: nobody thought of its line."""
    shifts = shifts_between(before, ledger)
    for each in ledger.decisions.overrides:
        shift = shifts.get(each.code)
        if shift is None or each.value is None or each not in before.decisions.overrides:
            continue
        what, words = shift.change.what, (shift.change.before, shift.change.after)
        was, now = (meaning_words(what, word, office.lang) for word in words)
        yield found(
            Code.LEDGER_DECIDED_IN_OLD_MEASURE,
            file=office.folders.ledger.name,
            code=each.code,
            period=each.period,
            value=plain(each.value) + shift.old.unit,
            what=say(f"checks.meaning_{what}", office.lang),
            before=was,
            after=now,
        )


def _answers(
    ledger: Ledger, before: Ledger | None, problems: Iterable[Problem], reading: LedgerReading
) -> Iterator[Finding]:
    known = tuple(problems)
    earlier = {each.number: each for each in before.decisions.answers} if before else {}
    for answer in ledger.decisions.answers:
        sheet, cell = reading.answers_at.get(answer.number, ("", ""))
        mine = [problem for problem in known if is_about(answer.number, problem)]
        if not mine:
            yield found(Code.LEDGER_ANSWER_WITHOUT_PROBLEM, sheet=sheet, cell=cell, number=answer.number)
            continue
        was = earlier.get(answer.number)
        closed = was is not None and was.closed_on is not None and mine[-1].state is ProblemState.CLOSED_OUT
        if was is not None and closed and (was.answer, was.due_on) != (answer.answer, answer.due_on):
            facts = {"number": answer.number, "day": was.closed_on}
            yield found(Code.LEDGER_ANSWER_AFTER_CLOSING, sheet=sheet, cell=cell, file="", **facts)


def _turned_back(office: Office, changes: Iterable[LedgerChange]) -> Iterator[Finding]:
    """Changes that undo what was put in force last: an old copy of the book may have been saved."""
    versions = office.store.ledger_versions()
    if len(versions) < 2:
        return
    older, newer = (office.store.ledger_by_digest(each.digest) for each in versions[-2:])
    if older is None or newer is None:
        return
    last = {(each.kind, each.code, each.field): each for each in differences(older, newer)}
    undone = [
        change.code
        for change in changes
        if (was := last.get((change.kind, change.code, change.field))) is not None
        and (was.before, was.after) == (change.after, change.before)
    ]
    if undone:
        facts = {"codes": listed(dict.fromkeys(undone), office.lang), "day": versions[-1].recorded_at.date()}
        yield found(Code.LEDGER_TURNED_BACK, file=office.folders.ledger.name, sheet="", cell="", **facts)


def ledger_to_use(office: Office) -> Ledger:
    """Return the ledger in force, after what the coordinator changed in ledger.xlsx has been recorded.

    Raises:
        LedgerError: ledger.xlsx holds mistakes; the first few are named.
    """
    if not office.folders.ledger.exists():
        return office.ledger()
    review_now = review(office, record=True)
    if review_now.ledger is None:
        errors = [each for each in review_now.findings if each.severity is Severity.ERROR]
        told = "\n".join(f"  {each.place()}  {each.message(office.lang)}" for each in errors[:10])
        raise LedgerError(say("cli.ledger_has_errors", office.lang, count=len(errors), errors=told))
    return paced(review_now.ledger, office.config.rules.curve)
