"""The grammar of quantities: what is printed is what is read."""

from __future__ import annotations

import re
from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.domain.model import Bound, Nature
from workplan_xlsx.domain.notice import Kind
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.notice.figures.quantities import find_phrases
from workplan_xlsx.notice.figures.reading import read_figures
from workplan_xlsx.notice.numerals import chinese_number, read_chinese_amount, read_chinese_number


@pytest.mark.parametrize(
    ("text", "bound", "value", "value_max", "unit"),
    [
        ("粮食播种面积不低于70万亩", ">=", "70", None, "万亩"),
        ("放映电影3550余场", ">", "3550", None, "场"),
        ("培训农民3万多人次", ">", "3", None, "万人次"),
        ("培育新品种1-2个", "range", "1", "2", "个"),
        ("签约率提升1至3个百分点", "range", "1", "3", "个百分点"),
        ("投资10万—20万元", "range", "10", "20", "万元"),
        ("增速5%-8%", "range", "5", "8", "%"),
        ("新增二至三家", "range", "2", "3", "家"),
        ("安全利用率稳定在91%以上", ">=", "91", None, "%"),
        ("能耗控制在3％以内", "<=", "3", None, "%"),
        ("营收突破450亿元", ">", "450", None, "亿元"),
        ("实施20个左右项目", "~", "20", None, "个"),
        ("能繁母猪0.38万头", "=", "0.38", None, "万头"),
        ("新增学位４５６０个", "=", "4560", None, "个"),
        ("新增学位4560 个", "=", "4560", None, "个"),
        ("新增学位1,170个", "=", "1170", None, "个"),
        ("不超过12.5元", "<=", "12.5", None, "元"),
        ("覆盖率达到百分之九十五以上", ">=", "95", None, "%"),
        ("死亡率降至千分之三以下", "<=", "3", None, "‰"),
        ("吸引两千三百余家企业", ">", "2300", None, "家"),
        ("争取资金一点五亿元", "=", "1.5", None, "亿元"),
        ("收储粮食6.6亿斤以上", ">=", "6.6", None, "亿斤"),
        ("治理水土流失0.5平方公里", "=", "0.5", None, "平方公里"),
        ("新增道路5千米", "=", "5", None, "千米"),
        ("节约标准煤11.5万吨标准煤", "=", "11.5", None, "万吨标准煤"),
        ("收购价3.5元/千克", "=", "3.5", None, "元/千克"),
        ("浓度控制在35微克/立方米以内", "<=", "35", None, "微克/立方米"),
        ("打通断头路20条（个）", "=", "20", None, "条（个）"),
        ("存储达到10PB以上", ">=", "10", None, "PB"),
        ("装机1.2亿千瓦", "=", "1.2", None, "亿千瓦"),
        ("到位外资1亿美元", "=", "1", None, "亿美元"),
        ("培训50场次", "=", "50", None, "场次"),
        ("审批时限压缩至40个工作日以内", "<=", "40", None, "个工作日"),
        ("保障标准提高5%以上(含5%)", ">=", "5", None, "%"),
        ("增长20%以上", ">=", "20", None, "%"),
        ("下降3.2%", "=", "3.2", None, "%"),
        ("失业率低于5%", "<", "5", None, "%"),
        ("确保至少3家", ">=", "3", None, "家"),
        ("标准不低于当地标准的1.6倍", ">=", "1.6", None, "倍"),
        ("增设4-5家居家养老点", "range", "4", "5", "家"),
        ("培训30人（含）以上", ">=", "30", None, "人"),
        ("優良天數≥300天", ">=", "300", None, "天"),
        ("審批時限壓縮至3個工作日以內", "<=", "3", None, "个工作日"),
        ("近百家企业", "~", "100", None, "家"),
        ("建成充电枪300把，", "=", "300", None, "把"),
        ("师生比达到1:15", ">=", "15", None, "1:N"),
        ("新签约50个", "=", "50", None, "个"),
        ("节约5000吨标准煤", "=", "5000", None, "吨标准煤"),
        ("下达资金并下达5亿元", "=", "5", None, "亿元"),
        ("目前3家", "=", "3", None, "家"),
        ("停车泊位1 200个", "=", "1200", None, "个"),
        ("投资3 500万元", "=", "3500", None, "万元"),
        ("死亡率控制在12/10万以内", "<=", "12", None, "/10万"),
        ("死亡率控制在8例/10万人以下", "<=", "8", None, "例/10万人"),
        ("标准达到820元/人·月", ">=", "820", None, "元/人·月"),
        ("浓度控制在30微克每立方米以内", "<=", "30", None, "微克每立方米"),
        ("浓度≤30μg/m³", "<=", "30", None, "μg/m³"),
        ("能耗降至0.41千克标准煤/万元", "<=", "0.41", None, "千克标准煤/万元"),
        ("事故率控制在2人/万车以内", "<=", "2", None, "人/万车"),
        ("收入比缩小到1.8以内", "<=", "1.8", None, ""),
        ("事故起数不突破8起", "<=", "8", None, "起"),
        ("煤炭消费总量不得突破30万吨", "<=", "30", None, "万吨"),
        ("接待经费不能超出60万元", "<=", "60", None, "万元"),
        ("误报率不应高于5%", "<=", "5", None, "%"),
        ("办结时间不得多于3个工作日", "<=", "3", None, "个工作日"),
        ("巡查频次不可少于4次", ">=", "4", None, "次"),
        ("满意率不得小于95%", ">=", "95", None, "%"),
        ("供水标准不得少于原标准的1.5倍", ">=", "1.5", None, "倍"),
        ("低保标准提高到每人每月900元", ">=", "900", None, "元"),
    ],
)
def test_a_quantity_is_read_as_printed(text, bound, value, value_max, unit):
    """Bound words on both sides, ranges, scales, Chinese and full-width digits, compound units."""
    (phrase,) = find_phrases(text)

    assert (phrase.bound.value, phrase.value, phrase.unit) == (bound, Decimal(value), unit)
    assert phrase.value_max == (None if value_max is None else Decimal(value_max))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("引进30人才", [("30", "")]),
        ("完成12项目标任务", [("12", "项")]),
        ("投入5000万元（含）至1亿元", [("5000", "万元"), ("1", "亿元")]),
        ("比重由80%提高到95%", [("80", "%"), ("95", "%")]),
        ("合格率98.92%，增长3.5%", [("98.92", "%"), ("3.5", "%")]),
    ],
)
def test_words_that_begin_like_a_measure_and_numbers_side_by_side(text, numbers):
    assert [(plain(phrase.value), phrase.unit.split("（")[0]) for phrase in find_phrases(text)] == numbers


