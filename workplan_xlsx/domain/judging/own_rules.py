"""A workspace's own rules, asked so that a mistake in one stops nothing else."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import dataclass

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import Rule
from workplan_xlsx.domain.returns import Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesFound:
    """What the file of own rules held when it was run; or why it could not be."""

    names: tuple[str, ...] = ()
    failed: Finding | None = None


class NeverEnds(BaseException):
    """Raised in an own rule that has run for too long; no Exception, so that `except Exception` lets it pass.

    Attributes:
        where: File and line at which it was stopped.
        why: A sentence for whoever wrote the rule.
    """

    def __init__(self, where: str, why: str) -> None:
        super().__init__(why)
        self.where, self.why = where, why


def asked_safely(rule: Rule, row: RowInHand, failed: set[str]) -> Iterator[Finding]:
    """Yield what the own rule says of the row; one that fails is told with file and line, then skipped."""
    try:
        told = list(rule.check(row) or ())
    except (Exception, SystemExit, NeverEnds) as error:  # noqa: BLE001 - foreign code may raise anything; it is told, not swallowed
        failed.add(rule.name)
        yield failure(rule.name, error)
        return
    for each in told:
        if isinstance(each, Finding):
            yield each
        else:
            answer = Answer.STAGE if row.target.is_stage else Answer.ACTUAL
            yield row.finding(rule.code, answer, text=str(each), rule=rule.name)


def failure(name: str, error: BaseException) -> Finding:
    """The note that an own rule could not be asked: which, where in its file, why."""
    if isinstance(error, NeverEnds):
        return found(Code.OWN_RULE_FAILED, rule=name, where=error.where, why=error.why)
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{frames[-1].filename.replace(chr(92), '/').rsplit('/', 1)[-1]}:{frames[-1].lineno}"
    if isinstance(error, SyntaxError):
        where = f"{(error.filename or '').rsplit('/', 1)[-1]}:{error.lineno}"
    why = f"{type(error).__name__}: {error}"[:200]
    return found(Code.OWN_RULE_FAILED, rule=name, where=where, why=why)
