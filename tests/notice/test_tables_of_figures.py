"""Tables that hold numbers more than words: indicators with their unit, targets parted among units."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.tables.lists_of_names import joined


def table(tmp_path, *rows):
    """The notice of a table, a line a row, its cells parted by blanks."""
    lines = ["| " + " | ".join(row.split()) + " |" for row in rows]
    return read(tmp_path, "2024年目标任务分解表\n\n" + "\n".join(lines) + "\n")


def told(notice):
    """(name, reading) of all targets."""
    return [
        (each.what, reading)
        for task in notice.tasks
        for each, reading in zip(
            [each for each in task.targets if each.is_measured_target], targets(task), strict=True
        )
    ]


def test_indicators_with_their_unit_in_a_column_of_its_own(tmp_path):
    """6.5左右 and %: no number of a table is taken for a mere count of nothing."""
    notice = table(
        tmp_path,
        "序号 指标名称 单位 年度目标 责任单位",
        "1 地区生产总值增速 % 6.5左右 县发改局",
        "2 固定资产投资 亿元 ≥150 县发改局",
        "3 新增规上企业 家 20 县工信局",
    )

    assert told(notice) == [
        ("地区生产总值增速", "6.5%左右 -> ~ 6.5 %"),
        ("固定资产投资", "不低于150亿元 -> >= 150 亿元"),
        ("新增规上企业", "20家 -> = 20 家"),
    ]


def test_a_number_is_named_by_the_words_beside_it(tmp_path):
    """What stands before the number column is the chapter; the nearest words name the figure."""
    notice = table(
        tmp_path,
        "考核项目 序号 考核指标 考核内容 单位 年度目标 责任部门 评分部门",
        "粮食安全 1 确保供给 粮食播种面积 万亩 0.07 县农业农村局 市农业农村局",
        "粮食安全 2 确保供给 粮食产量 亿斤 0.004 县农业农村局 市农业农村局",
        "乡村建设 3 改善环境 农村改厕 座 300 县住建局 市建设局",
    )

    assert [section.title for section in notice.sections] == ["粮食安全", "乡村建设"]
    assert shown(notice)[::2] == ["一/1 确保供给 | 县农业农村局", "二/3 改善环境 | 县住建局"]
    assert told(notice) == [
        ("粮食播种面积", "0.07万亩 -> = 0.07 万亩"),
        ("粮食产量", "0.004亿斤 -> = 0.004 亿斤"),
        ("农村改厕", "300座 -> = 300 座"),
    ]


def test_columns_of_quarters_are_kept_and_bind_nobody(tmp_path):
    """They stand in the task's text; what they count describes the way to the year's figure."""
    notice = table(
        tmp_path,
        "重点任务 年度目标 一季度 上半年计划 前三季度 全年计划 主管部门",
        "停车设施 新建泊位3000个 新建500个 累计1500个 2500 累计3000个 县城管局",
        "幼儿园 新建幼儿园2所 完成招标 主体完工 / 交付使用 县教育局",
    )

    first, second = notice.tasks
    assert shown(notice) == ["/1 停车设施 | 县城管局", "/2 幼儿园 | 县教育局"]
    assert targets(first) == ["3000个 -> = 3000 个"]
    assert [each.reason for each in first.targets] == ["", "is_stage", "is_stage", "is_stage"]
    assert first.text.splitlines()[1:] == [
        "一季度：新建500个",
        "上半年计划：累计1500个",
        "前三季度：2500",
        "全年计划：累计3000个",
    ]
    assert second.text.splitlines()[1:] == ["一季度：完成招标", "上半年计划：主体完工", "全年计划：交付使用"]


def test_the_whole_years_column_is_the_target_where_there_is_no_other(tmp_path):
    notice = table(tmp_path, "重点任务 一季度 全年计划 责任单位", "停车设施 新建500个 新建3000个 县城管局")

    assert [targets(task) for task in notice.tasks] == [["3000个 -> = 3000 个"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "| 工作任务 | 责任领导 | 监管单位 |\n|---|---|---|\n| 修路3条 | 张某 | 县交通局 |\n",
            "表头：工作任务、责任领导、监管单位）没有写明由谁负责的列",
        ),
        ("序号\n考核指标\n分值\n年度目标\n监考单位\n1\n粮食播种面积\n3\n18.4\n县农业农村局\n", "丢了表格线"),
        ("序号项目名称主要内容牵头单位配合单位1办学新建学校2所教育局各镇\n", "丢了表格线"),
        ("各镇要抓好落实。\n", "请先给每项加上编号"),
    ],
)
def test_a_table_that_cannot_be_read_says_what_is_missing(tmp_path, text, said):
    """Who only looks on is not made to report; whose a figure is, is not guessed."""
    with pytest.raises(NoticeError, match=said):
        read(tmp_path, f"2024年任务分解表\n\n{text}")


def test_a_number_whose_unit_is_not_said_is_asked_for(tmp_path):
    """It is no less a target."""
    notice = table(
        tmp_path, "序号 指标名称 年度目标 责任单位", "1 营商指数 85 县发改局", "2 新增企业 20 县工信局"
    )

    assert [(each.value, each.doubt) for task in notice.tasks for each in task.targets] == [
        (85, "doubt_no_unit"),
        (20, "doubt_no_unit"),
    ]


def test_a_unit_that_begins_with_a_digit_adds_none_to_the_number(tmp_path):
    """12 in 1/10万 is 12, not 121; a unit that nobody knows is asked for."""
    notice = table(
        tmp_path,
        "序号 指标名称 单位 年度目标 责任单位",
        "1 孕产妇死亡率 1/10万 12 县卫健局",
        "2 单位GDP能耗 吨标准煤/万元 0.41 县发改局",
        "3 新增公交 标台 20 县交通局",
        "4 综合排名 位次 3 县督查室",
    )

    assert told(notice) == [
        ("孕产妇死亡率", "12/10万 -> = 12 /10万"),
        ("单位GDP能耗", "0.41吨标准煤/万元 -> = 0.41 吨标准煤/万元"),
        ("新增公交", "20标台 -> = 20 标台"),
        ("综合排名位次", "达到3 -> >= 3 "),
    ]
    assert [each.doubt for each in notice.tasks[3].targets] == ["doubt_no_unit"]


def test_targets_parted_among_units(tmp_path):
    """A row for each unit, a column for each indicator, a sum below that is nobody's."""
    notice = table(
        tmp_path,
        "序号 单位 引进项目（个） 到位资金（亿元） 投资增速（%） 备注",
        "1 城关镇 5 3.2 8 -",
        "2 经开区 20 30 15 -",
        "合计 - 25 33.2 - -",
    )

    assert shown(notice) == ["/1 城关镇目标任务 | 城关镇", "/2 经开区目标任务 | 经开区"]
    assert told(notice)[:3] == [
        ("引进项目", "5个 -> = 5 个"),
        ("到位资金", "3.2亿元 -> = 3.2 亿元"),
        ("投资增速", "8% -> = 8 %"),
    ]


def test_a_sum_is_no_task(tmp_path):
    """Nor is a number anybody's name."""
    notice = table(
        tmp_path,
        "序号 项目名称 建设内容 总投资（万元） 责任单位",
        "1 饮水工程 新建水厂2座 8600 县水利局",
        "合计 - - 8600 -",
    )

    assert shown(notice) == ["/1 饮水工程 | 县水利局"]


def test_names_in_a_narrow_cell():
    """Where a line ends a name, and where the cell's width broke one."""
    assert joined("省财政厅\n省自然资\n源厅\n各市（州）\n政府") == "省财政厅、省自然资源厅、各市（州）政府"
    assert joined("市住房城乡\n建设局") == "市住房城乡建设局"
    assert joined("县人民政府\n办公室") == "县人民政府办公室"
    assert joined("经开区\n高新园（河东\n镇）\n各街道") == "经开区、高新园（河东镇）、各街道"
    assert joined("城关镇\n河东乡\n经开区") == "城关镇、河东乡、经开区"
    assert joined("省人力资源\n社会保障厅") == "省人力资源社会保障厅"
