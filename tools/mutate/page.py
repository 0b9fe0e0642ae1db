"""The sheet as a person sees it: its header, columns, rows and labels; taken apart and put together."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import openpyxl

Line = list[tuple[Any, str, str]]
"""A row's cells: value, number format, data type."""


@dataclass(frozen=True)
class Row:
    """One row of the table: 1-based number and code."""

    number: int
    code: str


@dataclass(frozen=True)
class Page:
    """Where things stand on a sheet, 1-based."""

    sheet: Any
    header: int
    columns: dict[str, int]
    rows: list[Row]

    @classmethod
    def of(cls, sheet: Any) -> Page:
        """Look for the header; its columns by wording; rows are lines with a code."""
        for line in sheet.iter_rows():
            found = {str(cell.value): cell.column for cell in line if cell.value is not None}
            if "序号" in found and "本期累计完成" in found:
                header = line[0].row
                break
        else:
            raise AssertionError("no header")
        name, code = found["指标名称"], found["序号"]
        rows = [
            Row(number, str(sheet.cell(number, code).value))
            for number in range(header + 1, sheet.max_row + 1)
            if sheet.cell(number, name).value
        ]
        return cls(sheet, header, found, rows)

    def label(self, text: str) -> Any:
        """The cell of a label in the head."""
        lines = self.sheet.iter_rows(max_row=self.header - 1)
        return next(cell for line in lines for cell in line if cell.value == text)

    def cell(self, row: Row, header: str) -> Any:
        """A row's cell under a header."""
        return self.sheet.cell(row.number, self.columns[header])


@dataclass
class Loose:
    """A sheet's content taken off its places, to be put down in another order; merges move along or go."""

    head: list[Line]
    header: Line
    body: list[Line]
    hidden_rows: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, page: Page) -> Loose:
        """Take the sheet apart."""
        lines = [
            [(cell.value, cell.number_format, cell.data_type) for cell in line]
            for line in page.sheet.iter_rows()
        ]
        return cls(lines[: page.header - 1], lines[page.header - 1], lines[page.header :])

    def on_new_sheet(self, book: Any, old: Any) -> Any:
        """Put it down on a sheet of the same name and place."""
        title, index = old.title, book.worksheets.index(old)
        book.remove(old)
        sheet = book.create_sheet(title, index)
        for number, line in enumerate([*self.head, self.header, *self.body], start=1):
            for column, (value, number_format, data_type) in enumerate(line, start=1):
                if value is not None:
                    cell = sheet.cell(number, column)
                    cell.value, cell.number_format = value, number_format
                    if data_type == "s":
                        cell.data_type = "s"
        return sheet

    def every_line(self, change: Callable[[Line], Line]) -> None:
        """Change all lines alike."""
        self.head = [change(line) for line in self.head]
        self.header = change(self.header)
        self.body = [change(line) for line in self.body]


def edited(data: bytes, change: Callable[[Any, Page], None]) -> bytes:
    """The workbook after a change to its form sheet."""
    book = openpyxl.load_workbook(BytesIO(data))
    change(book, Page.of(book.worksheets[0]))
    return saved(book)


def taken_apart(data: bytes, change: Callable[[Loose], None]) -> bytes:
    """The workbook after its form sheet was taken apart, changed and put down again."""

    def rebuilt(book: Any, page: Page) -> None:
        loose = Loose.of(page)
        change(loose)
        loose.on_new_sheet(book, page.sheet)

    return edited(data, rebuilt)


def saved(book: Any) -> bytes:
    """The workbook's bytes."""
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def some(chance: random.Random, items: Iterable[Any], most: int = 3) -> list[Any]:
    """One to `most` of the items."""
    items = list(items)
    return chance.sample(items, min(len(items), chance.randint(1, most)))
