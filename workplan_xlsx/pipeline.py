"""The office's year, verb by verb. Read this page first.

    found        a notice becomes a workspace: config, ledger.xlsx, folders
    keep_ledger  what the coordinator changed in ledger.xlsx is checked, told and put in force
    send_forms   every unit gets its own form for the period, pre-filled
    take_in      what lies in the inbox is judged, kept, answered and filed
    confirm      a person says whose form it is that came without any mark
    status       who has sent, what was returned, who is missing
    overview     the same with what comes next, what failed and who is at work; the status page tells it, too
    figures      the merged figures of a period, each with its cell
    publish      the ranking workbook of a period
    hand_up      what was published goes into the form that the higher plan sent us
    replay       what a draft rule set would have changed
    trace        where one figure comes from
    remind, remind_of_problems, draft         what the service does between forms and report
    fetch_mail, deliver, tell_chat            letters in, letters out, what the chat robot is told
    letters_in_doubt                          letters that may have gone when somebody was stopped
    show_status                               the page that shows how things stand

Each verb gathers what it needs, lets domain/ decide, and applies the decision; the steps stand in steps/. A
verb loads its own steps only: whoever asks how things stand does not wait for what writes workbooks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.errors import UsageError
from workplan_xlsx.steps.progress import Progress, silent
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from workplan_xlsx.domain.editions.comparing import Replayed
    from workplan_xlsx.domain.editions.figure import Figure
    from workplan_xlsx.domain.mailing import OutgoingMail
    from workplan_xlsx.domain.overview import Overview
    from workplan_xlsx.domain.submission import Submission
    from workplan_xlsx.steps import (
        backing_up,
        editions,
        forms_out,
        founding,
        handing_up,
        intake_told,
        ledger_keeping,
        restoring,
        standing,
    )


def found(
    notice: Path, root: Path, *, year: int | None, rhythm: Rhythm, now: datetime, lang: Lang
) -> founding.Founding:
    """Make a workspace from a notice."""
    from workplan_xlsx.steps import founding

    return founding.found(notice, root, year=year, rhythm=rhythm, now=now, lang=lang)


def keep_ledger(office: Office, *, record: bool) -> ledger_keeping.LedgerReview:
    """Check ledger.xlsx against the ledger in force; put it in force when asked to and clean."""
    from workplan_xlsx.steps import ledger_keeping

    return ledger_keeping.keep(office, record=record)


def send_forms(
    office: Office,
    period: Period,
    *,
    unit: str | None = None,
    progress: Progress = silent,
    jobs: int | None = None,
) -> forms_out.FormsOut:
    """Write each unit's form for the period into templates/."""
    from workplan_xlsx.steps import forms_out, ledger_keeping

    ledger = ledger_keeping.ledger_to_use(office)
    units = forms_out.units_to_ask(office, ledger, unit)
    return forms_out.write_forms(office, ledger, period, units, progress, jobs)


def take_in(
    office: Office,
    *,
    dry_run: bool = False,
    jobs: int = 1,
    executor: Executor | None = None,
    settle_seconds: float | None = None,
    progress: Progress = silent,
    stop: Callable[[], bool] = lambda: False,
) -> intake_told.Intake:
    """Take in what lies in the inbox; a dry run judges and neither keeps nor moves anything.

    Forms are read by `jobs` processes of this machine, or by the workers of any `executor`, which stays its
    owner's; what the run comes to is the same. Once `stop` says True no further file is begun; those left
    are looked at the next time.
    """
    from workplan_xlsx.steps import problem_keeping, taking_in

    seconds = office.config.settle_seconds if settle_seconds is None else settle_seconds
    taken = taking_in.take_in(
        office,
        dry_run=dry_run,
        jobs=jobs,
        executor=executor,
        settle_seconds=seconds,
        progress=progress,
        stop=stop,
    )
    if dry_run or not taken.brings_news:
        return taken
    with office.store.alone():
        written = problem_keeping.keep_problems(office, office.ledger())
    if written is None:
        return taken
    return replace(taken, problem_rows=written.rows, notes=(written.finding,) if written.finding else ())


def confirm(office: Office, file: str, unit: str, period: Period) -> intake_told.TakenFile:
    """Take a form without marks as the unit's, because a person says so."""
    from workplan_xlsx.steps import confirming

    return confirming.confirm(office, file, unit, period)


def status(office: Office, period: Period | None = None) -> standing.PeriodStatus:
    """Who has reported; of the last period that went out, unless another is named."""
    from workplan_xlsx.steps import standing

    return standing.period_status(office, office.ledger(), period or standing.latest_issued(office))


def overview(office: Office, period: Period | None = None) -> Overview:
    """How things stand, of the last period that went out unless another is named; there may be none yet."""
    from workplan_xlsx.steps import overview as gathering
    from workplan_xlsx.steps import standing

    return gathering.overview(office, office.ledger(), period or standing.last_issued(office))


