"""The cells of an .xlsb, record by record: our own walk over them and calamine must say the same."""

from __future__ import annotations

import struct
import tarfile

import pytest
from raw_binary import binary_workbook, cell, number, record, row, sheet, text

from workplan_xlsx.books.returned.opened import Opened, open_grid
from workplan_xlsx.books.returned.second_opinion import Difference, first_difference
from workplan_xlsx.books.returned.unreadable import Unreadable


def opened(*rows: bytes, after: bytes = b"", epoch_1904: bool = False) -> Opened:
    made = binary_workbook({"表": sheet(*rows, after=after)}, ("甲", "乙"), epoch_1904=epoch_1904)
    return open_grid(made, "表.xlsb")


def told(book: Opened) -> list[str]:
    """The cells, one a line; a formula's result is marked."""
    (one,) = book.grid.sheets
    return [f"{each.address} {each.kind.value} {each.text}{' =' * each.from_formula}" for each in one.cells()]


def difference(book: Opened) -> Difference | None:
    (one,) = book.grid.sheets
    return first_difference(book.data, book.grid, one, columns={0, 1, 2}, from_row=0)


def packed_number(column: int, whole: int, *, hundredths: bool = False, of_double: bool = False) -> bytes:
    """The short spelling of numbers: 30 bits and two flags."""
    return cell(2, column, struct.pack("<i", whole << 2 | (not of_double) << 1 | hundredths))


@pytest.mark.parametrize(
    ("stored", "outcome"),
    [
        (packed_number(0, 12), "A1 number 12"),
        (packed_number(0, -12), "A1 number -12"),
        (packed_number(0, 9892, hundredths=True), "A1 number 98.92"),
        (packed_number(0, 0x3FF80000 >> 2, of_double=True), "A1 number 1.5"),
        (number(0, 98.92), "A1 number 98.92"),
        (number(0, 0.473, style=1), "A1 number 0.473"),
        (number(0, 45107, style=2), "A1 date 2023-06-30"),
        (cell(4, 0, b"\1"), "A1 truth TRUE"),
        (cell(6, 0, text("丙")), "A1 text 丙"),
        (cell(7, 0, struct.pack("<I", 1)), "A1 text 乙"),
        (cell(3, 0, b"\x17"), "A1 error #REF!"),
        (cell(9, 0, struct.pack("<dHI", 15, 0, 0)), "A1 number 15 ="),
        (cell(8, 0, text("丁") + bytes(6)), "A1 text 丁 ="),
        (cell(11, 0, b"\x07" + bytes(6)), "A1 error #DIV/0! ="),
    ],
)
def test_every_kind_of_cell_is_read_twice_and_alike(stored, outcome):
    book = opened(row(0, stored, cell(1, 1)))

    assert told(book) == [outcome]
    assert difference(book) is None


def test_days_of_the_1904_epoch_hidden_rows_and_columns_and_merges_are_known():
    """Row 2 and column C are hidden; A1:B1 are merged, and what B1 holds nobody can see."""
    merge = record(177, bytes(4)) + record(176, struct.pack("<4I", 0, 0, 0, 1)) + record(178)
    columns = record(60, struct.pack("<4IH", 2, 2, 2000, 0, 1))
    rows = (row(0, number(0, 43645, style=2), number(1, 999)), row(1, number(0, 7), hidden=True))
    book = opened(*rows, after=merge + columns, epoch_1904=True)
    (one,) = book.grid.sheets

    assert told(book) == ["A1 date 2023-06-30", "A2 number 7"]
    assert [each.address for each in one.covered] == ["B1"]
    assert (one.hidden_rows, one.hidden_columns) == ({1}, {2})


def test_a_cell_that_only_one_reader_sees_is_asked_about():
    """A short cell gives no column of its own; calamine does not know it."""
    book = opened(row(0, number(0, 1), record(16, bytes(4), struct.pack("<d", 2))))

    assert told(book) == ["A1 number 1", "B1 number 2"]
    assert difference(book) == Difference(0, 1, "2", "")


def test_what_is_meant_for_other_versions_of_excel_is_not_read():
    book = opened(row(0, number(0, 1), record(37, bytes(6)) + number(1, 2) + record(38)))

    assert told(book) == ["A1 number 1"]
    assert difference(book) is not None  # calamine reads it


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        (row(0, number(0, 1), number(0, 2)), "cell_twice"),
        (row(0, number(16384, 1)), "cell_address"),
        (number(0, 1), "cell_address"),
        (row(0, cell(7, 0, struct.pack("<I", 7))), "cell_text"),
        (row(0, number(0, 1, style=3)), "cell_format"),
        (row(0, cell(5, 0, b"\0")), "xml"),
        (row(0, cell(6, 0, struct.pack("<I", 99))), "xml"),
        (row(0) + b"\x05\x7f", "breaks_off_in"),
    ],
)
def test_what_contradicts_itself_is_refused(rows, why):
    """A cell twice, outside the sheet, without a row; texts and formats that are not there; cut records."""
    with pytest.raises(Unreadable) as refused:
        opened(rows)

    assert refused.value.because == why


def test_on_real_files_the_walk_says_what_calamine_says(shared):
    """208 binary workbooks of public projects: every cell of the first 200 columns, wherever both can read."""
    same, wrong = 0, []
    with tarfile.open(shared / "hostile" / "corpus.tar.gz") as corpus:
        for member in corpus:
            file = corpus.extractfile(member) if member.name.endswith(".xlsb") else None
            if file is not None:
                outcome = _differs(file.read())
                same += outcome == ""
                wrong += [f"{member.name}: {outcome}"] if outcome else []

    assert wrong == []
    assert same > 180


def _differs(data: bytes) -> str | None:
    """Where the readings differ, "" where they do not; None where one of them refuses."""
    try:
        book = open_grid(data, "表.xlsb")
        for one in book.grid.sheets:
            found = first_difference(data, book.grid, one, columns=range(200), from_row=0)
            if found is not None:
                return f"{one.name} {found}"
    except Unreadable:
        return None
    return ""


@pytest.mark.parametrize(("kind_of_link", "refused"), [(0, False), (1, True), (2, False)])
def test_a_link_to_another_program_is_refused_and_one_to_a_workbook_is_not_followed(kind_of_link, refused):
    """0 a workbook, 1 another program (DDE), 2 an embedded object."""
    link = record(360, struct.pack("<H", kind_of_link), text("cmd"), text("/c calc")) + record(588)
    made = binary_workbook(
        {"表": sheet(row(0, number(0, 12)))}, extra={"xl/externalLinks/externalLink1.bin": link}
    )

    if refused:
        with pytest.raises(Unreadable, match="dde"):
            open_grid(made, "表.xlsb")
    else:
        assert told(open_grid(made, "表.xlsb")) == ["A1 number 12"]
