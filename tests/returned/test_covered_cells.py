"""What stands under a merge is set aside, place by place or cell by cell: the same either way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.books.returned import made_sheet
from workplan_xlsx.books.returned.grid import Area, text_cell

PLACES = st.tuples(st.integers(0, 7), st.integers(0, 7))
AREAS = st.builds(lambda one, two: Area(*map(min, one, two), *map(max, one, two)), PLACES, PLACES)


def sheet(places, merges):
    cells = {(row, column): text_cell(row, column, f"{row}/{column}", False) for row, column in places}
    return made_sheet.made_sheet("表", cells, merges=tuple(merges))


@given(st.sets(PLACES), st.lists(AREAS, max_size=4))
def test_few_merges_and_many_hide_the_same_cells(places, merges):
    """Overlapping ones too; the first cell of a merge is what a reader sees."""
    by_place = sheet(places, merges)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made_sheet, "_FEW_PLACES", 0)
        assert sheet(places, merges) == by_place


def test_of_a_merge_only_its_first_cell_is_seen():
    made = sheet([(0, 0), (0, 1), (1, 0), (2, 0)], [Area(0, 0, 1, 1)])

    assert [cell.address for cell in made.cells()] == ["A1", "A3"]
    assert [cell.address for cell in made.covered] == ["B1", "A2"]
