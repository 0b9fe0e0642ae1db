"""`workplan demo`: the whole cycle, seen from outside, in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from office import SmallOffice


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The demo's folder, and what it said when piped."""
    root = tmp_path_factory.mktemp("demo") / "演示"
    command = [sys.executable, "-m", "workplan_xlsx", "demo", str(root)]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)
    return root, ran


def test_it_ends_well_and_lists_what_it_made_and_where(told):
    root, ran = told
    for _, place in [line.rsplit(None, 1) for line in ran.stdout.splitlines() if "  演示/" in line]:
        assert (root.parent / place).exists(), place

    assert (ran.returncode, ran.stderr) == (0, "")  # no progress bar when piped
    assert ran.stdout.count("填报表（34 份）") == 3
    assert ran.stdout.count("排名通报") == 6  # three lines, each with what and where
    assert "退回表" in ran.stdout
    assert "台账" in ran.stdout


def test_what_goes_wrong_in_every_office_goes_wrong_in_it(told, capsys):
    """Over its three periods: wrong, late, missing, repeated and corrected returns."""
    root, _ = told
    office = SmallOffice(root, capsys)
    status = {period: office.run("status", "--period", period, "--json").data for period in PERIODS}
    marked = [path.name for period in PERIODS for path in (root / "outbox" / period).glob("*退回*")]
    filed = [path.name for path in (root / "inbox" / "已收").iterdir()]

    assert [status[period]["expected"] for period in PERIODS] == [34, 34, 34]
    assert all(status[period]["late"] for period in PERIODS)
    assert status["2023-06"]["missing"]
    assert len(marked) >= 5
    assert any("副本" in name for name in filed)  # sent twice
    assert any("更正" in name for name in filed)  # corrected
    assert any("新建" in path.name for path in (root / "inbox" / "未识别").iterdir())


PERIODS = ("2023-06", "2023-07", "2023-08")


def test_a_folder_that_is_not_empty_is_left_alone(tmp_path, capsys):
    (tmp_path / "我的文件.txt").write_text("不要动", encoding="utf-8")
    made = SmallOffice(tmp_path, capsys).run("demo", str(tmp_path))

    assert made.code == 2
    assert [path.name for path in Path(tmp_path).iterdir()] == ["我的文件.txt"]
