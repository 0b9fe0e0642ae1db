"""Tasks that nobody numbered: each paragraph one, counted; where it is not certain they are refused."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets
from word_files import listed, p, word

from workplan_xlsx.errors import NoticeError

LETTER = "河口县人民政府办公室\n关于印发《2024年实事清单》的通知\n各乡镇：\n请认真落实。\n2024年2月6日\n2024年实事清单\n"
COUNTED = "任务没有编号，已按先后顺序编为 1 至 {}。请核对每一段是否都是一项任务。"


def told(notice):
    return [each.message("zh") for each in notice.findings]


def test_a_paragraph_with_its_owners_is_a_task(tmp_path):
    notice = read(
        tmp_path,
        LETTER
        + "改造小区8个。（责任单位：县住建局）\n9月底前建成食堂3处。（牵头单位：县民政局，配合单位：各乡镇）\n此件公开发布\n",
    )

    assert shown(notice) == [
        "/1 改造小区8个 | 县住建局",
        "/2 9月底前建成食堂3处 | 县民政局 | 各乡镇 | 9月底前",
    ]
    assert [targets(task) for task in notice.tasks] == [["8个 -> = 8 个"], ["3处 -> = 3 处"]]
    assert notice.title == "2024年实事清单"
    assert COUNTED.format(2) in told(notice)


def test_a_title_a_text_and_lines_of_owners(tmp_path):
    """Labels of two kinds: the lead of the third task does not lead the second one."""
    notice = read(
        tmp_path,
        LETTER
        + "办学\n新建学校3所。\n责任单位：县教育局\n就医\n新增床位60张。\n责任单位：县卫健局\n"
        + "修路\n修路60公里。\n牵头单位：县交通局\n配合单位：各乡镇\n",
    )

    assert shown(notice) == ["/1 办学 | 县教育局", "/2 就医 | 县卫健局", "/3 修路 | 县交通局 | 各乡镇"]
    assert targets(notice.tasks[0]) == ["3所 -> = 3 所"]


@pytest.mark.parametrize(
    "lines",
    [
        "修路5公里。（县交通局负责）\n修渠2公里。（县水利局负责）\n卫生方面\n新增床位60张。（县卫健局负责）\n",
        "修路5公里。（县交通局负责）\n修渠2公里。（县水利局负责）\n新增床位60张，改造卫生院3所，培训医生20名。\n",
        "修路5公里。（县交通局负责）\n",
    ],
    ids=["a heading between", "one without owners", "one only"],
)
def test_what_may_be_read_in_two_ways_is_refused(tmp_path, lines):
    with pytest.raises(NoticeError, match="请先给每项加上编号"):
        read(tmp_path, LETTER + lines)


def test_numbers_that_word_has_lost(tmp_path):
    """The file's definition of its numbering is gone: Word shows none, neither are any read."""
    body = p("实事清单") + listed("修路5公里。（县交通局负责）") + listed("修渠2公里。（县水利局负责）")
    notice = read(tmp_path, word(body), "通知.docx")

    assert shown(notice) == ["/1 修路5公里 | 县交通局", "/2 修渠2公里 | 县水利局"]
    assert told(notice) == [COUNTED.format(2)]


def test_a_paragraph_outside_of_all_items_that_names_its_owners_is_told(tmp_path):
    """The number 5 is not due behind 1; nothing that names who does it is left out in silence."""
    notice = read(
        tmp_path,
        LETTER + "1.修路5公里。（县交通局负责）\n附件：\n9）修渠2公里。（县水利局负责）\n",
    )

    assert shown(notice) == ["/1 修路5公里 | 县交通局"]
    assert told(notice) == [
        "有 1 段文字写明了责任单位，但不在任何一项任务中，没有列入台账：“9）修渠2公里。（县水利局负责）”。"
        "请核对编号是否缺漏，属于任务的请补入台账。"
    ]
