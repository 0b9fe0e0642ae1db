"""What travels between processes by the ten thousand arrives as it left, and stays frozen."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest

from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.model import Bound, Target, Unit
from workplan_xlsx.domain.returns import Entry

TARGET = Target(
    code="3-1", name="新建公园", words="98.92%", bound=Bound.AT_LEAST, value=Decimal("98.92"), unit="%"
)
VALUES = [
    TARGET,
    Unit(name="区商务局", aliases=("商务局",), ranked=False),
    Entry(
        target_code="3-1",
        value=Decimal("0.10"),
        stage="",
        sheet="填报",
        cell="I9",
        counts=True,
        request="用地",
    ),
    found(Code.SHEET_MISSING, sheet="填报"),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_arrives_as_it_left(value):
    arrived = pickle.loads(pickle.dumps(value))

    assert arrived == value
    assert repr(arrived) == repr(value)
    assert hash(arrived) == hash(value)


def test_what_arrives_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        pickle.loads(pickle.dumps(TARGET)).value = Decimal(1)
