"""Every layout that offices use, in sentences of our own: which lines are tasks, by when."""

from __future__ import annotations

import pytest
from reading_notices import read, shown, targets

HEAD = "河口县人民政府办公室\n关于印发《2024年重点工作任务》的通知\n河政办发〔2024〕8号\n各乡镇：\n河口县人民政府办公室\n2024年2月6日\n2024年重点工作任务\n"


def test_the_title_block_is_read(tmp_path):
    notice = read(tmp_path, HEAD + "一、产业\n1.招商。引进项目5个。（牵头单位：县商务局）\n")

    assert (notice.title, notice.document_number) == ("2024年重点工作任务", "河政办发〔2024〕8号")
    assert (notice.issuer, notice.issued_on.isoformat()) == ("河口县人民政府办公室", "2024-02-06")


@pytest.mark.parametrize(
    "lines",
    [
        "牵头单位：县教育局\n责任领导：张某某\n配合单位：县住建局\n完成时限：8月底",
        "责任领导：张某某\n牵头单位：县教育局\n分管县领导：李某\n责任单位：县住建局\n完成时限：8月底",
        "牵头单位：县教育局\n推进措施：按月调度。\n责任单位：县住建局\n联系人：王某\n完成时限：8月底",
        "牵头单位：县教育局\n推进措施：按月调度。\n配合单位：县住建局\n完成时限：8月底",
    ],
)
def test_fields_of_one_item_in_any_order_are_one_task(tmp_path, lines):
    """Persons and measures between its units make no second task of it, and no doubt whose it is."""
    notice = read(
        tmp_path, f"{HEAD}一、民生\n1.办学\n新建学校2所。\n{lines}\n2.种树\n种树3万株。\n牵头单位：县林业局\n"
    )

    assert shown(notice) == ["一/1 办学 | 县教育局 | 县住建局 | 8月底", "一/2 种树 | 县林业局"]
    assert targets(notice.tasks[0]) == ["2所 -> = 2 所"]
    assert notice.findings == ()


def test_numbers_alone_on_their_lines(tmp_path):
    """As some pages print their lists; a number that nothing follows stays what it is."""
    notice = read(
        tmp_path,
        HEAD
        + "一、\n民生实事\n（一）\n新建幼儿园3所。（县教育局负责）\n\n（二）\n\n修路20公里。（县交通局负责）\n（三）\n",
    )

    assert shown(notice) == ["一/一 新建幼儿园3所 | 县教育局", "一/二 修路20公里 | 县交通局"]


def test_flat_items_without_sections(tmp_path):
    """一、to 十二、, each with its owner: no sections."""
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    text = HEAD + "".join(
        f"{each}、办实事{each}。改造房屋20户。（责任单位：县住建局）\n" for each in numerals
    )
    notice = read(tmp_path, text)

    assert notice.sections == ()
    assert [task.number for task in notice.tasks] == numerals
    assert notice.tasks[-1].title == "办实事十二"


def test_three_levels_and_numbers_that_begin_anew(tmp_path):
    """一、（一）1. with 1. again under each （一）; principles without owners are no tasks."""
    notice = read(
        tmp_path,
        HEAD
        + "一、总体要求\n（一）指导思想。坚持稳中求进。\n（二）基本原则。统筹兼顾。\n"
        + "二、重点任务\n（一）抓产业\n1.壮大工业。新增规上企业10家。（县工信局负责）\n2.繁荣商贸。办展会3场。（县商务局负责）\n"
        + "（二）抓项目\n1.争资金。争取资金5亿元。（县发展改革局负责）\n三、保障措施\n（一）加强领导。成立专班。\n",
    )

    assert [(each.ordinal, each.title) for each in notice.sections] == [
        ("一", "总体要求"),
        ("二", "重点任务"),
        ("二/一", "抓产业"),
        ("二/二", "抓项目"),
        ("三", "保障措施"),
        ("三/一", "加强领导"),
    ]
    assert shown(notice) == [
        "二/一/1 壮大工业 | 县工信局",
        "二/一/2 繁荣商贸 | 县商务局",
        "二/二/1 争资金 | 县发展改革局",
    ]


