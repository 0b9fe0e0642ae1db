"""What a unit lost, what would lift it, how stable its rank is: held against slow, plain recomputation."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from provinces import edition, ledger, returned, task, weighted

from workplan_xlsx.domain.editions.digest import digest_of
from workplan_xlsx.domain.editions.edition import Edition
from workplan_xlsx.domain.editions.ranked import RankState
from workplan_xlsx.domain.editions.rules import Rules, Weights
from workplan_xlsx.domain.model import Joint, Ledger, Target


def office(seed: int, units: int = 9, *, apart: bool = False) -> tuple[Ledger, list]:
    """A few units with random weights and figures, some of them late, some with joint tasks.

    `apart`: of joint tasks the first target is measured by each lead's own figure.
    """
    chance = random.Random(seed)
    plan = ledger(units, tasks_each=2, targets_each=2, groups=2)
    shared = [
        replace(each, lead_units=(each.lead_units[0], f"单位{chance.randrange(1, units + 1):04d}"))
        if chance.random() < 0.3 and each.lead_units[0] != "单位0001"
        else each
        for each in plan.tasks
    ]
    plan = replace(
        plan, tasks=tuple(replace(t, lead_units=tuple(dict.fromkeys(t.lead_units))) for t in shared)
    )
    plan = weighted(plan, **{f"t{each.code}": str(chance.randrange(1, 20)) for each in plan.tasks})
    if apart:
        plan = replace(plan, tasks=tuple(replace(t, targets=_first_apart(t.targets)) for t in plan.tasks))
    values = {code: str(chance.randrange(10, 60)) for code in plan.target_by_code}
    late = frozenset(name for name in plan.unit_by_name if chance.random() < 0.3)
    own = {name: chance.randrange(0, 30) * apart for name in plan.unit_by_name}
    return plan, returned(plan, lambda unit, code: str(int(values[code]) + own[unit]), late=late)


def _first_apart(targets: tuple[Target, ...]) -> tuple[Target, ...]:
    return (replace(targets[0], joint=Joint.EACH), *targets[1:])


def ranks(made: Edition) -> dict[str, int]:
    return {each.unit: each.rank for each in made.standings if each.rank}


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_all_that_was_lost_adds_up_to_what_is_missing_to_100(seed, apart):
    """Item by item, exactly; the largest first."""
    for standing in edition(*office(seed, apart=apart)).standings:
        assert sum(loss.points for loss in standing.losses) == 100 - standing.exact
        assert [loss.points for loss in standing.losses] == sorted(
            (loss.points for loss in standing.losses), reverse=True
        )


@pytest.mark.parametrize("apart", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_the_figures_that_are_told_do_lift_the_unit_past_the_one_above(seed, apart):
    """The lift is tried out: with these figures in its form the unit stands before the other."""
    plan, forms = office(seed, apart=apart)
    made = edition(plan, forms)

    def shared(code: str) -> bool:
        return plan.target_by_code[code].joint is not Joint.EACH

    tried = 0
    for standing in made.standings:
        lift = standing.lift
        if lift is None or not lift.by or any(figure is None for _, figure, _ in lift.by):
            continue
        figures = {code: figure for code, figure, _ in lift.by}
        raised = [
            replace(
                form,
                verdict=replace(
                    form.verdict,
                    entries=tuple(
                        each._replace(value=figures.get(each.target_code, each.value))
                        if form.verdict.unit == standing.unit or shared(each.target_code)
                        else each
                        for each in form.verdict.entries
                    ),
                ),
            )
            for form in forms
        ]
        after = {each.unit: each for each in edition(plan, raised).standings}
        assert after[standing.unit].total > after[lift.above].total, lift.what
        tried += 1

    assert tried


def moved_editions(plan: Ledger, forms: list):
    """Every edition in which one weight is a tenth more or less: shares, tasks, targets."""
    for factor in (Decimal("0.9"), Decimal("1.1")):
        for progress in (Decimal("0.9") * factor, 1 - Decimal("0.1") * factor):
            yield edition(plan, forms, Rules(weights=Weights(progress=progress, reporting=1 - progress)))
        for at, each in enumerate(plan.tasks):
            heavier = replace(each, weight=each.weight * factor)
            yield edition(replace(plan, tasks=(*plan.tasks[:at], heavier, *plan.tasks[at + 1 :])), forms)
            for place, target in enumerate(each.targets):
                changed = replace(target, weight=target.weight * factor)
                inside = (*each.targets[:place], changed, *each.targets[place + 1 :])
                tasks = (*plan.tasks[:at], replace(each, targets=inside), *plan.tasks[at + 1 :])
                yield edition(replace(plan, tasks=tasks), forms)


@pytest.mark.parametrize(
    ("seed", "units", "apart"),
    [(0, 7, False), (1, 7, False), (2, 7, False), (0, 7, True), (29, 20, True), (37, 20, True)],
)
def test_rank_ranges_are_those_of_trying_every_moved_weight(seed, units, apart):
    """By brute force: each weight moved by a tenth, the whole edition worked out anew.

    In the offices of 20 a range differs where a task's leads, measured apart, were moved by one score.
    """
    plan, forms = office(seed, units=units, apart=apart)
    made = edition(plan, forms)
    seen = {unit: {rank} for unit, rank in ranks(made).items()}
    for moved in moved_editions(plan, forms):
        for unit, rank in ranks(moved).items():
            seen[unit].add(rank)

    assert {each.unit: each.rank_range for each in made.standings} == {
        unit: (min(found), max(found)) for unit, found in seen.items()
    }


def test_all_units_tied_share_the_first_place_and_it_is_stated():
    """1, 1, 1 with everybody named; no lift, no loss, no range."""
    plan = ledger(4)
    made = edition(plan, returned(plan, lambda _unit, _code: "50"))

    assert {(each.rank, each.tied, each.total) for each in made.standings} == {(1, True, Decimal("100.00"))}
    assert made.standings[0].tied_with == ("单位0001", "单位0002", "单位0003", "单位0004")
    assert [each.lift for each in made.standings] == [None] * 4


def test_a_single_unit_is_first_of_one():
    """No neighbour to be compared with."""
    plan = ledger(1)
    (only,) = edition(plan, returned(plan, lambda _unit, _code: "10")).standings

    assert (only.rank, only.tied, only.lift, only.rank_range) == (1, False, None, (1, 1))


def test_no_submission_at_all_is_said_and_nobody_is_ranked():
    """The edition still comes."""
    made = edition(ledger(3), [])

    assert {each.state for each in made.standings} == {RankState.MISSING}
    assert {each.rank_range for each in made.standings} == {None}
    assert "没有收到任何合格报表" in made.warnings[0]


def test_names_of_80_characters_stand_as_they_are():
    """In standings, losses and sentences."""
    plan = ledger(2)
    long = "长" * 80
    units = tuple(replace(each, name=long if each.name == "单位0001" else each.name) for each in plan.units)
    tasks = tuple(
        task(each.code, long if each.reporting_unit == "单位0001" else each.reporting_unit, each.targets)
        for each in plan.tasks
    )
    plan = replace(plan, units=units, tasks=tasks)
    made = edition(plan, returned(plan, lambda unit, _code: "20" if unit == long else "15"))

    assert made.standings[0].unit == long
    assert long in made.standings[1].lift.what


def test_weights_that_add_up_to_nothing_leave_the_task_out_and_divide_by_nothing():
    """A task whose counted targets all weigh 0 is not counted; a unit of such tasks is not ranked."""
    plan = ledger(2, tasks_each=1)
    weightless = tuple(replace(each, weight=Decimal(0)) for each in plan.tasks[0].targets)
    plan = replace(plan, tasks=(replace(plan.tasks[0], targets=weightless), plan.tasks[1]))
    made = {each.unit: each for each in edition(plan, returned(plan, lambda _unit, _code: "20")).standings}

    assert (made["单位0001"].state, made["单位0001"].missing) == (RankState.NOT_RANKED, "无可计分任务")
    assert made["单位0002"].rank == 1


def test_a_unit_with_fewer_tasks_than_asked_is_listed_with_the_reason():
    """least_tasks of the rules in force."""
    plan = ledger(2, tasks_each=2)
    plan = replace(plan, tasks=plan.tasks[:3])
    rules = Rules(weights=Weights(least_tasks=2))
    made = {each.unit: each for each in edition(plan, returned(plan, lambda *_: "20"), rules).standings}

    assert made["单位0002"].state is RankState.NOT_RANKED
    assert made["单位0002"].missing == "可计分任务 1 项，少于 2 项"


def test_scores_stay_exact_until_the_one_rounding():
    """A third is a third until the total."""
    plan = ledger(1, tasks_each=1)
    (only,) = edition(
        plan, returned(plan, lambda _unit, code: {"1-1": "10", "1-2": "20", "1-3": "35"}[code])
    ).standings

    assert only.progress == Fraction(130, 3)
    assert (only.exact, only.total) == (Fraction(49), Decimal("49.00"))


def test_a_problem_that_grows_older_makes_no_new_edition():
    """Its age changes by itself; what was raised does not."""
    plan = ledger(1, tasks_each=1, targets_each=1)
    (form,) = returned(plan, lambda *_: "20")
    (entry,) = form.verdict.entries
    form = replace(
        form, verdict=replace(form.verdict, entries=(entry._replace(difficulty="用地手续办理较慢。"),))
    )
    made = edition(plan, [form])
    (problem,) = made.problems
    older = replace(made, problems=(replace(problem, age_days=problem.age_days + 1),))

    assert digest_of(older) == digest_of(made)
    assert digest_of(replace(made, problems=())) != digest_of(made)
