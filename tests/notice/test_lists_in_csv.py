"""Lists saved as .csv: read where each line has the heading's cells, else refused with the line."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets

from workplan_xlsx.errors import NoticeError

HEADING = "序号,工作任务,年度目标,责任单位,配合单位\n"


def test_a_list_as_excel_saves_it(tmp_path):
    """A title, quotes around commas and line breaks, a chapter's line, GB18030."""
    text = (
        "2024年任务清单,,,,\r\n"
        + HEADING
        + '1,修路,"建成60公里,\n完好率95%以上",县交通局,"县财政局,各镇"\n一、民生,,,,\n2,办学,"学位1,200个",县教育局,\n'
    )
    notice = read(tmp_path, text.encode("gb18030"), "清单.csv")

    assert notice.title == "2024年任务清单"
    assert shown(notice) == ["/1 修路 | 县交通局 | 县财政局、各镇", "一/2 办学 | 县教育局"]
    assert [targets(task) for task in notice.tasks] == [
        ["60公里 -> = 60 公里", "95%以上 -> >= 95 %"],
        ["1,200个 -> = 1200 个"],
    ]


def test_semicolons_part_cells_too(tmp_path):
    text = HEADING.replace(",", ";") + "1;修路;60公里;县交通局;\n"

    assert shown(read(tmp_path, text, "清单.csv")) == ["/1 修路 | 县交通局"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("1,修路,60公里,县交通局,\n2,办学,学位1,200个,县教育局,\n", "第 3 行有 6 格，表头是 5 格"),
        ("1,修路,60公里,县交通局\n", "第 2 行有 4 格，表头是 5 格"),
        ('1,修路,"60公里,县交通局,\n2,办学,3所,县教育局,\n', "第 3 行有 . 格，表头是 5 格"),
        ("", "没有读出任何任务"),
    ],
    ids=["a comma of a number", "a cell too few", "quotes that never close", "a heading only"],
)
def test_cells_that_cannot_be_told_apart_are_refused_with_their_line(tmp_path, rows, said):
    """县教育局 would have been read as a supporter, and 200个 as who leads."""
    with pytest.raises(NoticeError, match=said):
        read(tmp_path, HEADING + rows, "清单.csv")


def test_a_list_that_names_only_who_assesses(tmp_path):
    with pytest.raises(NoticeError, match="只有“考核单位”：那一般是考核或监管的单位"):
        read(tmp_path, "序号,工作任务,年度目标,考核单位\n1,修路,60公里,县交通局\n", "清单.csv")
