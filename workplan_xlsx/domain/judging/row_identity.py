"""Which target a returned row is about: its code, held against the words that stand in the same row.

A row whose code was lost is known again by number and wording where that is unique. A row whose code and
words name different targets (序号 sorted without its row, a cell pasted one line too low) goes back: nobody
may choose for the unit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.model import Ledger, Target, Task, bare
from workplan_xlsx.domain.returns import ReturnedForm, ReturnedRow

_RECOGNISED_FROM = 0.8
"""Share of the rows that must be a unit's, and of its targets that must be there, without any mark."""


_TOTALS = ("合计", "小计", "总计", "Total", "Subtotal")


def with_codes(form: ReturnedForm, ledger: Ledger, unit: str) -> tuple[ReturnedForm, tuple[Finding, ...]]:
    """Return the form with the codes of rows that lost theirs, and a note on each."""
    if all(row.code in ledger.target_by_code or not row.name for row in form.rows):
        return form, ()  # nearly always
    asked = tuple(ledger.asked_of(unit))
    standing = Counter(row.code for row in form.rows)
    rows, said = [], []
    for row in form.rows:
        code = _by_wording(row, asked, ledger)
        if code and not standing[code]:
            standing[code] += 1
            at = row.code_at
            facts = {"got": row.code, "code": code, "name": row.name}
            said.append(found(Code.ROW_BY_WORDING, sheet=at.sheet, cell=at.cell, **facts))
            row = replace(row, code=code)
        rows.append(row)
    return (replace(form, rows=tuple(rows)), tuple(said)) if said else (form, ())


def _by_wording(row: ReturnedRow, asked: Sequence[tuple[Task, Target]], ledger: Ledger) -> str:
    """The code that only the row's words tell; "" where it has a code, or where they fit several."""
    if not row.name or row.code in ledger.target_by_code:
        return ""
    fitting = [(task, target) for task, target in asked if bare(target.name) == bare(row.name)]
    if row.code in _TOTALS:
        return ""
    if any(sign.isdecimal() for sign in row.code):  # a number that is nobody's contradicts the words
        fitting = [pair for pair in fitting if _same_number(row, *pair)]
    for narrower in (_same_unit, _same_number):
        if len(fitting) > 1:
            fitting = [pair for pair in fitting if narrower(row, *pair)]
    return fitting[0][1].code if len(fitting) == 1 else ""


def _same_unit(row: ReturnedRow, _: Task, target: Target) -> bool:
    return bare(row.unit) == bare(target.unit)


def _same_number(row: ReturnedRow, task: Task, _: Target) -> bool:
    return row.code in (task.number, task.code)


def contradictions(
    rows: Sequence[ReturnedRow], asked: Collection[str], ledger: Ledger, reworded: Collection[str]
) -> Iterator[Finding]:
    """Yield a finding for each row whose code says one target and whose words another, or another 计量单位.

    `reworded` are the codes whose words changed in the ledger after the form went out.
    """
    for row in rows:
        if row.code not in asked or row.code in reworded:
            continue
        target = ledger.target_by_code[row.code]
        at = row.code_at
        if row.name != target.name and _names_another(row, target, ledger):
            facts = {"code": row.code, "name": target.name, "got": row.name}
            yield found(Code.ROW_CONTRADICTS, sheet=at.sheet, cell=at.cell, **facts)
        elif row.unit != target.unit and _is_another_unit(row, target):
            facts = {"code": row.code, "name": target.name, "unit": target.unit, "got": row.unit}
            yield found(Code.ROW_UNIT_DIFFERS, sheet=at.sheet, cell=at.cell, **facts)


def _names_another(row: ReturnedRow, target: Target, ledger: Ledger) -> bool:
    """Whether the row's words are those of a target, and of another one."""
    name = bare(row.name)
    return name != bare(target.name) and bool(ledger.codes_by_name.get(name, frozenset()) - {row.code})


def _is_another_unit(row: ReturnedRow, target: Target) -> bool:
    return bool(target.unit and row.unit) and bare(row.unit) not in (bare(target.unit), "—", "-")


def unit_by_wording(form: ReturnedForm, ledger: Ledger) -> str:
    """Return the one unit whose form this is by its rows alone; "" where none is, or several are."""
    rows = {(row.code, bare(row.name)) for row in form.rows if row.name}
    fitting = [unit for unit in ledger.unit_by_name if _fits(rows, tuple(ledger.asked_of(unit)))]
    return fitting[0] if len(fitting) == 1 else ""


def _fits(rows: Collection[tuple[str, str]], asked: Sequence[tuple[Task, Target]]) -> bool:
    names = Counter(bare(target.name) for _, target in asked)
    there = sum((names & Counter(name for _, name in rows)).values())
    return bool(there) and there >= _RECOGNISED_FROM * max(len(rows), len(asked))
