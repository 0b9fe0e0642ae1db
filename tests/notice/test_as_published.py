"""Notices as saved from offices' pages: what stands around the tasks, and tables in all their shapes."""

from __future__ import annotations

from datetime import date

import pytest
from reading_notices import read, shown, targets

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.glyphs import folded
from workplan_xlsx.notice.title_block import plan_year

ITEM = "一、产业\n1.招商。引进企业5家。（牵头单位：县商务局）\n"


@pytest.mark.parametrize(
    ("front", "title", "number", "issuer", "day"),
    [
        (
            "发布单位 | 石河区政府 | 发文日期 | 2022-03-04 |\n石河区2022年民生实事进度表\n",
            "石河区2022年民生实事进度表", "", "石河区政府", "2022-03-04",
        ),
        (
            "索引号: | 1102/2022 | 公开方式: | 主动公开 |\n石河区2022年十件好事\n",
            "石河区2022年十件好事", "", "", None,
        ),
        (
            "发布机构: | 生成日期: | 2022-12-02 08:54:33 | |\n石河区人民政府办公室关于做好春耕工作的通知\n",
            "石河区人民政府办公室关于做好春耕工作的通知", "", "石河区人民政府办公室", None,
        ),
        (
            "河府〔2022〕9號\n石河縣人民政府關於落實《關於印發省農業規劃的通知》的實施意見\n各鎮：\n",
            "石河縣人民政府關於落實《關於印發省農業規劃的通知》的實施意見", "河府〔2022〕9號", "石河縣人民政府", None,
        ),
        (
            "各镇，各部门：\n《石河县2022年重点工作分工》已经县政府同意，现印发给你们。\n石河县人民政府办公室\n2022年3月4日\n",
            "石河县2022年重点工作分工", "", "石河县人民政府办公室", "2022-03-04",
        ),
        (
            "各镇，各部门：\n请各单位抓好落实。\n附件:1. 2022年石河县任务分解表\n2. 联系人名单\n石河县人民政府\n2022年3月4日\n",
            "2022年石河县任务分解表", "", "石河县人民政府", "2022-03-04",
        ),
        (
            "石河县人民政府办公室\n2022年3月4日\n2022年石河县《政府工作报告》目标任务\n责任分解方案\n",
            "2022年石河县《政府工作报告》目标任务责任分解方案", "", "石河县人民政府办公室", "2022-03-04",
        ),
        (
            "石河府办〔2022〕9号\n各镇：\n县长的报告已经2022年2月5日县政府第3次常务会议通过。现将任务分解如下：\n",
            "通知", "石河府办〔2022〕9号", "", None,
        ),
        ("石河镇政府，各村，县直有关单位：\n经研究，通知如下：\n", "通知", "", "", None),
    ],
)  # fmt: skip
def test_the_title_block_in_the_frame_of_a_page(tmp_path, front, title, number, issuer, day):
    """Neither the page's own fields nor the addressees are the title; what is cited is not issued here."""
    notice = read(tmp_path, front + ITEM)

    assert (notice.title, notice.document_number, notice.issuer) == (title, number, issuer)
    assert (notice.issued_on.isoformat() if notice.issued_on else None) == day


def test_a_letter_with_points_of_its_own_before_what_it_sends(tmp_path):
    """一 to 三 of the letter are no chapters; after its date the plan begins again with 一."""
    notice = read(
        tmp_path,
        "各镇：\n《2022年主要目标分工》已经县政府同意，现印发给你们。\n一、各单位要细化措施。\n二、每季度报送进展。\n三、年底考核。\n"
        "石河县人民政府办公室\n2022年3月4日\n2022年主要目标分工\n一、预期目标\n（一）地区生产总值增长6%\n责任单位：县发改局\n"
        "（二）财政收入增长5%以上\n责任单位：县财政局\n",
    )

    assert shown(notice) == ["一/一 地区生产总值增长6% | 县发改局", "一/二 财政收入增长5%以上 | 县财政局"]
    assert [section.title for section in notice.sections] == ["预期目标"]
    assert notice.title == "2022年主要目标分工"


def test_items_that_are_only_numbered_in_brackets(tmp_path):
    notice = read(tmp_path, "石河县2022年民生实事项目\n(1)新建球场3个。\n(2)改造公厕20座。\n")

    assert [targets(task) for task in notice.tasks] == [["3个 -> = 3 个"], ["20座 -> = 20 座"]]


def test_a_short_bracket_belongs_to_the_name_before_it(tmp_path):
    """No number of the sentence is lost to a title that ends at the bracket."""
    (task,) = read(
        tmp_path,
        "通知\n一、民政\n1.新增村(社区)助餐点60个以上，改造骨灰安放(葬)设施12处，提供助餐、助洁、助行、助购、助医、助急等各类上门服务5万人次。(责任单位：县民政局)\n",
    ).tasks

    assert task.title == "新增村(社区)助餐点60个以上"
    assert targets(task) == ["60个以上 -> >= 60 个", "12处 -> = 12 处", "5万人次 -> = 5 万人次"]


