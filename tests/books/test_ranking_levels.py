"""Cities, counties and their units: how each level stands, where ranking groups are named 甲市/乙县."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from ranking_samples import random_office
from ranking_sheets import rows_of

from workplan_xlsx.books.ranking.book import write_ranking
from workplan_xlsx.domain.editions.levels import levels_of, path_of
from workplan_xlsx.domain.editions.telling import edition_json


def edition_of(*groups: str):
    """Three units in each of these ranking groups."""
    office = random_office(4, units=3 * len(groups), groups=len(groups))
    units = tuple(
        replace(unit, ranking_group=groups[place // 3]) for place, unit in enumerate(office.ledger.units)
    )
    return replace(office, ledger=replace(office.ledger, units=units)).edition()


PROVINCE = edition_of("甲市/东县", "甲市/西县", "乙市 / 南县", "乙市／市直")


def test_the_sheet_reads_from_the_city_down_to_its_counties_the_best_first(tmp_path):
    """A city holds all units of its counties; 第7单位 in 南县 sent nothing and has no score."""
    write_ranking(PROVINCE, tmp_path / "排名.xlsx", "zh")
    sheet = rows_of(tmp_path / "排名.xlsx", "分级对比")

    assert [row[:8] for row in sheet[3:9]] == [
        ["甲市", 1, 2, 6, 6, 81.17, 91, 73.9],
        ["　　西县", 1, 2, 3, 3, 82.76, 91, 73.99],
        ["　　东县", 2, 2, 3, 3, 79.58, 84.1, 73.9],
        ["乙市", 2, 2, 6, 5, 79.51, 89.2, 74.18],
        ["　　南县", 1, 2, 3, 2, 81.69, 89.2, 74.18],
        ["　　市直", 2, 2, 3, 3, 78.05, 79.5, 75.38],
    ]
    assert [row[8:12] for row in sheet[3:9] if row[0] == "　　南县"] == [[2, 0, 0, 1]]


def test_a_citys_mean_is_that_of_its_units_not_of_its_counties():
    """南县 has two units with a score and 市直 three: each unit counts the same."""
    city = next(each for each in levels_of(PROVINCE.standings) if each.path == ("乙市",))
    exact = [
        each.exact for each in PROVINCE.standings if each.group.startswith("乙市") and each.exact is not None
    ]

    assert len(exact) == 5
    assert city.mean == sum(exact, Fraction(0)) / 5


def test_the_data_beside_the_workbook_tell_the_same():
    told = json.loads("".join(edition_json(PROVINCE)))["levels"]

    assert [("/".join(each["path"]), each["rank"], each["units"]) for each in told][:3] == [
        ("甲市", 1, 6),
        ("甲市/西县", 1, 3),
        ("甲市/东县", 2, 3),
    ]


def test_groups_of_kinds_that_cannot_be_compared_are_not_compared(tmp_path):
    """部门 and 镇街 have no level above them: no sheet, and nothing in the data."""
    edition = edition_of("部门", "镇街")
    write_ranking(edition, tmp_path / "排名.xlsx", "zh")

    assert levels_of(edition.standings) == ()
    assert "分级对比" not in str(rows_of(tmp_path / "排名.xlsx", "排名通报"))


def test_levels_that_are_equal_share_the_better_rank():
    """Both counties are made of the same standings."""
    twins = [replace(each, group=f"甲市/{name}") for name in ("东县", "西县") for each in PROVINCE.standings]

    assert [(each.path[-1], each.rank) for each in levels_of(twins)] == [
        ("甲市", 1),
        ("东县", 1),
        ("西县", 1),
    ]


@pytest.mark.parametrize(
    ("group", "path"),
    [
        ("甲市/乙县", ("甲市", "乙县")),
        (" 甲市 ／ 乙县 ", ("甲市", "乙县")),
        ("甲市//乙县/", ("甲市", "乙县")),
        ("部门", ("部门",)),
        ("", ("",)),
    ],
)
def test_strokes_part_the_levels_however_they_are_typed(group, path):
    assert path_of(group) == path
