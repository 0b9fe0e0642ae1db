"""What `workplan service print` prints is understood by systemd, and has the shape of a Windows task."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree as Xml

import pytest

from workplan_xlsx.service.timetables import job_name, systemd_units, windows_task

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


def understood(folder: Path, text: str) -> tuple[list[str], list[str]]:
    """The names under which the parts are saved, and what systemd has to say about them."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not installed: this test has systemd read the units")
    files = re.split(r"(?m)^# (\S+\.(?:service|timer))$", text)[1:]
    for name, body in zip(files[::2], files[1::2], strict=True):
        (folder / name).write_text(body, encoding="utf-8")
    asked = ["systemd-analyze", "verify", "--man=no", *(str(folder / name) for name in files[::2])]
    told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)
    return files[::2], [line for line in told.stderr.splitlines() if "workplan-" in line]


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        ("P2023-1", "workplan-P2023-1"),
        ("2023 年", r"workplan-2023-[0-9a-f]{8}"),
        ("重点工作", r"workplan-[0-9a-f]{8}"),
        ("100% 'a' \"b\" $c & d;e @f \\g/h", r"workplan-100-a-b-c-d-e-f-g-h-[0-9a-f]{8}"),
        ("a\n[Service]\nExecStart=/bin/false", r"workplan-a-Service-ExecStart-bin-false-[0-9a-f]{8}"),
        ("../../etc", r"workplan-etc-[0-9a-f]{8}"),
        ("x" * 80, r"workplan-x{40}-[0-9a-f]{8}"),
    ],
)
def test_whatever_the_plan_is_called_systemd_reads_the_units(tmp_path, plan, name):
    """The name needs no quotes in any shell, and no two plans have the same."""
    names, said = understood(tmp_path, systemd_units(tmp_path / "ws", Path("/bin/true"), plan, "zh"))

    assert re.fullmatch(name, job_name(plan))
    assert (names, said) == ([f"{job_name(plan)}.service", f"{job_name(plan)}.timer"], [])
    assert job_name(plan) != job_name(plan + " ")


@pytest.mark.parametrize("folder", ["计划 100%", "50% of $HOME", 'a "b" \\c', "'d' ; e", "two\nlines"])
def test_whatever_the_folder_is_called_the_command_is_run_in_it(tmp_path, folder):
    """systemd finds the program where $ and % stand in its path, too; what it runs is told word by word."""
    program, root = tmp_path / "100% $HOME" / "python", tmp_path / folder
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    text = systemd_units(root, program, "P1", "zh")
    (command,) = re.findall(r"(?m)^ExecStart=(.*)$", text)

    assert understood(tmp_path, text) == (["workplan-P1.service", "workplan-P1.timer"], [])
    assert as_systemd_reads_it(command) == [
        str(program), "-m", "workplan_xlsx", "-C", str(root), "run", "--once",
    ]  # fmt: skip


def as_systemd_reads_it(command: str) -> list[str]:
    """Its quoted words, as its manual tells it: escapes, then %%, then $$ in what is no program."""
    words = [each.encode().decode("unicode_escape").encode("latin-1").decode() for each in
             re.findall(r'"((?:[^"\\]|\\.)*)"', command)]  # fmt: skip
    program, *arguments = (each.replace("%%", "%") for each in words)
    return [program, *(each.replace("$$", "$") for each in arguments)]


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


@pytest.mark.parametrize(
    ("folder", "argument"),
    [
        ("D:/重点 工作", '"D:/重点 工作"'),
        ("D:/100%&b", "D:/100%&b"),
        ("D:/it's", "D:/it's"),
        ("D:\\", "D:\\"),
    ],
)
def test_a_folder_with_an_odd_name_is_one_argument_of_the_windows_task(folder, argument):
    task = Xml.fromstring(windows_task(PureWindowsPath(folder), Path("C:/python.exe"), "zh"))
    said = task.findtext(f"{TASK}Actions/{TASK}Exec/{TASK}Arguments")

    assert said == f"-m workplan_xlsx -C {argument} run --once".replace("/", "\\")


def test_what_to_type_names_a_task_that_needs_no_quotes(office):
    toml = office.root / "workplan.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(re.sub(r'(?m)^code = ".*"', 'code = "2023年 重点&工作"', text), encoding="utf-8")
    told = office.run("service", "print", "--windows")

    assert re.search(r"schtasks /create /tn workplan-2023-[0-9a-f]{8} /xml workplan\.xml", told.err)
