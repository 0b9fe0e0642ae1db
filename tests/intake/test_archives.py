"""A zip archive of forms: every member has a verdict of its own, one level deep."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from office import fill

RIGHT = {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}
AT_ONCE = ("--settle", "0", "--as-of", "2023-06-27T10:00")


def _archive(path: Path, members: Mapping[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return path


def _form(office, unit: str, values: dict[str, object]) -> bytes:
    fill(office.form(unit), office.root / "x.xlsx", values)
    data = (office.root / "x.xlsx").read_bytes()
    (office.root / "x.xlsx").unlink()
    return data


def _told(office) -> dict[str, tuple[str, list[str]]]:
    told = office.run("collect", "--json", *AT_ONCE).data
    return {
        each["file"]: (each["outcome"], [finding["code"] for finding in each["findings"]])
        for each in told["files"]
        if each["file"] != "README.md"
    }


def test_every_member_is_taken_in_under_the_name_of_the_archive(office):
    """A good form, one with a mistake, a repetition, a Mac's leftover, an archive again, a letter."""
    inner = _archive(office.root / "inner.zip", {"a.xlsx": b"x"}).read_bytes()
    good = _form(office, "区商务局", RIGHT)
    members = {
        "六月/商务局.xlsx": good,
        "六月/副本.xlsx": good,
        "人社局.xlsx": _form(office, "区人社局", {"4-1": "很多"}),
        "__MACOSX/._商务局.xlsx": b"Mac",
        "又一层.zip": inner,
        "说明.txt": "请查收".encode(),
    }
    _archive(office.root / "inbox" / "六月.zip", members)
    told = _told(office)

    assert told["六月.zip"] == ("ignored", ["F124"])
    assert told["六月.zip/六月/商务局.xlsx"][0] == "accepted"
    assert told["六月.zip/六月/副本.xlsx"][0] == "duplicate"
    assert told["六月.zip/人社局.xlsx"][0] == "returned"
    assert told["六月.zip/__MACOSX/._商务局.xlsx"][0] == "ignored"
    assert told["六月.zip/又一层.zip"] == ("quarantined", ["F125"])
    assert told["六月.zip/说明.txt"][0] == "quarantined"
    filed = sorted(
        path.name.partition("_")[2].partition("_")[2] for path in (office.root / "inbox" / "已收").iterdir()
    )
    assert filed == ["六月.zip", "六月.zip.txt"]
    assert next((office.root / "outbox" / "2023-06").glob("退回_区人社局*"))


def test_an_archive_that_is_no_bundle_of_forms_is_refused_whole(office):
    """Too many members, and one without any form in it."""
    _archive(office.root / "inbox" / "多.zip", {f"{number}.xlsx": b"x" for number in range(201)})
    _archive(office.root / "inbox" / "照片.zip", {"1.jpg": b"\xff\xd8\xff", "2.jpg": b"\xff\xd8\xff"})
    told = _told(office)

    assert told["多.zip"] == ("quarantined", ["F107"])
    assert told["照片.zip"] == ("quarantined", ["F102"])
