"""What makes a form wrong, unclear or broken: not taken, unless a person still reads the same."""

from __future__ import annotations

import random
import re
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
from forms_sent import Sent
from harmless import repacked
from openpyxl.utils import get_column_letter
from page import Loose, Page, Row, edited, saved, some, taken_apart

_UNCLEAR = (
    *(
        "约{}",
        "{}左右",
        "{}余",
        "近{}",
        "{}万",
        "{}个项目",
        "{}-{}",
        "{}/12",
        "≥{}",
        "{}.{}.1",
        "{}，其中新增3",
    ),
    *(
        "无",
        "/",
        "-",
        "—",
        "N/A",
        "暂无",
        "同上",
        "未统计",
        "l2",
        "1O0",
        "{}?",
        "12,34",
    ),
    *("1,2345", "{}（预计）", "－", "完成", "100.%5", "1e", "２０００万", "{} {}"),
)


def text_in_numbers(sent: Sent, chance: random.Random) -> bytes | None:
    """Only where the measure holds no 万 itself: 24万 in 万平方米 is 24, and taken so."""

    def change(_: Any, page: Page) -> None:
        for row in some(chance, rows, 3):
            cell = page.cell(row, "本期累计完成")
            cell.value = chance.choice(_UNCLEAR).replace("{}", f"{sent.truth[row.code]:f}")
            cell.number_format = "@"

    page = Page.of(openpyxl.load_workbook(BytesIO(sent.data)).worksheets[0])
    rows = [row for row in _figures(page, sent) if "万" not in str(page.cell(row, "计量单位").value)]
    return edited(sent.data, change) if rows else None


def _typed_into_a_figure(
    sent: Sent, chance: random.Random, write: Any, number_format: str = "@"
) -> bytes | None:
    def change(_: Any, page: Page) -> None:
        for row in some(chance, _figures(page, sent), 3):
            cell = page.cell(row, "本期累计完成")
            value = write(f"{sent.truth[row.code]:f}")
            cell.value, cell.number_format = value, number_format
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "f"

    return edited(sent.data, change) if _has_figures(sent) else None


def _has_figures(sent: Sent) -> bool:
    return any(isinstance(value, Decimal) for value in sent.truth.values())


def _figures(page: Page, sent: Sent) -> list[Row]:
    return [row for row in page.rows if isinstance(sent.truth.get(row.code), Decimal)]


def figure_blank(sent: Sent, chance: random.Random) -> bytes | None:
    return _typed_into_a_figure(sent, chance, lambda _: chance.choice((None, " ", "　")))


def error_cell(sent: Sent, chance: random.Random) -> bytes | None:
    errors = ("#REF!", "#DIV/0!", "#N/A", "#VALUE!", "#NAME?")

    def change(_: Any, page: Page) -> None:
        for row in some(chance, _figures(page, sent), 2):
            cell = page.cell(row, "本期累计完成")
            cell.value = chance.choice(errors)
            cell.data_type = "e"

    return edited(sent.data, change) if _has_figures(sent) else None


def formula_never_calculated(sent: Sent, chance: random.Random) -> bytes | None:
    return _typed_into_a_figure(sent, chance, lambda value: f"=SUM({value},1)", "General")


def figure_became_a_date(sent: Sent, chance: random.Random) -> bytes | None:
    def day(_: str) -> datetime:
        return datetime(2023, chance.randint(1, 12), chance.randint(1, 28))  # noqa: DTZ001 - a sheet's date

    return _typed_into_a_figure(sent, chance, day, "m-d")


def figure_became_true(sent: Sent, chance: random.Random) -> bytes | None:
    return _typed_into_a_figure(sent, chance, lambda _: chance.random() < 0.5, "General")


def percent_where_none_is_asked(sent: Sent, chance: random.Random) -> bytes | None:
    def change(_: Any, page: Page) -> None:
        for row in rows:
            cell = page.cell(row, "本期累计完成")
            cell.value, cell.number_format = chance.randint(1, 99) / 100, "0%"

    page = Page.of(openpyxl.load_workbook(BytesIO(sent.data)).worksheets[0])
    rows = [row for row in _figures(page, sent) if page.cell(row, "计量单位").value not in ("%", "％")][:2]
    return edited(sent.data, change) if rows else None