def test_chapters_and_articles(tmp_path):
    """第一章, 第一条: articles count through, points below stay in their article."""
    notice = read(
        tmp_path,
        HEAD
        + "第一章 总则\n第一条 为做好工作，制定本办法。（县司法局负责）\n第二章 任务\n"
        + "第二条 抓好种植。①种粮5万亩；\n②种菜2万亩。\n（责任单位：县农业局）\n第三条 抓好养殖。存栏牛3000头。（责任单位：县畜牧局）\n",
    )

    assert shown(notice) == [
        "一/一 为做好工作，制定本办法 | 县司法局",
        "二/二 抓好种植 | 县农业局",
        "二/三 抓好养殖 | 县畜牧局",
    ]
    assert targets(notice.tasks[1]) == ["5万亩 -> = 5 万亩", "2万亩 -> = 2 万亩"]


def test_a_number_that_was_left_out_is_told_and_costs_nothing(tmp_path):
    """1, 2, 4: the fourth is read, the gap is told."""
    notice = read(
        tmp_path,
        HEAD
        + "一、民生\n1.办学。建学校1所。（县教育局负责）\n2.修路。修路2条。（县交通局负责）\n4.种树。种树3万株。（县林业局负责）\n",
    )

    assert [task.number for task in notice.tasks] == ["1", "2", "4"]
    assert "从“2”跳到“4”" in notice.findings[0].message("zh")


def test_hard_wrapped_lines_are_joined_and_decimals_begin_no_item(tmp_path):
    """Lines broken by a page: in words, in a bracket, before 3.5 — and page numbers between."""
    text = HEAD + (
        "一、抓好全县工业经济平稳运行各项工作和重点项目建设任务落实\n"
        "1.壮大工业经济规模。围绕全县主导产业开展强链补链延链行动计划，推动\n"
        "传统产业改造升级，全年规模以上工业增加值增长率力争达到百分之六点五即\n"
        "6.5%以上，新增规模以上工业企业十二家以上，带动就业人数达到三千五百人\n"
        "以上，推动县域经济高质量发展再上一个新的台阶取得更好更大的成效。（牵\n"
        "— 3 —\n"
        "头单位：县工业和信息化局、县发展和改革局；配合单位：各乡镇人民政府）\n"
        "2.繁荣商贸流通行业。组织开展形式多样的促消费活动并做好农村商业体系建\n"
        "设工作，全年举办各类促消费活动不少于24场，社会消费品零售总额增速达到\n"
        "3.5%以上，引导更多商贸企业入统纳规，做好成品油和二手车市场监管工作。\n"
        "（责任单位：县商务局）\n"
        "3.推进重点项目建设进度。全年实施重点项目120个，完成年度投资85亿元，\n"
        "开工率达到100%，竣工项目达到60个以上，强化土地资金用工等要素的保障。\n"
        "（责任单位：县发展和改革局、县自然资源局）\n"
    )
    notice = read(tmp_path, text)

    assert shown(notice) == [
        "一/1 壮大工业经济规模 | 县工业和信息化局、县发展和改革局 | 各乡镇人民政府",
        "一/2 繁荣商贸流通行业 | 县商务局",
        "一/3 推进重点项目建设进度 | 县发展和改革局、县自然资源局",
    ]
    assert targets(notice.tasks[1]) == ["不少于24场 -> >= 24 场", "达到3.5%以上 -> >= 3.5 %"]


def test_markdown(tmp_path):
    """Headings, bold numbers, a link behind."""
    notice = read(
        tmp_path,
        "# 关于印发《2024年要点》的通知\n\n## 一、产业\n\n**1.招商。** 引进项目5个。（**牵头单位**：县商务局）\n\n2.技改。改造企业8家。（牵头单位：县工信局）\n\n[原文](http://x/1.pdf)\n",
        "要点.md",
    )

    assert notice.title == "2024年要点"
    assert shown(notice) == ["一/1 招商 | 县商务局", "一/2 技改 | 县工信局"]


