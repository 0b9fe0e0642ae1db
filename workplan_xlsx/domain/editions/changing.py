"""What is different from the last closed period, and what is missing of a unit, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from workplan_xlsx.domain.editions.edition import Change
from workplan_xlsx.domain.editions.explaining import light_words, within_a_sentence
from workplan_xlsx.domain.editions.joint_leads import lights_before
from workplan_xlsx.domain.editions.light import State
from workplan_xlsx.domain.editions.ranked import RankState, Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.editions.rules import Weights
from workplan_xlsx.domain.editions.surroundings import Past
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed


def changes(
    standings: Iterable[Standing],
    tasks: Iterable[TaskRating],
    past: Past,
    lang: Lang,
    stand_ins: Sequence[State] = (),
) -> Iterator[Change]:
    """Yield what is different from the last closed period: ranks first, then lights in the place's words."""
    for standing in standings:
        if standing.rank_change:
            yield _rank_change(standing, lang)
    for rated in (each for whole in tasks for each in whole.apart):
        lights = lights_before(past.lights, rated.task.code, rated.lead)
        if lights and lights[0] is not rated.light:
            yield _light_change(rated, lights[0], lang, stand_ins)


def _rank_change(standing: Standing, lang: Lang) -> Change:
    before, after = str(standing.rank_before), str(standing.rank)
    return Change(
        kind="rank",
        unit=standing.unit,
        task_code="",
        target_code="",
        before=before,
        after=after,
        what=say("edition.change_rank", lang, unit=standing.unit, before=before, after=after),
    )


def _light_change(rated: TaskRating, was: TrafficLight, lang: Lang, stand_ins: Sequence[State]) -> Change:
    before, after = (light_words(each, lang, stand_ins) for each in (was, rated.light))
    units = listed(rated.answerable, lang)
    key = "change_repaired" if rated.repaired else "change_light"
    return Change(
        kind="light",
        unit=units,
        task_code=rated.task.code,
        target_code="",
        before=before,
        after=after,
        what=say(
            f"edition.{key}",
            lang,
            unit=units,
            task=rated.task.code,
            before=before,
            after=after,
            red=within_a_sentence(light_words(TrafficLight.RED, lang, stand_ins), lang),
        ),
    )


def what_is_missing(standing: Standing, weights: Weights, lang: Lang) -> str:
    """What a reader must know beside the score: nothing sent, figures lacking, sent late, returned."""
    reporting = standing.reporting
    if reporting.punctuality is Punctuality.MISSING:
        return say("edition.missing_form", lang)
    if reporting.punctuality is Punctuality.RETURNED:
        return say("edition.missing_returned", lang)
    parts = list(_lacking(standing, lang))
    if standing.state is RankState.NOT_RANKED:
        parts.append(_why_not_ranked(standing, weights, lang))
    if reporting.late_workdays:
        parts.append(say("edition.late_by", lang, days=reporting.late_workdays))
    if reporting.times_returned:
        parts.append(say("edition.returned_times", lang, times=reporting.times_returned))
    return say("edition.then", lang).join(parts)


def _lacking(standing: Standing, lang: Lang) -> Iterator[str]:
    lacking = [
        rating.target.code
        for task in standing.tasks
        for rating in task.ratings
        if rating.light is TrafficLight.MISSING
    ]
    if lacking:
        yield say("edition.missing_figures", lang, count=len(lacking), codes=listed(lacking, lang))


def _why_not_ranked(standing: Standing, weights: Weights, lang: Lang) -> str:
    if standing.progress is None:
        return say("edition.missing_tasks", lang)
    counted = sum(1 for task in standing.tasks if task.score is not None)
    if counted < weights.least_tasks:
        return say("edition.few_tasks", lang, count=counted, least=weights.least_tasks)
    return say("edition.group_out", lang)
