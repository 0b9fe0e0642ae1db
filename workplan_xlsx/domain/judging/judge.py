"""Judging a returned form: right file -> structure -> cells -> against the past; later stages stay silent
where an earlier one already explains. Pure: the same form and plan always give the same verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workplan_xlsx.domain.findings import Code, Finding, Severity, found, gravest
from workplan_xlsx.domain.judging.cells import read_figure, read_stage, read_text
from workplan_xlsx.domain.judging.identity import Identity, identify
from workplan_xlsx.domain.model import Ledger, Mark, Nature, Target, Task
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.returns import (
    Answer,
    CellKind,
    Content,
    Entry,
    ReturnedForm,
    ReturnedRow,
    SignOff,
)
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.words import Lang, say

TEXT_COLUMNS = (
    Answer.PROGRESS,
    Answer.DIFFICULTY,
    Answer.REQUEST,
    Answer.NEXT_STEPS,
    Answer.EXPLANATION,
)


@dataclass(frozen=True, kw_only=True)
class JudgingPlan:
    """All that judging needs to know besides the form; the same for every form of a run.

    Attributes:
        issued: Periods for which forms were sent out.
        before: For each period, the values accepted for the period before it, by target code.
    """

    ledger: Ledger
    rhythm: Rhythm
    issued: frozenset[Period]
    lang: Lang = "zh"
    before: Mapping[Period, Mapping[str, Decimal]] = field(default_factory=dict)


def judge(form: ReturnedForm, plan: JudgingPlan) -> Verdict:
    """Return what becomes of the form, with all its findings at once and, if accepted, its entries.

    Quarantined: it could not be read, or not be attributed to a unit of this plan. Returned: any error, or
    a query without an explanation; then nothing of it counts.
    """
    if any(finding.code.group == "file" and finding.severity is Severity.ERROR for finding in form.findings):
        return _verdict(form, Outcome.QUARANTINED, findings=form.findings)
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
        return _verdict(form, Outcome.QUARANTINED, findings=findings)
    entries: tuple[Entry, ...] = ()
    if gravest(findings) is not Severity.ERROR:
        entries, said = _table(form, identity, plan)
        findings += said
    keeps = gravest(findings) in (Severity.NOTE, None)
    return _verdict(
        form,
        Outcome.ACCEPTED if keeps else Outcome.RETURNED,
        identity=identity,
        findings=findings,
        entries=entries if keeps else (),
    )


def _verdict(
    form: ReturnedForm,
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
        sign_off=tuple((key.value, content.text.strip()) for key, content in form.head.items()),
    )


def _table(
    form: ReturnedForm, identity: Identity, plan: JudgingPlan
) -> tuple[tuple[Entry, ...], list[Finding]]:
    """Judge the rows; entries come in the form's own order of the ledger."""
    asked = {target.code: (task, target) for task, target in plan.ledger.asked_of(identity.unit)}
    rows = _rows_by_code(form.rows)
    findings = [*_structure(form, rows, asked, plan)]
    before = plan.before.get(identity.period, {}) if identity.period else {}
    entries = []
    for code, (task, target) in asked.items():
        if len(rows[code]) == 1:
            entry, said = _row(rows[code][0], task, target, identity.unit, before.get(code), plan.lang)
            findings += said
            entries.append(entry)
    findings += _left_blank(form, entries, plan.lang)
    return tuple(entries), findings


def _rows_by_code(rows: Iterable[ReturnedRow]) -> defaultdict[str, list[ReturnedRow]]:
    by_code: defaultdict[str, list[ReturnedRow]] = defaultdict(list)
    for row in rows:
        by_code[row.code].append(row)
    return by_code


def _structure(
    form: ReturnedForm,
    rows: Mapping[str, list[ReturnedRow]],
    asked: Mapping[str, tuple[Task, Target]],
    plan: JudgingPlan,
) -> Iterator[Finding]:
    """Every row of the unit once, no row of another unit, nothing written where no row is."""
    for code, (_, target) in asked.items():
        if code not in rows or not rows[code]:
            yield found(Code.ROW_MISSING, sheet=form.sheet, code=code, name=target.name)
    for code, standing in rows.items():
        if code in asked and len(standing) > 1:
            cells = "、".join(row.code_at.cell for row in standing)
            at = standing[1].code_at
            yield found(
                Code.ROW_REPEATED, sheet=at.sheet, cell=at.cell, code=code, count=len(standing), cells=cells
            )
        elif code not in asked:
            yield from (finding for row in standing for finding in _stray(row, plan.ledger))


def _stray(row: ReturnedRow, ledger: Ledger) -> Iterator[Finding]:
    at = row.code_at
    target = ledger.target_by_code.get(row.code)
    if target is not None and target.on_form:
        leads = "、".join(ledger.task_of_target[row.code].lead_units)
        yield found(
            Code.ROW_FOREIGN, sheet=at.sheet, cell=at.cell, code=row.code, name=target.name, leads=leads
        )
    elif any(not content.is_blank for content in row.answers.values()):
        yield found(Code.ROW_UNKNOWN, sheet=at.sheet, cell=at.cell, code=row.code)


