"""A reading in a few lines, for the ledger's first sheet: what was found, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workplan_xlsx.domain.notice import Kind, Notice
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import clauses, listed

_MOST_GOALS = 12


def found_lines(notice: Notice, lang: Lang) -> Iterator[str]:
    """Yield the account of all numbers, the promises without one, the plan's goals, then the findings."""
    quantities = [each for task in notice.tasks for each in task.targets] + list(notice.general)
    left = [each for task in notice.tasks for each in task.left] + list(notice.left)
    measured = [each for each in quantities if each.value is not None]
    targets = [each for each in measured if each.kind is Kind.TARGET]
    reasons = Counter(each.reason for each in left)
    yield say(
        "notice.found_numbers",
        lang,
        all=len(measured) + len(left),
        targets=len(targets),
        doubtful=sum(bool(each.doubt) for each in targets),
        descriptive=len(measured) - len(targets),
        left=len(left),
        reasons=_listed(reasons, lang),
    )
    unnumbered = len(quantities) - len(measured)
    if unnumbered:
        yield say("notice.found_unnumbered", lang, count=unnumbered)
    goals = [f"{each.what}{each.text}" for each in notice.general if each.is_measured_target]
    if goals:
        more = "……" if len(goals) > _MOST_GOALS else ""
        yield say("notice.found_general", lang, goals=clauses(goals[:_MOST_GOALS], lang) + more)
    yield from (finding.message(lang) for finding in notice.findings)


def _listed(reasons: Counter[str], lang: Lang) -> str:
    told = (
        say("notice.reason_count", lang, reason=say(f"notice.{reason}", lang), count=count)
        for reason, count in reasons.most_common()
    )
    return listed(told, lang) or "0"
