"""What clerks and programs do to a form without changing what a person reads in it."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from forms_sent import Sent
from openpyxl.comments import Comment
from openpyxl.packaging.custom import CustomPropertyList
from page import Line, Loose, Page, edited, saved, some, taken_apart

_NAMES = (
    "最终版(2).xlsx",
    "6月.xls",
    "新建 Microsoft Excel 工作表.xlsx",
    "=1+1.xlsx",
    "报送 - 副本.XLSX",
    "表",
)
_WIDE = {ord("0") + digit: ord("０") + digit for digit in range(10)} | {ord("."): "．"}


def other_name(sent: Sent, chance: random.Random) -> tuple[str, bytes]:
    return chance.choice(_NAMES), sent.data


def saved_by_openpyxl(sent: Sent, _: random.Random) -> bytes:
    return edited(sent.data, lambda *_: None)


def saved_by_libreoffice(sent: Sent, _: random.Random) -> bytes | None:
    return sent.saved_as.get("xlsx")


def saved_as_ods(sent: Sent, _: random.Random) -> bytes | None:
    return sent.saved_as.get("ods")


def saved_as_xls(sent: Sent, _: random.Random) -> bytes | None:
    return sent.saved_as.get("xls")


def rows_inserted(sent: Sent, chance: random.Random) -> bytes:
    def change(loose: Loose) -> None:
        width = len(loose.header)
        for _ in range(chance.randint(1, 5)):
            loose.body.insert(chance.randint(0, len(loose.body)), [(None, "General", "n")] * width)
        for _ in range(chance.randint(0, 3)):
            loose.head.insert(chance.randint(0, len(loose.head)), [(None, "General", "n")] * width)

    return taken_apart(sent.data, change)


def columns_inserted(sent: Sent, chance: random.Random) -> bytes:
    def change(loose: Loose) -> None:
        for _ in range(chance.randint(1, 3)):
            at = chance.randint(0, len(loose.header))
            title = chance.choice((None, "备注", "联系人", "去年同期"))
            fill = chance.choice((None, "略", 17, "核"))

            def widened(line: Line, at: int = at, title: str | None = title, fill: Any = fill) -> Line:
                is_header = line is loose.header
                is_body = any(line is each for each in loose.body)
                value = title if is_header else fill if is_body and title else None
                return [*line[:at], (value, "General", "s" if isinstance(value, str) else "n"), *line[at:]]

            loose.every_line(widened)

    return taken_apart(sent.data, change)


def columns_moved(sent: Sent, chance: random.Random) -> bytes:
    def change(loose: Loose) -> None:
        order = list(range(len(loose.header)))
        chance.shuffle(order)
        loose.header = [loose.header[at] for at in order]
        loose.body = [[line[at] for at in order] for line in loose.body]

    return taken_apart(sent.data, change)


def rows_moved(sent: Sent, chance: random.Random) -> bytes:
    return taken_apart(sent.data, lambda loose: chance.shuffle(loose.body))


def rows_sorted(sent: Sent, chance: random.Random) -> bytes:
    def change(loose: Loose) -> None:
        by = chance.randrange(len(loose.header))
        loose.body.sort(key=lambda line: str(line[by][0]), reverse=chance.random() < 0.5)

    return taken_apart(sent.data, change)


def rows_hidden(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        for row in some(chance, page.rows, 10):
            page.sheet.row_dimensions[row.number].hidden = True
        page.sheet.auto_filter.ref = page.sheet.dimensions

    return edited(sent.data, change)


def columns_hidden(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        for column in some(chance, page.columns.values(), 4):
            page.sheet.column_dimensions[openpyxl.utils.get_column_letter(column)].hidden = True

    return edited(sent.data, change)


def task_cells_merged(sent: Sent, chance: random.Random) -> bytes:
    """Cells of columns that are only shown, merged down over rows."""

    def change(_: Any, page: Page) -> None:
        first = chance.choice(page.rows).number
        for header in ("工作任务", "原文"):
            column = page.columns[header]
            page.sheet.merge_cells(None, first, column, first + chance.randint(1, 4), column)

    return edited(sent.data, change)


def sheet_renamed(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        page.sheet.title = chance.choice(("Sheet1", "六月报送", "填报 (2)", "汇总'表"))

    return edited(sent.data, change)


def other_sheets_deleted(sent: Sent, chance: random.Random) -> bytes:
    def change(book: Any, _: Page) -> None:
        for sheet in some(chance, book.worksheets[1:], 3):
            book.remove(sheet)

    return edited(sent.data, change)


def only_the_head_says(sent: Sent, _: random.Random) -> bytes:
    """Hidden sheet deleted, document properties removed, as privacy tools do."""

    def change(book: Any, _: Page) -> None:
        book.remove(book["_wp"])
        book.custom_doc_props = CustomPropertyList()

    return edited(sent.data, change)


def pasted_with_the_head(sent: Sent, _: random.Random) -> bytes:
    """Everything on the sheet, values only, in a new workbook."""
    old = Page.of(openpyxl.load_workbook(BytesIO(sent.data)).worksheets[0])
    book = openpyxl.Workbook()
    sheet = book.active
    for line in old.sheet.iter_rows():
        for cell in line:
            if cell.value is not None and cell.data_type != "f":
                place = sheet.cell(cell.row, cell.column)
                place.value, place.number_format = cell.value, cell.number_format
                if cell.data_type == "s":
                    place.data_type = "s"
    return saved(book)


def sheet_added(sent: Sent, chance: random.Random) -> bytes:
    def change(book: Any, _: Page) -> None:
        sheet = book.create_sheet("测算", chance.choice((None, 1)))
        sheet.append(["指标名称", "完成值"])
        for _ in range(30):
            sheet.append(["测算", chance.random() * 100])

    return edited(sent.data, change)


def old_copy_on_a_hidden_sheet(sent: Sent, chance: random.Random) -> bytes:
    def change(book: Any, page: Page) -> None:
        copy = book.copy_worksheet(page.sheet)
        copy.title, copy.sheet_state = "旧稿", "hidden"
        row = chance.choice(page.rows)
        copy.cell(row.number, page.columns["本期累计完成"]).value = 999_999

    return edited(sent.data, change)


def numbers_as_text(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        for row in some(chance, _figures(page, sent), 5):
            cell = page.cell(row, "本期累计完成")
            cell.value, cell.number_format = _typed(sent.truth[row.code], chance), "@"

    return edited(sent.data, change)


def _typed(value: Any, chance: random.Random) -> str:
    plain = f"{value:f}"
    return chance.choice(
        (
            plain,
            f" {plain} ",
            f"\u00a0{plain}",
            f"{plain}\u3000",
            plain.translate(_WIDE),
            f"{value:,f}",
            f"{value:,f}".replace(",", "，"),
        )
    )


def percent_cells(sent: Sent, chance: random.Random) -> bytes | None:
    def change(_: Any, page: Page) -> None:
        for row in rows:
            cell = page.cell(row, "本期累计完成")
            cell.value = float(sent.truth[row.code] / 100)  # type: ignore[operator]
            cell.number_format = chance.choice(("0%", "0.00%", "0.00%;[红色]-0.00%"))

    page = Page.of(openpyxl.load_workbook(BytesIO(sent.data)).worksheets[0])
    rows = [row for row in _figures(page, sent) if page.cell(row, "计量单位").value in ("%", "％")]
    return edited(sent.data, change) if rows else None


def _figures(page: Page, sent: Sent) -> list[Any]:
    return [row for row in page.rows if isinstance(sent.truth.get(row.code), Decimal)] or page.rows[:0]


def codes_became_dates(sent: Sent, _: random.Random) -> bytes:
    """1-2 typed into a cell that is not text becomes the 2nd of January."""

    def change(_: Any, page: Page) -> None:
        for row in page.rows:
            match = re.fullmatch(r"(\d+)-(\d+)", row.code)
            if match and int(match[1]) <= 12 and 1 <= int(match[2]) <= 28:
                cell = page.cell(row, "序号")
                cell.value = datetime(2023, int(match[1]), int(match[2]))  # noqa: DTZ001 - a sheet's date
                cell.number_format = 'm"月"d"日"'

    return edited(sent.data, change)


def codes_written_wide(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        for row in some(chance, page.rows, 6):
            wide = row.code.translate(_WIDE).replace("-", chance.choice("—－–-"))
            page.cell(row, "序号").value = f" {wide}"

    return edited(sent.data, change)


def headers_respaced(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        for header, column in page.columns.items():
            at = chance.randint(0, len(header))
            page.sheet.cell(page.header, column).value = header[:at] + chance.choice(" \n　") + header[at:]

    return edited(sent.data, change)


def older_version(sent: Sent, _: random.Random) -> bytes:
    def change(book: Any, _: Page) -> None:
        for line in book["_wp"].iter_rows():
            for cell in line:
                if re.fullmatch(r"[0-9a-f]{12}", str(cell.value)):
                    cell.value = "0123456789ab"
        book.custom_doc_props = CustomPropertyList()

    return edited(sent.data, change)


def optional_columns_deleted(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        names = some(chance, ("存在问题", "需协调事项", "下步措施", "完成率", "检查", "上期累计"), 3)
        for column in sorted((page.columns[name] for name in names), reverse=True):
            page.sheet.delete_cols(column)

    return edited(sent.data, change)


def remarks_and_links(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        for row in some(chance, page.rows, 5):
            page.cell(row, "本期累计完成").comment = Comment("99999", "审核")
            page.cell(row, "存在问题").hyperlink = "http://127.0.0.1/"
            page.cell(row, "存在问题").value = None

    return edited(sent.data, change)


def strict_open_xml(sent: Sent, _: random.Random) -> bytes:
    swap = (
        (
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    def change(content: bytes) -> bytes:
        for one, other in swap:
            content = content.replace(one.encode(), other.encode())
        return content

    return repacked(
        sent.data, lambda name, content: change(content) if name.endswith((".xml", ".rels")) else content
    )


def wrong_dimension(sent: Sent, chance: random.Random) -> bytes:
    said = chance.choice((b"A1", b"A1:XFD1048576", b"A1:C3")).join((b'<dimension ref="', b'"'))
    return repacked(sent.data, lambda _, content: re.sub(rb'<dimension ref="[^"]*"', said, content))


def formulas_with_results(sent: Sent, chance: random.Random) -> bytes:
    """A figure typed as a sum, calculated and saved by Excel."""

    def change(name: str, content: bytes) -> bytes:
        if not name.endswith("sheet1.xml"):
            return content
        numbers = re.compile(rb'(<c r="I\d+"[^>]*>)(<v>[\d.]+</v></c>)')
        return numbers.sub(
            lambda match: match[1] + (b"<f>1+SUM(B1:B9)</f>" if chance.random() < 0.5 else b"") + match[2],
            content,
        )

    return repacked(sent.data, change)


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The package with parts changed as bytes."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return made.getvalue()


def several_at_once(sent: Sent, chance: random.Random) -> bytes:
    for change in sorted(chance.sample(_COMBINED, 3), key=_COMBINED.index):
        sent = Sent(sent.unit, change(sent, chance) or sent.data, sent.truth)
    return sent.data


_COMBINED = (
    numbers_as_text,
    rows_hidden,
    rows_inserted,
    columns_moved,
    rows_sorted,
    sheet_added,
    only_the_head_says,
    codes_written_wide,
    headers_respaced,
)
"""In an order in which each still finds the form as it knows it."""


HARMLESS = (
    other_name,
    saved_by_openpyxl,
    saved_by_libreoffice,
    saved_as_ods,
    saved_as_xls,
    rows_inserted,
    columns_inserted,
    columns_moved,
    rows_moved,
    rows_sorted,
    rows_hidden,
    columns_hidden,
    task_cells_merged,
    sheet_renamed,
    other_sheets_deleted,
    only_the_head_says,
    pasted_with_the_head,
    sheet_added,
    old_copy_on_a_hidden_sheet,
    numbers_as_text,
    percent_cells,
    codes_became_dates,
    codes_written_wide,
    headers_respaced,
    older_version,
    optional_columns_deleted,
    remarks_and_links,
    strict_open_xml,
    wrong_dimension,
    formulas_with_results,
    several_at_once,
)