def test_a_markdown_table(tmp_path):
    """Numbers in their own column, an owner that is blank because it was merged."""
    notice = read(
        tmp_path,
        "# 2024年任务清单\n\n| 序号 | 工作任务 | 牵头单位 | 配合单位 | 完成时限 |\n|---|---|---|---|---|\n"
        "| 1 | 新建公园2个。 | 县城管局 | 各街道 | 10月底 |\n| 2 | 改造厕所30座。 | 县城管局<br>县文旅局 | | 年底 |\n",
        "清单.md",
    )

    assert shown(notice) == [
        "/1 新建公园2个 | 县城管局 | 各街道 | 10月底",
        "/2 改造厕所30座 | 县城管局、县文旅局 |  | 年底",
    ]
    assert [targets(task) for task in notice.tasks] == [["2个 -> = 2 个"], ["30座 -> = 30 座"]]


def test_pipe_rows_that_lost_their_merged_cells(tmp_path):
    """The chapter's cell covers three rows; the second and third are short by one."""
    notice = read(
        tmp_path,
        "任务 | 内容 | 责任单位 |\n一、抓学习。 | 1.办讲座4场。 | 机关党委 |\n2.读好书。 | 各科室 | |\n二、抓纪律。 | 3.开展检查2次。 | 办公室牵头，各科室配合 |\n",
    )

    assert [(each.ordinal, each.title) for each in notice.sections] == [("一", "抓学习"), ("二", "抓纪律")]
    assert shown(notice) == [
        "一/1 办讲座4场 | 机关党委",
        "一/2 读好书 | 各科室",
        "二/3 开展检查2次 | 办公室 | 各科室",
    ]


def test_a_table_whose_columns_only_blanks_part(tmp_path):
    """As it is copied out of a page: a number, the task, its units a line; the letter's 三 heads nothing."""
    notice = read(
        tmp_path,
        "关于印发量化指标任务分工的通知\n县直各部门：\n一、高度重视。\n二、加强督办。\n河口县人民政府办公室\n2024年2月6日\n\n"
        "序号 工 作 任 务 牵头负责部门\n1 城镇新增就业3000人以上 县人社局\n"
        "2 铁路投资8亿元以上 县发展改革委 县交通局\n\n3 安排专项债券 4亿元 县财政局、县审计局\n4.年底考核。\n",
    )

    assert notice.sections == ()
    assert shown(notice) == [
        "/1 城镇新增就业3000人以上 | 县人社局",
        "/2 铁路投资8亿元以上 | 县发展改革委、县交通局",
        "/3 安排专项债券 4亿元 | 县财政局、县审计局",
    ]
    assert [targets(task) for task in notice.tasks] == [
        ["3000人以上 -> >= 3000 人"],
        ["8亿元以上 -> >= 8 亿元"],
        ["4亿元 -> = 4 亿元"],
    ]


def test_one_cell_a_line(tmp_path):
    """Copied out of a web page: the table's cells, each on a line."""
    notice = read(
        tmp_path,
        HEAD
        + "附件\n\n民生实事清单\n\n序号\n\n实事项目\n\n牵头单位\n\n完成时限\n\n1\n\n新建幼儿园3所。\n\n县教育局\n\n县住建局\n\n12月底前\n\n2\n\n改造管网15公里。\n\n县水务局\n\n6月底前\n\n",
    )

    assert shown(notice) == [
        "/1 新建幼儿园3所 | 县教育局、县住建局 |  | 12月底前",
        "/2 改造管网15公里 | 县水务局 |  | 6月底前",
    ]


def test_a_drawn_box(tmp_path):
    """A unit's cell that covers two rows, words broken inside of a cell."""
    notice = read(
        tmp_path,
        "任务分工\n"
        "┌──────────┬──────┬────┐\n"
        "│ 工 作 任 务        │牵头单位│完成时限│\n"
        "├──────────┼──────┼────┤\n"
        "│建成标准厂房8万平 │县工信局│ 6月底 │\n"
        "│方米                │、县园区│       │\n"
        "├──────────┤管委会  ├────┤\n"
        "│引进企业12家        │        │ 年底  │\n"
        "├──────────┼──────┼────┤\n"
        "│办好冬季招聘会5场   │县人社局│ 年底  │\n"
        "└──────────┴──────┴────┘\n",
    )

    assert shown(notice) == [
        "/1 建成标准厂房8万平方米 | 县工信局、县园区管委会 |  | 6月底",
        "/2 引进企业12家 | 县工信局、县园区管委会 |  | 年底",
        "/3 办好冬季招聘会5场 | 县人社局 |  | 年底",
    ]


