"""For a coordinator who never opens a terminal: three files to double-click, and no period to type."""

from __future__ import annotations

from pathlib import PureWindowsPath

import pytest

from workplan_xlsx.steps.double_clicks import double_click_text

NAMES = ["1-下发填报表.cmd", "2-收回填报表.cmd", "3-生成通报.cmd"]


def test_init_puts_three_files_into_the_workspace_in_the_order_of_the_month(office):
    found = sorted(path.name for path in office.root.glob("*.cmd"))
    calls = [
        [line for line in (office.root / name).read_text(encoding="utf-8").splitlines() if "-C ." in line]
        for name in NAMES
    ]

    assert found == NAMES
    assert calls == [
        ["%RUN% -C . templates"],
        ["%RUN% -C . collect", "%RUN% -C . status"],
        ["%RUN% -C . report"],
    ]


def test_a_file_is_what_cmd_exe_can_read(office):
    """Windows' line ends, no mark at the head, ASCII as far as it jumps, and the window stays open."""
    for name in NAMES:
        data = (office.root / name).read_bytes()
        lines = data.decode("utf-8").split("\r\n")

        assert "\n" not in "".join(lines)
        assert lines[0] == "@echo off"
        assert [line for line in lines if not line.isascii()] == lines[-3:-2]
        assert 'pushd "%~dp0"' in lines  # also on a share: \\server\folder gets a letter
        assert "chcp 65001 >nul" in lines
        assert lines[-2:] == ["pause", ""]


def test_the_program_that_made_the_workspace_is_tried_first():
    """A percent sign in its path is no variable."""
    text = double_click_text(("report",), PureWindowsPath(r"D:\程序 100%\Scripts\workplan.exe"), "zh")

    assert r'in ("D:\程序 100%%\Scripts\workplan.exe" ".venv\Scripts\workplan.exe" ' in text


def test_without_a_period_the_forms_are_those_of_today(office):
    told = office.run("templates", "--as-of", "2023-07-03")

    assert told.code == 0
    assert "没有指明填报期，取今天所在的 2023-07。" in told.err
    assert office.form("区商务局", "2023-07").exists()


def test_in_another_year_no_form_is_made(office):
    told = office.run("templates", "--as-of", "2024-01-02")

    assert told.code == 2
    assert "今天（2024-01-02）不在本计划的 2023 年度内，没有下发" in told.err
    assert not (office.root / "templates" / "2024-01").exists()


def test_without_a_period_the_report_is_that_of_the_last_one_that_is_due(office):
    """July went out as well and is not due: the report is June's."""
    office.run("templates", "--period", "2023-07", "--as-of", "2023-07-03")
    told = office.run("report", "--as-of", "2023-07-04")

    assert told.code == 1  # nobody has sent
    assert "没有指明填报期，取报送时限已过（2023-06-28 18:00）的最后一期 2023-06。" in told.err
    assert (office.root / "outbox" / "2023-06" / "排名通报_2023-06_第1版.xlsx").exists()
    assert not (office.root / "outbox" / "2023-07").exists()


@pytest.mark.parametrize("day", ["2023-06-05", "2023-06-28T18:00"])
def test_before_the_first_deadline_no_report_is_made(office, day):
    """At 18:00 sharp a form is still in time."""
    told = office.run("report", "--as-of", day)

    assert told.code == 2
    assert "2023-06 报送时限（2023-06-28 18:00）还没有到，没有生成通报" in told.err
    assert not (office.root / "outbox" / "2023-06").exists()