def scale_in_the_format(sent: Sent, chance: random.Random) -> bytes | None:
    """Excel shows 12 as 12万, 12000, 是 or nothing, or 12000 as 12: a person reads something else."""

    def change(_: Any, page: Page) -> None:
        for row in rows:
            page.cell(row, "本期累计完成").number_format = chance.choice(
                (
                    *(
                        '0.00"万"',
                        "0.00,",
                        '0!.0000"万"',
                        "0亿",
                        '0"000"',
                        '"120"',
                        ";;;",
                        '0"k"',
                        "0‰",
                        '"约"0',
                    ),
                    *('[>=0]"是";0', "-0", '"共1"0', "*00"),
                )
            )

    page = Page.of(openpyxl.load_workbook(BytesIO(sent.data)).worksheets[0])
    rows = [
        row for row in _figures(page, sent) if not re.search("[万亿]", str(page.cell(row, "计量单位").value))
    ][:2]
    return edited(sent.data, change) if rows else None


def value_under_a_merge(sent: Sent, chance: random.Random) -> bytes | None:
    def change(_: Any, page: Page) -> None:
        row = chance.choice(_figures(page, sent))
        column = page.columns["本期累计完成"]
        before = row.number - 1
        page.sheet.merged_cells.add(
            f"{openpyxl.utils.get_column_letter(column)}{before}:{openpyxl.utils.get_column_letter(column)}{row.number}"
        )

    return edited(sent.data, change) if _has_figures(sent) else None


