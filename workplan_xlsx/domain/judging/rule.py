"""What a rule is: a small function of one row, with the code it raises and when it holds.

    @rule(Code.FELL)
    def fell(row: RowInHand) -> Iterator[Finding]:
        if ...:
            yield row.finding(Code.FELL, Answer.ACTUAL, got=..., before=...)

How grave it is, its group and its sentence in both languages stand in the catalogue (domain/findings.py,
words/findings.toml). A workspace's own rules use the same decorator, with a name of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from workplan_xlsx.domain.findings import Code, Finding, Severity
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.settings import RuleSettings
from workplan_xlsx.domain.period import Period

Check = Callable[[RowInHand], Iterable[Finding | str]]
_OWN = {Severity.ERROR: Code.OWN_ERROR, Severity.QUERY: Code.OWN_QUERY, Severity.NOTE: Code.OWN_NOTE}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        name: Of an own rule; our own rules go by their code.
        since, until: First and last day for which it holds, compared with the period's last day.
        trial: Shipped as a note first, whatever its severity.
    """

    code: Code
    check: Check
    name: str = ""
    since: date | None = None
    until: date | None = None
    trial: bool = False

    @property
    def key(self) -> str:
        """What workplan.toml and waivers call it."""
        return self.name or self.code.code

    def holds_in(self, period: Period | None) -> bool:
        """Whether it holds for the period."""
        if period is None:
            return True
        after = self.since is None or self.since <= period.ends_on
        return after and (self.until is None or period.ends_on <= self.until)


def rule(
    code: Code | str,
    *,
    severity: str = "query",
    since: date | None = None,
    until: date | None = None,
    trial: bool = False,
) -> Callable[[Check], Rule]:
    """Make a rule of a function that yields findings about one row; own rules yield sentences.

    Raises:
        ValueError: The severity is none of error, query, note.
    """

    def make(check: Check) -> Rule:
        if isinstance(code, Code):
            return Rule(code, check, since=since, until=until, trial=trial)
        return Rule(_OWN[Severity(severity)], check, name=code, since=since, until=until, trial=trial)

    return make


def active(rules: Iterable[Rule], settings: RuleSettings, period: Period | None) -> tuple[Rule, ...]:
    """Return the rules that are asked in this period."""
    return tuple(each for each in rules if each.key not in settings.off and each.holds_in(period))


def is_on_trial(each: Rule, settings: RuleSettings) -> bool:
    """Whether the rule only makes notes here."""
    return each.key in settings.trial or (each.trial and each.key not in settings.in_force)