def test_a_saved_web_page_with_merged_cells_and_a_numbered_list(tmp_path):
    """rowspan stands for all its rows; <ol> numbers are written out; scripts are not read."""
    page = (
        "<html><head><title>x</title><script>1.假任务。（县假局负责）</script></head><body><h1>2024年任务</h1>"
        "<table><tr><th>序号</th><th>任务</th><th>责任单位</th></tr>"
        "<tr><td>1</td><td>修路3条</td><td rowspan=2>县交通局</td></tr><tr><td>2</td><td>架桥2座</td></tr></table></body></html>"
    )
    listed = "<!DOCTYPE html><html><body><p>要点</p><ol><li>修路。修路3条。（县交通局负责）</li><li>架桥。架桥2座。（县交通局负责）</li></ol></body></html>"

    assert shown(read(tmp_path, page, "页.html")) == ["/1 修路3条 | 县交通局", "/2 架桥2座 | 县交通局"]
    assert shown(read(tmp_path, listed, "列.html")) == ["/1 修路 | 县交通局", "/2 架桥 | 县交通局"]


def test_records_with_front_matter(tmp_path):
    """One record a task, in English."""
    record = '---\ntitle: "{title}"\naction_id: A{number}\ntheme: {theme}\nlead_agency: {lead}\nsupporting_agency: Treasury\n---\nText.\n\n'
    notice = read(
        tmp_path,
        record.format(title="Build 200 homes", number=1, theme="Housing", lead="Housing Office")
        + record.format(title="Plant trees", number=2, theme="Parks", lead="Parks Office <br> City Hall"),
        "plan.md",
    )

    assert shown(notice) == [
        "一/A1 Build 200 homes | Housing Office | Treasury",
        "二/A2 Plant trees | Parks Office、City Hall | Treasury",
    ]


def test_english_items_and_tables(tmp_path):
    """Lead agency in brackets, on lines of their own, and as a column."""
    notice = read(
        tmp_path,
        "Annual work plan 2024\n\n1. Expand broadband. Connect more villages. (Lead agency: Department of Infrastructure; Supporting agencies: Treasury, Land Office)\n"
        "2. Repair roads.\nResponsible party: Roads Authority\nDeadline: 30 June 2024\n",
        "plan.txt",
    )
    table = read(
        tmp_path,
        "Plan\n\n| No. | Action | Lead agency | Deadline |\n|---|---|---|---|\n| 1 | Repair roads | Roads Authority | June |\n| 2 | Plant trees | Parks Office | May |\n",
        "table.md",
    )

    assert shown(notice) == [
        "/1 Expand broadband | Department of Infrastructure | Treasury、Land Office",
        "/2 Repair roads | Roads Authority |  | 30 June 2024",
    ]
    assert shown(table) == [
        "/1 Repair roads | Roads Authority |  | June",
        "/2 Plant trees | Parks Office |  | May",
    ]


def test_traditional_characters_are_read_and_printed_as_they_are(tmp_path):
    """Reading aids in brackets are dropped: 區(qū)."""
    notice = read(
        tmp_path,
        "一、服務\n1.簡政。推進放權。(牽頭單位：縣審批局；責任單位：縣司法局、高新區(qū)管委會，6月底完成)\n2.網辦。網辦率達到95%以上。（縣數據局牽頭，各鄉鎮配合）\n",
    )

    assert shown(notice) == [
        "一/1 簡政 | 縣審批局 | 縣司法局、高新區管委會 | 6月底完成",
        "一/2 網辦 | 縣數據局 | 各鄉鎮",
    ]
    assert targets(notice.tasks[1]) == ["達到95%以上 -> >= 95 %"]


def test_full_width_digits_and_signs(tmp_path):
    """１２． is an item's number too."""
    notice = read(
        tmp_path,
        HEAD
        + "一、民生\n１．办学。新增学位４５６０个。（县教育局负责）\n２．修路。修路３条。（县交通局负责）\n",
    )

    assert shown(notice) == ["一/1 办学 | 县教育局", "一/2 修路 | 县交通局"]
    assert targets(notice.tasks[0]) == ["４５６０个 -> = 4560 个"]