def figures(office: Office, period: Period) -> tuple[Figure, ...]:
    """The merged figures of a period, missing ones included."""
    from workplan_xlsx.steps import following

    return following.figures_of(office, office.ledger(), period)


def publish(
    office: Office, period: Period, *, as_of: datetime | None = None, progress: Progress = silent
) -> editions.Publication:
    """Put the period's ranking workbook into outbox/, as things stood at `as_of` (now)."""
    from workplan_xlsx.steps import editions, ledger_keeping

    ledger = ledger_keeping.ledger_to_use(office)
    return editions.publish(office, ledger, period, as_of or office.now, progress)


def hand_up(office: Office, form: Path, period: Period, *, dry_run: bool = False) -> handing_up.HandedUp:
    """Fill the higher plan's form with what we published for the period; a dry run writes nothing."""
    from workplan_xlsx.steps import handing_up

    return handing_up.hand_up_form(office, form, period, dry_run=dry_run)


def replay(office: Office, periods: str, rules_file: Path) -> tuple[Replayed, ...]:
    """What the rules of the file would have made of the periods A..B; nothing is written."""
    from workplan_xlsx.steps import replaying

    return replaying.replay(office, replaying.periods_between(office, periods), rules_file)


def trace(
    office: Office, period: Period, target_code: str, unit: str = ""
) -> tuple[Figure, tuple[Submission, ...]]:
    """Where a figure comes from, and every form in that period of the units that told it.

    Raises:
        UsageError: There is no such target on the forms; or each lead has its own, and none is named.
    """
    from workplan_xlsx.steps import following

    found = [each for each in figures(office, period) if each.target.code == target_code]
    if len(found) > 1 and unit not in [each.unit for each in found]:
        units = listed((each.unit for each in found), office.lang)
        raise UsageError(say("cli.several_figures", office.lang, code=target_code, units=units))
    for figure in found:
        if len(found) == 1 or figure.unit == unit:
            told_by = {figure.unit, *(each.unit for each in figure.read_from)}
            told_by |= {each.source.verdict.unit for each in figure.read_from if each.source}
            known = following.known_forms(office, office.ledger(), period)
            return figure, tuple(each for each in known if each.verdict.unit in told_by)
    raise UsageError(say("cli.no_such_target", office.lang, code=target_code))


def reminder_text(office: Office, status: standing.PeriodStatus) -> str:
    """What the coordinator pastes into the chat group (催报): who is missing by now; or that all are here."""
    from workplan_xlsx.steps import reminding

    return reminding.chat_text(office, status)


def remind(office: Office, period: Period, *, missing_only: bool, name: str) -> str:
    """Remind all units, or those missing; return what was done, in words. `name` is the round's."""
    from workplan_xlsx.steps import reminding

    return reminding.remind(office, office.ledger(), period, missing_only=missing_only, name=name)


def remind_of_problems(office: Office, period: Period) -> str:
    """Remind units of problems past their date; return what was done, in words."""
    from workplan_xlsx.steps import editions, reminding

    edition = editions.edition_of(office, office.ledger(), period, office.now, number=1)
    return reminding.remind_of_problems(office, edition.problems, period)


def draft(office: Office, period: Period) -> Path:
    """Write the draft of the period's report (征求意见稿) into outbox/; nothing is published."""
    from workplan_xlsx.steps import drafting, ledger_keeping

    return drafting.draft(office, ledger_keeping.ledger_to_use(office), period)


def fetch_mail(office: Office, *, stop: Callable[[], bool] = lambda: False) -> str:
    """Put the forms that came by mail into the inbox; return what was done, in words."""
    from workplan_xlsx.steps import fetching

    return fetching.fetch_mail(office, stop)


def deliver(office: Office) -> str:
    """Send what waits in the outbox of mail; return what was done, in words."""
    from workplan_xlsx.steps import delivering

    return delivering.deliver(office)


def letters_in_doubt(office: Office) -> Iterator[tuple[OutgoingMail, str]]:
    """The letters of which nobody knows whether they went, each once, with the sentence that says so."""
    from workplan_xlsx.steps import delivering

    return delivering.letters_in_doubt(office)


def tell_chat(office: Office) -> str:
    """Tell the chat robot what has happened since the last time; return what was done, in words."""
    from workplan_xlsx.steps import chatting

    return chatting.tell_chat(office)


def show_status(office: Office) -> bool:
    """Bring the status page up to date; return whether it was written."""
    from workplan_xlsx.steps import standing, status_page

    return status_page.show_status(office, office.ledger(), standing.last_issued(office))


def back_up(office: Office, file: Path) -> backing_up.BackedUp:
    """Put what cannot be made again into one file."""
    from workplan_xlsx.steps import backing_up

    return backing_up.back_up(office, file)


def restore(file: Path, root: Path, *, lang: Lang) -> restoring.Restored:
    """Make a workspace from a backup, in an empty folder."""
    from workplan_xlsx.steps import restoring

    return restoring.restore(file, root, lang)