def _row(
    row: ReturnedRow, task: Task, target: Target, unit: str, before: Decimal | None, lang: Lang
) -> tuple[Entry, list[Finding]]:
    findings: list[Finding] = []
    texts: dict[Answer, str] = {}
    for column in TEXT_COLUMNS:
        texts[column], said = read_text(
            row.answers.get(column), target, say(f"checks.column_{column.value}", lang)
        )
        findings += said
    explained = bool(texts[Answer.EXPLANATION])
    reports = task.reporting_unit == unit
    at = _cell(row, Answer.STAGE if target.is_stage else Answer.ACTUAL)
    value = _value(row, task, target, findings, lang, reports=reports, explained=explained)
    stage = _stage(row, target, findings, lang, reports=reports)
    findings += _fell(at, target, value, before if reports else None, explained=explained)
    entry = Entry(
        target_code=target.code,
        value=value,
        stage=stage,
        sheet=at.sheet,
        cell=at.cell,
        counts=reports,
        progress=texts[Answer.PROGRESS],
        difficulty=texts[Answer.DIFFICULTY],
        request=texts[Answer.REQUEST],
        next_steps=texts[Answer.NEXT_STEPS],
        explanation=texts[Answer.EXPLANATION],
    )
    return entry, findings


def _cell(row: ReturnedRow, column: Answer) -> Content:
    """The cell of an input; where the sheet lacks that column, a blank at the row's code."""
    missing = Content(sheet=row.code_at.sheet, cell=row.code_at.cell, kind=CellKind.BLANK)
    return row.answers.get(column, missing)


def _value(
    row: ReturnedRow,
    task: Task,
    target: Target,
    findings: list[Finding],
    lang: Lang,
    *,
    reports: bool,
    explained: bool,
) -> Decimal | None:
    content = _cell(row, Answer.ACTUAL)
    if reports and not target.is_stage:
        if content.is_blank and target.mark in (Mark.NOT_APPLICABLE, Mark.UNDECIDED):
            return None
        value, said = read_figure(content, target, lang, explained=explained)
        findings += said
        return value
    if content.kind is not CellKind.NUMBER:
        return None
    kept = plain(content.number) if content.number is not None else content.text
    by = task.reporting_unit if not target.is_stage else say("checks.nobody", lang)
    facts = {"name": target.name, "unit": by, "got": kept}
    findings.append(found(Code.NOT_COUNTED, sheet=content.sheet, cell=content.cell, **facts))
    return None if target.is_stage else content.number


def _stage(row: ReturnedRow, target: Target, findings: list[Finding], lang: Lang, *, reports: bool) -> str:
    """The stage is owed where there is no number to report, and is checked wherever one was chosen."""
    content = _cell(row, Answer.STAGE)
    if not reports and content.kind is CellKind.TEXT and _is_our_hint(content.text):
        return ""
    required = reports and target.is_stage and target.mark in (Mark.NONE, Mark.UNDER_REVIEW)
    stage, said = read_stage(content, target, lang, required=required)
    findings += said
    return stage


def _is_our_hint(text: str) -> bool:
    """Whether the cell still holds what the form printed there for a co-lead (由区科技局填报, —)."""
    text = text.strip()
    return text in {"—", "-"} or (text.startswith("由") and text.endswith("填报")) or "eported by" in text


def _fell(
    at: Content, target: Target, value: Decimal | None, before: Decimal | None, *, explained: bool
) -> Iterator[Finding]:
    """A cumulative figure may fall only with a reason in 解释说明."""
    if value is None or before is None or explained or target.nature is not Nature.CUMULATIVE:
        return
    if value < before:
        facts = {"name": target.name, "got": plain(value), "before": plain(before)}
        yield found(Code.FELL, sheet=at.sheet, cell=at.cell, **facts)


def _left_blank(form: ReturnedForm, entries: Iterable[Entry], lang: Lang) -> Iterator[Finding]:
    """What is missing without making a figure wrong: listed, not returned for."""
    silent = [entry.target_code for entry in entries if not entry.progress]
    if silent:
        yield found(Code.ACCOUNT_BLANK, sheet=form.sheet, count=len(silent), rows="、".join(silent))
    blank = [
        key
        for key in (SignOff.FILLED_BY, SignOff.PHONE, SignOff.REVIEWED_BY, SignOff.FILLED_ON)
        if key not in form.head or form.head[key].is_blank
    ]
    if blank:
        fields = "、".join(say(f"checks.{key.value}", lang) for key in blank)
        yield found(Code.SIGN_OFF_BLANK, sheet=form.sheet, fields=fields)
