"""The ranking workbook of an English coordinator, as he reads it: every sheet cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dump import assert_golden, dump
from ranking_samples import random_office

from workplan_xlsx.books.ranking.book import write_ranking
from workplan_xlsx.domain.decisions import Decisions, Override, Waiver
from workplan_xlsx.domain.editions.overview import lights_over_time
from workplan_xlsx.domain.editions.working_out import Past
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.traffic_light import TrafficLight

MAY, JUNE = Period.parse("2023-05"), Period.parse("2023-06")
DECIDED = Decisions(
    overrides=(
        Override(
            code="2",
            period=JUNE,
            light=TrafficLight.AMBER,
            who="Li Si",
            why="flood",
            decided_on=date(2023, 7, 3),
        ),
    ),
    waivers=(Waiver(rule="Q411", who="Li Si", why="counted once a year", until=date(2023, 12, 31)),),
)


def test_a_workbook_in_english(tmp_path):
    """Seven units in two groups: late, returned, missing, tied; streaks, changes, a decided light, a waiver."""
    office = random_office(11, units=7, tasks=1, targets=2)
    red = dict.fromkeys(("1", "3", "4", "5"), (TrafficLight.RED, TrafficLight.RED))
    past = Past(ranks={f"第{number}单位": number for number in range(1, 6)}, lights=red, period=MAY)
    ledger = replace(office.ledger, decisions=DECIDED)
    edition = replace(office, ledger=ledger).edition(past=past, number=2, lang="en")
    history = lights_over_time([(MAY, [TrafficLight.RED] * 4 + [TrafficLight.GREEN] * 3)], edition)
    path = tmp_path / "ranking.xlsx"
    write_ranking(edition, path, "en", history=history, remarks=["第3单位 填报!H8: “3-1指标” is new."])

    assert_golden(dump(path), "ranking_en.txt")
