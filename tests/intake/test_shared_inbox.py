"""Two coordinators at one inbox, the store on a real PostgreSQL server: every file once, whoever is killed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from many_forms import NOON, collected, filed, fill_inbox
from office import NOTICE, SmallOffice
from server import databases

from workplan_xlsx.store.claims import Claim
from workplan_xlsx.store.opening import open_store

FILES = 110
NOTHING = Claim(0, frozenset())
WITHIN_SECONDS = 120


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """Makes fresh databases on a server of our own."""
    with databases(tmp_path_factory.mktemp("pg")) as made:
        yield made


@pytest.fixture
def offices(tmp_path, capsys, database, request):
    """Two equal offices with 110 files in the inbox: one with a file as store, one with the server."""
    notice = tmp_path / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    on_file = SmallOffice(tmp_path / "file", capsys)
    assert on_file.run("init", str(notice), str(on_file.root)).code == 0
    assert on_file.run("templates", "--period", "2023-06", "--as-of", "2023-06-01").code == 0
    fill_inbox(on_file, FILES)
    on_server = SmallOffice(tmp_path / "server", capsys)
    shutil.copytree(on_file.root, on_server.root, ignore=shutil.ignore_patterns("workplan.db*"))
    config = on_server.root / "workplan.toml"
    text = config.read_text(encoding="utf-8")
    url = database(request.node.name)
    config.write_text(text.replace('store = "workplan.db"', f'store = "{url}"'), encoding="utf-8")
    assert on_server.run("ledger").code == 0
    assert on_server.run("templates", "--period", "2023-06", "--as-of", "2023-06-01").code == 0
    return on_file, on_server


def collect(root: Path) -> subprocess.Popen[bytes]:
    """A coordinator's `workplan collect`, as a process of its own."""
    command = ["-C", str(root), "collect", "--json", "--settle", "0", "--as-of", NOON]
    return subprocess.Popen(
        [sys.executable, "-m", "workplan_xlsx", *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def ended(process: subprocess.Popen[bytes]) -> list[dict[str, object]]:
    out, err = process.communicate(timeout=WITHIN_SECONDS)
    assert process.returncode in (0, 1), err.decode()  # wrong forms are among some of them
    assert b"Traceback" not in err
    return json.loads(out)["files"]


def by_name(files) -> dict[str, tuple[object, ...]]:
    """What became of each; which of the accepted ones counts is known when both are done."""
    return {
        each["file"]: (each["outcome"].replace("superseded", "accepted"), each["version"], each["sha256"])
        for each in files
    }


def figures(office: SmallOffice):
    return office.run("figures", "--period", "2023-06", "--json").data


def test_two_at_once_take_every_file_once_in_one_order(offices):
    """Together they come to what one alone comes to: outcomes, versions, figures, receipts, places."""
    on_file, on_server = offices
    one = by_name(collected(on_file).data["files"])
    both = [collect(on_server.root) for _ in range(2)]
    first, second = (by_name(ended(each)) for each in both)

    assert not first.keys() & second.keys()
    assert first | second == one
    assert figures(on_server) == figures(on_file)
    assert filed(on_server.root) == filed(on_file.root)


def test_what_one_had_claimed_when_it_was_killed_the_other_takes_over(offices):
    """kill -9 as soon as its first form is filed; the other one is at work all the time."""
    on_file, on_server = offices
    collected(on_file)
    killed, survivor = (collect(on_server.root) for _ in range(2))
    ends = time.monotonic() + WITHIN_SECONDS
    while not list((on_server.root / "inbox").glob("已收/*")) and killed.poll() is None:
        assert time.monotonic() < ends
        time.sleep(0.01)
    killed.kill()
    killed.communicate()
    ended(survivor)

    assert not [path for path in (on_server.root / "inbox").iterdir() if path.is_file()]
    assert figures(on_server) == figures(on_file)
    assert filed(on_server.root) == filed(on_file.root)


def test_a_third_command_is_kept_out_while_they_share(offices):
    """Only `collect` shares the workspace; whatever else changes something waits for its turn, exit 4."""
    _, on_server = offices
    running = collect(on_server.root)
    lock = on_server.root / ".workplan.lock"
    ends = time.monotonic() + WITHIN_SECONDS
    while not (lock.exists() and lock.stat().st_size):
        assert time.monotonic() < ends
        time.sleep(0.01)
    told = on_server.run("templates", "--period", "2023-06")
    running.kill()
    running.communicate()

    assert told.code == 4
    assert "collect" in told.err


def test_a_claim_is_worth_what_its_run_is(database):
    """Others are kept off while the run lives, keep their place in the order, and take over when it is dead."""
    url = database("claims")
    with open_store(url) as one, open_store(url) as other, other.claiming() as ours:
        with suppress(KeyboardInterrupt), one.claiming() as theirs:
            first = theirs.claim(["甲", "乙"])
            second = ours.claim(["乙", "丙"])
            living = ours.before(second, {"甲", "乙", "丙"})
            raise KeyboardInterrupt  # the session ends, and nothing is tidied up
        later = ours.before(second, {"丙"})
        dead = ours.before(second, {"甲", "乙", "丙"})
        ours.done(dead[1])
        done = ours.before(second, {"甲", "乙", "丙"})

    assert (first.names, second.names) == ({"甲", "乙"}, {"丙"})
    assert living == (True, NOTHING)
    assert later == (False, NOTHING)  # what was not there when we looked does not matter
    assert dead == (False, first)
    assert done == (False, NOTHING)