def test_what_follows_the_last_item_is_not_its_text(tmp_path):
    """Signature, distribution list, attachments."""
    notice = read(
        tmp_path,
        HEAD
        + "一、民生\n1.办学。建学校1所。（县教育局负责）\n本要点自印发之日起施行，共投入300万元。\n河口县人民政府办公室\n2024年3月1日\n抄送：县委办。\n附件：1.分工表\n2.明细表\n",
    )

    assert len(notice.tasks) == 1
    assert notice.tasks[0].text == "建学校1所。"
    assert [each.text for each in notice.general] == ["300万元"]


def test_a_document_of_a_thousand_items_is_read_in_proportion(tmp_path):
    """Twice the items, about twice the work: nothing is quadratic."""
    import time

    def seconds(count):
        body = "".join(
            f"{n}.抓好第{n}件事。新增企业{n}家以上，增长{n % 90}%。（县工信局、县商务局负责）\n"
            for n in range(1, count + 1)
        )
        start = time.process_time()
        assert len(read(tmp_path, f"{HEAD}一、产业\n{body}").tasks) == count
        return time.process_time() - start

    seconds(50)
    small, large = seconds(250), seconds(1000)
    assert large < 10 * small


def test_a_bare_bracket_of_offices_at_the_end(tmp_path):
    """(发改局、财政局) without a word; the person in charge of a chapter is no unit."""
    notice = read(
        tmp_path,
        HEAD
        + "一、项目攻坚（责任领导：张某）\n1、抓好亿元以上项目50个，竣工20个。(发改局)\n2、引进项目3个（含续建）。（商务局、招商中心）\n",
    )

    assert [each.title for each in notice.sections] == ["项目攻坚"]
    assert shown(notice) == [
        "一/1 抓好亿元以上项目50个，竣工20个 | 发改局",
        "一/2 引进项目3个（含续建） | 商务局、招商中心",
    ]


def test_groups_and_short_names_are_told(tmp_path):
    """各镇街 cannot report; 县工信局 may be 县工业和信息化局."""
    notice = read(
        tmp_path,
        HEAD
        + "一、产业\n1.招商。引进项目5个。（牵头单位：各镇街、县工信局）\n2.技改。改造企业8家。（牵头单位：县工业和信息化局）\n",
    )

    told = {each.code.code: each.message("zh") for each in notice.findings}
    assert told["T106"].startswith("“各镇街”是一组单位")
    assert told["T107"].startswith("“县工信局”和“县工业和信息化局”可能是同一单位")


def test_an_annex_table_does_not_take_the_place_of_the_text(tmp_path):
    """The text's items name their owners; what the annex lists is told, not lost and not mixed in."""
    items = "".join(f"{n}.抓第{n}件事。新增企业{n}家。（牵头单位：县工信局）\n" for n in range(1, 5))
    rows = "".join(f"| {n} | 数据集{n} | 县大数据中心 |\n" for n in range(1, 9))
    notice = read(
        tmp_path, f"{HEAD}一、产业\n{items}\n附件\n| 序号 | 名称 | 责任单位 |\n|---|---|---|\n{rows}"
    )

    assert [task.number for task in notice.tasks] == ["1", "2", "3", "4"]
    assert [each.message("zh") for each in notice.findings] == [
        "任务取自正文（4 项）；表格中另有 8 项写明责任单位的内容，没有列为任务。请核对，需要时补入台账。"
    ]


def test_one_cell_a_line_with_two_columns_of_text_and_of_units(tmp_path):
    """The name is short and the content follows it; the first unit leads, the others stand in the next column."""
    lines = ["序号", "项目名称", "主要内容", "牵头单位", "责任单位"]
    lines += ["1", "教育提升", "新建学校2所，增加学位900个。", "县教体局", "县住建局", "各镇街"]
    lines += ["2", "养老服务", "建设养老服务站12个。", "县民政局", "各镇街"]
    notice = read(tmp_path, "2024年民生实事\n" + "\n".join(lines) + "\n")

    assert shown(notice) == ["/1 教育提升 | 县教体局 | 县住建局、各镇街", "/2 养老服务 | 县民政局 | 各镇街"]
    assert targets(notice.tasks[0]) == ["2所 -> = 2 所", "900个 -> = 900 个"]


