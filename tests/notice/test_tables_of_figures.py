"""Tables that hold numbers more than words: indicators with their unit, targets parted among units."""

from __future__ import annotations

from reading_notices import read, shown, targets

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
    assert joined("城关镇\n河东乡\n经开区") == "城关镇、河东乡、经开区"
    assert joined("省人力资源\n社会保障厅") == "省人力资源社会保障厅"
