"""The grammar of quantities: what is printed is what is read."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.domain.model import Bound
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.notice.figures.quantities import find_phrases
from workplan_xlsx.notice.numerals import chinese_number, read_chinese_number


@pytest.mark.parametrize(
    ("text", "bound", "value", "value_max", "unit"),
    [
        ("粮食播种面积不低于70万亩", ">=", "70", None, "万亩"),
        ("放映电影3550余场", ">", "3550", None, "场"),
        ("培育新品种1-2个", "range", "1", "2", "个"),
        ("签约率提升1至3个百分点", "range", "1", "3", "个百分点"),
        ("安全利用率稳定在91%以上", ">=", "91", None, "%"),
        ("能耗控制在3％以内", "<=", "3", None, "%"),
        ("营收突破450亿元", ">", "450", None, "亿元"),
        ("实施20个左右项目", "~", "20", None, "个"),
        ("能繁母猪0.38万头", "=", "0.38", None, "万头"),
        ("新增学位４５６０个", "=", "4560", None, "个"),
        ("新增学位4560 个", "=", "4560", None, "个"),
        ("不超过12.5元", "<=", "12.5", None, "元"),
    ],
)
def test_a_quantity_is_read_as_printed(text, bound, value, value_max, unit):
    """Bound words on both sides, ranges, scales, full-width digits."""
    (phrase,) = find_phrases(text)

    assert (phrase.bound.value, phrase.value, phrase.unit) == (bound, Decimal(value), unit)
    assert phrase.value_max == (None if value_max is None else Decimal(value_max))


BEFORE = {"不少于": Bound.AT_LEAST, "突破": Bound.MORE_THAN, "不超过": Bound.AT_MOST, "": Bound.EXACTLY}


@given(
    before=st.sampled_from(sorted(BEFORE)),
    number=st.decimals(min_value=0, max_value=10**6, places=2),
    scale=st.sampled_from(["", "万", "亿"]),
    measure=st.sampled_from(["家", "个", "亩", "元", "吨", "人次"]),
)
def test_any_generated_quantity_is_read_back_exactly(before, number, scale, measure):
    """Round trip: printed, read, equal."""
    (phrase,) = find_phrases(f"新增{before}{plain(number)}{scale}{measure}")

    assert (phrase.bound, phrase.value, phrase.unit) == (BEFORE[before], number, scale + measure)


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_are_read_back(number):
    """Ordinals as Word writes them."""
    assert read_chinese_number(chinese_number(number)) == number


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_numerals_agree_with_another_library(number):
    """cn2an reads them the same."""
    import cn2an

    assert cn2an.cn2an(chinese_number(number), "smart") == number