BEFORE = {
    "不少于": Bound.AT_LEAST, "不低于": Bound.AT_LEAST, "达到": Bound.AT_LEAST, "至少": Bound.AT_LEAST,
    "稳定在": Bound.AT_LEAST, "提高到": Bound.AT_LEAST, "突破": Bound.MORE_THAN, "超过": Bound.MORE_THAN,
    "不超过": Bound.AT_MOST, "控制在": Bound.AT_MOST, "降至": Bound.AT_MOST, "低于": Bound.LESS_THAN,
    "约": Bound.ABOUT, "": Bound.EXACTLY, "增长": Bound.EXACTLY, "下降": Bound.EXACTLY,
}  # fmt: skip
AFTER = {"": None, "以上": Bound.AT_LEAST, "以内": Bound.AT_MOST, "左右": Bound.ABOUT}
MEASURES = [
    "家",
    "个",
    "亩",
    "元",
    "吨",
    "人次",
    "平方公里",
    "个百分点",
    "%",
    "元/千克",
    "美元",
    "条（个）",
    "千瓦时",
    "户",
    "所",
    "公里",
]
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


@given(
    before=st.sampled_from(sorted(BEFORE)),
    after=st.sampled_from(sorted(AFTER)),
    number=st.decimals(min_value=0, max_value=10**7, places=2),
    top=st.none() | st.decimals(min_value=0, max_value=10**7, places=1),
    scale=st.sampled_from(["", "万", "亿", "千", "百万"]),
    more=st.sampled_from(["", "余", "多"]),
    measure=st.sampled_from(MEASURES),
    full_width=st.booleans(),
)
def test_any_generated_quantity_is_read_back_exactly(
    before, after, number, top, scale, more, measure, full_width
):
    """Round trip: printed, read, equal; the number may be a range, in full-width digits, with 余."""
    scale = "" if measure in ("%", "个百分点", "元/千克") else scale
    more = "" if top is not None or measure in ("%", "个百分点") or (scale and more == "多") else more
    digits = plain(number) + ("" if top is None else f"至{plain(top)}")
    printed = digits.translate(FULL_WIDTH) if full_width else digits
    (phrase,) = find_phrases(f"新任务{before}{printed}{more}{scale}{measure}{after}，")

    assert (phrase.value, phrase.value_max, phrase.unit) == (number, top, scale + measure)
    assert phrase.text == f"{before}{printed}{more}{scale}{measure}{after}"
    if top is not None:
        assert phrase.bound is Bound.RANGE
    elif BEFORE[before] in (Bound.MORE_THAN, Bound.LESS_THAN) or (not after and not more):
        assert phrase.bound is BEFORE[before]


