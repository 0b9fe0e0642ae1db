"""What `replay` says: a line for each light, rank and list that the draft would change; the same as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workplan_xlsx.domain.editions.comparing import LightDifference, RankDifference, Replayed
from workplan_xlsx.domain.editions.escalation import list_words
from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.words import Lang, say

Json = dict[str, object]


def lines(replayed: Sequence[Replayed], lang: Lang) -> Iterator[str]:
    """For a person: period by period, then the sum."""
    for each in replayed:
        yield say(
            "cli.replay_period",
            lang,
            period=each.period,
            lights=len(each.lights),
            ranks=len(each.ranks),
            lists=len(each.lists) + len(each.lists_gone),
        )
        yield from (_light_line(light, lang) for light in each.lights)
        yield from (_rank_line(rank, lang) for rank in each.ranks)
        for key, lists in (("replay_list_new", each.lists), ("replay_list_gone", each.lists_gone)):
            for name, unit, code in lists:
                yield say(f"cli.{key}", lang, list=list_words(name, lang), unit=unit, code=code or "—")
    yield say("cli.replay_done", lang)


def _light_line(light: LightDifference, lang: Lang) -> str:
    return say(
        "cli.replay_light",
        lang,
        code=light.target_code,
        unit=light.unit,
        before=light.before_word or light_words(light.before, lang),
        after=light.after_word or light_words(light.after, lang),
        reason=light.reason,
    )


def _rank_line(rank: RankDifference, lang: Lang) -> str:
    return say(
        "cli.replay_rank",
        lang,
        unit=rank.unit,
        rank_before=rank.rank_before or "—",
        rank_after=rank.rank_after or "—",
        total_before="—" if rank.total_before is None else rank.total_before,
        total_after="—" if rank.total_after is None else rank.total_after,
    )


def told(replayed: Sequence[Replayed], lang: Lang) -> list[Json]:
    """For a program: totals as exact strings, null where there is none."""
    return [
        {
            "period": str(each.period),
            "lights": [_light(light, lang) for light in each.lights],
            "ranks": [_rank(rank) for rank in each.ranks],
            "lists_new": [list(entry) for entry in each.lists],
            "lists_gone": [list(entry) for entry in each.lists_gone],
        }
        for each in replayed
    ]


def _light(light: LightDifference, lang: Lang) -> Json:
    return {
        "task": light.task_code,
        "target": light.target_code,
        "unit": light.unit,
        "before": light.before_word or light_words(light.before, lang),
        "after": light.after_word or light_words(light.after, lang),
        "reason": light.reason,
    }


def _rank(rank: RankDifference) -> Json:
    return {
        "unit": rank.unit,
        "rank_before": rank.rank_before,
        "rank_after": rank.rank_after,
        "total_before": None if rank.total_before is None else str(rank.total_before),
        "total_after": None if rank.total_after is None else str(rank.total_after),
    }
