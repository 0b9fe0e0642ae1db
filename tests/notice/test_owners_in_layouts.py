"""Every way in which offices say who leads and who supports, in sentences of our own."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets

HEAD = "河口县人民政府办公室\n关于印发《2024年重点工作任务》的通知\n河政办发〔2024〕8号\n各乡镇：\n河口县人民政府办公室\n2024年2月6日\n2024年重点工作任务\n"


@pytest.mark.parametrize(
    ("bracket", "leads", "supports", "deadline"),
    [
        ("（牵头单位：县农业局、县水利局）", "县农业局、县水利局", "", None),
        ("(牵头单位:县农业局;配合单位:县水利局、各乡镇)", "县农业局", "县水利局、各乡镇", None),
        ("（责任单位：县农业局、县水利局）", "县农业局、县水利局", "", None),
        ("（县农业局、县水利局负责）", "县农业局、县水利局", "", None),
        ("（县农业局牵头，县水利局、县财政局按职责分工负责）", "县农业局", "县水利局、县财政局", None),
        ("（县农业局会同县水利局落实）", "县农业局", "县水利局", None),
        ("（由县农业局牵头，各乡镇人民政府配合，6月底前完成）", "县农业局", "各乡镇人民政府", "6月底前完成"),
        (
            "（牵头单位：县农业局；责任单位：县水利局；配合单位：各乡镇、街道；完成时限：2024年10月）",
            "县农业局",
            "县水利局、各乡镇、街道",
            "2024年10月",
        ),
        (
            "【责任单位：县农业农村和水利局、县住房和城乡建设局】",
            "县农业农村和水利局、县住房和城乡建设局",
            "",
            None,
        ),
        (
            "（县农业局、县市场监管局（县知识产权局）等有关部门负责）",
            "县农业局、县市场监管局（县知识产权局）",
            "",
            None,
        ),
        ("（县农业局等部门和各县（市、区）人民政府负责）", "县农业局、各县（市、区）人民政府", "", None),
        ("（责任领导：张某某；责任单位：县农业局；联系电话：123）", "县农业局", "", None),
        ("（县直各部门、各镇街按职责分工负责）", "县直各部门、各镇街", "", None),
        ("（牵头单位：县发展改革委和县财政局）", "县发展改革委、县财政局", "", None),
        ("", "", "", None),
        ("（县级牵头单位：县发改局；乡级责任单位：各乡镇）", "县发改局", "各乡镇", None),
        ("（责任单位：县公安局、县法院，县政法委牵头）", "县政法委", "县公安局、县法院", None),
        ("（责任单位：★县发改局、县财政局，以及县属企业）", "县发改局、县财政局、县属企业", "", None),
        ("（县发改局牵头，各市级部门及各乡镇政府配合）", "县发改局", "各市级部门、各乡镇政府", None),
        ("（责任单位：各市、特区、区人民政府）", "各市、特区、区人民政府", "", None),
        (
            "（牵头单位：县发改局；责任单位：各镇〈含开发区、东河管理区，下同〉）",
            "县发改局",
            "各镇（含开发区、东河管理区）",
            None,
        ),
        ("，责任单位为县水利局；", "县水利局", "", None),
        ("由县水利局、各乡镇人民政府负责落实。", "县水利局、各乡镇人民政府", "", None),
        ("由县水利局牵头，县财政局配合，6月底前完成。", "县水利局", "县财政局", "6月底前完成"),
        ("（分管副县长、协管副主任负责，县发改局牵头，县统计局参加）", "县发改局", "县统计局", None),
        ("（县人社局配合县直有关部门落实）", "县直有关部门", "县人社局", None),
        ("（县环保局牵头，县发改局参与。以下均需各镇政府落实，不再列出）", "县环保局", "县发改局", None),
        ("（县直各部门分别负责，年内持续推进）", "县直各部门", "", "年内持续推进"),
        ("（縣委編辦及縣直單位負責）", "縣委編辦、縣直單位", "", None),
        ("\n分管县领导：林某\n部门分工：县水利局牵头，各乡镇配合。", "县水利局", "各乡镇", None),
        ("由村民负责。", "", "", None),
        ("由专人负责管理，由企业负责筹资落实。", "", "", None),
        ("（谁主管、谁负责）", "", "", None),
        ("（含县级水库）", "", "", None),
    ],
)
def test_owners_in_one_item(tmp_path, bracket, leads, supports, deadline):
    """Labels, phrases and brackets of every kind."""
    notice = read(
        tmp_path, f"{HEAD}一、农业\n1.兴修水利。修渠12公里。{bracket}\n2.种粮。种粮5万亩。（县粮食局负责）\n"
    )

    first = notice.tasks[0]
    assert ("、".join(first.lead_units), "、".join(first.support_units)) == (leads, supports)
    assert first.deadline == deadline
    assert targets(first) == ["12公里 -> = 12 公里"]


def test_the_first_listed_leads_where_the_notice_says_so_once(tmp_path):
    """列第一位的为牵头单位，下同: and a bracket that names its leads itself keeps them."""
    notice = read(
        tmp_path,
        HEAD
        + "一、产业\n1.建园区。建成园区。（责任单位：县工信局、县商务局）\n"
        + "2.招商。引进项目。（县商务局、县工信局、县财政局负责，列第一位的为牵头单位，下同）\n"
        + "3.服务。办好事。（县司法局、县审计局牵头负责）\n",
    )

    assert shown(notice) == [
        "一/1 建园区 | 县工信局 | 县商务局",
        "一/2 招商 | 县商务局 | 县工信局、县财政局",
        "一/3 服务 | 县司法局、县审计局",
    ]


def test_the_first_leads_where_the_line_of_owners_says_so_itself(tmp_path):
    """The rider in the line's own bracket is no part of the last name."""
    notice = read(
        tmp_path,
        HEAD
        + "一、产业\n1.减负。为企业减负3亿元。\n责任单位：县工信局、县税务局(列第一位者为工作牵头单位，下同)\n"
        + "2.招商。引进项目5个。\n责任单位：县商务局、各镇\n",
    )

    assert shown(notice) == ["一/1 减负 | 县工信局 | 县税务局", "一/2 招商 | 县商务局 | 各镇"]


