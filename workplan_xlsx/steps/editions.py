"""Publishing an edition: worked out from the store, laid out in outbox/, recorded; earlier ones are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

from workplan_xlsx.books.whole_file import file_sha256
from workplan_xlsx.domain.editions.digest import digest_of, digest_of_figures, digest_of_rules
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.joint_leads import (
    is_own_key,
    lights_of_periods,
    lights_to_remember,
)
from workplan_xlsx.domain.editions.names_of_then import by_key_of_today, by_unit_of_today
from workplan_xlsx.domain.editions.overview import PeriodLights, lights_over_time
from workplan_xlsx.domain.editions.rules_told import entered_sentences
from workplan_xlsx.domain.editions.since_last import EditionBefore, since_last
from workplan_xlsx.domain.editions.surroundings import Past, completions
from workplan_xlsx.domain.editions.working_out import work_out_edition
from workplan_xlsx.domain.merging import counting, merge
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.steps.following import known_forms, problems_of, restatements_of
from workplan_xlsx.steps.papers import word_papers_lacking, write_papers
from workplan_xlsx.steps.progress import Progress, silent, watching
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.editions import RecordedEdition
from workplan_xlsx.words import say

_WORD = ".docx"


@dataclass(frozen=True, kw_only=True)
class Publication:
    """What `report` made; `repeated` when nothing had changed since the edition that is there already.

    `papers` are what was written beside the workbook: CSV, JSON, Word. `remarks` are what the operator must
    know about the files of this and earlier editions, e.g. that one was changed by hand.
    """

    edition: Edition
    path: Path
    repeated: bool
    papers: tuple[Path, ...] = ()
    remarks: tuple[str, ...] = ()


def publish(
    office: Office, ledger: Ledger, period: Period, as_of: datetime, progress: Progress = silent
) -> Publication:
    """Work out the period as it stood at `as_of` and put the workbook into outbox/.

    Equal data give the same edition again; anything new makes the next one, and the earlier file stays. Of an
    edition that is there only what lacks is written: its Word papers may have been edited since.
    """
    from workplan_xlsx.books.ranking.book import write_ranking  # here: collect needs none of it

    recorded = office.store.editions(period)
    edition = edition_of(office, ledger, period, as_of, number=len(recorded) + 1, progress=progress)
    digest = digest_of(edition)
    same = _same_again(recorded, digest, as_of)
    if same is not None:
        again = edition_of(office, ledger, period, same.as_of, number=same.number)
        edition = again if digest_of(again) == digest else replace(edition, number=same.number)
    edition = _with_changes(office, edition, recorded)
    path = office.folders.outbox(period) / _file_name(office, edition)
    remarks = tuple(_changed_by_hand(office, recorded))
    worked_on = tuple(_worked_on(office, recorded))
    if same is None or not path.exists():
        write_ranking(
            edition,
            path,
            office.lang,
            history=_history(office, edition),
            digest=digest,
            remarks=remarks,
            watch=watching("report", progress),
        )
        remarks = (*remarks, *word_papers_lacking(office.lang))
    papers = write_papers(office, edition, path, missing_only=same is not None)
    if same is None:
        office.store.record_edition(_record(office, edition, digest, path, papers))
    return Publication(
        edition=edition,
        path=path,
        repeated=same is not None,
        papers=papers,
        remarks=(*remarks, *worked_on),
    )


def _same_again(recorded: Sequence[RecordedEdition], digest: str, as_of: datetime) -> RecordedEdition | None:
    """The edition that says the same; data that went back to an earlier one make a new edition all the same.

    Who asks for a moment before the latest edition gets the one that said so then.
    """
    if recorded and recorded[-1].as_of <= as_of:
        return recorded[-1] if recorded[-1].digest == digest else None
    return next((each for each in recorded if each.digest == digest), None)


def _changed_by_hand(office: Office, recorded: Iterable[RecordedEdition]) -> Iterator[str]:
    """A sentence for each published workbook, CSV, JSON that is not what was written; it is left alone."""
    for each, file in _other_than_written(office, recorded):
        if not file.endswith(_WORD):
            yield say("ranking.changed_by_hand", office.lang, file=file, number=each.number)


def _worked_on(office: Office, recorded: Iterable[RecordedEdition]) -> Iterator[str]:
    """A sentence for each Word paper that somebody has worked on, as one may before it goes out."""
    for each, file in _other_than_written(office, recorded):
        if file.endswith(_WORD):
            yield say("ranking.worked_on", office.lang, file=file, number=each.number)


def _other_than_written(
    office: Office, recorded: Iterable[RecordedEdition]
) -> Iterator[tuple[RecordedEdition, str]]:
    for each in recorded:
        for file, written in ((each.path, each.file_sha256), *each.papers):
            path = office.folders.outbox(each.period) / file
            if written and path.exists() and file_sha256(path) != written:
                yield each, file


def edition_of(
    office: Office,
    ledger: Ledger,
    period: Period,
    as_of: datetime,
    *,
    number: int,
    progress: Progress = silent,
) -> Edition:
    """Work out what an edition would say; nothing is written."""
    edition = work_out_edition(
        ledger,
        period,
        known_forms(office, ledger, period),
        number=number,
        as_of=as_of,
        deadline=office.deadline(period).at,
        workdays=office.workdays,
        rules=office.config.rules,
        past=past_of(office, ledger, period),
        lang=office.lang,
        problems=problems_of(office, ledger, as_of, until=period),
        restatements=restatements_of(office, ledger, as_of),
        watch=watching("rated", progress),
    )
    return replace(edition, in_force=office.config.rules)


def _history(office: Office, edition: Edition) -> tuple[PeriodLights, ...]:
    """The lights of the periods so far, as their latest editions told them."""
    earlier = [
        (each.period, [TrafficLight(light) for key, light in each.lights if not is_own_key(key)])
        for each in _latest(office, edition.period)
    ]
    return lights_over_time(earlier, edition)


def _latest(office: Office, period: Period) -> list[RecordedEdition]:
    """The latest edition of each period before, the last period first."""
    latest: list[RecordedEdition] = []
    before = period.previous()
    while before is not None:
        latest += office.store.editions(before)[-1:]
        before = before.previous()
    return latest


def past_of(office: Office, ledger: Ledger, period: Period) -> Past:
    """What the latest editions of the periods before say, the last closed period first."""
    latest = _latest(office, period)
    ranks = by_unit_of_today(latest[0].ranks, ledger) if latest else {}
    return Past(
        ranks={unit: rank for unit, rank in ranks.items() if rank is not None},
        lights=_lights_by_task(latest, ledger),
        period=latest[0].period if latest else None,
        completions=_completions_before(office, ledger, period),
    )


def _lights_by_task(latest: list[RecordedEdition], ledger: Ledger) -> dict[str, tuple[TrafficLight, ...]]:
    """The lights of each task, the latest first; of a lead measured by itself its own, too."""
    return lights_of_periods([_lights_of(edition, ledger) for edition in latest])


def _lights_of(edition: RecordedEdition, ledger: Ledger) -> dict[str, TrafficLight]:
    lights = by_key_of_today(edition.lights, ledger)
    return {key: TrafficLight(light) for key, light in lights.items()}


def _completions_before(office: Office, ledger: Ledger, period: Period) -> dict[str, Fraction]:
    """How far each target was at the end of the period before; only where a rule judges this period alone."""
    before = period.previous()
    asked = any(name.startswith("period_") for name in office.config.rules.rule_set.looked_at)
    if before is None or not asked:
        return {}
    return completions(merge(ledger, before, counting(known_forms(office, ledger, before))))


def _file_name(office: Office, edition: Edition) -> str:
    return say("ranking.file_name", office.lang, period=edition.period, number=edition.number)


def _with_changes(office: Office, edition: Edition, recorded: Iterable[RecordedEdition]) -> Edition:
    """The edition with what differs from the one before it, and why; the first one as it is."""
    before = next((each for each in recorded if each.number == edition.number - 1), None)
    if before is None:
        return edition
    store = office.store
    ledger = store.ledger_in_force() or edition.ledger
    rested_on = before.ledger_digest
    known = EditionBefore(
        number=before.number,
        as_of=before.as_of,
        ranks=by_unit_of_today(before.ranks, edition.ledger),
        lights=_lights_of(before, edition.ledger),
        ledger=store.ledger_by_digest(rested_on) if rested_on not in ("", _ledger_digest(office)) else None,
        rules=before.rules if before.rules_digest not in ("", _rules_digest(office)) else None,
    )
    changes = since_last(known, edition, ledger, _rules_of(office, edition), office.lang)
    return replace(edition, since_last=tuple(changes))


def _ledger_digest(office: Office) -> str:
    versions = office.store.ledger_versions()
    return versions[-1].digest if versions else ""


def _rules_digest(office: Office) -> str:
    return digest_of_rules(office.config.rules)


def _rules_of(office: Office, edition: Edition) -> tuple[str, ...]:
    return (*edition.rules, *entered_sentences(office.config.rules, office.lang))


def _record(
    office: Office, edition: Edition, digest: str, path: Path, papers: Iterable[Path]
) -> RecordedEdition:
    return RecordedEdition(
        period=edition.period,
        number=edition.number,
        as_of=edition.as_of,
        digest=digest,
        path=path.name,
        ranks=tuple((standing.unit, standing.rank) for standing in edition.standings),
        lights=tuple((key, light.value) for key, light in lights_to_remember(edition.tasks)),
        file_sha256=file_sha256(path),
        ledger_digest=_ledger_digest(office),
        rules_digest=_rules_digest(office),
        rules=_rules_of(office, edition),
        papers=tuple((each.name, file_sha256(each)) for each in papers),
        figures_digest=digest_of_figures(edition.figures),
    )
