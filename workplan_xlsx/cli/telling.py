"""Results as data: what `--json` prints (design contract), built from domain objects."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.findings import Finding
from workplan_xlsx.domain.reported_then import ReportedThen
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.submission import Outcome, Submission
from workplan_xlsx.steps.intake_told import Intake, TakenFile
from workplan_xlsx.words import Lang

if TYPE_CHECKING:
    from workplan_xlsx.domain.decisions import Override
    from workplan_xlsx.domain.editions.figure import Figure
    from workplan_xlsx.steps.ledger_keeping import LedgerReview
    from workplan_xlsx.steps.standing import PeriodStatus

Json = dict[str, object]
_ONE_LINE = json.JSONEncoder(ensure_ascii=False)


def as_text(data: object) -> str:
    """Return the data as indented JSON, Chinese as it is; what UTF-8 cannot hold stands escaped."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace").decode()


def in_pieces(data: object, indent: str = "") -> Iterator[str]:
    """Yield the same data in pieces; an iterator stands for a list too long to be held, an item a line."""
    if isinstance(data, dict) and data:
        start = "{"
        for key, value in data.items():
            yield f"{start}\n{indent} {as_text(key)}: "
            yield from in_pieces(value, f"{indent} ")
            start = ","
        yield f"\n{indent}}}"
    elif isinstance(data, Iterator):
        start = "["
        for item in data:
            yield f"{start}\n{indent} {_one_line(item)}"
            start = ","
        yield "[]" if start == "[" else f"\n{indent}]"
    else:
        yield as_text(data).replace("\n", f"\n{indent}")


def _one_line(item: object) -> str:
    """Not indented: that would be five times the work."""
    return _ONE_LINE.encode(item).encode("utf-8", "backslashreplace").decode()


def intake_json(intake: Intake, root: Path, lang: Lang) -> Json:
    """`collect --json`: one entry a file."""
    return {
        "files": (file_json(taken, root, lang) for taken in intake.files),
        "seen": intake.seen,
        "counts": {outcome.value: intake.count(outcome) for outcome in Outcome},
        "warnings": list(intake.warnings),
    }


def file_json(taken: TakenFile, root: Path, lang: Lang) -> Json:
    """One file of `collect --json`."""
    verdict = taken.verdict
    return {
        "file": taken.file,
        "sha256": verdict.sha256,
        "outcome": taken.outcome.value,
        "unit": verdict.unit or None,
        "period": str(verdict.period) if verdict.period else None,
        "version": taken.submission.version if taken.submission else None,
        "findings": [finding_json(finding, lang) for finding in verdict.findings],
        "marked_copy": _below(taken.marked_copy, root),
        "stage": taken.stage.value,
        "filed_as": _below(taken.place, root),
        "trouble": taken.trouble or None,
    }


def finding_json(finding: Finding, lang: Lang) -> Json:
    """One finding with its place and its sentence."""
    return {
        "code": finding.code.code,
        "severity": finding.severity.value,
        "sheet": finding.sheet or None,
        "cell": finding.cell or None,
        "message": finding.message(lang),
    }


def _below(path: Path | None, root: Path) -> str | None:
    return None if path is None else "/".join(path.parts[len(root.parts) :])


def figures_json(figures: Iterable[Figure]) -> Iterator[Json]:
    """`figures --json`: every merged figure with its cell; what is missing has null."""
    return map(figure_json, figures)


def figure_json(figure: Figure) -> Json:
    """One merged figure: the exact decimal as a string, and its source."""
    return {
        "unit": figure.unit,
        "task": figure.task.code,
        "target": figure.target.code,
        "name": figure.target.name,
        "period": str(figure.period),
        "value": None if figure.value is None else plain(figure.value),
        "status": figure.status or None,
        "source": None if figure.source is None else _source_json(figure, figure.source),
        "provisional": figure.provisional,
        "reviewed": None if figure.override is None else _review_json(figure, figure.override),
        "reported_as": None if figure.then is None else _then_json(figure.then),
        "parts": [figure_json(part) for part in figure.parts],
    }


def _then_json(then: ReportedThen) -> Json:
    """What stands in the form, where the target's measure or sense is another one since."""
    return {
        "value": None if then.value is None else plain(then.value),
        "status": then.stage or None,
        "measure": then.measure,
        "counts": then.converted,
        "changed": then.what,
        "before": then.before,
        "after": then.after,
    }


def _review_json(figure: Figure, override: Override) -> Json:
    return {
        "who": override.who,
        "why": override.why,
        "on": override.decided_on.isoformat() if override.decided_on else None,
        "light": override.light.value if override.light else None,
        "reported": None if figure.reported is None else plain(figure.reported),
        "reported_status": figure.reported_status or None,
    }


def _source_json(figure: Figure, source: Submission) -> Json:
    return {
        "file": source.verdict.file,
        "sha256": source.verdict.sha256,
        "sheet": figure.sheet,
        "cell": figure.cell,
        "received_at": source.received_at.isoformat(),
        "version": source.version,
    }


def submission_json(submission: Submission, lang: Lang) -> Json:
    """One kept form: when it came, what became of it, why."""
    verdict = submission.verdict
    return {
        "file": verdict.file,
        "sha256": verdict.sha256,
        "outcome": verdict.outcome.value,
        "unit": verdict.unit,
        "version": submission.version,
        "received_at": submission.received_at.isoformat(),
        "identified_by": verdict.identified_by,
        "findings": [finding_json(finding, lang) for finding in verdict.findings],
    }


def status_json(status: PeriodStatus, lang: Lang) -> Json:
    """`status --json`: counts and names."""
    return {
        "period": str(status.period),
        "deadline": status.deadline.at.isoformat(),
        "expected": len(status.records),
        "received": len(status.units(Punctuality.ON_TIME, Punctuality.LATE)),
        "returned": list(status.units(Punctuality.RETURNED)),
        "missing": list(status.units(Punctuality.MISSING)),
        "late": list(status.units(Punctuality.LATE)),
        "editions": status.editions,
        "disagreements": [
            {"unit": unit, **finding_json(finding, lang)} for unit, finding in status.disagreements
        ],
        "units": [
            {
                "unit": record.unit,
                "state": record.punctuality.value,
                "period_state": status.state(record.unit).value,
                "times_returned": record.times_returned,
                "late_workdays": record.late_workdays,
                "received_at": record.counted.received_at.isoformat() if record.counted else None,
            }
            for record in status.records
        ],
    }


def review_json(review: LedgerReview, lang: Lang) -> Json:
    """`ledger --json`: findings and differences."""
    return {
        "recorded": review.recorded,
        "findings": [finding_json(finding, lang) for finding in review.findings],
        "changes": [
            {
                "kind": change.kind,
                "code": change.code,
                "field": change.field,
                "before": change.before,
                "after": change.after,
            }
            for change in review.changes
        ],
    }