def test_the_label_itself_may_say_that_the_first_leads(tmp_path):
    notice = read(
        tmp_path, f"{HEAD}一、农业\n1.修渠。修渠12公里。（排在第一位的为牵头单位：县水利局、县财政局）\n"
    )

    assert shown(notice) == ["一/1 修渠 | 县水利局 | 县财政局"]


def test_owners_on_lines_of_their_own(tmp_path):
    """牵头单位, 责任单位 and 完成时限 each on a line, one of them wrapped."""
    notice = read(
        tmp_path,
        HEAD
        + "一、城建\n（一）修路。\n年内修路3条，里程20公里。\n牵头单位：县住建局\n责任单位：县交通局、\n县公路中心\n完成时限：2024年11月底\n"
        + "（二）建桥。\n年内建桥1座。\n责任单位：县交通局\n",
    )

    assert shown(notice) == [
        "一/一 修路 | 县住建局 | 县交通局、县公路中心 | 2024年11月底",
        "一/二 建桥 | 县交通局",
    ]
    assert targets(notice.tasks[0]) == ["3条 -> = 3 条", "20公里 -> = 20 公里"]


def test_several_owner_brackets_in_one_item(tmp_path):
    """Each sentence has its own; the item has them all, and whose each figure is, a person is asked."""
    notice = read(
        tmp_path,
        HEAD
        + "一、民生\n1.办教育。新建学校2所。（牵头单位：县教育局）改造食堂5个。（牵头单位：县市场监管局）\n"
        "2.看病。建医院1家。（牵头单位：县卫健局）\n",
    )

    assert shown(notice)[0] == "一/1 办教育 | 县教育局、县市场监管局"
    assert targets(notice.tasks[0]) == ["2所 -> = 2 所", "5个 -> = 5 个"]
    assert [each.doubt for each in notice.tasks[0].targets] == ["doubt_owner", "doubt_owner"]
    assert [each.message("zh")[:26] for each in notice.findings] == [
        "以下任务的文字分几处写了不同的责任单位：一/1。暂按"
    ]


def test_an_item_that_names_its_owners_once_is_asked_about_nothing(tmp_path):
    """Lead, others and time in lines of their own, or one unit behind each of two sentences."""
    notice = read(
        tmp_path,
        HEAD
        + "一、民生\n1.办学。新建学校2所。\n牵头单位：县教育局\n责任单位：县住建局、各镇\n完成时限：8月底\n"
        "2.看病。建医院1家。（县卫健局负责）配医生5名。（县卫健局负责）\n",
    )

    assert notice.findings == ()


