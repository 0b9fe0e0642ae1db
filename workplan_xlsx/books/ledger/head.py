"""The head block on the ledger's first sheet: which plan it is."""

from __future__ import annotations

from datetime import date

from workplan_xlsx.books.ledger.columns import FRONT, LANGUAGES, bare, head_key_by_label, sheet_name
from workplan_xlsx.books.ledger.lines import Findings, day_of
from workplan_xlsx.books.ledger.opening import RawCell, Tables
from workplan_xlsx.domain.findings import Code
from workplan_xlsx.domain.model import PlanHead
from workplan_xlsx.words import Lang, say

_YEARS = range(2000, 2101)


def read_head(tables: Tables, lang: Lang, told: Findings) -> PlanHead | None:
    """Return the plan's head: each label in column A, its value in the next cell to the right.

    None where the sheet, the code, the title or the year is missing; that is told.
    """
    name = next((name for each in (lang, *LANGUAGES) if (name := sheet_name(FRONT, each)) in tables), None)
    if name is None:
        told.tell(Code.LEDGER_SHEET_MISSING, sheet_name(FRONT, lang), "", name=sheet_name(FRONT, lang))
        return None
    return _Block(tables, name, lang, told).read()


class _Block:
    def __init__(self, tables: Tables, name: str, lang: Lang, told: Findings) -> None:
        self._name, self._lang, self._told = name, lang, told
        self._values: dict[str, RawCell] = {}
        self._label_at: dict[str, str] = {}
        for row in tables[name]:
            label = row.cells[0]
            key = head_key_by_label().get(bare(str(label.value))) if label.column == 1 else None
            if key and key not in self._label_at:
                self._label_at[key] = label.at
                if len(row.cells) > 1:
                    self._values[key] = row.cells[1]

    def read(self) -> PlanHead | None:
        code, title, year = self._text("code"), self._text("title"), self._year()
        issued_on = self._issued_on()
        if not code or not title or year is None:
            return None
        return PlanHead(
            code=code,
            title=title,
            document_number=self._text("document_number", required=False),
            issuer=self._text("issuer", required=False),
            issued_on=issued_on,
            year=year,
        )

    def _text(self, key: str, *, required: bool = True) -> str:
        cell = self._values.get(key)
        written = "" if cell is None or cell.kind in ("error", "formula") else str(cell.value).strip()
        if required and not written:
            self._tell_blank(key)
        return written

    def _year(self) -> int | None:
        written = self._text("year")
        digits = written.removesuffix("年")
        if digits.isdecimal() and int(digits) in _YEARS:
            return int(digits)
        if written:
            facts = {"column": self._label("year"), "got": written}
            self._told.tell(Code.LEDGER_NOT_A_NUMBER, self._name, self._values["year"].at, **facts)
        return None

    def _issued_on(self) -> date | None:
        cell = self._values.get("issued_on")
        if cell is None or not str(cell.value).strip():
            return None
        day = day_of(cell)
        if day is None:
            facts = {"column": self._label("issued_on"), "got": cell.value}
            self._told.tell(Code.LEDGER_NOT_A_DATE, self._name, cell.at, **facts)
        return day

    def _tell_blank(self, key: str) -> None:
        at = self._label_at.get(key, "")
        self._told.tell(Code.LEDGER_HEAD_BLANK, self._name, at, label=self._label(key))

    def _label(self, key: str) -> str:
        return say(f"ledger.head_{key}", self._lang)