@pytest.mark.parametrize(
    ("table", "items", "found"),
    [
        (
            "序号 | 任 务 名 称 | 指 标 要 求 | 牵 头 部 门 | 配 合 部 门 | 目 标 类 型\n"
            "1 | 服务业增加值 | 增长6% | 县商务局 | 县统计局 | A类\n2 | 工业投资 | 增长9% | 县工信局 | 各镇 | B类\n",
            ["/1 服务业增加值 | 县商务局 | 县统计局", "/2 工业投资 | 县工信局 | 各镇"],
            [["增长6% -> = 6 %"], ["增长9% -> = 9 %"]],
        ),
        (
            "事项 | 年度目标 | 责任单位 | 分管领导 | 1-9月完成情况 | 取得成效 | 监督电话\n"
            "1.建球场 | 新建球场3个。 | 县体育局 | 王某某 | 已建2个。 | 惠及800人。 | 0535-8246\n",
            ["/1 建球场 | 县体育局"],
            [["3个 -> = 3 个"]],
        ),
        (
            "序号 | 任务 | 牵头单位及 主要负责人 | 配合单位\n1 | 新增岗位30个。 | 县民政局 王某某 | 县人社局\n",
            ["/1 新增岗位30个 | 县民政局 | 县人社局"],
            [["30个 -> = 30 个"]],
        ),
        (
            "序号 | 任务 | 责任领导及责任单位\n1 | 新增岗位30个。 | 王某某、县民政局\n",
            ["/1 新增岗位30个 | 县民政局"],
            [["30个 -> = 30 个"]],
        ),
        (
            "序号 | 指标名称 | 单位 | 目标值 | 牵头（责任）单位\n1 | 固定资产投资 | 亿元 | 186 | 县发改局\n"
            "2 | 空气优良率 | % | ≥85 | 县环保局\n3 | 新增就业 | 人 | 5800以上 | 县人社局\n4 | 接待游客 | 万人次 | 100-120 | 县文旅局\n",
            ["/1 固定资产投资 | 县发改局", "/2 空气优良率 | 县环保局", "/3 新增就业 | 县人社局", "/4 接待游客 | 县文旅局"],
            [["186亿元 -> = 186 亿元"], ["不低于85% -> >= 85 %"], ["5800人以上 -> >= 5800 人"], ["100-120万人次 -> range 100..120 万人次"]],
        ),
        (
            "项目 | 分值 | 目标任务 | 责任单位\n固定资产投资额（亿元） | 3 | 186 | 县发改局\n城镇登记失业率(%) | 1 | 低于 4.1 | 县人社局\n",
            ["/1 固定资产投资额（亿元） | 县发改局", "/2 城镇登记失业率(%) | 县人社局"],
            [["186亿元 -> = 186 亿元"], ["低于4.1% -> < 4.1 %"]],
        ),
        (
            "| 序号 | 重点任务 | 责任分工 | |\n| | | 牵头单位 | 配合单位 |\n| 1 | 修路12公里。 | 县交通局 | 各镇 |\n",
            ["/1 修路12公里 | 县交通局 | 各镇"],
            [["12公里 -> = 12 公里"]],
        ),
        (
            "索引号 | 11/2022 | 公开方式 | 主动公开 |\n主题 | 民生 | 范围 | 社会 |\n文号 | 无 | 时限 | 长期 |\n状态 | 有效 | 栏目 | 通知 |\n"
            "来源 | 县府办 | 日期 | 2022-03-04 |\n来源 | 县府办 | 日期 | 2022-03-04 |\n序号 | 实事 | 责任单位 |\n1 | 修路12公里。 | 县交通局 |\n",
            ["/1 修路12公里 | 县交通局"],
            [["12公里 -> = 12 公里"]],
        ),
        (
            "序号 | 任务 | 责任单位\n1 | 将集中供养标准提高到每月2200元，新增床位60张，改造敬老院5所，为全县特困供养人员、孤儿和困境儿童购买意外伤害保险和医疗保险。 | 县民政局\n",
            ["/1 将集中供养标准提高到每月2200元 | 县民政局"],
            [["2200元 -> >= 2200 元", "60张 -> = 60 张", "5所 -> = 5 所"]],
        ),
    ],
)  # fmt: skip
def test_tables_in_the_shapes_of_offices(tmp_path, table, items, found):
    """Kinds of targets, people, telephones, units of measure in a column, headings of two rows."""
    notice = read(tmp_path, f"石河县任务分解表\n\n{table}")

    assert shown(notice) == items
    assert [targets(task) for task in notice.tasks] == found


def test_a_chapter_between_the_heading_and_the_first_number(tmp_path):
    """A table saved one cell a line, with a chapter's line before 1."""
    notice = read(
        tmp_path,
        "石河县任务分解表\n序号\n名称\n工作任务\n主要责任单位\n主要预期目标（2项）\n1\n财税收入\n财政收入增长12%以上\n县财政局\n"
        "2\n消费\n零售总额增长9%左右\n县商务局、县统计局\n",
    )

    assert shown(notice) == ["/1 财税收入 | 县财政局", "/2 消费 | 县商务局、县统计局"]
    assert [targets(task) for task in notice.tasks] == [["增长12%以上 -> >= 12 %"], ["增长9%左右 -> ~ 9 %"]]


