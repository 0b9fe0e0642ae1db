"""An inbox of several batches, made fast: some forms that differ, one wrong, one harmful, some twice."""

from __future__ import annotations

import json
from pathlib import Path

from office import SmallOffice, Told

FIGURES = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
NOON = "2023-06-27T10:00"


def fill_inbox(office: SmallOffice, forms: int) -> None:
    """Drop so many files: two of a kind follow each other at a distance of more than a batch."""
    right = office.drop("商务.xlsx", office.form("区商务局"), FIGURES).read_bytes()
    wrong = office.drop("错.xlsx", office.form("区人社局"), {"4-1": "二千"}).read_bytes()
    inbox = office.root / "inbox"
    (inbox / "坏.xlsx").write_bytes(right[: len(right) // 2])
    for number in range(forms - 3):
        kind = wrong if number % 10 == 0 else right
        (inbox / f"第{number:03d}份.xlsx").write_bytes(other_bytes(kind, str(number % (forms - 10))))


def other_bytes(workbook: bytes, mark: str) -> bytes:
    """The same workbook with a comment at the end of its zip: other bytes, the same cells."""
    assert workbook.endswith(b"\0\0"), "no comment yet"
    comment = f"copy {mark}".encode()
    return workbook[:-2] + len(comment).to_bytes(2, "little") + comment


def collected(office: SmallOffice, *options: str) -> Told:
    """Take in what lies in the inbox, judging at once."""
    return office.run("collect", "--json", "--settle", "0", "--as-of", NOON, *options)


def came_to(office: SmallOffice, told: Told) -> tuple[object, object, list[str]]:
    """All that a run may not change: each file's outcome and findings, the figures, where the files lie."""
    figures = office.run("figures", "--period", "2023-06", "--json").data
    return told.data["files"], figures, filed(office.root)


def filed(root: Path) -> list[str]:
    """What lies in the sub-folders of the inbox and in the outbox, with what is in it where it is text."""
    found = [path for folder in ("inbox", "outbox") for path in sorted((root / folder).rglob("*"))]
    return [_told(root, path) for path in found if path.is_file()]


def _told(root: Path, path: Path) -> str:
    text = path.read_text(encoding="utf-8-sig") if path.suffix == ".txt" else path.stat().st_size
    return f"{path.relative_to(root).as_posix()}: {json.dumps(text, ensure_ascii=False)}"
