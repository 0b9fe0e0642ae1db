"""A round: a fresh workspace, forms arriving, commands killed again and again, then the reckoning."""

from __future__ import annotations

import itertools
import random
import shutil
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from arriving_forms import Form, founded, made
from copying import WAYS, at_once
from killing import CHANGES, OF_A_READER, Kill, Ran, run
from looking import Wrong, end, look

COLLECT = ("collect", "--settle", "0.3", "--as-of", "2023-06-27T10:00")
REPORT = ("report", "--period", "2023-06", "--as-of", "2023-07-03")
KILLS_A_ROUND = 40
FORMS_A_ROUND = 120
_PLAN = (
    "collect",
    "report",
    "moment",
    "collect",
    "reader",
    "collect",
    "report",
    "collect",
    "report",
    "moment",
)
_FORMS_BEFORE_A_COLLECT = 2
_LAST_SECONDS = 120


class Turns:
    """Whose turn it is: each kind of call is counted through by itself, for all rounds together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._calls = {
            "collect": itertools.cycle(CHANGES),
            "report": itertools.cycle(CHANGES),
            "reader": itertools.cycle(OF_A_READER),
        }
        self._at: Counter[tuple[str, str]] = Counter()

    def next(self, who: str) -> Kill:
        """The next call of this process at which to kill; beyond the twentieth in growing steps."""
        with self._lock:
            call = next(self._calls[who])
            number = self._at[who, call] or 1
            self._at[who, call] = number + 1 + max(0, number - 20) // 8
            return Kill(who, call, number)

    def beyond(self, kill: Kill) -> None:
        """There are not so many calls: begin again, and come to the next kind sooner."""
        with self._lock:
            self._at[kill.who, kill.call] = 1


@dataclass
class Tally:
    """How many kills fell where, and how many runs it took."""

    fell: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    runs: int = 0
    forms: int = 0

    def add(self, kill: Kill, ran: Ran) -> None:
        """Count one."""
        self.fell[kill.who, kill.call or "any moment", ran.about if kill.call else ""] += 1

    @property
    def kills(self) -> int:
        """In all."""
        return self.fell.total()


class Round:
    """One workspace under torture."""

    def __init__(self, root: Path, forms: Sequence[Form], turns: Turns, seed: int, *, traced: bool) -> None:
        self.root, self.tally = root, Tally()
        self._forms, self._turns, self._traced = iter(forms), turns, traced
        self._random = random.Random(seed)
        self._arrived: list[Form] = []
        self._arriving: list[threading.Thread] = []

    def suffer(self, kills: int) -> Tally:
        """Be killed so often while forms arrive; then everything must be as if nothing had happened.

        Raises:
            Wrong, AssertionError: It is not.
        """
        for what in itertools.cycle(_PLAN):
            if self.tally.kills >= kills:
                break
            self._step(what if self._traced else "moment")
        self._end()
        self.tally.forms = len(self._arrived)
        return self.tally

    def _step(self, what: str) -> None:
        kill = self._at_any_moment() if what == "moment" else self._turns.next(what)
        if kill.who != "report":
            self._send()
        ran = run(self.root, REPORT if kill.who == "report" else COLLECT, kill)
        self.tally.runs += 1
        if ran.killed:
            self.tally.add(kill, ran)
        elif kill.call:
            self._turns.beyond(kill)
        look(self.root, list(self._arrived))

    def _at_any_moment(self) -> Kill:
        who = self._random.choice(("collect", "collect", "reader", "server", "report"))
        return Kill(who, seconds=self._random.uniform(0.0 if who in ("reader", "server") else 0.2, 1.6))

    def _send(self) -> None:
        """Two forms lie there when the run begins; another one arrives meanwhile, in one of four ways."""
        for form in itertools.islice(self._forms, _FORMS_BEFORE_A_COLLECT):
            self._deliver(at_once, form)
        for form in itertools.islice(self._forms, 1):
            way = WAYS[len(self._arriving) % len(WAYS)]
            copying = threading.Thread(target=self._deliver, args=(way, form))
            copying.start()
            self._arriving.append(copying)

    def _deliver(self, way, form: Form) -> None:  # type: ignore[no-untyped-def]
        way(self.root / "inbox" / form.name, form.data)
        self._arrived.append(form)

    def _end(self) -> None:
        for each in self._arriving:
            each.join()
        until = time.monotonic() + _LAST_SECONDS
        run(self.root, COLLECT)
        while any((self.root / "inbox").glob("*.xlsx")) and time.monotonic() < until:
            run(self.root, COLLECT)
        run(self.root, REPORT)
        end(self.root, self._arrived)


def torture(folder: Path, *, kills: int, seed: int, side_by_side: int = 1) -> tuple[Tally, Counter[str]]:
    """Kill so often, in rounds; return where the kills fell, and how often something went wrong, by kind."""
    master = founded(folder)
    forms = made(master, min(FORMS_A_ROUND, 30 + 3 * kills), folder)
    turns, whole, wrong = Turns(), Tally(), Counter[str]()
    traced = shutil.which("strace") is not None
    shares = [min(KILLS_A_ROUND, kills - done) for done in range(0, kills, KILLS_A_ROUND)]

    def one(number: int, share: int) -> None:
        root = folder / f"round{number}"
        suffering = Round(
            Path(shutil.copytree(master, root)), forms, turns, seed * 1000 + number, traced=traced
        )
        try:
            suffering.suffer(share)
        except Wrong as error:
            wrong[error.kind] += 1
            print(f"round {number}, left in {root}: {error}", file=sys.stderr, flush=True)
        except AssertionError as error:
            wrong["unexpected"] += 1
            print(f"round {number}, left in {root}: {error}", file=sys.stderr, flush=True)
        else:
            shutil.rmtree(root)
        whole.fell.update(suffering.tally.fell)
        whole.runs += suffering.tally.runs
        whole.forms += suffering.tally.forms
        (folder / "so_far.txt").write_text("\n".join(table(whole)), encoding="utf-8")

    with ThreadPoolExecutor(side_by_side) as hands:
        list(hands.map(one, range(len(shares)), shares))
    return whole, wrong


def table(tally: Tally) -> list[str]:
    """Where the kills fell, as a table of Markdown."""
    lines = ["| killed | before | which was about | kills |", "|---|---|---|---|"]
    lines += [f"| {who} | {call} | {about} | {n} |" for (who, call, about), n in sorted(tally.fell.items())]
    return lines
