"""Every row of the unit once, no row of another unit, nothing written where no row is (group "structure").

A form of an earlier wording of the ledger is told apart: what has not changed its meaning since is merged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.ledger_changes import MeaningChanges
from workplan_xlsx.domain.model import Ledger, Target, Task
from workplan_xlsx.domain.returns import ReturnedForm, ReturnedRow
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

Asked = Mapping[str, tuple[Task, Target]]
RowsByCode = Mapping[str, Sequence[ReturnedRow]]


def structure(
    form: ReturnedForm,
    rows: RowsByCode,
    asked: Asked,
    ledger: Ledger,
    since: MeaningChanges,
    lang: Lang,
) -> Iterator[Finding]:
    """Yield what is wrong with the rows as a whole; `since` is what changed after the form went out."""
    if since.touches(asked, rows):
        yield found(Code.OLD_FORM, sheet=form.sheet, changes=_told(since, asked, rows, lang))
    for code, (_, target) in asked.items():
        if code not in rows:
            missing = Code.ROW_ADDED if code in since.added else Code.ROW_MISSING
            yield found(missing, sheet=form.sheet, code=code, name=target.name)
    for code, standing in rows.items():
        if code in asked:
            yield from _repeated(code, standing, lang)
        else:
            yield from (finding for row in standing for finding in _stray(row, ledger, since, lang))


def _told(since: MeaningChanges, asked: Asked, rows: RowsByCode, lang: Lang) -> str:
    lines = [
        say(f"checks.since_{what}", lang, codes=listed(codes, lang))
        for what, codes in (
            ("reworded", [code for code in asked if code in since.reworded and code in rows]),
            ("changed", [code for code in asked if code in since.changed and code in rows]),
            ("withdrawn", [code for code in rows if code in since.withdrawn and code not in asked]),
            ("added", [code for code in asked if code in since.added and code not in rows]),
        )
        if codes
    ]
    return say("checks.since_then", lang).join(lines)


def _repeated(code: str, standing: Sequence[ReturnedRow], lang: Lang) -> Iterator[Finding]:
    if len(standing) < 2:
        return
    cells = listed((row.code_at.cell for row in standing), lang)
    at = standing[1].code_at
    count = len(standing)
    yield found(Code.ROW_REPEATED, sheet=at.sheet, cell=at.cell, code=code, count=count, cells=cells)


def _stray(row: ReturnedRow, ledger: Ledger, since: MeaningChanges, lang: Lang) -> Iterator[Finding]:
    at = row.code_at
    filled = any(not content.is_blank for content in row.answers.values())
    if row.code in since.withdrawn:
        if filled:
            facts = {"code": row.code, "name": since.withdrawn[row.code]}
            yield found(Code.ROW_WITHDRAWN, sheet=at.sheet, cell=at.cell, **facts)
        return
    target = ledger.target_by_code.get(row.code)
    if target is not None and target.on_form:
        leads = listed(ledger.task_of_target[row.code].lead_units, lang)
        facts = {"code": row.code, "name": target.name, "leads": leads}
        yield found(Code.ROW_FOREIGN, sheet=at.sheet, cell=at.cell, **facts)
    elif filled:
        unknown = Code.ROW_UNKNOWN if row.code else Code.ROW_WITHOUT_CODE
        yield found(unknown, sheet=at.sheet, cell=at.cell, code=row.code)
