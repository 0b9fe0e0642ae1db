"""What others would run: each reads a folder of returned forms, or writes the same cells, and does no more.

python peers.py NAME ARGUMENT
"""

from __future__ import annotations

import sys
from pathlib import Path


def pandas_openpyxl(folder: Path) -> None:
    """The loop that every office's script has: read_excel, append, concat."""
    import pandas

    frames = [pandas.read_excel(path, header=5, engine="openpyxl") for path in sorted(folder.iterdir())]
    print(len(pandas.concat(frames)))


def pandas_calamine(folder: Path) -> None:
    """The same with the fast engine."""
    import pandas

    frames = [pandas.read_excel(path, header=5, engine="calamine") for path in sorted(folder.iterdir())]
    print(len(pandas.concat(frames)))


def calamine(folder: Path) -> None:
    """calamine alone: the first sheet of each file as lists."""
    from python_calamine import CalamineWorkbook

    rows = 0
    for path in sorted(folder.iterdir()):
        rows += len(CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())
    print(rows)


def openpyxl_load(folder: Path) -> None:
    """openpyxl alone: each file loaded."""
    import openpyxl

    for path in sorted(folder.iterdir()):
        openpyxl.load_workbook(path, data_only=True)


def calamine_all(folder: Path) -> None:
    """calamine alone: every sheet of each file."""
    from python_calamine import CalamineWorkbook

    for path in sorted(folder.iterdir()):
        book = CalamineWorkbook.from_path(path)
        print(sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names))


def same_cells(cells: Path) -> None:
    """Plain xlsxwriter in its default mode: every cell of the pickled book written, without format."""
    import io
    import pickle

    import xlsxwriter

    with xlsxwriter.Workbook(io.BytesIO()) as made:
        for name, rows in pickle.loads(cells.read_bytes()).items():
            sheet = made.add_worksheet(name)
            for row, values in enumerate(rows):
                for column, value in enumerate(values):
                    if isinstance(value, float | int):
                        sheet.write_number(row, column, value)
                    elif value != "":
                        sheet.write_string(row, column, str(value))


PEERS = {
    "pandas+openpyxl": pandas_openpyxl,
    "pandas+calamine": pandas_calamine,
    "calamine": calamine,
    "calamine-all": calamine_all,
    "openpyxl": openpyxl_load,
    "xlsxwriter": same_cells,
}

if __name__ == "__main__":
    PEERS[sys.argv[1]](Path(sys.argv[2]))
