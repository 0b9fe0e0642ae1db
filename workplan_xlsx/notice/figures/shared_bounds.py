"""Bound words that several numbers share: 分别不少于50家、10家; 分别增长6%和8%以上."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from workplan_xlsx.notice.figures.bounds import bound_of
from workplan_xlsx.notice.figures.quantities import Phrase

_EACH = re.compile(r"(?:分别|依次)[^\d，,。；;、]{0,12}$")
_JOINS = re.compile(r"\s*(?:、|和|与|及|以及)\s*")


def with_shared_bounds(text: str, phrases: Sequence[Phrase]) -> list[Phrase]:
    """Return the phrases; in a list behind 分别 the first word before and the last word behind bind all."""
    told: list[Phrase] = []
    for run in _runs(text, phrases):
        told += _sharing(run) if len(run) > 1 and _EACH.search(_before(text, run[0])) else run
    return told


def _before(text: str, phrase: Phrase) -> str:
    """What stands before the number, its bound word included."""
    return text[: phrase.start + len(phrase.before)] if phrase.text.startswith(phrase.before) else ""


def _runs(text: str, phrases: Sequence[Phrase]) -> Iterator[list[Phrase]]:
    """Numbers that nothing but 、 or 和 parts, in runs."""
    run: list[Phrase] = []
    for phrase in phrases:
        if run and not _JOINS.fullmatch(text, run[-1].end, phrase.start):
            yield run
            run = []
        run.append(phrase)
    if run:
        yield run


def _sharing(run: Sequence[Phrase]) -> Iterator[Phrase]:
    first, last = run[0].before, run[-1].after
    for phrase in run:
        ranged = phrase.value_max is not None
        before, after = phrase.before or first, phrase.after or last
        yield replace(phrase, bound=bound_of(before, after, more=phrase.more, ranged=ranged))