def test_a_table_of_one_office_with_numbers_left_out_and_chapters(tmp_path):
    """A cell a line: only the office's own rows of a larger table, chapters between them, lists of supporters."""
    notice = read(
        tmp_path,
        "石河区教育局2025年重点工作任务分解表\n序号\n重点工作任务\n主要责任单位\n协同配合单位\n一、2025年主要预期目标\n3\n"
        "固定资产投资增长7.5%左右。\n区发改委\n区工信局、区住建局、区教育局，各乡镇人民政府。\n二、全力以赴惠民生\n68\n"
        "新增公办学位560个。\n区教育局\n区住建局。\n69\n全区托位数提高至900个\n区卫健委\n区教育局\n",
    )

    assert shown(notice) == [
        "一/3 固定资产投资增长7.5%左右 | 区发改委 | 区工信局、区住建局、区教育局、各乡镇人民政府",
        "二/68 新增公办学位560个 | 区教育局 | 区住建局",
        "二/69 全区托位数提高至900个 | 区卫健委 | 区教育局",
    ]
    assert [section.title for section in notice.sections] == ["2025年主要预期目标", "全力以赴惠民生"]


def test_cells_a_line_closed_by_pipes_with_a_column_of_persons(tmp_path):
    """As a page is copied: a cell a line, a pipe behind it, empty ones as pipes alone."""
    notice = read(
        tmp_path,
        "石河区实事推进表（1-11月）\n序号 |\n主要任务 |\n全年目标任务 |\n分管 领导 |\n牵头 单位 |\n协同单位 |\n1-11月推进情况 |\n说明 |\n"
        "24 |\n优化提升50条后巷。 |\n王 某 |\n城管局 |\n市政局、各街道 |\n已进场，完成60%。 |\n||\n"
        "25 |\n新增达标小区210个。 |\n王某某 |\n城管局 |\n环卫处 |\n已建38个。 |\n招标滞后了2个月。 |\n|\n",
    )

    assert shown(notice) == [
        "/24 优化提升50条后巷 | 城管局 | 市政局、各街道",
        "/25 新增达标小区210个 | 城管局 | 环卫处",
    ]
    assert [targets(task) for task in notice.tasks] == [["50条 -> = 50 条"], ["210个 -> = 210 个"]]


def test_a_table_that_is_not_understood_makes_no_tasks(tmp_path):
    """Headings broken over lines: numbers would be tasks and indicators owners; nothing is made of it."""
    with pytest.raises(NoticeError):
        read(
            tmp_path,
            "实施进度表\n序号\n项目内容\n目标任务\n市级牵头\n责任单位\n进度\n完成\n1\n促进城乡劳动者就业创业\n城镇新增就业(人)\n26000\n"
            "市人力资源\n社会保障局\n19456\n74.8\n达到时间进度\n",
        )


def test_a_notice_whose_beginning_is_missing(tmp_path):
    """The first number may be any; that numbers are missing is told."""
    notice = read(
        tmp_path,
        "石河市重点工作分解\n三、改善环境\n32、公交分担率提高到36%。(责任单位:市交通局)\n33、错时开放车位。(责任单位:市住建局)\n"
        "四、创新服务\n34、农村社区达标率达80%。(责任单位:市民政局)\n",
    )

    assert shown(notice) == [
        "三/32 公交分担率提高到36% | 市交通局",
        "三/33 错时开放车位 | 市住建局",
        "四/34 农村社区达标率达80% | 市民政局",
    ]
    assert [each.code.code for each in notice.findings] == ["T103", "T103"]


def test_a_number_of_a_title_is_told_once(tmp_path):
    """The title is the sentence's beginning: its number is a target of the text, not left over as well."""
    (task,) = read(tmp_path, "通知\n一、民政\n1.改造敬老院12所；新增床位60张；(牵头单位：县民政局)\n").tasks

    assert targets(task) == ["12所 -> = 12 所", "60张 -> = 60 张"]
    assert task.left == ()


def test_the_plans_year_is_that_of_the_document_number_where_nothing_else_states_one():
    assert plan_year("重点工作分解", None, "河政〔2020〕20号") == 2020
    assert plan_year("重点工作分解", date(2021, 1, 5), "河政〔2020〕20号") == 2021
    assert plan_year("2022年重点工作分解", date(2021, 12, 5), "河政〔2021〕20号") == 2022
    assert plan_year("重点工作分解", None) is None


def test_traditional_signs_fold_one_by_one():
    """Places stay the same, and no simplified sign is changed."""
    assert folded("縮短為3個工作日以內，補貼50%") == "缩短为3个工作日以内，补贴50%"
    assert folded("乾坤著名") == "乾坤著名"
