"""`make mutate`: real forms, changed by the thousand as clerks and programs do; none silently wrong.

    python tools/mutate [--count 10000] [--seed 1] [--keep FOLDER] [--table FILE]

Prints a table by kind, each case that is not as it should be, and fails where a form was silently wrong, a
reason named no place, or fewer than 99 % of the harmless changes were accepted.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from forms_sent import Sent, filled, office, save_with_libreoffice
from outcomes import Table, judged, mutated

from workplan_xlsx.domain.judging.judge import JudgingPlan

HARMLESS_AT_LEAST_PCT = 99
_AT_ONCE = 250


def main() -> int:
    """Make, judge, tell."""
    asked = _arguments()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        plan, blanks = office(Path(folder) / "office")
        chance = random.Random(asked.seed)
        forms = [filled(blank, chance) for blank in blanks for _ in range(asked.rounds)]
        if not save_with_libreoffice(forms, Path(folder) / "saved"):
            print("LibreOffice is not here: its formats are left out")
        began = time.monotonic()
        for done, part in enumerate(_parts(forms, plan, asked), start=1):
            _merge(table, part)
            _keep(table, asked)
            print(f"{done * _AT_ONCE} of {asked.count}, {time.monotonic() - began:.0f} s", file=sys.stderr)
    return _tell(table, asked)


def _parts(forms: list[Sent], plan: JudgingPlan, asked: argparse.Namespace) -> Iterator[Table]:
    """The run in parts, each with a seed of its own: the same whoever does which."""
    counts = [min(_AT_ONCE, asked.count - begin) for begin in range(0, asked.count, _AT_ONCE)]
    seeds = [f"{asked.seed}/{number}" for number in range(len(counts))]
    with ProcessPoolExecutor(asked.jobs) as pool:
        yield from pool.map(_part, repeat(forms), repeat(plan), counts, seeds)


def _part(forms: list[Sent], plan: JudgingPlan, count: int, seed: str) -> Table:
    return judged(list(mutated(forms, count, random.Random(seed))), plan, jobs=1)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutate")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=4, help="how often each unit's form is filled in")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--keep", type=Path, help="folder for the files of unexpected cases")
    parser.add_argument("--table", type=Path, help="file to write the table to")
    return parser.parse_args()


def _merge(table: Table, more: Table) -> None:
    table.accepted += more.accepted
    table.refused += more.refused
    table.silently_wrong += more.silently_wrong
    table.placeless += more.placeless
    table.cases += more.cases
    for name, counted in more.codes.items():
        table.codes[name] += counted


def _keep(table: Table, asked: argparse.Namespace) -> None:
    """Write the table as far as it goes: a run that is stopped has not run in vain."""
    if asked.table:
        asked.table.write_text("\n".join((*table.lines(), "", _summary(table, asked), "")), encoding="utf-8")


def _summary(table: Table, asked: argparse.Namespace) -> str:
    sent = table.accepted.total() + table.refused.total()
    return (
        f"{sent} mutated forms (seed {asked.seed}): silently wrong {table.silently_wrong.total()}; "
        f"without a place {table.placeless.total()}; "
        f"harmless changes accepted {table.harmless_accepted_pct:.2f} %"
    )


def _tell(table: Table, asked: argparse.Namespace) -> int:
    print("\n".join(table.lines()))
    for number, (what, each, verdict) in enumerate(table.cases[:200]):
        told = "; ".join(f"{f.code.name} {f.place()} {f.message('en')}" for f in verdict.findings[:4])
        print(f"{what}: {each.kind.name}, {each.sent.unit}: {told[:400]}")
        if asked.keep:
            asked.keep.mkdir(parents=True, exist_ok=True)
            (asked.keep / f"{number}_{each.kind.name}.xlsx").write_bytes(each.hand.data)
    wrong, placeless = table.silently_wrong.total(), table.placeless.total()
    print(_summary(table, asked))
    return 1 if wrong or placeless or table.harmless_accepted_pct < HARMLESS_AT_LEAST_PCT else 0


if __name__ == "__main__":
    sys.exit(main())
