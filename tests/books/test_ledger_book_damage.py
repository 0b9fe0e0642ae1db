"""ledger.xlsx that cannot be read: always a sentence with what to do, never a traceback."""

from __future__ import annotations

import os
import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from ledger_samples import MONTHS, SURE, told, written

from workplan_xlsx.books.ledger.reader import read_ledger
from workplan_xlsx.books.ledger.writer import write_ledger
from workplan_xlsx.errors import OutputError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "台账文件是空的（0 字节）。请从备份恢复，或重新保存。"),
        ("任务编码,任务".encode(), "这不是 .xlsx 工作簿（实际内容是TXT/CSV）。"),
        (b"%PDF-1.4", "这不是 .xlsx 工作簿（实际内容是PDF）。"),
        (b"<html>", "这不是 .xlsx 工作簿（实际内容是HTML/XML）。"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这不是 .xlsx 工作簿（实际内容是XLS / 加密 encrypted）。"),
        (b"PK\x03\x04 half a file", "台账已损坏，无法读取（BadZipFile"),
    ],
)
def test_a_file_that_is_no_workbook(path: Path, content: bytes, line: str):
    """Whatever stands behind the name."""
    path.write_bytes(content)

    (said,) = told(path)
    assert said.startswith(f"error  {line}")
    assert read_ledger(path).ledger is None


def test_a_file_that_is_not_there(path: Path):
    """Moved, or lost."""
    assert told(path) == ["error  找不到台账 ledger.xlsx。请核对文件名和位置；如已丢失，请从备份恢复。"]


def test_a_file_that_is_open_elsewhere(path: Path, monkeypatch: pytest.MonkeyPatch):
    """Excel holds it on Windows."""
    written(path)

    def held(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", held)
    assert told(path) == [
        "error  台账打不开（Permission denied），可能正在 Excel/WPS 中打开。请保存并关闭后再试。"
    ]


def test_a_ledger_that_is_open_elsewhere_is_not_overwritten(path: Path, monkeypatch: pytest.MonkeyPatch):
    """The old one stays, and the coordinator is told."""
    written(path)
    before = path.read_bytes()

    def held(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(OutputError):
        write_ledger(SURE, path, "zh", periods=MONTHS)
    assert path.read_bytes() == before


def test_a_sheet_swollen_by_formats_is_refused_before_it_is_read(path: Path):
    """A million formatted blank rows: told, instead of minutes and gigabytes."""
    written(path)
    swollen = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(swollen, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            data = old.read(part)
            if part == "xl/worksheets/sheet2.xml":
                data = data.replace(b"</sheetData>", b'<row r="99"/>' * 3_000_000 + b"</sheetData>")
            new.writestr(part, data)
    path.write_bytes(swollen.getvalue())

    (said,) = told(path)
    assert "台账过大（展开后 37 MB，上限 30 MB）" in said


def test_a_missing_part_is_told(path: Path):
    """A copy that was broken off and repaired by hand."""
    written(path)
    for gone in ("xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/styles.xml", "[Content_Types].xml"):
        rest = BytesIO()
        with zipfile.ZipFile(path) as old, zipfile.ZipFile(rest, "w") as new:
            for part in old.namelist():
                if part != gone:
                    new.writestr(part, old.read(part))
        broken = path.with_name("broken.xlsx")
        broken.write_bytes(rest.getvalue())

        assert read_ledger(broken).findings, gone


def test_flipped_and_cut_bytes_never_end_in_a_traceback(path: Path):
    """250 damaged copies: each is read as it was, or told as damaged."""
    written(path)
    whole = path.read_bytes()
    chance = random.Random(24)
    for _ in range(250):
        damaged = bytearray(whole)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        for _ in range(chance.choice([1, 1, 3, 20])):
            if damaged:
                damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        reading = read_ledger(path)

        assert reading.ledger in (None, SURE)
        assert reading.ledger is not None or reading.findings
