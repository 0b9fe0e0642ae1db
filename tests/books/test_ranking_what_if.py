"""测算: LibreOffice reckons every formula anew and comes to the engine's lights, scores and ranks."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from ranking_samples import RandomOffice, random_office
from ranking_sheets import recalculating, rows_of
from what_if_sheet import near, number, reckoned

from workplan_xlsx.books.ranking.book import write_ranking, write_trials
from workplan_xlsx.books.ranking.what_if_plan import Tried, settings_of
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.rules import LightRules, ReportingRules, Rules, Weights
from workplan_xlsx.domain.model import Ledger

SETTINGS_IN_SHORT = 60
"""`python tests/books/test_ranking_what_if.py 1000` tries as many as you like."""


def random_rules(chance: random.Random) -> Rules:
    """Settings as somebody might try them."""
    green = Decimal(chance.choice(["0.8", "0.9", "1", "1.05"]))
    progress = Decimal(chance.randrange(0, 101)) / 100
    return Rules.with_thresholds(
        LightRules(
            green_from=green, amber_from=green * Decimal(chance.choice(["0.35", "0.5", "0.7", "0.8"]))
        ),
        weights=Weights(progress=progress, reporting=1 - progress),
        reporting=ReportingRules(
            late_points=Decimal(chance.randrange(0, 12)),
            late_cap=Decimal(chance.choice([10, 20, 30])),
            returned_points=Decimal(chance.randrange(0, 12)),
            returned_cap=Decimal(chance.choice([5, 15, 25])),
        ),
    )


def random_weights(chance: random.Random, ledger: Ledger) -> Ledger:
    """The same ledger with other weights."""
    tasks = [
        replace(
            task,
            weight=Decimal(chance.randrange(1, 40)) / 10,
            targets=tuple(
                replace(each, weight=Decimal(chance.randrange(1, 30)) / 10) for each in task.targets
            ),
        )
        for task in ledger.tasks
    ]
    return replace(ledger, tasks=tuple(tasks))


def tried_of(office: RandomOffice, rules: Rules) -> Tried:
    """What somebody types into the yellow cells to try these rules and weights."""
    targets = {each.code: each.weight for task in office.ledger.tasks for each in task.targets}
    return Tried(
        settings=settings_of(rules),
        target_weights=targets,
        task_weights={task.code: task.weight for task in office.ledger.tasks},
    )


def expected(edition: Edition) -> dict[str, Any]:
    """The same from the engine."""
    told: dict[str, Any] = {}
    for each in edition.standings:
        told[each.unit] = (
            each.state.value.replace("不参与排名", "不排名"),
            number(each.total),
            number(each.rank),
        )
    for task in (each for whole in edition.tasks for each in whole.apart):
        whose = f"（{task.lead}）" if task.lead else ""
        told[f"task {task.task.code}{whose}"] = (task.light.value, near(task.score))
        told |= {each.target.code + whose: (each.light.value, near(each.score)) for each in task.ratings}
    return told


def differences(libreoffice, folder: Path, office: RandomOffice, count: int, seed: int) -> list[str]:
    """Try `count` settings, each on a sheet of its own, reckon all anew, and tell what differs."""
    chance = random.Random(seed)
    trials, truths = [], []
    for _ in range(count):
        rules = random_rules(chance)
        other = replace(office, ledger=random_weights(chance, office.ledger))
        trials.append(tried_of(other, rules))
        truths.append(expected(other.edition(rules)))
    book = folder / "trials.xlsx"
    write_trials(office.edition(), trials, book, "zh")
    (new,) = libreoffice.save_as("xlsx", folder / "reckoned", book)
    wrong = []
    for place, truth in enumerate(truths, start=1):
        got = reckoned(rows_of(new, f"测算{place}"))
        wrong += [
            f"{place} {key}: {got.get(key)} instead of {truth[key]}"
            for key in truth
            if got.get(key) != truth[key]
        ]
    return wrong


@pytest.fixture
def reckoning(libreoffice, tmp_path):
    """A LibreOffice that trusts no result that stands in a file."""
    assert libreoffice
    return recalculating(tmp_path / "home")


@pytest.mark.parametrize(("seed", "apart"), [(1, False), (2, False), (3, False), (3, True)])
def test_reckoned_anew_it_says_what_the_engine_says(reckoning, tmp_path, seed, apart):
    """Natures of every kind, joint tasks (also each by its own figure), groups, late, returned, missing."""
    edition = random_office(seed, apart=apart).edition()
    path = tmp_path / "排名.xlsx"
    write_ranking(edition, path, "zh")
    (new,) = reckoning.save_as("xlsx", tmp_path / "new", path)

    assert reckoned(rows_of(path, "测算")) == expected(edition)  # as written
    assert reckoned(rows_of(new, "测算")) == expected(edition)  # reckoned anew
    assert rows_of(new, "测算")[2][1] == "各单位名次与本版一致"


def test_whatever_is_typed_into_the_yellow_cells_it_follows_the_engine(reckoning, tmp_path):
    """Thresholds, shares, points, weights of tasks and targets at random."""
    assert differences(reckoning, tmp_path, random_office(7, units=8), SETTINGS_IN_SHORT, seed=11) == []


def test_a_completion_to_try_changes_light_score_and_rank(reckoning, tmp_path):
    """What would it take? Type it in."""
    edition = random_office(3).edition()
    red = next(each for task in edition.tasks for each in task.ratings if each.light.value == "红灯")
    trial = Tried(settings=settings_of(Rules()), completions={red.target.code: Decimal(100)})
    book = tmp_path / "trial.xlsx"
    write_trials(edition, [trial], book, "zh")
    (new,) = reckoning.save_as("xlsx", tmp_path / "new", book)

    assert reckoned(rows_of(new, "测算1"))[red.target.code] == ("已完成", 100.0)


if __name__ == "__main__":
    import sys
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        office, program = random_office(7, units=8), recalculating(home / "lo")
        books = -(-int(sys.argv[1]) // 100)
        wrong = [each for seed in range(books) for each in differences(program, home, office, 100, seed)]
        print(f"{100 * books} settings, {len(wrong)} differences", *wrong[:20], sep="\n")
        sys.exit(bool(wrong))
