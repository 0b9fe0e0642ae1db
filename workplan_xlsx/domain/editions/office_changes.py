"""What is different because of the office or a late form: restated figures and reviews, as lines of 变动."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from workplan_xlsx.domain.decisions import Waiver
from workplan_xlsx.domain.editions.edition import Change, Edition
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.reviewing import review_words
from workplan_xlsx.domain.restating import Restatement
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed


def office_changes(edition: Edition, lang: Lang) -> Iterator[Change]:
    """Yield the restatements, then the reviews of figures and of tasks."""
    yield from restated(edition.restatements, lang)
    yield from reviews(edition.figures, lang, edition.stand_ins)
    yield from task_reviews(edition, lang)


def restated(restatements: Iterable[Restatement], lang: Lang) -> Iterator[Change]:
    """Yield a change for every published figure that is another one now, with the form that changed it."""
    for each in restatements:
        before = _told(each.published, each.published_status, lang)
        after = _told(each.value, each.status, lang)
        facts = {"unit": each.unit, "period": each.period, "edition": each.edition, "name": each.target.name}
        otherwise = say("edition.by_review" if each.by_review else "edition.by_ledger", lang)
        source = each.source.verdict.file if each.source else otherwise
        yield Change(
            kind="restated",
            unit=each.unit,
            task_code=each.task.code,
            target_code=each.target.code,
            before=before,
            after=after,
            what=say("edition.change_restated", lang, **facts, before=before, after=after, source=source),
        )


def reviews(figures: Iterable[Figure], lang: Lang, stand_ins: Sequence[State] = ()) -> Iterator[Change]:
    """Yield a change for every figure or light of the period that the office decided."""
    for figure in figures:
        override = figure.override
        if override is None:
            continue
        before = _told(figure.reported, figure.reported_status, lang)
        after = _told(figure.value, figure.status, lang)
        if override.light is not None:
            after = light_words(override.light, lang, stand_ins)
        yield Change(
            kind="review",
            unit=figure.unit,
            task_code=figure.task.code,
            target_code=figure.target.code,
            before=before,
            after=after,
            what=say(
                "edition.about", lang, name=figure.target.name, told=review_words(override, before, lang)
            ),
        )


def task_reviews(edition: Edition, lang: Lang) -> Iterator[Change]:
    """Yield a change for every task whose light the office decided as a whole."""
    for rated in edition.tasks:
        override = edition.ledger.decisions.override(rated.task.code, edition.period)
        if override is not None and override.light is not None:
            yield Change(
                kind="review",
                unit=listed(rated.task.lead_units, lang),
                task_code=rated.task.code,
                target_code="",
                before="—",
                after=light_words(rated.light, lang, edition.stand_ins),
                what=say(
                    "edition.about", lang, name=rated.task.title, told=review_words(override, "—", lang)
                ),
            )


def waiver_sentences(waivers: Iterable[Waiver], lang: Lang) -> Iterator[str]:
    """Yield each waiver as a sentence: nobody is spared in silence."""
    for each in waivers:
        yield say(
            "edition.waiver",
            lang,
            rule=each.rule,
            unit=each.unit or say("edition.all_units", lang),
            target=say("edition.waiver_target", lang, target=each.target) if each.target else "",
            until=_until(each, lang),
            who=each.who,
            why=each.why,
        )


def _until(waiver: Waiver, lang: Lang) -> str:
    if waiver.until is None:
        return say("edition.waiver_without_end", lang)
    return say("edition.waiver_until", lang, until=waiver.until)


def _told(value: Decimal | None, status: str, lang: Lang) -> str:
    return plain(value) if value is not None else status or say("edition.light_missing", lang)