def test_tables_below_their_chapters(tmp_path):
    """Each chapter has a table of its own."""
    table = "\n| 序号 | 重点任务 | 目标 | 责任单位 |\n|---|---|---|---|\n| {n} | {task} | {goal} | {unit} |\n"
    notice = read(
        tmp_path,
        "# 2024年任务\n\n## 一、产业\n"
        + table.format(n=1, task="发展工业", goal="新增规上企业20家。", unit="县工信局")
        + "\n## 二、民生\n"
        + table.format(n=2, task="稳定就业", goal="新增就业5000人。", unit="县人社局牵头，各乡镇配合"),
        "任务.md",
    )

    assert shown(notice) == ["一/1 发展工业 | 县工信局", "二/2 稳定就业 | 县人社局 | 各乡镇"]
    assert targets(notice.tasks[1]) == ["5000人 -> = 5000 人"]


def test_promises_in_an_items_first_sentence_are_kept(tmp_path):
    """The first sentence is the title and holds the year's targets; the text behind it has others."""
    notice = read(
        tmp_path,
        HEAD
        + "一、消费\n1.零售总额增长5.5%以上，突破12亿元。举办活动20场，发放消费券300万元。（责任单位：县商务局）\n"
        "2.新增企业5家。新增企业5家，其中外资企业1家。（责任单位：县商务局）\n",
    )

    assert targets(notice.tasks[0]) == [
        "增长5.5%以上 -> >= 5.5 %",
        "突破12亿元 -> > 12 亿元",
        "20场 -> = 20 场",
        "300万元 -> = 300 万元",
    ]
    assert targets(notice.tasks[1]) == ["5家 -> = 5 家", "1家 -> = 1 家"]


def test_numbers_without_a_heading_of_their_own_and_without_points(tmp_path):
    """1.1, 1.2, 2.1 below 1 产业 and 2 民生, and where those headings are missing."""
    items = ["1.1修路3条。（县交通局负责）", "1.2架桥2座。（县交通局负责）", "2.1建校1所。（县教育局负责）"]
    with_headings = read(tmp_path, HEAD + "\n".join(["1 产业", *items[:2], "2 民生", items[2]]))
    without = read(tmp_path, HEAD + "\n".join(items))

    assert [task.number for task in with_headings.tasks] == ["1.1", "1.2", "2.1"]
    assert [each.title for each in with_headings.sections] == ["产业", "民生"]
    assert [task.number for task in without.tasks] == ["1.1", "1.2", "2.1"]


def test_a_number_that_stands_twice_is_told_as_that(tmp_path):
    notice = read(
        tmp_path,
        HEAD + "一、农业\n1.修渠。（县水利局负责）\n2.种粮。（县农业局负责）\n2.养牛。（县畜牧局负责）\n",
    )

    assert [each.code.code for each in notice.findings] == ["T109"]
    assert len(notice.tasks) == 3


def test_nested_lists_of_a_web_page(tmp_path):
    """Each <li> with its <p>, lists in lists; what was struck out is told and not read."""
    page = (
        "<!DOCTYPE html><html><body><ol><li><p>抓农业</p><ol><li><p>修渠<del>3</del>8公里。（县水利局负责）</p></li>"
        "<li><p>打井<s>2眼</s>5眼。（县水利局负责）</p></li></ol></li><li><p>抓工业</p><ol><li><p>改造企业6家。（县工信局负责）</p></li>"
        "</ol></li></ol></body></html>"
    )
    notice = read(tmp_path, page, "页.html")

    assert shown(notice) == [
        "1/1 修渠8公里 | 县水利局",
        "1/2 打井5眼 | 县水利局",
        "2/1 改造企业6家 | 县工信局",
    ]
    assert [each.message("zh") for each in notice.findings] == [
        "文件中有 2 处加了删除线，按已撤销处理，没有读取：“3”、“2眼”。"
        "请核对是否确已撤销；仍要执行的，请去掉删除线后重试。"
    ]
