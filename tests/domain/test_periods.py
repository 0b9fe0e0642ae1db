"""Periods: spelled, read back, counted."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.domain.period import Period, Rhythm


@pytest.mark.parametrize(
    ("text", "first", "last", "elapsed", "words"),
    [
        ("2023-06", "2023-06-01", "2023-06-30", "1/2", "2023年6月"),
        ("2023Q2", "2023-04-01", "2023-06-30", "1/2", "2023年第2季度"),
        ("2023-06a", "2023-06-01", "2023-06-15", "11/24", "2023年6月上半月"),
        ("2023-06b", "2023-06-16", "2023-06-30", "1/2", "2023年6月下半月"),
        ("2023-W23", "2023-06-05", "2023-06-11", "23/52", "2023年第23周"),
    ],
)
def test_a_period_knows_its_days_and_its_share_of_the_year(text, first, last, elapsed, words):
    """Ends are inclusive."""
    period = Period.parse(text)

    assert (period.starts_on, period.ends_on) == (date.fromisoformat(first), date.fromisoformat(last))
    assert (period.elapsed, period.words_zh) == (Fraction(elapsed), words)


@given(st.sampled_from(list(Rhythm)), st.dates(min_value=date(2000, 1, 10), max_value=date(2090, 12, 20)))
def test_every_day_lies_in_the_period_that_contains_it(rhythm, day):
    """And its spelling is read back."""
    period = Period.containing(day, rhythm)

    assert period.starts_on <= day <= period.ends_on
    assert Period.parse(str(period)) == period


@pytest.mark.parametrize("text", ["2023-13", "2023-00", "2023Q5", "2023", "06-2023", "2023-W54", ""])
def test_what_is_no_period_is_refused(text):
    """Never a guess."""
    with pytest.raises(ValueError):
        Period.parse(text)
