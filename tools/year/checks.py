"""What must be so after the year, whatever came in between."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from disturbed import DIED, Lived
from plan import Plan
from workspace import Published, published

from workplan_xlsx.domain.rounds import RoundKind

Row = dict[str, Any]


def check(plan: Plan, lived: Lived, peace: Published) -> dict[str, object]:
    """Return the figures of the year.

    Raises:
        AssertionError: Something was done twice, not at all, in silence, or came to other figures.
    """
    log = _log(lived)
    runs = _rows(lived, "SELECT period, kind, state, attempts, due_at, claimed_at, ended_at FROM run")
    return {
        "months": len(plan.periods),
        "units": len(lived.units),
        "looks": len(lived.said),
        "crashes": lived.crashes,
        "power_cuts": lived.power_cuts,
        **_rounds_once(plan, runs, log),
        **_forms_once(plan, lived),
        **_failures_told(plan, lived, log),
        **_letters_once(plan, lived),
        "figures_compared": _same_figures(plan, lived, peace),
    }


def _rows(lived: Lived, query: str) -> list[Row]:
    with closing(sqlite3.connect(lived.root / "workplan.db")) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store.row_factory = sqlite3.Row
        return [dict(row) for row in store.execute(query)]


def _log(lived: Lived) -> list[Row]:
    """Every event of the year, from the files that programs read, the oldest first."""
    files = sorted((lived.root / "logs").glob("runs.jsonl*"), key=lambda path: path.name, reverse=True)
    lines = [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    told = []
    for line in lines:
        try:
            told.append(json.loads(line))
        except ValueError:
            continue  # the half line of a process that was killed, or of a full disk
    return told


def _rounds_once(plan: Plan, runs: list[Row], log: list[Row]) -> dict[str, object]:
    """Each round of each period ended once, was told at most once as done, and carries the day it was due."""
    wanted = {(str(each.period), each.name): each.due_at for each in plan.rounds}
    had = Counter((run["period"], run["kind"]) for run in runs)
    assert set(had) == set(wanted), set(had) ^ set(wanted)
    assert set(had.values()) == {1}
    for run in runs:
        assert run["state"] in ("finished", "lapsed"), run
        assert _moment(run["due_at"]) == wanted[run["period"], run["kind"]], run
    done = Counter((each["period"], each["round"]) for each in log if each["what"] == "round_done")
    assert not [key for key, count in done.items() if count > 1], done
    finished = [run for run in runs if run["state"] == "finished"]
    late = [each for each in log if each["what"] == "round_done" and each["due_at"][:10] != each["at"][:10]]
    for each in late:
        due = datetime.fromisoformat(each["due_at"])
        assert f"应于 {due:%Y-%m-%d %H:%M} 做，现补做" in each["sentence"], each
    lapsed = {(run["period"], run["kind"]) for run in runs if run["state"] == "lapsed"}
    told = {(each["period"], each["round"]) for each in log if each["what"] == "round_lapsed"}
    assert lapsed == told, lapsed ^ told
    return {
        "rounds": len(finished),
        "begun_again": sum(run["attempts"] > 1 for run in finished),
        "made_up": len(late),
        "missed_for_good_and_told": len(lapsed),
    }


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _forms_once(plan: Plan, lived: Lived) -> dict[str, object]:
    """Each form that was sent was kept once, with the outcome it deserves, and filed; no more and no less."""
    kept = _rows(lived, "SELECT sha256, outcome, unit, period FROM submission")
    assert len({each["sha256"] for each in kept}) == len(kept)
    wanted = Counter(
        (str(each.period), lived.units[each.place], "returned" if each.wrong else "accepted")
        for each in plan.sendings
    )
    assert Counter((each["period"], each["unit"], each["outcome"]) for each in kept) == wanted
    left = [path.name for path in (lived.root / "inbox").glob("*.xlsx")]
    assert left == []
    filed = [path for name in ("已收", "退回") for path in (lived.root / "inbox" / name).glob("*.xlsx")]
    assert len(filed) == len(kept), (len(filed), len(kept))
    editions = _rows(lived, "SELECT period, count(*) AS editions FROM edition GROUP BY period")
    assert {each["period"]: each["editions"] for each in editions} == {
        str(period): 1 for period in plan.periods
    }
    return {"forms_sent": len(plan.sendings), "returned": sum(each.wrong for each in plan.sendings)}


def _failures_told(plan: Plan, lived: Lived, log: list[Row]) -> dict[str, object]:
    """A round cut off, a service that died, a mail server away, a full disk: each is said."""
    interrupted = {(each["period"], each["round"]) for each in log if each["what"] == "round_interrupted"}
    assert interrupted >= set(lived.cut_off), set(lived.cut_off) - interrupted
    for (_, _, before), (at, code, text) in pairwise(lived.said):
        if before == DIED and code is not None:
            assert "没有正常结束" in text, f"{at}: a service died and nobody was told: {text}"
    letters = [
        each
        for each in log
        if each["what"] == "job_failed"
        and each["job"] == "letters"
        and plan.mail_away.holds(datetime.fromisoformat(each["at"]))
    ]
    assert letters, "the mail server was away and nobody was told"
    assert any(each["what"] == "job_well" and each["job"] == "letters" for each in log)
    if lived.disk:
        assert lived.ran_while_full
        assert all(code in (1, 3) for code in lived.ran_while_full), lived.ran_while_full
        full = [text for at, code, text in lived.said if code and plan.full_disk.holds(at)]
        assert any("磁盘" in text for text in full), full
    return {
        "rounds_cut_off_and_told": len(lived.cut_off),
        "looks_while_the_disk_was_full": len(lived.ran_while_full),
        "mail_failures_told": len(letters),
    }


def _letters_once(plan: Plan, lived: Lived) -> dict[str, object]:
    """Each unit's form of each period is one letter; what came twice is one and the same letter."""
    letters = {str(each["Message-ID"]): each for each in lived.post.letters}
    forms = Counter(str(each["Subject"]) for each in letters.values() if "【填报】" in str(each["Subject"]))
    assert len(forms) == len(plan.periods) * len(lived.units), len(forms)
    assert set(forms.values()) == {1}, forms.most_common(3)
    to_coordinator = [each for each in letters.values() if "coordinator@" in str(each["To"])]
    words = "\n".join(each.get_content() for each in to_coordinator)
    assert "发信" in words, "the coordinator was never told that letters waited"
    assert any(kind in words for kind in ("下发填报表", RoundKind.FORMS_OUT.value))
    return {
        "letters": len(letters),
        "sent_twice_under_one_id": len(lived.post.letters) - len(letters),
        "to_the_coordinator": len(to_coordinator),
    }


def _same_figures(plan: Plan, lived: Lived, peace: Published) -> int:
    """Every published figure and light is that of the year in which nothing happened."""
    mine = published(lived.root, plan.periods)
    for period, figures in peace.items():
        differing = [pair for pair in zip(figures, mine[period], strict=True) if pair[0] != pair[1]]
        assert not differing, f"{period}: {differing[:5]}"
    return sum(len(figures) for figures in peace.values())
