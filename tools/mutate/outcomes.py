"""What became of each mutated form, held against what a person reads in it."""

from __future__ import annotations

import hashlib
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum

from forms_sent import PERIOD, Sent, Truth
from harmful import DAMAGED, HARMFUL, ROWS_BY_WORDING
from harmless import HARMLESS

from workplan_xlsx.domain.findings import Severity
from workplan_xlsx.domain.judging.judge import JudgingPlan
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.judging import Judge


class Expected(Enum):
    """What is asked of a kind of mutation."""

    ACCEPTED = "accepted, equal"
    NOT_ACCEPTED = "not accepted, place named"
    EITHER = "either of both"


@dataclass(frozen=True)
class Kind:
    """One kind of mutation."""

    name: str
    expected: Expected
    make: Callable[[Sent, random.Random], bytes | tuple[str, bytes] | None]


KINDS = (
    *(Kind(each.__name__, Expected.ACCEPTED, each) for each in HARMLESS),
    *(Kind(each.__name__, Expected.ACCEPTED, each) for each in ROWS_BY_WORDING),
    *(Kind(each.__name__, Expected.NOT_ACCEPTED, each) for each in HARMFUL),
    *(Kind(each.__name__, Expected.EITHER, each) for each in DAMAGED),
)


@dataclass(frozen=True)
class Mutated:
    """A file as it comes back."""

    kind: Kind
    hand: FileInHand
    sent: Sent


@dataclass
class Table:
    """Counts by kind, and every case that is not as it should be."""

    accepted: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    silently_wrong: Counter[str] = field(default_factory=Counter)
    placeless: Counter[str] = field(default_factory=Counter)
    cases: list[tuple[str, Mutated, Verdict]] = field(default_factory=list)
    codes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, mutated: Mutated, verdict: Verdict) -> None:
        """Count one verdict."""
        kind = mutated.kind
        if verdict.outcome is Outcome.ACCEPTED:
            self.accepted[kind.name] += 1
            may_be = kind.expected is not Expected.NOT_ACCEPTED and says(verdict, mutated.sent)
            if not may_be:
                self.silently_wrong[kind.name] += 1
                self.cases.append(("silently wrong", mutated, verdict))
            return
        self.refused[kind.name] += 1
        self.codes[kind.name].update({each.code.name for each in grave(verdict)})
        if not any(each.cell or each.sheet or each.file for each in grave(verdict)):
            self.placeless[kind.name] += 1
            self.cases.append(("no place", mutated, verdict))
        elif kind.expected is Expected.ACCEPTED:
            self.cases.append(("harmless, not accepted", mutated, verdict))

    @property
    def harmless_accepted_pct(self) -> float:
        """Of the mutations that change nothing, how many were accepted."""
        names = {kind.name for kind in KINDS if kind.expected is Expected.ACCEPTED}
        accepted = sum(self.accepted[name] for name in names)
        return 100 * accepted / max(1, accepted + sum(self.refused[name] for name in names))

    def lines(self) -> Iterator[str]:
        """The table as Markdown."""
        yield "| kind | expected | sent | accepted, equal | not accepted | silently wrong | no place | said |"
        yield "|---|---|---:|---:|---:|---:|---:|---|"
        for kind in KINDS:
            name = kind.name
            accepted, refused, wrong = self.accepted[name], self.refused[name], self.silently_wrong[name]
            if accepted + refused:
                told = ", ".join(code for code, _ in self.codes[name].most_common(3))
                shown = (name.replace("_", " "), kind.expected.value, accepted + refused, accepted - wrong)
                yield "| " + " | ".join(map(str, (*shown, refused, wrong, self.placeless[name], told))) + " |"


def grave(verdict: Verdict) -> list:
    """The findings that keep it from being accepted."""
    return [each for each in verdict.findings if each.severity is not Severity.NOTE]


def says(verdict: Verdict, sent: Sent) -> bool:
    """Whether what was accepted is exactly what a person reads in the form."""
    taken: Truth = {
        entry.target_code: entry.stage if entry.value is None else entry.value
        for entry in verdict.entries
        if entry.counts
    }
    whose = (verdict.unit, verdict.period) == (sent.unit, PERIOD)
    return whose and taken == {code: _plain(value) for code, value in sent.truth.items()}


def _plain(value: Decimal | str) -> Decimal | str:
    return value


def mutated(forms: Sequence[Sent], count: int, chance: random.Random) -> Iterator[Mutated]:
    """Yield so many mutated forms, all kinds in turn."""
    made = 0
    while made < count:
        for kind in KINDS:
            sent = chance.choice(forms)
            result = kind.make(sent, chance)
            if result is None or made >= count:
                continue
            name, data = result if isinstance(result, tuple) else (f"{made}.xlsx", result)
            made += 1
            yield Mutated(kind, FileInHand(name, hashlib.sha256(data).hexdigest(), data), sent)


def judged(files: Sequence[Mutated], plan: JudgingPlan, *, jobs: int = 2) -> Table:
    """Judge all as the intake does."""
    table = Table()
    with Workers(Judge(plan), jobs=jobs) as workers:
        for each, result in zip(files, workers.results(each.hand for each in files), strict=True):
            table.add(each, result.verdict)
    return table
