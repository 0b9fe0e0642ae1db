"""Comments that a clerk writes beside his figures are told to the office; those of a marked copy are our own."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from openpyxl.comments import Comment
from sent_forms import FILLED, sent

from workplan_xlsx.books.returned.reading import read_returned


def commented(**comments: str) -> bytes:
    """The filled form with these comments beside its cells."""
    book = openpyxl.load_workbook(BytesIO(sent(FILLED)))
    for place, text in comments.items():
        book["填报"][place].comment = Comment(text, "张三")
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def told(data: bytes, name: str = "甲局.xlsx") -> list[str]:
    form = read_returned(data, name, "0" * 64)
    return [f"{each.cell} {each.message('zh')}" for each in form.findings if each.code.code == "N227"]


def test_a_comment_is_told_with_its_cell_and_its_words():
    """实际为口径调整前的数 beside a figure: nobody would have known."""
    assert told(commented(I9="口径调整前的数\n（王明）", M9="待市里确认")) == [
        "I9 单元格旁写有批注（I9：口径调整前的数 （王明）、M9：待市里确认），未取用。"
        "要说的话请写在“进展情况”或“解释说明”栏。"
    ]


def test_a_form_without_comments_says_nothing():
    """Nor does one with a blank comment, or with those that we put into the marked copy."""
    assert told(sent(FILLED)) == []
    assert told(commented(I9="  ", I10="【退回说明】\n您填的是：约98\n应只填数字")) == []


def test_many_comments_are_counted():
    """Five are named, all are counted."""
    (line,) = told(commented(**{f"{letter}9": f"说明{letter}" for letter in "BCDEFGHI"}))

    assert "F9：说明F等 8 处" in line


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_comments_survive_other_programs(libreoffice, tmp_path, kind):
    """Saved by LibreOffice in each of its formats."""
    path = tmp_path / "甲局.xlsx"
    path.write_bytes(commented(I9="口径调整前的数"))
    (saved,) = libreoffice.save_as(kind, tmp_path / "saved", path)

    (line,) = told(saved.read_bytes(), saved.name)
    assert line.startswith("I9 单元格旁写有批注（I9：口径调整前的数）")