@given(st.integers(min_value=1, max_value=9999))
def test_chinese_ordinals_are_read_back_and_agree_with_another_library(number):
    """As Word writes them: 一百零三; cn2an reads them the same."""
    assert read_chinese_number(chinese_number(number)) == number
    assert cn2an.cn2an(chinese_number(number), "smart") == number


@given(st.integers(min_value=1, max_value=10**11))
def test_chinese_amounts_agree_with_another_library(number):
    """What cn2an writes is read here; plain numerals up to a hundred thousand million."""
    assert read_chinese_amount(cn2an.an2cn(number)) == number


@given(st.integers(min_value=2, max_value=9999), st.sampled_from(["家", "所", "公里", "亿元"]))
def test_chinese_amounts_are_quantities(number, measure):
    """突破三千五百家."""
    (phrase,) = find_phrases(f"突破{chinese_number(number)}{measure}")

    assert (phrase.value, phrase.unit, phrase.bound) == (number, measure, Bound.MORE_THAN)


@given(st.text(alphabet="建成新增12３.4,年月家个%（）“”《》第PM五三百万以上至-：，。 \n", max_size=60))
def test_every_digit_of_any_text_is_accounted_for(text):
    """Target, descriptive or no quantity: no number is dropped without a trace."""
    figures = read_figures(text)
    told = "".join(each.text for each in (*figures.quantities, *figures.left))

    assert sorted(re.findall(r"\d", text)) == sorted(re.findall(r"\d", told))


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("到2027年形成体系", None, "is_year"),
        ("2024年5月前", None, "is_date"),
        ("落实《三年行动计划（2023—2025年）》", None, "is_document"),
        ("按照国发〔2018〕42号要求", None, "is_document"),
        ("围绕“231”产业集群", None, "is_slogan"),
        ("落实“八抓20条”举措", None, "is_slogan"),
        ("加快5G基站建设", None, "is_code"),
        ("降低PM2.5浓度", None, "is_code"),
        ("完善“1+N”体系", None, "is_code"),
        ("举办第3届展会", None, "is_ordinal"),
        ("3年内建成", None, "is_period"),
        ("打造一批样板", None, "is_article"),
        ("落实三条控制线", None, "is_way_of_speaking"),
        ("页面更新于2023-01-05 10:00", None, "is_date"),
        ("增速高于全省8%的平均水平", Kind.DESCRIPTIVE, "is_compared"),
        ("设定该项（依据全县生产总值8.5%的增速确定）", Kind.DESCRIPTIVE, "is_compared"),
        ("扩建日处理2万吨的污水处理厂", Kind.DESCRIPTIVE, "is_project_size"),
        ("确保不发生3人以上亡人事故", Kind.DESCRIPTIVE, "is_condition"),
        ("杜绝死亡3人以上较大事故", Kind.DESCRIPTIVE, "is_condition"),
        ("支持3000平方米以上商场改造", Kind.DESCRIPTIVE, "is_condition"),
        ("对规模超过500平方米的市场改造", Kind.DESCRIPTIVE, "is_condition"),
        ("投诉率降低1/3", Kind.DESCRIPTIVE, "is_ratio"),
        ("持续办好12件民生实事", Kind.DESCRIPTIVE, "is_of_document"),
        ("将全年工作分解为11项工作目标", Kind.DESCRIPTIVE, "is_of_document"),
        ("会议确定了今年的10件民生实事", Kind.DESCRIPTIVE, "is_of_document"),
        ("在县直60个部门中抽调人员", Kind.DESCRIPTIVE, "is_condition"),
        ("加宽车道约3.5米宽", Kind.DESCRIPTIVE, "is_size"),
        ("對大型企業返還失業保險費的30%", Kind.DESCRIPTIVE, "is_policy_term"),
        ("執行下調費率50%的政策", Kind.DESCRIPTIVE, "is_policy_term"),
        ("裁員率放寬到不超過20%", Kind.DESCRIPTIVE, "is_policy_term"),
        ("對30人(含)以下的企業暫免征收", Kind.DESCRIPTIVE, "is_condition"),
        ("瞄准200亿级目标", Kind.DESCRIPTIVE, "is_scale_class"),
        ("推进投资140亿元的电池项目", Kind.DESCRIPTIVE, "is_project_size"),
        ("年产5万吨包装纸项目", Kind.DESCRIPTIVE, "is_project_size"),
        ("总投资35亿元", Kind.DESCRIPTIVE, "is_project_size"),
        ("给予一次性补助1000万元", Kind.DESCRIPTIVE, "is_policy_term"),
        ("可申请最高不超过15万元的贷款", Kind.DESCRIPTIVE, "is_policy_term"),
        ("返还失业保险费的50%", Kind.DESCRIPTIVE, "is_policy_term"),
        ("招引50亿元以上项目", Kind.DESCRIPTIVE, "is_threshold"),
        ("面向35岁以下青年", Kind.DESCRIPTIVE, "is_age"),
        ("应于更新后30天内组织评估", Kind.DESCRIPTIVE, "is_process_limit"),
        ("或未达到5%则全部保障", Kind.DESCRIPTIVE, "is_condition"),
        ("目前已建成200个站点", Kind.DESCRIPTIVE, "is_past"),
        ("按照1∶1比例出资", Kind.DESCRIPTIVE, "is_ratio"),
        ("培育年产值超10亿元的龙头企业", Kind.DESCRIPTIVE, "is_threshold"),
        ("去年增加200个站点", Kind.DESCRIPTIVE, "is_past"),
        ("完成10千伏及以下配电网改造", Kind.DESCRIPTIVE, "is_threshold"),
        ("6项区级考核指标完成情况", Kind.DESCRIPTIVE, "is_of_document"),
        ("落实好提振信心60条政策措施", Kind.DESCRIPTIVE, "is_of_document"),
        ("以城东等4个省级示范镇为引领", Kind.DESCRIPTIVE, "is_compared"),
    ],
)
def test_what_is_no_target_says_why(text, kind, reason):
    """Years, codes and slogans are none; sizes, thresholds and subsidies only describe."""
    figures = read_figures(text)

    if kind is None:
        assert reason in [each.reason for each in figures.left]
        assert not [each for each in figures.quantities if each.kind is Kind.TARGET]
    else:
        assert [(each.kind, each.reason) for each in figures.quantities] == [(kind, reason)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新建5万亩高标准农田。", ["5万亩"]),
        ("建成12公里绿道，铺设30公里管网。", ["12公里", "30公里"]),
        ("完成3万亩造林任务。", ["3万亩"]),
        ("确保大豆16.2万亩、油料3.4万亩种植任务落地。", ["16.2万亩", "3.4万亩"]),
        ("新增100兆瓦光伏装机。", ["100兆瓦"]),
        ("建成2000亩现代农业产业园。", []),
        ("建设50兆瓦光伏发电项目。", []),
        ("力争全县GDP增长6%以上，R&D投入强度达到3%。", ["增长6%以上", "达到3%"]),
        ("推进3批次22个项目开工。", ["22个"]),
        ("人均期望寿命达到81岁。", ["达到81岁"]),
        ("建成220千伏变电站1座，新建500千瓦光伏电站10座。", ["1座", "10座"]),
        ("铺设12公里管网和3座泵站。", ["12公里", "3座"]),
        ("建立1支不少于30人的队伍。", ["1支"]),
        ("扩建污水处理厂1座（日处理能力3万吨）。", ["1座"]),
        ("占比由2023年的60%提升至2024年的75%。", ["75%"]),
        ("完成工业投资120亿元、增长15%。", ["120亿元", "增长15%"]),
        ("完成固定资产投资200亿元（产业投资占60%以上）。", ["200亿元", "60%以上"]),
        ("新增停车泊位1000个（含立体车位300个）。", ["1000个", "300个"]),
        ("定量检测达到2批次/千人。", ["达到2批次/千人"]),
        ("推进12个小区、30万平方米改造。", ["12个", "30万平方米"]),
        ("推进20万吨甲醇装置建设。", []),
        ("服务项目达到9大类41项。", ["41项"]),
        ("2万名老人以上的镇各建有1个中心，至少有1所150张床位以上的医院。", ["1个", "1所"]),
        ("完成超180个30户以上村寨改造。", ["超180个"]),
        ("按照每2至4万居民设置1个卫生中心。", ["1个"]),
        ("发放种粮补贴1.2亿元。", ["1.2亿元"]),
        ("对新入库企业发放补贴2万元。", []),
        ("培训农民一万人次。", ["一万人次"]),
        ("建成村史馆一座。", ["一座"]),
        ("税收增长一倍。", ["增长一倍"]),
        ("支持100家以上企业技术改造。", ["100家以上"]),
        ("对1000户以上困难家庭实施改造。", ["1000户以上"]),
        ("无障碍改造500户以上困难家庭。", ["500户以上"]),
        ("防止返贫帮扶300户以上农户。", ["300户以上"]),
    ],
)
def test_what_is_made_in_bulk_binds_and_what_a_place_measures_does_not(text, found):
    """An amount before what is made of it is as good as one behind it."""
    assert [each.text for each in read_figures(text).quantities if each.is_measured_target] == found


