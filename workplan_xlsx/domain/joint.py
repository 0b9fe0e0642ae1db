"""Several leads and one target: whose figure counts, what the leads say to each other (多牵头核对)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workplan_xlsx.domain.editions.figure import Figure
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.model import Joint, Stage, Target, Task
from workplan_xlsx.domain.reported_then import ReportedThen
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.submission import Submission
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

Reported = Callable[[Task, Target, str], Figure]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointPart:
    """What one lead told of a joint target.

    Attributes:
        account: Its account of progress.
        difference: Its figure minus the one that counts; None where either is missing.
        agrees: False where figure or stage is another one than what counts.
        source, sheet, cell: Where it stands; None and "" where the unit sent nothing.
    """

    unit: str
    value: Decimal | None
    status: str
    account: str
    difference: Decimal | None
    agrees: bool
    source: Submission | None
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointRow:
    """A target with several leads: who reports, what counts, what the others wrote (多牵头核对)."""

    task: Task
    target: Target
    reporting_unit: str
    figure: Figure
    rule: Joint = Joint.REPORTING_UNIT
    parts: tuple[JointPart, ...] = ()  # every lead in the notice's order, the reporting unit too

    @property
    def disagrees(self) -> bool:
        """Whether any lead tells another figure or stage than the one that counts."""
        return any(not part.agrees for part in self.parts)


def joint_figures(task: Task, target: Target, reported: Reported) -> tuple[Figure, ...]:
    """Return the figures of the target that count: one, or one for each lead where each stands for itself.

    The smallest and the sum hold only when every lead has reported: a sum of some would be a wrong number.
    """
    if target.joint is Joint.REPORTING_UNIT or len(task.lead_units) < 2:
        return (reported(task, target, task.reporting_unit),)
    parts = tuple(reported(task, target, unit) for unit in task.lead_units)
    if target.joint is Joint.EACH:
        return parts
    return (_of_all(task, target, parts),)


def _of_all(task: Task, target: Target, parts: tuple[Figure, ...]) -> Figure:
    own = next((part for part in parts if part.unit == task.reporting_unit), parts[0])
    values = [part.value for part in parts]
    if target.is_stage:
        return replace(own, parts=parts)
    if any(value is None for value in values):
        return replace(own, value=None, status="", source=None, sheet="", cell="", then=None, parts=parts)
    known = [value for value in values if value is not None]
    provisional = any(part.provisional for part in parts)
    if target.joint is Joint.SUM:
        total = sum(known, Decimal(0))
        return replace(own, value=total, then=_sum_then(parts), parts=parts, provisional=provisional)
    least = min(parts, key=lambda part: part.value or Decimal(0))
    return replace(
        least, unit=task.reporting_unit or own.unit, value=min(known), parts=parts, provisional=provisional
    )


def _sum_then(parts: Sequence[Figure]) -> ReportedThen | None:
    """The sum as it was reported, where every part was in another measure."""
    thens = [part.then for part in parts if part.then is not None and part.then.value is not None]
    if len(thens) < len(parts):
        return None
    return replace(thens[0], value=sum((then.value or Decimal(0) for then in thens), Decimal(0)))


def joint_rows(figures: Iterable[Figure], counted: Mapping[str, Submission]) -> Iterator[JointRow]:
    """Yield every target with several leads: what counts and why, and what each lead wrote."""
    rows = {
        (unit, entry.target_code): (submission.form_of(entry.target_code), entry)
        for unit, submission in counted.items()
        for entry in submission.verdict.entries
    }
    told: set[str] = set()
    for figure in figures:
        task, target = figure.task, figure.target
        if len(task.lead_units) < 2 or target.code in told:
            continue
        told.add(target.code)
        parts = tuple(
            _part(figure, unit, *rows.get((unit, target.code), (None, None))) for unit in task.lead_units
        )
        yield JointRow(
            task=task,
            target=target,
            reporting_unit=task.reporting_unit,
            figure=figure,
            rule=target.joint,
            parts=parts,
        )


def _part(figure: Figure, unit: str, source: Submission | None, entry: Entry | None) -> JointPart:
    value = entry.value if entry else None
    both = value is not None and figure.value is not None
    must_agree = figure.target.joint in (Joint.REPORTING_UNIT, Joint.LEAST)
    same_stage = not entry or not entry.stage or not figure.status or entry.stage == figure.status
    return JointPart(
        unit=unit,
        value=value,
        status=entry.stage if entry else "",
        account=entry.progress if entry else "",
        difference=value - figure.value if both and value is not None and figure.value is not None else None,
        agrees=not must_agree or ((not both or value == figure.value) and same_stage),
        source=source,
        sheet=entry.sheet if entry else "",
        cell=entry.cell if entry else "",
    )


def across_units(rows: Iterable[JointRow], lang: Lang) -> Iterator[tuple[str, Finding]]:
    """Yield (unit, finding) for every lead of a target on which the leads do not agree."""
    for row in rows:
        if row.disagrees:
            yield from _told_to_all(row, _disagreement(row, lang))
        elif row.rule is Joint.SUM:
            yield from _whole_as_part(row)


def _told_to_all(row: JointRow, finding: Finding) -> Iterator[tuple[str, Finding]]:
    for part in row.parts:
        if part.source is not None:
            file = part.source.verdict.file
            yield part.unit, replace(finding, file=file, sheet=part.sheet, cell=part.cell)


def _disagreement(row: JointRow, lang: Lang) -> Finding:
    return found(
        Code.LEADS_DISAGREE,
        name=row.target.name,
        code=row.target.code,
        parts=listed(
            (f"{part.unit} {_told(part, row.target, lang)}" for part in row.parts if part.source), lang
        ),
        used=_figure_words(row.figure, lang),
        why=say(f"checks.joint_{row.rule.name.lower()}", lang, unit=row.reporting_unit),
    )


def _told(part: JointPart, target: Target, lang: Lang) -> str:
    return f"{plain(part.value)}{target.unit}" if part.value is not None else _stage(part.status, lang) or "—"


def _figure_words(figure: Figure, lang: Lang) -> str:
    return _stage(figure.status, lang) if figure.value is None else plain(figure.value) + figure.target.unit


def _stage(status: str, lang: Lang) -> str:
    return stage_words(Stage(status), lang) if status else ""


def _whole_as_part(row: JointRow) -> Iterator[tuple[str, Finding]]:
    """Of three or more parts one that equals the sum of all others is probably the total."""
    values: Sequence[Decimal] = [part.value for part in row.parts if part.value is not None]
    if len(values) < 3 or len(values) != len(row.parts):
        return
    total = sum(values, Decimal(0))
    for part in row.parts:
        if part.value and part.value * 2 == total:
            facts = {"name": row.target.name, "code": row.target.code, "whole": part.unit}
            told = Finding(code=Code.PART_IS_WHOLE, facts=(*facts.items(), ("got", plain(part.value))))
            yield from _told_to_all(row, told)
            return
