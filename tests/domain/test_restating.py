"""A closed period: what was published stays, and what changed is restated with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from kept import CHINA, MONTHS, SMALL, kept

from workplan_xlsx.domain.decisions import Decisions, Override, Reopening
from workplan_xlsx.domain.merging import counting, merge
from workplan_xlsx.domain.restating import restatements

JUNE = MONTHS[6]
PUBLISHED_AT = datetime(2023, 7, 5, 9, tzinfo=CHINA)
FIRST = kept("区科技局", "1-1 100", "3-1 推进中")


def restated(before, after, ledger=SMALL):
    """`code before -> after (why)` of every restatement."""
    told = restatements(
        merge(SMALL, JUNE, counting(before)),
        merge(ledger, JUNE, counting(after)),
        edition=1,
        since=PUBLISHED_AT,
        decisions=ledger.decisions,
    )
    return [
        f"{each.target.code} {each.published or each.published_status or '未报'} -> {each.value or each.status or '未报'}"
        f" ({each.source.verdict.file if each.source else '核定'}{'，已重开' if each.reopened else ''})"
        for each in told
    ]


def test_a_corrected_form_after_the_report_is_restated_by_figure():
    """Only what changed; the form that changed it is named."""
    later = kept("区科技局", "1-1 90", "3-1 推进中", day=45, version=2)

    assert restated([FIRST], [FIRST, later]) == ["1-1 100 -> 90 (区科技局6月.xlsx)"]


def test_a_late_form_is_restated_from_missing():
    """未报 was published; now there is a figure."""
    late = kept("区科技局", "1-1 90", "3-1 推进中", day=45)

    assert restated([], [late]) == [
        "1-1 未报 -> 90 (区科技局6月.xlsx)",
        "3-1 未报 -> 推进中 (区科技局6月.xlsx)",
    ]


def test_a_review_after_the_report_is_restated_without_a_form():
    """核定 changes the figure, no form did."""
    review = Override(code="1-1", period=JUNE, value=Decimal(80), who="李主任", why="核实")
    ledger = replace(SMALL, decisions=Decisions(overrides=(review,)))

    assert restated([FIRST], [FIRST], ledger) == ["1-1 100 -> 80 (核定)"]


def test_a_reopened_unit_is_named_as_such():
    """The office had opened the period again for it."""
    reopened = replace(
        SMALL,
        decisions=Decisions(reopenings=(Reopening(period=JUNE, unit="区科技局", who="李主任", why="更正"),)),
    )
    later = kept("区科技局", "1-1 90", "3-1 推进中", day=45, version=2)

    assert restated([FIRST], [FIRST, later], reopened) == ["1-1 100 -> 90 (区科技局6月.xlsx，已重开)"]


def test_nothing_changed_nothing_restated():
    """The same figures from a form that was sent again."""
    again = kept("区科技局", "1-1 100", "3-1 推进中", day=45, version=2)

    assert restated([FIRST], [FIRST, again]) == []
