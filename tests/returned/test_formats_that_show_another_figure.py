"""A format may show another figure than the cell holds: then nobody may choose, and a person is asked."""

from decimal import Decimal

import pytest
import xlsxwriter
from libreoffice import PROGRAM, LibreOffice
from raw_workbooks import workbook
from sent_forms import TASKS

from workplan_xlsx.books.returned.contents import content_at
from workplan_xlsx.books.returned.opened import open_grid
from workplan_xlsx.books.returned.shown_figures import is_shown_as, shows_otherwise
from workplan_xlsx.domain.judging.cells import read_figure


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
        ('"共1"0', "共112"),
        ("-0", "-12"),
        ("0%%", "120000%%"),
        ("*00", "00000012"),
        ('[=12]"是";0', "是"),
        ("[>100]0;[>50]0", "####"),
    ],
)
def test_twelve_is_read_as_something_else(code, read):
    assert shows_otherwise(code, Decimal(12)), f"12 is shown as {read}"


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
        '[=1]"是";0',
        '[>=10000]0.0,"万";0',
        '0;"";""',
    ],
)
def test_twelve_is_read_as_twelve(code):
    assert not shows_otherwise(code, Decimal(12))


@pytest.mark.parametrize(
    "code", ["0;0", "0;[Red]0", "General;General", "0;", ";0", '[=0]"";General', "[<0]0;0"]
)
def test_minus_five_loses_its_sign(code):
    """Where a section serves numbers below zero, it has to write the sign itself."""
    assert shows_otherwise(code, Decimal(-5))


@pytest.mark.parametrize(
    "code", ["0", "[Red]0", "0;-0", r"0.00_);\(0.00\)", '0;"负"0', "#,##0;[Red]-#,##0", "[<100]0;0"]
)
def test_minus_five_keeps_its_sign(code):
    assert not shows_otherwise(code, Decimal(-5))


@pytest.mark.parametrize("code", ["0;-0;;@", "#", "#,###", '[=0]"";General', "General;-General;"])
def test_a_zero_that_is_shown_as_nothing_is_asked_about(code):
    assert shows_otherwise(code, Decimal(0))


@pytest.mark.parametrize("code", ["0", "General", '0;-0;"-"', '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ '])
def test_a_zero_or_its_dash_is_seen(code):
    assert not shows_otherwise(code, Decimal(0))


def test_the_clerk_is_told_that_the_format_is_at_fault():
    """The cell holds 12 and shows 12.00万."""
    (sheet,) = open_grid(workbook('<row r="1"><c r="A1" s="4"><v>12</v></c></row>'), "表.xlsx").grid.sheets
    figure, _, (finding,) = read_figure(content_at(sheet, 0, 0), TASKS[0].targets[0], "zh")

    assert figure is None
    assert finding.message("zh").startswith('“新增平台”的单元格里存的数和显示出来的不一样：“12〔0.00"万"〕”')
    assert "改为“常规”" in finding.message("zh")


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("12", "12"),
        ("12.3", "12.345"),
        ("1,234.50", "1234.5"),
        ("¥12.00元", "12"),
        ("12 m2", "12"),
        ("1.2E+03", "1234"),
        ("-5.00", "-5"),
        ("(5.00)", "-5"),
        ("-", "0"),
        ("12.00%", "12"),
        (".5", "0.5"),
    ],
)
def test_what_an_ods_cell_shows_is_what_it_holds(shown, number):
    assert is_shown_as(shown, Decimal(number), is_percent=False)


@pytest.mark.parametrize(
    ("shown", "number"),
    [
        ("", "12"),
        ("是", "12"),
        ("5", "-5"),
        ("-5", "5"),
        ("12000", "12"),
        ("12", "12000"),
        ("12k", "12"),
        ("12万", "12"),
        ("约12", "12"),
        ("12‰", "12"),
        ("1.2", "12"),
        ("12 3/8", "12.375"),
        ("1E999999999", "12"),
        ("", "0"),
    ],
)
def test_what_an_ods_cell_shows_is_something_else(shown, number):
    assert not is_shown_as(shown, Decimal(number), is_percent=False)


def test_a_percent_of_an_ods_is_shown_as_a_hundredfold():
    assert is_shown_as("47.3%", Decimal("0.473"), is_percent=True)
    assert not is_shown_as("0.47%", Decimal("0.473"), is_percent=True)


_CODES = (
    *("General", "0", "0.0", "#,##0.00", "0.00%", "0.00E+00", "@", '0.00"元"', "0;-0", r"0_);\(0\)"),
    *("0;0", "0;[Red]0", '0"万"', '0"000"', '"约"0', ";;;", "0;-0;;@", "#,###", '[=12]"是";0', "0;-0;-"),
    *('[>=10000]0.0,"万";0', "[<100]0;0", "0.00;;", "General;General", "[Red]0", "00000", "-0", '"共1"0'),
)
_FIGURES = ("12", "-5", "12000", "98.92", "-0.5")


@pytest.mark.skipif(PROGRAM is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_what_the_format_is_said_to_show(tmp_path):
    """Each figure in each format: what LibreOffice writes there is the figure exactly where we say so."""
    with xlsxwriter.Workbook(tmp_path / "表.xlsx") as book:
        page = book.add_worksheet()
        for row, code in enumerate(_CODES):
            for column, figure in enumerate(_FIGURES):
                page.write_number(row, column, float(figure), book.add_format({"num_format": code}))
    (saved,) = LibreOffice(tmp_path / "home").save_as("ods", tmp_path / "saved", tmp_path / "表.xlsx")
    (one,) = open_grid(saved.read_bytes(), "表.ods").grid.sheets
    differing = [
        f"{code} {figure}: {shown.text}"
        for row, code in enumerate(_CODES)
        for column, figure in enumerate(_FIGURES)
        if (shown := one.at(row, column)) is not None
        and (shown.kind.value == "shown otherwise") != shows_otherwise(code, Decimal(figure))
    ]

    assert differing == []