def test_paragraphs_of_a_heading_that_name_their_own_units_are_tasks_of_their_own(tmp_path):
    """No unit is made to report what the paragraph of another one promises."""
    notice = read(
        tmp_path,
        HEAD
        + "一、主要指标\n今年的目标已分解如下，全年安排投资300亿元。\n城镇登记失业率控制在4%以内。（县人社局负责）\n"
        "森林覆盖率达到21%。（县林业局牵头，县财政局配合）\n二、重点工程\n修路3条。\n责任单位：县交通局\n完成时限：6月底\n建桥1座。\n责任单位：县住建局\n",
    )

    assert shown(notice) == [
        "一/1 城镇登记失业率控制在4%以内 | 县人社局",
        "一/2 森林覆盖率达到21% | 县林业局 | 县财政局",
        "二/1 修路3条 | 县交通局 |  | 6月底",
        "二/2 建桥1座 | 县住建局",
    ]
    assert [section.title for section in notice.sections] == ["主要指标", "重点工程"]
    assert [each.text for each in notice.general] == ["300亿元"]


def test_a_paragraph_of_another_unit_behind_an_item_is_a_second_task_of_its_number(tmp_path):
    notice = read(
        tmp_path,
        HEAD
        + "一、民生\n1.办学。新建学校2所。（县教育局负责）\n改造学校食堂5个。（县市场监管局负责）\n2.种树。种树3万株。（县林业局负责）\n",
    )

    assert shown(notice) == [
        "一/1 办学 | 县教育局",
        "一/1 改造学校食堂5个 | 县市场监管局",
        "一/2 种树 | 县林业局",
    ]


def test_points_within_one_line_that_name_their_own_units(tmp_path):
    """(1) and (2), and the next item, follow a bracket of owners on the same line."""
    notice = read(
        tmp_path,
        HEAD
        + "一、改革\n1.放权。(1)下放事项20项。(县编办负责)(2)压减材料100份。(县司法局牵头,县审批局配合)2.减税。减税3亿元。(县税务局负责)\n",
    )

    assert shown(notice) == [
        "一/1/1 下放事项20项 | 县编办",
        "一/1/2 压减材料100份 | 县司法局 | 县审批局",
        "一/2 减税 | 县税务局",
    ]


def test_a_sentence_between_two_lists_of_owners_is_neither_owner_nor_lost(tmp_path):
    """Its figure stays a target; its own owners follow it."""
    notice = read(
        tmp_path,
        HEAD
        + "一、投资\n1.扩大投资。投资增长7%，责任单位为县发改局；技改投资占比16.5%（含设备），责任单位为县工信局。\n"
        "2.用好资金。申报专项债券。责任单位：县财政局；县发改局。完成时限：6月底前完成；12月底前拨付。\n",
    )

    assert shown(notice) == [
        "一/1 扩大投资 | 县发改局、县工信局",
        "一/2 用好资金 | 县财政局、县发改局 |  | 6月底前完成；12月底前拨付",
    ]
    assert targets(notice.tasks[0]) == ["增长7% -> = 7 %", "16.5% -> = 16.5 %"]


def test_points_whose_last_one_carries_the_owners(tmp_path):
    """（一） with 1. and 2. and one bracket at the end: one task, not two."""
    body = "".join(
        f"（{ordinal}）抓第{ordinal}件事。\n1.先调查。走访群众100户。\n2.后实施。改造房屋20户。（责任单位：县住建局）\n"
        for ordinal in ("一", "二", "三")
    )
    notice = read(tmp_path, f"{HEAD}一、民生\n{body}")

    assert shown(notice)[0] == "一/一 抓第一件事 | 县住建局"
    assert len(notice.tasks) == 3
    assert targets(notice.tasks[2]) == ["100户 -> = 100 户", "20户 -> = 20 户"]


def test_a_heading_whose_owner_is_for_all_its_points(tmp_path):
    """The bracket stands behind the chapter's title."""
    notice = read(
        tmp_path,
        HEAD
        + "一、抓工业（责任单位：县工信局）\n1.新增规上企业10家。\n2.技改项目20个。\n二、抓商贸（责任单位：县商务局）\n1.办展会3场。\n2.引进商超2家。\n",
    )

    assert shown(notice) == [
        "一/1 新增规上企业10家 | 县工信局",
        "一/2 技改项目20个 | 县工信局",
        "二/1 办展会3场 | 县商务局",
        "二/2 引进商超2家 | 县商务局",
    ]


def test_an_item_whose_owner_was_forgotten_is_still_an_item(tmp_path):
    """It is listed, and the reader is told."""
    notice = read(
        tmp_path,
        HEAD
        + "一、民生\n（一）办学。建学校1所。（县教育局负责）\n（二）修路。修路2条。\n（三）种树。种树3万株。（县林业局负责）\n",
    )

    assert [task.number for task in notice.tasks] == ["一", "二", "三"]
    assert [each.code.code for each in notice.findings] == ["T104"]


