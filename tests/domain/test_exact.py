"""Answers that are remembered are the ones that fractions give."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.domain import exact

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