@pytest.mark.parametrize(
    ("text", "nature", "value"),
    [
        ("新增就业4000人以上", Nature.CUMULATIVE, "4000"),
        ("产量稳定在1600吨以上", Nature.LEVEL, "1600"),
        ("覆盖率达到95%", Nature.RATE, "95"),
        ("平均浓度控制在30微克/立方米以内", Nature.RATE, "30"),
        ("每千人口托位数达到4.96个", Nature.RATE, "4.96"),
        ("居民收入增速不低于GDP增速", Nature.RELATIVE, None),
        ("贷款增幅高于全市平均水平", Nature.RELATIVE, None),
        ("优良率完成市定目标", Nature.EXTERNAL, None),
        ("完成省下达的减排任务", Nature.EXTERNAL, None),
        ("推动黑臭水体动态清零", Nature.CLEAR, None),
        ("居民收入与经济增长基本同步", Nature.RELATIVE, None),
        ("村集体收入翻两番", Nature.RELATIVE, None),
        ("进出口总额实现两位数增长", Nature.RELATIVE, None),
    ],
)
def test_the_nature_of_a_promise(text, nature, value):
    (quantity,) = read_figures(text).quantities

    assert (quantity.kind, quantity.nature) == (Kind.TARGET, nature)
    assert quantity.value == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "doubt", "confidence_pct"),
    [
        ("新增规上工业企业20家。", "", 95),
        ("打造三个产业园区。", "doubt_chinese", 60),
        ("五年内培育领军企业20家。", "doubt_many_years", 80),
        ("到2027年培育领军企业20家。", "doubt_many_years", 80),
        ("到2024年培育领军企业20家。", "", 95),
        ("营商环境进入全省前10位。", "doubt_ordinal", 50),
        ("帮助15万困难群众脱贫。", "doubt_no_unit", 50),
        ("上半年，引进上市公司投资项目3个。", "doubt_part_of_year", 50),
        ("新建充电枪300把。", "doubt_measure", 70),
        ("每季度开展安全检查2次。", "doubt_each", 60),
        ("每个镇街建成服务中心1个以上。", "doubt_each", 60),
        ("按照每2至4万居民设置1个卫生中心。", "doubt_each", 60),
        ("每千人口托位数达到4.96个。", "", 95),
        ("新建幼儿园五所。", "doubt_chinese", 60),
        ("居民收入分别增长5.5%和7%以上。", "doubt_name", 75),
        ("完成市定减排目标。", "doubt_external", 50),
    ],
)
def test_what_wants_a_look_says_why_and_how_sure_it_is(text, doubt, confidence_pct):
    targets = [each for each in read_figures(text, year=2024).quantities if each.kind is Kind.TARGET]

    assert [(each.doubt, each.confidence_pct) for each in targets][-1:] == [(doubt, confidence_pct)]


