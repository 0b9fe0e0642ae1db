"""While a large report is worked out and written, somebody at a terminal sees how far it is."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from datetime import datetime
from pathlib import Path

import pytest

from workplan_xlsx import pipeline
from workplan_xlsx.steps.progress import watching
from workplan_xlsx.steps.workspace import open_office

REPORT = ("report", "--period", "2023-06", "--as-of", "2023-07-05")


def test_two_bars_go_from_nothing_to_all(office):
    """Six targets are rated; then each stands in 任务总表, 单位明细 and 溯源 (1-1 and 1-2 for two leads)."""
    told = defaultdict(list)
    now = datetime.fromisoformat("2023-07-05T09:00+08:00")
    with open_office(office.root, now=now, lang="zh", lock="report") as opened:
        pipeline.publish(opened, opened.period("2023-06"), progress=lambda what, *far: told[what].append(far))

    assert told == {
        "rated": [(done, 6) for done in range(7)],
        "report": [(done, 20) for done in range(21)],
    }


def test_a_hundred_thousand_rows_are_not_told_one_by_one():
    told: list[int] = []
    over = watching("report", lambda _what, done, _of: told.append(done))(100_000)
    assert sum(over(range(60_000))) + sum(over(range(40_000))) == sum(range(60_000)) + sum(range(40_000))

    assert len(told) < 250
    assert (told[0], told[-1]) == (0, 100_000)
    assert told == sorted(told)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
@pytest.mark.parametrize(
    ("lang", "seen", "options"),
    [
        ("zh", ["评定指标", "写入通报"], ()),
        ("en", ["Rating", "Writing the report"], ()),
        ("zh", [], ("--quiet",)),
    ],
)
def test_on_a_terminal_the_bars_are_shown_and_are_gone_at_the_end(office, lang, seen, options):
    shown = on_a_terminal("--lang", lang, *options, "-C", str(office.root), *REPORT)

    assert [
        word for word in ("评定指标", "写入通报", "Rating", "Writing the report") if word in shown
    ] == seen
    assert ("20/20" in shown) is bool(seen)


def on_a_terminal(*arguments: str) -> str:
    """What the command shows on a terminal of its own."""
    ours, its = os.openpty()
    command = [sys.executable, "-m", "workplan_xlsx", *arguments]
    wide = os.environ | {"COLUMNS": "120", "TERM": "xterm"}
    with subprocess.Popen(
        command, stdin=its, stdout=subprocess.DEVNULL, stderr=its, env=wide, cwd=Path(__file__).parents[2]
    ) as running:
        os.close(its)
        shown = b"".join(iter(lambda: some(ours), b""))
        os.close(ours)
    assert running.returncode in (0, 1), shown.decode()
    return shown.decode()


def some(terminal: int) -> bytes:
    """The next bytes; none once the other side has hung up."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
