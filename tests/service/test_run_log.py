"""The service's diary: it rotates, holds no telephone number, and a disk that is full stops nobody's work."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from pathlib import Path

from bad_readers import BadReader, hands
from disks import small_disk
from founded import RIGHT, Desk, at, settings

from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.service.looking import look
from workplan_xlsx.service.run_log import run_log
from workplan_xlsx.service.telling import Event

PHONES = ("13812345678", "0537-3412345")


def event(number: int, sentence: str = "√ 收表：入账 1") -> Event:
    return Event(
        what="inbox", at=at("2023-06-01T09:00"), sentence=f"{sentence} {number}", facts={"no": number}
    )


def test_both_files_rotate_at_their_size_and_the_oldest_go(tmp_path):
    """The newest events are always there; six files of a kind at most."""
    with run_log(tmp_path, largest_bytes=2000) as write:
        for number in range(500):
            write(event(number))
    logs = sorted(path.name for path in (tmp_path / "logs").iterdir())
    last = (tmp_path / "logs" / "runs.jsonl").read_text(encoding="utf-8").splitlines()[-1]

    assert logs == sorted(
        f"{name}{end}"
        for name in ("runs.jsonl", "workplan.log")
        for end in ("", ".1", ".2", ".3", ".4", ".5")
    )
    assert max(path.stat().st_size for path in (tmp_path / "logs").iterdir()) <= 2000
    assert json.loads(last)["no"] == "499"


def test_what_the_program_says_of_its_own_mistakes_is_in_the_diary(tmp_path):
    """A service has no terminal: a reader that fails by a mistake of ours, or answers nonsense, and which file."""
    with run_log(tmp_path), Workers(BadReader()) as workers:
        outcomes = [each.form_version for each in workers.results(hands("bug", "evil"))]
    log = (tmp_path / "logs" / "workplan.log").read_text(encoding="utf-8")

    assert outcomes == ["ERROR", "NONSENSE"]
    assert "0.xlsx: Traceback" in log
    assert "KeyError: 'a bug of ours'" in log
    assert "1.xlsx: what its reader answered is none of our values (UnpicklingError: posix.system)" in log
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  ", log)
    assert logging.getLogger("workplan_xlsx").handlers == []


def test_a_telephone_number_in_the_form_the_ledger_and_the_settings_gets_into_no_log(desk):
    """The clerk's own on the form, one in a cell that is wrong, the office's in the settings."""
    settings(desk.root, office={"contact": "王五", "phone": PHONES[1]})
    said: list[str] = []
    with run_log(desk.root) as write:
        desk.watch.tell = lambda each: (write(each), said.append(each.sentence))[0]
        look(desk.watch, at("2023-06-01T08:31"))
        desk.drop("商务局.xlsx", "区商务局", {**RIGHT, "3-1:进展情况": f"联系张三 {PHONES[0]}"})
        desk.drop("人社局.xlsx", "区人社局", {"4-1": f"见{PHONES[0]}"})
        desk.drop(f"张三{PHONES[0]}.xlsx", "区科技局", {"2-1": f"约{PHONES[1]}"})
        (desk.root / "inbox" / f"李四 {PHONES[0]}.docx").write_text("不是填报表")
        look(desk.watch, at("2023-06-02T08:31"))
        write(event(1, f"× 收表失败：找不到 /共享/{PHONES[0]}/a.xlsx，电话 {PHONES[1]}"))
    logs = "".join(path.read_text(encoding="utf-8") for path in (desk.root / "logs").iterdir())

    assert "入账 1" in logs
    assert "退回 2" in logs
    assert [phone for phone in PHONES if phone in logs] == []


def test_on_a_full_disk_the_diary_stops_and_goes_on_when_there_is_room(tmp_path):
    """Nothing is raised; what was told meanwhile is missing, what comes after is there."""
    with small_disk(tmp_path / "small", 256) as disk, run_log(disk) as write:
        write(event(1))
        ballast = disk / "ballast"
        fill_up(ballast)
        for number in range(2, 60):
            write(event(number, "× " + "长" * 400))
        ballast.unlink()
        write(event(60))
        told = (disk / "logs" / "workplan.log").read_text(encoding="utf-8", errors="replace").splitlines()

    assert told[0].endswith("入账 1 1")
    assert told[-1].endswith("入账 1 60")


def test_a_full_disk_under_the_workspace_is_told_and_everything_is_made_up(desk, tmp_path):
    """Neither form nor round is lost; no look ends in a traceback, though there is no room for the log either."""
    desk.look("2023-06-01T08:31")
    with small_disk(tmp_path / "small", 40 * 1024) as disk:
        root = Path(shutil.copytree(desk.root, disk / "ws"))
        there = Desk(root)
        there.drop("商务局.xlsx", "区商务局", RIGHT)
        fill_up(disk / "ballast")
        with run_log(root) as write:
            inner, there.watch.tell = there.watch.tell, lambda each: (write(each), inner(each))[1]
            outcomes = [tried(there, f"2023-07-03T08:3{minute}") for minute in range(1, 4)]
            (disk / "ballast").unlink()
            assert there.look("2023-07-03T09:30")
        runs = there.runs()

        assert not any(outcomes)
        assert "入账 1" in there.sentences("inbox")[-1]
        assert (runs["2023-07 forms_out"], runs["2023-06 report"]) == ("finished", "finished")


def tried(desk: Desk, moment: str) -> bool:
    """A look that cannot even open the store says so; the service tells it and looks again."""
    from workplan_xlsx.errors import StoreError

    try:
        return desk.look(moment)
    except StoreError:
        return False


def fill_up(ballast: Path) -> None:
    """To the last byte."""
    status = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, status.f_bavail * status.f_frsize)