def test_stretch_targets_are_told_apart():
    """力争 and 争取 bind less."""
    figures = read_figures("力争营收突破50亿元，新增企业8家。")

    assert [each.stretch for each in figures.quantities] == [True, False]


def test_a_name_says_what_is_measured():
    figures = read_figures(
        "改造老旧小区27个、建设口袋公园5处，全区粮食播种面积不低于70万亩。培育3个省级重点专科，16个市级重点专科。"
    )

    assert [each.what for each in figures.quantities] == [
        "改造老旧小区",
        "建设口袋公园",
        "粮食播种面积",
        "培育省级重点专科",
        "市级重点专科",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("办理时限由20个工作日压缩至5个工作日，网上可办率达到98%以上。", ["5个工作日", "达到98%以上"]),
        ("优良天数达到290天以上，信访事项按期办结率100%。", ["达到290天以上", "100%"]),
        ("建成日处理能力5万吨的污水处理厂1座。", ["1座"]),
        ("其中新建4万亩、改造提升2万亩，覆盖率提升2%。", ["4万亩", "2万亩", "提升2%"]),
        ("引进世界500强企业2家，打造4A级以上景区3个。", ["2家", "3个"]),
        ("新增60岁以上老人助餐点20个。", ["20个"]),
        ("培育年营业收入超10亿元企业5家、超50亿元企业2家。", ["5家", "2家"]),
        ("推进10个项目建设，总投资120亿元，年度投资30亿元。", ["10个", "30亿元"]),
        ("实施十大工程、百项重点项目，办好十件民生实事。", []),
        ("比重由62%提高到65%，其中县城达到70%。", ["提高到65%", "达到70%"]),
        ("招引亿元以上项目30个，其中10亿元以上5个、50亿元以上1个。", ["30个", "5个", "1个"]),
        ("空气优良率比上年提高2个百分点，浓度较去年下降3%。", ["提高2个百分点", "下降3%"]),
        ("两项补贴发放率100%，争取专项债券额度不低于15亿元。", ["100%", "不低于15亿元"]),
    ],
)
def test_targets_stand_apart_from_the_figures_around_them(text, words):
    figures = read_figures(text, year=2024)

    assert [each.text for each in figures.quantities if each.is_measured_target] == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("固定资产投资增长6%左右，力争达到7%。", ["固定资产投资", "固定资产投资（力争）"]),
        ("居民收入分别增长5.5%和7%以上。", ["居民收入", "居民收入"]),
        ("新建公厕5座、改造10座。", ["新建公厕", "改造公厕"]),
        ("实施新建、改扩建学校项目12个，竣工3个。", ["实施新建、改扩建学校项目", "竣工学校项目"]),
        ("一季度开工率不低于40%、上半年达到75%。", ["一季度开工率", "上半年开工率"]),
        (
            "建设示范社50家（省级10家、市级40家）。",
            ["建设示范社", "建设示范社（省级）", "建设示范社（市级）"],
        ),
        ("改造小区600个、1.2万户，惠及居民2万人。", ["改造小区", "改造小区（万户）", "惠及居民"]),
        ("新建充电桩900根（其中：服务区300根）、换电站15座。", ["新建充电桩", "服务区", "换电站"]),
        ("新增规上企业15家，工业投资增长10%。", ["新增规上企业", "工业投资"]),
        ("1.征收房屋12万㎡，日处理能力由300吨提升至500吨。", ["征收房屋", "日处理能力"]),
        ("为600名特困、高龄老人提供服务。", ["为特困、高龄老人提供服务"]),
        (
            "为全县3万名45-60岁妇女做体检、为全县2万名6岁儿童做体检。",
            ["为全县45-60岁妇女做体检", "为全县6岁儿童做体检"],
        ),
        ("服务业增加值：增长8%。", ["服务业增加值"]),
        ("粮油产业面积稳定;茶叶面积增长10%,产值增长15%。", ["茶叶面积", "产值"]),
    ],
)
def test_a_name_that_leaves_something_out_takes_it_over_from_before(text, names):
    """What a clerk reads on his form says what is counted, also where the sentence says it once for two."""
    figures = read_figures(text)

    assert [each.what for each in figures.quantities if each.is_measured_target] == names


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("新增个转企、小升规企业分别不少于50家、10家", [">=", ">="]),
        ("开工率、入库率、投产率分别达到100%、95%和80%", [">=", ">=", ">="]),
        ("居民收入、零售额分别增长6%和8%以上", [">=", ">="]),
        ("火灾、亡人事故分别控制在5起、2起以内", ["<=", "<="]),
        ("水耗、电耗分别下降3%、2%", ["=", "="]),
        ("分别争取资金3亿元，其中专项债券2亿元以上", ["=", ">="]),
        ("新建公园3个、游园10个以上", ["=", ">="]),
    ],
)
def test_what_is_said_once_for_several_numbers_binds_all_of_them(text, bounds):
    """Behind 分别 only; two figures with names of their own have bounds of their own."""
    assert [each.op.value for each in read_figures(text).quantities] == bounds
