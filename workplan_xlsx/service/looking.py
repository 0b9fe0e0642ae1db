"""One look: everything that is due now is done, each job by itself, so that none stops another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workplan_xlsx import pipeline
from workplan_xlsx.config import Config
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.rounds import Agenda
from workplan_xlsx.errors import ConfigError
from workplan_xlsx.service.jobs import do_job, jobs_after, jobs_before
from workplan_xlsx.service.resting import Files, Rest, files_now, rest_after
from workplan_xlsx.service.rounds import do_round, lapse
from workplan_xlsx.service.telling import Event, Tell
from workplan_xlsx.steps.calendar import agenda_of
from workplan_xlsx.steps.workspace import Office, open_office
from workplan_xlsx.store.lock import SERVICE
from workplan_xlsx.words import Lang, say


@dataclass(slots=True)
class Watch:
    """What the service keeps between two looks.

    Attributes:
        config: The settings last read without mistakes; a slip in workplan.toml does not stop the month.
        config_trouble: What is wrong in workplan.toml now; "" when nothing is.
        rest: Until when, and as long as which files stay as they are, no look is needed; None: look.
        looks: How often it was really looked; the others were spared.
    """

    root: Path
    lang: Lang | None
    config: Config
    tell: Tell
    stop: Callable[[], bool]
    config_trouble: str = ""
    rest: Rest | None = None
    looks: int = 0


def look(watch: Watch, now: datetime | None) -> bool:
    """Do everything that is due: mailbox, inbox, rounds, letters, page. Return whether all went well.

    Where nothing can be due, because no file has changed and no moment has come, it is not even looked.

    Raises:
        LockedError: A command holds the workspace.
        StoreError: The store cannot be opened.
    """
    files = files_now(watch.root, watch.config)
    rest, watch.rest = watch.rest, None
    if rest is not None and rest.holds(now or datetime.now(watch.config.zone), files):
        watch.rest = rest
        return True
    watch.looks += 1
    well, then = _look(watch, now, files)
    watch.rest = then if well and files == files_now(watch.root, watch.config) else None
    return well


def _look(watch: Watch, now: datetime | None, files: Files | None) -> tuple[bool, Rest | None]:
    """Look; return whether all went well, and the rest that may follow if the files stayed as they were."""
    _read_config(watch, now)
    with open_office(watch.root, now=now, lang=watch.lang, lock=SERVICE, config=watch.config) as office:
        tell = _telling(office, watch)
        _tell_what_was_interrupted(office, tell)
        results = [do_job(office, job, tell) for job in jobs_before(office, watch.stop)]
        agenda = agenda_of(office)
        results += _rounds(office, agenda, watch.stop, tell)
        results += [do_job(office, job, tell) for job in jobs_after(office)]
        well = all(results) and not watch.config_trouble
        return well, rest_after(office, agenda, files)


def _tell_what_was_interrupted(office: Office, tell: Tell) -> None:
    """Rounds are done again; a letter is sent again, though it may have gone: its unit may get it twice.

    Told before they are let go, lest whoever is killed next leaves it untold.
    """
    for each in office.store.interrupted():
        kind = say(f"service.round_{each.kind.partition('-')[0]}", office.lang)
        sentence = say("service.round_interrupted", office.lang, kind=kind, period=each.period)
        facts = {"round": each.kind, "period": each.period}
        tell(Event(what="round_interrupted", at=office.now, sentence=sentence, facts=facts))
    office.store.release_interrupted(office.now, message=say("cli.interrupted", office.lang))
    for mail, told in pipeline.letters_in_doubt(office):
        key = f"in-doubt/{mail.letter.key}/{mail.attempts}" if mail.letter.unit else ""
        tell(Event(what="letter_in_doubt", at=office.now, sentence=f"！{told}", key=key))


def _rounds(office: Office, agenda: Agenda, stop: Callable[[], bool], tell: Tell) -> list[bool]:
    for each in agenda.lapsed:
        lapse(office, each, tell)
    results = []
    for each in agenda.due:
        if stop():
            break
        results.append(do_round(office, each, tell))
    return results


def _read_config(watch: Watch, now: datetime | None) -> None:
    try:
        watch.config = load_config(watch.root, lang=watch.lang)
        watch.config_trouble = ""
    except ConfigError as error:
        if str(error) != watch.config_trouble:
            watch.config_trouble = str(error)
            at = now or datetime.now(watch.config.zone)
            sentence = say("service.config_kept", watch.lang or watch.config.language, why=error)
            watch.tell(Event(what="config_trouble", at=at, sentence=sentence, failed=True))


def _telling(office: Office, watch: Watch) -> Tell:
    """Every event is written down; one with a key is put into the coordinator's letter box as well."""
    from workplan_xlsx.steps.letters import tell_coordinator

    def tell(event: Event) -> None:
        watch.tell(event)
        if event.key:
            tell_coordinator(office, event.key, event.sentence)

    return tell
