"""The sheet 单位: who there is, and who is meant by a name in another sheet."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from workplan_xlsx.books.ledger.columns import YES_OR_NO
from workplan_xlsx.books.ledger.lines import Line, Table
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.model import Unit

Roster = tuple[Unit, ...]


def read_units(table: Table) -> Roster:
    """Return the units in the sheet's order; names that stand for two units are told."""
    lines = list(table.lines())
    units = tuple(map(_unit, lines))
    owner: dict[str, str] = {}
    for line, unit in zip(lines, units, strict=True):
        for key, name in (("name", unit.name), *(("aliases", alias) for alias in unit.aliases)):
            _claim(owner, line, key, name, unit)
    return units


def _unit(line: Line) -> Unit:
    return Unit(
        name=line.code("name", required=True),
        aliases=line.names("aliases"),
        kind=line.code("kind"),
        ranking_group=line.code("ranking_group"),
        ranked=line.truth("ranked", YES_OR_NO, default=True),
        contact=line.text("contact"),
        email=line.text("email"),
    )


def _claim(owner: dict[str, str], line: Line, key: str, name: str, unit: Unit) -> None:
    """Each name has one owner; a unit may list its own name among the others."""
    if not name:
        return
    known = owner.setdefault(_bare(name), unit.name)
    if known != unit.name or (key == "name" and owner.get(f"{_bare(name)}\n") is not None):
        line.tell(Code.LEDGER_NAME_TWICE, key, name=name, one=known, two=unit.name)
    if key == "name":
        owner[f"{_bare(name)}\n"] = unit.name


def resolve(written: str, line: Line, key: str, roster: Roster) -> str:
    """Return the ledger's name of the unit that is meant; told where it is another name, or nobody's."""
    for unit in roster:
        if _bare(unit.name) == _bare(written):
            return unit.name
    column = line.table.header(key)
    for unit in roster:
        if _bare(written) in map(_bare, unit.aliases):
            line.tell(Code.LEDGER_UNIT_BY_ALIAS, key, column=column, got=written, unit=unit.name)
            return unit.name
    near = nearest(written, [unit.name for unit in roster])
    if near:
        line.tell(Code.LEDGER_UNIT_MISSPELT, key, column=column, unit=written, near=near)
    else:
        line.tell(Code.LEDGER_UNIT_UNKNOWN, key, column=column, unit=written)
    return written


def nearest(written: str, names: Sequence[str]) -> str:
    """The name that may be meant, only ever suggested: 工信局 for 工业和信息化局, or a slip of a letter."""
    abbreviated = [name for name in names if _is_abbreviation(_bare(written), name)]
    if len(abbreviated) == 1:
        return abbreviated[0]
    return next(iter(get_close_matches(written, names, n=1, cutoff=0.5)), "")


def _is_abbreviation(short: str, name: str) -> bool:
    """Whether the letters of `short` stand in `name` in this order."""
    letters = iter(name)
    return len(short) > 1 and all(letter in letters for letter in short)


def _bare(name: str) -> str:
    return "".join(name.split())
