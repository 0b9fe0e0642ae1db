"""Answers that are remembered are the ones that fractions give."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.domain import exact
from workplan_xlsx.domain.rounding import shown_of_double

_some = st.fractions(min_value=-1000, max_value=1000, max_denominator=1000)


@given(_some, _some)
def test_a_remembered_answer_is_the_exact_one(one: Fraction, other: Fraction):
    for _ in range(2):
        assert exact.times(one, other) == one * other
        assert exact.minus(one, other) == one - other
        if other:
            assert exact.divided(one, other) == one / other


def test_equal_answers_are_held_once():
    """Of 100,000 targets most are as far as many others."""
    assert exact.divided(Fraction(30), Fraction(50)) is exact.divided(Fraction(30), Fraction(50))


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        (0.1 + 0.2, "0.3"),
        (1.1 * 3, "3.3"),
        (98.92, "98.92"),
        (100 / 3, "33.3333333333333"),
        (123456789012345.0, "123456789012345"),
        (0.00001234567890123, "0.00001234567890123"),
        (-7.0, "-7"),
        (0.0, "0"),
        (1e300, "1" + "0" * 300),
    ],
)
def test_a_stored_double_is_the_figure_that_a_spreadsheet_shows(stored, shown):
    """Fifteen digits: what a formula leaves behind them nobody has typed or seen."""
    assert str(shown_of_double(stored)) == shown
