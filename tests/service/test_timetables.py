"""What `workplan service print` prints is understood by systemd, and has the shape of a Windows task."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from workplan_xlsx.service.timetables import systemd_units, windows_task

TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def test_the_units_name_this_python_and_this_workspace(office):
    """The command as it will be run; a missed look is made up; nothing is installed."""
    before = sorted(office.root.rglob("*"))
    told = office.run("service", "print")

    assert told.code == 0
    assert f'"-m" "workplan_xlsx" "-C" "{office.root}" "run" "--once"' in told.out
    assert "Persistent=true" in told.out
    assert "SuccessExitStatus=1 4" in told.out
    assert "KillMode=mixed" in told.out  # the readers of a look are not signalled one by one
    assert "没有安装" in told.err
    assert sorted(office.root.rglob("*")) == before


def test_systemd_reads_the_units(tmp_path):
    """Also with a blank, a percent sign and Chinese in the path."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: this test has systemd read the units")
    python = Path("/bin/true")
    text = systemd_units(tmp_path / "计划 100%", python, "P2023-1", "zh")
    files = re.split(r"(?m)^# (workplan-P2023-1\.(?:service|timer))$", text)[1:]
    for name, body in zip(files[::2], files[1::2], strict=True):
        (tmp_path / name).write_text(body, encoding="utf-8")
    asked = ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / name) for name in files[::2])]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)

    assert files[::2] == ["workplan-P2023-1.service", "workplan-P2023-1.timer"]
    assert [line for line in told.stderr.splitlines() if "workplan-P2023-1" in line] == []


def test_the_windows_task_is_plain_ascii_and_makes_up_what_was_missed():
    """Redirected by any console, GBK or not, it stays the same; the path with a blank is one argument."""
    text = windows_task(Path("C:/重点 工作"), Path("C:/程序/python.exe"), "zh")
    task = Xml.fromstring(text)

    assert text.isascii()
    assert [part.tag.removeprefix(TASK) for part in task] == [
        "RegistrationInfo", "Triggers", "Settings", "Actions",
    ]  # fmt: skip
    assert task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Command") == "C:/程序/python.exe"
    assert task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Arguments") == (
        '-m workplan_xlsx -C "C:/重点 工作" run --once'
    )
    assert task.findtext(f"{TASK}Settings/{TASK}StartWhenAvailable") == "true"
    assert task.findtext(f"{TASK}Triggers/{TASK}TimeTrigger/{TASK}Repetition/{TASK}Interval") == "PT10M"
