"""A format may show another figure than the cell holds: then nobody may choose, and a person is asked."""

import pytest

from workplan_xlsx.books.returned.number_formats import rescales


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ('0"000"', "12000"),
        (r"0\0\0", "1200"),
        ('"1"0', "112"),
        (r"0\.0", "1.2"),
        ('0"."00', "0.12"),
        ('"120"', "120"),
        (";;;", "nothing"),
        ('""', "nothing"),
        ('0"k"', "12k"),
        (r"0\K", "12K"),
        ('0"M"', "12M"),
        ("0‰", "12‰"),
        ('0"‰"', "12‰"),
        ('"约"0', "约12"),
        ('0"余"', "12余"),
        ('0"万"', "12万"),
        ("0,", "0"),
    ],
)
def test_twelve_is_read_as_something_else(code, read):
    assert rescales(code), f"12 is shown as {read}"


@pytest.mark.parametrize(
    "code",
    [
        "General",
        "通用格式",
        'General"个"',
        "0",
        "0.00元",
        r"0\.",
        '0"个"',
        '0.0"km"',
        '0"m2"',
        '0"kg"',
        '0"m"',
        "#,##0.00",
        "0.00%",
        '0.00"%"',
        "0.00E+00",
        "# ?/?",
        "@",
        "[DBNum1]",
        "[Red]",
        "[DBNum1][$-804]General",
        "yyyy-m-d",
        'yyyy"年"m"月"d"日"',
        "[h]:mm",
        "0;-0;;@",
        "#,##0;[Red]-#,##0",
        '[=0]"";General',
        '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ',
        '_-"¥"* #,##0.00_-;-"¥"* #,##0.00_-',
        r"0.00_);\(0.00\)",
        '0"-"0',
    ],
)
def test_twelve_is_read_as_twelve(code):
    assert not rescales(code)
