"""Judging a returned form: right file -> structure -> cells -> each other -> the past.

A later stage is silent about a cell that an earlier one already explains; everything else is told at once.
Pure: the same form and plan always give the same verdict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from workplan_xlsx.domain.findings import Code, Finding, Severity, found, gravest
from workplan_xlsx.domain.judging import given_rules, over_time_rules, relation_rules, table_rules
from workplan_xlsx.domain.judging.identity import Identity, identify
from workplan_xlsx.domain.judging.own_rules import asked_safely
from workplan_xlsx.domain.judging.past import PastRows
from workplan_xlsx.domain.judging.reading_rows import read_row
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.row_identity import contradictions, unit_by_wording, with_codes
from workplan_xlsx.domain.judging.rule import Rule, active, is_on_trial
from workplan_xlsx.domain.judging.settings import Partial, RuleSettings
from workplan_xlsx.domain.judging.softening import Softener
from workplan_xlsx.domain.judging.structure import structure
from workplan_xlsx.domain.ledger_changes import NOTHING_CHANGED, MeaningChanges, meaning_words
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.pacing import planned_value
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.returns import Entry, ReturnedForm, ReturnedRow, SignOff
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.words import Lang

ROW_RULES: tuple[Rule, ...] = (*given_rules.RULES, *relation_rules.RULES, *over_time_rules.RULES)
"""All rules about one row, in the order of their stages."""
MAY_BE_OFF = frozenset(
    each.code
    for each in (
        *(rule.code for rule in ROW_RULES),
        Code.PARTS_EXCEED,
        Code.ACCOUNT_BLANK,
        Code.SIGN_OFF_BLANK,
        Code.DATE_CONVERTED,
        Code.DATE_UNCLEAR,
    )
)
"""Codes of the rules that a workspace may switch off; what reading a cell met is told always."""


@dataclass(frozen=True, kw_only=True)
class JudgingPlan:
    """All that judging needs to know besides the form; the same for every form of a run.

    Attributes:
        issued: Periods for which forms were sent out.
        past: For each period, every row as it was accepted last before it.
        closed: Periods that were published, each with the units for which it was reopened.
        since: By form version, what changed its meaning after that form went out.
    """

    ledger: Ledger
    rhythm: Rhythm
    issued: frozenset[Period]
    lang: Lang = "zh"
    settings: RuleSettings = field(default_factory=RuleSettings)
    past: Mapping[Period, PastRows] = field(default_factory=dict)
    closed: Mapping[Period, frozenset[str]] = field(default_factory=dict)
    since: Mapping[str, MeaningChanges] = field(default_factory=dict)

    def planned_in(self, period: Period | None) -> dict[str, Decimal | None]:
        """本期计划 by target code, as far as it was asked for: every form of a period shows the same."""
        return self._planned.setdefault(period, {})

    @cached_property
    def _planned(self) -> dict[Period | None, dict[str, Decimal | None]]:
        return {}

    @cached_property
    def latest(self) -> Period | None:
        """The latest period for which forms were sent out."""
        return max(self.issued, default=None)


def judge(form: ReturnedForm, plan: JudgingPlan, own: Sequence[Rule] = ()) -> Verdict:
    """Return what becomes of the form, with all its findings at once, and the entries that may count.

    Quarantined: it could not be read, or not be attributed to a unit of this plan. Returned: any error, or
    a query without an explanation; then nothing of it counts, or by `partial` its clean rows meanwhile.
    """
    if any(finding.code.group == "file" and finding.severity is Severity.ERROR for finding in form.findings):
        return _verdict(form, plan, Outcome.QUARANTINED, findings=form.findings)
    identity = identify(
        form.marks,
        plan.ledger,
        rhythm=plan.rhythm,
        issued=plan.issued,
        sheet=form.sheet,
        lang=plan.lang,
    )
    findings = [*form.findings, *identity.findings]
    if not identity.unit or any(finding.code is Code.OTHER_PLAN for finding in findings):
        findings = [*_recognised(findings, form, plan)]
        return _verdict(form, plan, Outcome.QUARANTINED, findings=findings)
    if gravest(findings) is Severity.ERROR:
        return _verdict(form, plan, Outcome.RETURNED, identity=identity, findings=findings)
    table = _Table(form, identity, plan, own)
    findings += table.findings
    keeps = gravest(findings) in (Severity.NOTE, None)
    outcome = Outcome.ACCEPTED if keeps else Outcome.RETURNED
    entries = table.entries if keeps else table.clean_entries()
    return _verdict(form, plan, outcome, identity=identity, findings=findings, entries=entries)


def _recognised(findings: Iterable[Finding], form: ReturnedForm, plan: JudgingPlan) -> Iterator[Finding]:
    """Where no mark says whose form it is, its rows may; a person then confirms it, nothing is assumed."""
    for finding in findings:
        unit = unit_by_wording(form, plan.ledger) if finding.code is Code.NOT_OUR_FORM else ""
        if unit:
            period = max(plan.issued, default="")
            yield found(
                Code.RECOGNISED, sheet=form.sheet, file=form.file, unit=unit, period=period, name=form.file
            )
        else:
            yield finding


def _verdict(
    form: ReturnedForm,
    plan: JudgingPlan,
    outcome: Outcome,
    *,
    findings: Iterable[Finding],
    identity: Identity | None = None,
    entries: tuple[Entry, ...] = (),
) -> Verdict:
    return Verdict(
        file=form.file,
        sha256=form.sha256,
        outcome=outcome,
        unit=identity.unit if identity else "",
        period=identity.period if identity else None,
        form_version=identity.version if identity else "",
        identified_by=identity.source if identity else "",
        entries=entries,
        findings=tuple(findings),
        sign_off=tuple(_sign_off(form, plan)),
    )


def _sign_off(form: ReturnedForm, plan: JudgingPlan) -> Iterator[tuple[str, str]]:
    for key, content in form.head.items():
        is_day = key is SignOff.FILLED_ON
        yield (
            key.value,
            table_rules.filled_on(content, plan.ledger.head.year) if is_day else content.text.strip(),
        )


class _Table:
    """The rows of a form that is certainly this unit's, judged in the order of the ledger."""

    def __init__(
        self, form: ReturnedForm, identity: Identity, plan: JudgingPlan, own: Sequence[Rule]
    ) -> None:
        form, restored = with_codes(form, plan.ledger, identity.unit)
        self._form, self._identity, self._plan = form, identity, plan
        period, settings = identity.period, plan.settings
        self._since = plan.since.get(identity.version, NOTHING_CHANGED)
        self._past = plan.past.get(period, {}) if period else {}
        self._rules = active((*ROW_RULES, *own), settings, period)
        self._softener = Softener(plan.ledger, settings, identity.unit, period)
        self._failed: set[str] = set()
        self._bad_rows: set[str] = set()
        self.findings: list[Finding] = [*restored]
        self._judge()

    def _judge(self) -> None:
        ledger, form, lang = self._plan.ledger, self._form, self._plan.lang
        asked = {target.code: (task, target) for task, target in ledger.asked_of(self._identity.unit)}
        rows = _rows_by_code(form.rows)
        self.findings += structure(form, rows, asked, ledger, self._since, lang)
        reworded = self._since.reworded | self._since.changed.keys()
        contradicting = [*contradictions(form.rows, asked, ledger, reworded)]
        self.findings += contradicting
        doubtful = reworded.union(dict(finding.facts)["code"] for finding in contradicting)
        in_hand, period = [], self._identity.period
        plans = self._plan.planned_in(period)
        for code, (task, target) in asked.items():
            standing = rows.get(code, ())
            if len(standing) == 1:
                past = self._past.get((self._identity.unit, code))
                if period is not None and code not in plans:
                    plans[code] = planned_value(target, period)
                row = RowInHand(
                    returned=standing[0],
                    task=task,
                    target=target,
                    unit=self._identity.unit,
                    period=self._identity.period,
                    lang=lang,
                    settings=self._plan.settings,
                    past=past,
                    owes=task.reports(self._identity.unit, target),
                    given_holds=code not in doubtful,
                    planned=plans.get(code),
                )
                self._row(row)
                in_hand.append(row)
        if Code.PARTS_EXCEED.code not in self._plan.settings.off:
            for row, finding in table_rules.parts_exceed(in_hand):
                self._keep(row, [finding])
        self.findings += self._softener.unless_off(table_rules.accounts_blank(form, in_hand, lang))
        self.findings += self._softener.unless_off(table_rules.head(form, ledger.head.year, lang))
        self.findings += self._softener.unless_off(self._filled_later())
        self._after_closing()
        self.entries = tuple(row.entry() for row in in_hand)

    def _row(self, row: RowInHand) -> None:
        """The row's cells, then its rules; a rule is silent about a cell with an error in it."""
        said = list(read_row(row))
        self._keep(row, [*said, *self._meaning(row)])
        blocked = {finding.cell for finding in said if finding.code.severity is Severity.ERROR}
        for rule in self._rules:
            if rule.name and rule.name in self._failed:
                continue
            told = asked_safely(rule, row, self._failed) if rule.name else rule.check(row)
            for finding in told:
                assert isinstance(finding, Finding)
                if finding.cell not in blocked:
                    on_trial = is_on_trial(rule, self._plan.settings)
                    self._keep(row, [finding], on_trial=on_trial, key=rule.key)

    def _meaning(self, row: RowInHand) -> Iterator[Finding]:
        change = self._since.changed.get(row.target.code)
        if change is not None:
            yield finding_of_change(row, change.what, change.before, change.after)

    def _keep(
        self, row: RowInHand, findings: Iterable[Finding], *, on_trial: bool = False, key: str = ""
    ) -> None:
        for finding in findings:
            kept = self._softener.soften(finding, row, on_trial=on_trial, key=key or finding.code.code)
            if kept.severity is not Severity.NOTE:
                self._bad_rows.add(row.target.code)
            self.findings.append(kept)

    def _filled_later(self) -> Iterator[Finding]:
        """Of a published period something graver is said."""
        plan, period = self._plan, self._identity.period
        if period is None or period == plan.latest or period in plan.closed:
            return iter(())
        return table_rules.filled_later(self._form, period, plan.issued, plan.ledger.head.year)

    def _after_closing(self) -> None:
        period = self._identity.period
        reopened = self._plan.closed.get(period) if period else None
        if reopened is not None and self._identity.unit not in reopened:
            self.findings.append(found(Code.AFTER_CLOSING, sheet=self._form.sheet, period=period))

    def clean_entries(self) -> tuple[Entry, ...]:
        """What counts provisionally of a form that goes back: by default nothing."""
        if self._plan.settings.partial is Partial.HOLD:
            return ()
        return tuple(entry for entry in self.entries if entry.target_code not in self._bad_rows)


def finding_of_change(row: RowInHand, what: str, before: str, after: str) -> Finding:
    """The question whether a figure from an old form is meant in the new sense."""
    from workplan_xlsx.domain.returns import Answer
    from workplan_xlsx.words import say

    told = say(f"checks.meaning_{what}", row.lang)
    answer = Answer.STAGE if row.target.is_stage else Answer.ACTUAL
    was, now = (meaning_words(what, each, row.lang) for each in (before, after))
    return row.finding(Code.MEANING_CHANGED, answer, what=told, before=was, after=now)


def _rows_by_code(rows: Iterable[ReturnedRow]) -> dict[str, list[ReturnedRow]]:
    by_code: defaultdict[str, list[ReturnedRow]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    return dict(by_code)
