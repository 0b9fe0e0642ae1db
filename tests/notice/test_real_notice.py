"""The project's own notice, against its labelled truth; skipped where the material is absent."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal

import pytest

from workplan_xlsx.notice.reading import read_notice

NAME = "00_yanzhou_2023_24"


@pytest.fixture
def notice(shared):
    return read_notice(shared / "notices" / f"{NAME}.txt", "zh")


@pytest.fixture
def truth(shared):
    return json.loads((shared / "notices" / "truth" / f"{NAME}.json").read_text(encoding="utf-8"))


def test_chapters_items_and_lead_units_are_all_there(notice):
    """11 sections, 83 items, 80 with leads, 34 distinct leads, 149 pairs, 43 items with several leads."""
    leads = [task.lead_units for task in notice.tasks]

    assert (len(notice.sections), len(notice.tasks)) == (11, 83)
    assert sum(bool(each) for each in leads) == 80
    assert len({unit for each in leads for unit in each}) == 34
    assert sum(len(each) for each in leads) == 149
    assert sum(len(each) > 1 for each in leads) == 43
    assert [task.number for task in notice.tasks if not task.lead_units] == ["81", "82", "83"]


def test_title_block(notice, truth):
    """Title, document number, issuer and date as the truth has them."""
    assert notice.title == truth["title"]
    assert notice.document_number == truth["doc_number"]
    assert notice.issuer == truth["issuer"]
    assert notice.issued_on.isoformat() == "2023-05-23"


def test_titles_and_units_of_every_item(notice, truth):
    """Item by item: chapter, title, lead units in their order."""
    read = [(task.section_ordinal, task.title, list(task.lead_units)) for task in notice.tasks]
    labelled = [(each["section_ordinal"], each["title"], each["lead_units"]) for each in truth["tasks"]]

    assert read == labelled


def test_every_labelled_target_is_found_and_none_is_invented(notice, truth):
    """Value and unit of each target, item by item; what only describes a project is no target."""
    for task, labelled in zip(notice.tasks, truth["tasks"], strict=True):
        read = Counter((each.value, each.unit) for each in task.targets if each.is_measured_target)
        wanted = Counter(
            (Decimal(str(each["value"])), each["unit"])
            for each in labelled["targets"] or []
            if each["kind"] == "target"
        )
        assert read == wanted, f"item {task.number}"


def test_item_70_has_twelve_targets_with_the_notices_words(notice):
    """An item is not a row: a target is."""
    item = next(task for task in notice.tasks if task.number == "70")
    targets = [each for each in item.targets if each.is_measured_target]

    assert len(targets) == 12
    assert [each.text for each in targets][:6] == ["4所", "1170个", "达到65%", "达到93%", "3所", "4560 个"]