def test_a_date_in_the_owners_phrase(tmp_path):
    notice = read(
        tmp_path, HEAD + "一、民生\n1.办学。建学校1所。（县教育局会同县财政局负责，2024年6月底前出台办法）\n"
    )

    assert shown(notice) == ["一/1 办学 | 县教育局 | 县财政局 | 2024年6月底前出台办法"]


@pytest.mark.parametrize("name", ["镇街", "县直有关部门", "州直相關單位", "乡镇", "街道办事处", "各园区"])
def test_a_name_that_stands_for_several_units_is_told(tmp_path, name):
    notice = read(
        tmp_path,
        f"{HEAD}一、产业\n1.招商。引进项目5个。（牵头单位：{name}）\n2.技改。改造企业8家。（牵头单位：县乡镇企业局）\n",
    )

    assert [each.code.code for each in notice.findings] == ["T106"]
    assert notice.findings[0].message("zh").startswith(f"“{name}”是一组单位")


def test_an_owners_line_in_square_brackets(tmp_path):
    notice = read(
        tmp_path,
        HEAD
        + "一、投资\n（一）扩投资。实施项目150个。\n【牵头：县发展改革局；配合：县财政局】\n（二）保要素。收储土地3000亩。\n〔县自然资源局负责〕\n",
    )

    assert shown(notice) == ["一/一 扩投资 | 县发展改革局 | 县财政局", "一/二 保要素 | 县自然资源局"]


@pytest.mark.parametrize(
    ("bracket", "leads", "supports"),
    [
        ("（由县住建局牵头，会同县城管局、县公安局等部门落实）", "县住建局", "县城管局、县公安局"),
        ("（责任单位：县人社局/县教育局）", "县人社局、县教育局", ""),
        ("（主办：县教育局，协办：县财政局）", "县教育局", "县财政局"),
        ("（县民政局、县人力资源社会保障局分工负责）", "县民政局、县人力资源社会保障局", ""),
        ("（牵头单位：县工信局；配合单位：各乡镇；县级责任领导：王某）", "县工信局", "各乡镇"),
        ("（牵头单位：县总工会；配合单位：各街道党工委、办事处）", "县总工会", "各街道党工委、办事处"),
        ("（县公安局等相关部门和地方按职责分别负责）", "县公安局", ""),
    ],
)
def test_owners_in_rarer_phrases(tmp_path, bracket, leads, supports):
    first = read(
        tmp_path, f"{HEAD}一、农业\n1.兴修水利。修渠12公里。{bracket}\n2.种粮。种粮5万亩。（县粮食局负责）\n"
    ).tasks[0]

    assert ("、".join(first.lead_units), "、".join(first.support_units)) == (leads, supports)


@pytest.mark.parametrize(
    ("bracket", "leads", "supports"),
    [
        ("（责任单位：县农业局（牵头）、县水利局）", "县农业局", "县水利局"),
        ("（县农业局会同县水利局、人民银行某县支行）", "县农业局", "县水利局、人民银行某县支行"),
        ("（牵头单位：县农业局；配合单位：县水利局及各乡镇政府）", "县农业局", "县水利局、各乡镇政府"),
        ("（责任单位：县农业局及下属单位）", "县农业局及下属单位", ""),
        ("（牵头单位：县农业局；\n配合单位：县水利局、\n县财政局）", "县农业局", "县水利局、县财政局"),
    ],
)
def test_who_leads_is_said_in_other_ways(tmp_path, bracket, leads, supports):
    """Behind one name, by 会同 alone, with 及 between two, over several lines."""
    notice = read(
        tmp_path, f"{HEAD}一、农业\n1.兴修水利。修渠12公里。{bracket}\n2.种粮。种粮5万亩。（县粮食局负责）\n"
    )

    assert ("、".join(notice.tasks[0].lead_units), "、".join(notice.tasks[0].support_units)) == (
        leads,
        supports,
    )


def test_an_item_whose_last_point_carries_the_owners_among_others_without_points(tmp_path):
    """（1） and （2） are the item's, though its neighbours have no points and their own owners."""
    notice = read(
        tmp_path,
        HEAD
        + "一、农业\n1.修渠12公里。（县水利局负责）\n2.种粮45万亩，其中：\n（1）水稻30万亩；\n（2）油菜12万亩。（县农业局负责）\n3.养牛300头。（县畜牧局负责）\n",
    )

    assert [(task.number, task.lead_units) for task in notice.tasks] == [
        ("1", ("县水利局",)),
        ("2", ("县农业局",)),
        ("3", ("县畜牧局",)),
    ]
    assert targets(notice.tasks[1]) == ["45万亩 -> = 45 万亩", "30万亩 -> = 30 万亩", "12万亩 -> = 12 万亩"]
