"""`make bench` measures a command from outside: what it costs, and nothing of what the bench itself costs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools" / "bench"))

pytest.importorskip("resource", reason="Windows does not tell what a child cost")

BUSY = "import time\nwhile time.process_time() < 0.3: pass"


def measured(*command: str, codes: tuple[int, ...] = (0,)):
    from measuring import Contender, measure

    return measure(Contender("the command", command, codes=codes))


def python(program: str):
    return measured(sys.executable, "-I", "-S", "-c", program)


def test_the_size_of_the_bench_is_not_taken_for_the_command_s():
    before = python("pass").peak_mb
    held = bytearray(b"x") * 300_000_000
    after = python("pass").peak_mb
    del held
    let_go = python("pass").peak_mb
    assert before < 30
    assert after == pytest.approx(before, abs=3)
    assert let_go == pytest.approx(before, abs=3)


def test_the_size_of_the_command_is_told():
    assert python("held = bytearray(b'x') * 200_000_000").peak_mb == pytest.approx(191 + 10, abs=12)


def test_work_of_a_grandchild_is_counted_also_when_its_parent_does_not_wait_for_it():
    waits = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BUSY!r}])"
    leaves = f"import os, sys; os.spawnl(os.P_NOWAIT, sys.executable, sys.executable, '-c', {BUSY!r})"
    assert python(waits).cpu_s >= 0.3
    assert python(leaves).cpu_s >= 0.3


def test_a_command_that_fails_is_told_with_its_last_words():
    with pytest.raises(RuntimeError, match="the command ended with 7: no paper left"):
        measured(
            sys.executable, "-c", "import sys; print('no paper left', file=sys.stderr, end=''); sys.exit(7)"
        )
    with pytest.raises(RuntimeError, match="the command ended with 127: no-such-program"):
        measured("no-such-program")
