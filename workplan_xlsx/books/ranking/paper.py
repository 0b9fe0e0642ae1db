"""How each sheet of the ranking workbook stands on paper, and its title."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workplan_xlsx.books.ranking.table import Looks
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

TITLE_ROW, SUBTITLE_ROW, HEADER_ROW = range(3)
FIRST_ROW = HEADER_ROW + 1

SHEETS = (
    "ranking",
    "lights",
    "tasks",
    "units",
    "reporting",
    "problems",
    "joint",
    "changes",
    "notes",
    "trace",
)


@dataclass(frozen=True, slots=True)
class Paper:
    """What every sheet needs: the book, the edition, the looks and the language."""

    book: Workbook
    edition: Edition
    looks: Looks
    lang: Lang

    def name(self, sheet: str) -> str:
        """The sheet's name in the edition's language."""
        return say(f"ranking.sheet_{sheet}", self.lang)

    def period(self) -> str:
        """The period as a reader says it."""
        period = self.edition.period
        return period.words_zh if self.lang == "zh" else str(period)

    def open(self, sheet: str, width: int) -> Worksheet:
        """Add a sheet with its title over `width` columns, set up for A4 landscape."""
        opened = self.book.add_worksheet(self.name(sheet))
        opened.set_row(TITLE_ROW, 34)
        opened.set_row(SUBTITLE_ROW, 20)
        title = say("ranking.title", self.lang, plan=self.edition.ledger.head.title, sheet=self.name(sheet))
        if sheet == "ranking":
            title = say("ranking.title_first", self.lang, plan=self.edition.ledger.head.title)
        opened.merge_range(TITLE_ROW, 0, TITLE_ROW, width - 1, title, self.looks.title)
        facts = {
            "period": self.period(),
            "number": self.edition.number,
            "as_of": f"{self.edition.as_of:%Y-%m-%d %H:%M}",
            "document": self.edition.ledger.head.document_number,
        }
        subtitle = say("ranking.subtitle", self.lang, **facts)
        opened.merge_range(SUBTITLE_ROW, 0, SUBTITLE_ROW, width - 1, subtitle, self.looks.subtitle)
        opened.set_landscape()
        opened.set_paper(9)
        opened.fit_to_pages(1, 0)
        opened.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        opened.set_footer(say("ranking.footer", self.lang, as_of=facts["as_of"]))
        return opened

    def listed(self, sheet: Worksheet, last_row: int, width: int, *, frozen: int = 0) -> None:
        """Make a sheet a list: header repeated and frozen, filter on."""
        sheet.repeat_rows(HEADER_ROW)
        sheet.freeze_panes(FIRST_ROW, frozen)
        if last_row > HEADER_ROW:
            sheet.autofilter(HEADER_ROW, 0, last_row, width - 1)

    def nothing(self, sheet: Worksheet, key: str) -> None:
        """Say that a list is empty, so that nobody takes it for forgotten."""
        sheet.write_string(FIRST_ROW, 0, say(f"ranking.{key}", self.lang), self.looks.subtitle)