def row_deleted(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        page.sheet.delete_rows(chance.choice(page.rows).number)

    return edited(sent.data, change)


def row_twice_with_another_figure(sent: Sent, chance: random.Random) -> bytes:
    def change(loose: Loose) -> None:
        lines = [line for line in loose.body if any(str(value) in sent.truth for value, _, _ in line[:1])]
        copy = list(chance.choice(lines or loose.body))
        copy[8] = (chance.randint(1, 99), "General", "n")
        loose.body.insert(chance.randint(0, len(loose.body)), copy)

    return taken_apart(sent.data, change)


def code_of_another_unit(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        own = {row.code for row in page.rows}
        others = [f"{task}-1" for task in range(1, 84) if f"{task}-1" not in own]
        page.cell(chance.choice(page.rows), "序号").value = chance.choice([*others, "999-9", "合计"])

    return edited(sent.data, change)


def codes_swapped(sent: Sent, chance: random.Random) -> bytes | None:
    """序号 was sorted without the other columns."""

    def change(_: Any, page: Page) -> None:
        one, other = chance.sample(page.rows, 2)
        page.cell(one, "序号").value, page.cell(other, "序号").value = other.code, one.code

    return edited(sent.data, change) if len(sent.truth) > 1 else None


def needed_column_deleted(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        page.sheet.delete_cols(page.columns[chance.choice(("本期累计完成", "进展状态", "进展情况"))])

    return edited(sent.data, change)


def header_overwritten(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        header = chance.choice(("本期累计完成", "进展状态"))
        page.sheet.cell(page.header, page.columns[header]).value = chance.choice(("本月数", "完成", None, 6))

    return edited(sent.data, change)


def unit_of_measure_changed(sent: Sent, chance: random.Random) -> bytes | None:
    return _typed_beside_a_figure(sent, chance, "计量单位", ("万家", "千元", "%", "万亿元", "件次"))


def target_changed(sent: Sent, chance: random.Random) -> bytes | None:
    """The clerk puts the year's target where it suits him."""
    return _typed_beside_a_figure(sent, chance, "年度目标", (0.7, 7654321, "约50", "3万"))


def _typed_beside_a_figure(
    sent: Sent, chance: random.Random, header: str, texts: tuple[str | float, ...]
) -> bytes | None:
    def change(_: Any, page: Page) -> None:
        cell = page.cell(chance.choice(_figures(page, sent)), header)
        cell.value = chance.choice([text for text in texts if text != cell.value])

    return edited(sent.data, change) if _has_figures(sent) else None


def headers_swapped(sent: Sent, _: random.Random) -> bytes | None:
    """The headings of the figures and of the texts changed places: what is meant nobody knows."""

    def change(_: Any, page: Page) -> None:
        one, other = page.columns["本期累计完成"], page.columns["进展情况"]
        page.sheet.cell(page.header, one).value = "进展情况"
        page.sheet.cell(page.header, other).value = "本期累计完成"

    return edited(sent.data, change) if _has_figures(sent) else None


def head_says_another_period(sent: Sent, chance: random.Random) -> bytes:
    return _head(sent, "填报期", chance.choice(("2023年5月", "2023年7月", "2022年6月", "2023-12", "六月")))


def head_says_another_unit(sent: Sent, chance: random.Random) -> bytes:
    other = "区财政局" if sent.unit != "区财政局" else "区教育局"
    return _head(sent, "填报单位", chance.choice((other, "某某公司", f"{sent.unit}、{other}")))


def _head(sent: Sent, label: str, text: str) -> bytes:
    def change(_: Any, page: Page) -> None:
        at = page.label(label)
        page.sheet.cell(at.row, at.column + 1).value = text

    return edited(sent.data, change)


def another_period_throughout(sent: Sent, _: random.Random) -> bytes:
    def change(name: str, content: bytes) -> bytes:
        if not name.endswith(".xml"):
            return content
        return content.replace(b"2023-06", b"2023-09").replace("2023年6月".encode(), "2023年9月".encode())

    return repacked(sent.data, change)


def another_plan(sent: Sent, _: random.Random) -> bytes:
    return repacked(sent.data, lambda _, content: re.sub(rb"P2023-[0-9a-f]{8}", b"P2022-00000000", content))


def two_tables(sent: Sent, chance: random.Random) -> bytes:
    def change(book: Any, page: Page) -> None:
        copy = book.copy_worksheet(page.sheet)
        row = chance.choice(page.rows)
        copy.cell(row.number, page.columns["本期累计完成"]).value = 123_456.5
        if chance.random() < 0.5:
            book.move_sheet(copy, -len(book.worksheets))

    return edited(sent.data, change)


def table_pasted_alone(sent: Sent, _: random.Random) -> bytes:
    """Header and rows only, without the hidden column, in a new workbook: no mark says whose it is."""
    page = Page.of(openpyxl.load_workbook(BytesIO(sent.data)).worksheets[0])
    book = openpyxl.Workbook()
    for number, line in enumerate(page.sheet.iter_rows(min_row=page.header), start=1):
        for cell in line:
            hidden = page.sheet.column_dimensions[get_column_letter(cell.column)].hidden
            if cell.value is not None and cell.data_type != "f" and not hidden:
                book.active.cell(number, cell.column).value = cell.value
                if cell.data_type == "s":
                    book.active.cell(number, cell.column).data_type = "s"
    return saved(book)


HARMFUL = (
    text_in_numbers,
    figure_blank,
    error_cell,
    formula_never_calculated,
    figure_became_a_date,
    figure_became_true,
    percent_where_none_is_asked,
    scale_in_the_format,
    value_under_a_merge,
    row_deleted,
    row_twice_with_another_figure,
    code_of_another_unit,
    codes_swapped,
    needed_column_deleted,
    header_overwritten,
    headers_swapped,
    unit_of_measure_changed,
    target_changed,
    head_says_another_period,
    head_says_another_unit,
    another_period_throughout,
    another_plan,
    two_tables,
    table_pasted_alone,
)


def code_column_deleted(sent: Sent, _: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        page.sheet.delete_cols(page.columns["序号"])

    return edited(sent.data, change)


def code_lost(sent: Sent, chance: random.Random) -> bytes:
    def change(_: Any, page: Page) -> None:
        for row in some(chance, page.rows, 3):
            page.cell(row, "序号").value = chance.choice((None, "", "？", "见上"))

    return edited(sent.data, change)


def cut_off(sent: Sent, chance: random.Random) -> bytes:
    data = _any_format(sent, chance)
    return data[: chance.randrange(1, len(data))]


def tail_of_zeros(sent: Sent, chance: random.Random) -> bytes:
    data = _any_format(sent, chance)
    kept = chance.randrange(1, len(data))
    return data[:kept] + bytes(len(data) - kept)


def bits_flipped(sent: Sent, chance: random.Random) -> bytes:
    data = bytearray(_any_format(sent, chance))
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)


def bytes_lost_or_doubled(sent: Sent, chance: random.Random) -> bytes:
    data = _any_format(sent, chance)
    at, size = chance.randrange(len(data)), chance.randint(1, 512)
    return data[:at] + (
        data[at : at + size] * 2 + data[at + size :] if chance.random() < 0.5 else data[at + size :]
    )


def _any_format(sent: Sent, chance: random.Random) -> bytes:
    return chance.choice([sent.data, *sent.saved_as.values()])


DAMAGED = (cut_off, tail_of_zeros, bits_flipped, bytes_lost_or_doubled)
"""Bytes that were lost or changed on the way: not taken, or what a person still reads is taken."""
ROWS_BY_WORDING = (code_column_deleted, code_lost)
"""Known again by number and wording where that is unique."""
