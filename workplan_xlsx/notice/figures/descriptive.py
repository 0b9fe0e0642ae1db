"""Figures that only describe: sizes of projects, thresholds, subsidies, what is there already."""

from __future__ import annotations

import re

from workplan_xlsx.notice.figures.measures import BULK, MONEY, SCALE, SHARE, is_time
from workplan_xlsx.notice.figures.places import CLAUSE_ENDS, NOTE, Place


def is_note(place: Place) -> bool:
    """注：... a footnote."""
    return place.text.lstrip().startswith(NOTE)


def is_process_limit(place: Place) -> bool:
    """目录更新后30天内, 之日起30日内: a step's time limit."""
    return (
        is_time(place.phrase.unit)
        and bool(re.match(r"\s*(?:之?内|以内|前)", place.after or place.phrase.after))
        and bool(re.search(r"后|之日起|日起|自", place.before))
    )


def is_scale_class(place: Place) -> bool:
    """200亿级, 千亿级: a class of size."""
    return bool(place.phrase.unit) and place.after.startswith(("级", "强", "元级"))


def is_ratio(place: Place) -> bool:
    """1∶2: in what proportion, unless a bound word makes a value of it; 每3至5万人 has one: for how many."""
    if place.before.endswith("每") or (not place.phrase.unit and re.match(r"\s*/\s*\d", place.after)):
        return True  # 降低1/3: a share that is no number of its own
    return place.phrase.unit.endswith(":N") and not re.search(
        r"达|不低于|不高于|控制|比(?:例)?为?$", place.before + place.phrase.before
    )


def is_age(place: Place) -> bool:
    """35岁: how old somebody is; 期望寿命达到80岁 is reached by all."""
    return place.phrase.unit == "岁" and "寿命" not in place.before


_PROJECT = re.compile(
    r"年产(?!值)|日(?:均)?(?:处理|供水|产|供气)(?=$|[^能\d])|总投资|投资(?:约|近)?$|注册资本|瞄准|占地|总建筑面积|设计(?:产能|规模)|总规模|估算"
)


_SIZE_IN_BRACKET = re.compile(r"[（(][^（()）]*(?:能力|规模|面积|占地|投资|里程|全长|库容)[^（()）]{0,2}$")


def is_project_size(place: Place) -> bool:
    """投资140亿元的电池项目, 年产5万吨: somebody's project; 完成投资150亿元 at the end is a promise."""
    before, after = place.before + place.phrase.before, place.after
    if _SIZE_IN_BRACKET.search(before) and not SHARE.search(place.phrase.unit):
        return True
    if not _PROJECT.search(before[-8:]):
        return False
    ends = not re.match(r"\s*[\u4e00-\u9fff]", after)
    promised = re.search(r"(?:完成|实现|达|突破|新增|争取|到位|超)[^，]{0,12}$", before)
    return not (ends and ((before.endswith("投资") and not before.endswith("总投资")) or promised))


# 不发生3人以上事故 promises none of them, 支持3000平方米以上商场 says which.
_AVERTS = re.compile(r"(?:不(?:再)?(?:发生|出现)|杜绝|防止|防范|遏制|避免)[^，,。；;]{0,10}$")
_EVIL = re.compile(r"事故|事件|案件|火灾|疫情|伤亡|灾害|舆情|上访|访")
_CHOOSES = re.compile(
    r"(?:支持|鼓励|引导|针对|对)(?:[\u4e00-\u9fff]{0,2}(?:规模|面积|产值|营收|投资|人口)(?:在|超过|达到)?)?$"
)


def is_condition(place: Place) -> bool:
    """未达到5%则, 35岁以下, 超过100人的企业, 对投入1亿元的企业, 不发生3人以上事故."""
    before = place.before + place.phrase.before
    if place.phrase.after and _EVIL.search(place.after) and _AVERTS.search(place.before):
        return True
    large = BULK.search(place.phrase.unit) or MONEY.search(place.phrase.unit)
    if large and _CHOOSES.search(before) and (place.after.startswith("的") or place.phrase.after):
        return bool(place.after)
    if re.search(r"未达到|未$|如果|凡|符合|满足|不足$", before[-8:]) or place.after.startswith(
        ("则", "的，", "的,", "时，")
    ):
        return True
    if place.after.startswith("的") and re.search(r"\d[支个家所座]\D{0,2}$", place.before):
        return True  # 1支不少于30人的队伍
    if place.after in ("的", "的企业", "的单位", "的人员", "的家庭", "的个人", "的项目"):
        return True
    if re.match(r"[\u4e00-\u9fff]{1,8}?(?:以上|以下|以内)的", place.after):
        return True  # 至少1所200张床位以上的医院, 1万名老人以上的镇
    asked = re.search(r"^(?:对|对于|凡|符合|年满|连续)", place.before.strip())
    return bool(asked) and "的" in place.after and bool(_GIVES.search(place.sentence))


# 3个50户以上村寨: what is counted stands before how large each of it is.
_COUNTED = re.compile(r"\d\s*[万千百]?[个家所座处条项户名村]$")


def is_threshold(place: Place) -> bool:
    """50亿元以上项目, 10亿元以上5个, 年产值超100亿元的龙头企业2家: what counts, not how many."""
    phrase, after = place.phrase, place.after
    if phrase.after and re.match(r"的?[\u4e00-\u9fff]", after) and _COUNTED.search(place.before):
        return True
    if phrase.after and phrase.unit.startswith("千伏"):
        return True
    if not (MONEY.search(phrase.unit) or SHARE.search(phrase.unit) or BULK.search(phrase.unit)):
        return False
    if MONEY.search(phrase.unit) and re.match(r"(?:以上|以下)?的?(?:大?项目|企业|单位|园区|平台)", after):
        return True
    if MONEY.search(phrase.unit) and after.startswith("的"):
        return True
    if phrase.after in ("以上", "以下") and re.match(r"\s*\d+\s*[个家项户座]", after):
        return True
    measured = re.search(
        r"(?:产值|营收|收入|投资|资本|面积|人口|规模|销售额?|纳税|税收|产能|能力|装机|投入|资产|贡献|利润|库容|容量|里程)$",
        place.before,
    )
    counted = r"的[^，,。；;]*\d|的[^，,。；;]{0,20}(?:企业|项目|园区|集群|基地|镇|村)"
    return bool(measured) and bool(re.search(counted, _rest_of_list(place)))


def _rest_of_list(place: Place) -> str:
    """The sentence behind the number, up to its next comma: 、 goes on with the same thing."""
    behind = place.text[place.phrase.end :]
    return re.split(rf"[{CLAUSE_ENDS}]", behind, maxsplit=1)[0]


_GIVES = re.compile(r"给予|补助|补贴|奖励|奖补|贴息|返还|免征|减免|加计|扣除|报销|可申请|资助金|缴纳")
_POLICY = re.compile(
    r"给予|补助(?!资金)|补贴|奖励|奖补|贴息|返还|免征|减免|加计|扣除|报销|可申请|最高(?:不超过|可|给予|补助|奖励|限额|额度)?|每[人家户]每|按(?![期时])[^，,]{0,14}(?:比例|标准|支付)|(?<!债券)额度|缴纳"
)


_PAYS_OUT = re.compile(
    r"(?:发放|兑付|兑现|拨付|落实|争取|筹集)[^，,。；;每按]{0,14}(?:补贴|补助|奖励|奖补|贴息)(?:资金)?$"
)
_STANDARD_RISES = re.compile(
    r"标准[^，,。；;]{0,12}(?:提高|提升|增加|调整|达)[到至]?(?:每人)?每[人月年]每?[人月年]?(?:不低于)?$"
)


def _is_promised_sum(place: Place) -> bool:
    """发放惠农补贴1.2亿元, 低保标准提高到每人每月900元: what the office does, for nobody in particular."""
    if place.after.strip() or not MONEY.search(place.phrase.unit):
        return False
    paid = _PAYS_OUT.search(place.before) and SCALE.match(place.phrase.unit)
    return bool(paid or _STANDARD_RISES.search(place.before)) and not re.match(r"对|凡|给", place.before)


def is_policy_term(place: Place) -> bool:
    """给予补助1000万元, 最高不超过15万元, 返还50%: what somebody gets, not what a unit does."""
    phrase = place.phrase
    if _is_promised_sum(place):
        return False
    if not (MONEY.search(phrase.unit) or SHARE.search(phrase.unit)):
        return (
            phrase.unit in ("人", "年", "个月")
            and bool(_GIVES.search(place.sentence))
            and place.after.startswith("的")
        )
    if re.match(r"的(?:优惠|扶持|减免)?(?:政策|比例|标准)", place.after) or "放宽" in place.before:
        return True
    if _POLICY.search(place.clause) and not re.search(r"[发覆落兑][放盖实现]率$", place.before):
        return True
    return bool(_GIVES.search(place.sentence)) and bool(
        re.search(r"的[企单人]|可|^[（(]", place.after) or re.search(r"[（(][^）)]*$", place.before)
    )


def is_past(place: Place) -> bool:
    """目前已建成, 截至, 现有: what is there already; 比上年提高2个百分点 is to come."""
    if re.search(r"(?:力争|确保|新增|再|达到)", place.before):
        return False
    return bool(
        re.search(
            r"目前|截至|截止|已(?:经)?(?:累计)?(?:建|完成|培育|形成|有|达|积累|实现|引进|发放|投入)|现有|原有|(?<![比较])(?:去年|上年(?!度))",
            place.before,
        )
    )


def is_starting_point(place: Place) -> bool:
    """由80%提高到95%: where it stands now."""
    return bool(re.search(r"[由从](?:20\d\d年(?:底|末)?的?)?\D{0,14}$", place.before)) and bool(
        re.match(
            r"[^，,。；;\d]{0,6}(?:提高|增加|增长|提升|降|减少|缩短|压缩|扩大|上升|调整|压减)", place.after
        )
    )


_GOES_BY = re.compile(
    r"为(?:引领|引擎|龙头|重点|抓手|核心|主体|主导|依托|载体|支撑|契机|中心|基础|示范|样板|标杆)$"
)
_GROUND = re.compile(r"[（(](?:依据|根据|按照|参照|对照|对标|上年|去年|现状|原为?|目前)[^（()）]*$")
_COMPARES = re.compile(r"(?:高于|低于|快于|好于|优于|超过|超出|相当于)[^，,。；;]*$")


def is_compared(place: Place) -> bool:
    """高于全省8%的平均水平, （依据…增长8.5%的目标设定）: what is compared with or relied upon."""
    if re.match(r"[\s以]*以", place.before) and _GOES_BY.search(place.after):
        return True  # 以3个示范县为引领
    average = re.match(r"的?(?:平均|均值|的?水平)", place.after) and _COMPARES.search(
        place.before + place.phrase.before
    )
    return bool(average) or bool(_GROUND.search(place.text[: place.phrase.start]))


_COUNTS_TASKS = re.compile(
    r"(?:分解(?:为|成|出)?|细化(?:为|成)|确定(?:的|了)?|明确(?:的|了)?|梳理(?:出|了)?|形成|安排(?:的|了)?|遴选(?:的|了)?"
    r"|下达(?:的)?|票决[^，,。；;]{0,12}|列入|涉及|共有?|共计|目标和|以及|和|、)[^，,。；;\d]{0,4}$"
    r"|[做办抓]好(?:了)?$"
)
_TASKS = re.compile(
    r"(?:方面|大类)?(?:的)?(?:重点|主要|具体|年度|预期)*(?:工作|任务|目标|指标|实事|民生实事|民生工程|考核指标|事项)"
)


_MEASURES_TAKEN = re.compile(
    r"(?:惠企|助企|惠民|扶持|稳增长|支持)?(?:政策)?(?:措施|举措|政策|意见|规定|办法|细则|清单)"
)
# 8项区人代会考核指标设置情况: a heading.
_STANDS_SO = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:指标|任务|目标|实事|事项)(?:设置|完成|进展|落实|办理|分解)?(?:情况|如下|清单|一览表)"
)


def is_of_document(place: Place) -> bool:
    """分解为11项工作目标和38项任务: how many tasks the document has itself."""
    if place.phrase.unit in ("批次", "批", "类", "大类", "方面") and re.match(r"\d", place.after):
        return True  # 3批次22个项目: parts of the count that follows
    if not place.phrase.unit and re.match(r"大[类项]\s*\d", place.after):
        return True  # 11大类37项
    if place.phrase.unit not in ("项", "件", "条", "个", "大项", "小项"):
        return False
    if re.search(r"(?:落实|贯彻|执行)[^，,。；;\d]{0,16}$", place.before) and _MEASURES_TAKEN.match(
        place.after
    ):
        return True  # 落实稳增长90条措施: another document's
    if not place.before and _STANDS_SO.fullmatch(place.after.strip()):
        return True
    return bool(_COUNTS_TASKS.search(place.before + place.phrase.before) and _TASKS.match(place.after))


def is_among(place: Place) -> bool:
    """在60个部门中抽调200人: out of how many."""
    among = re.match(
        r"[^，,。；;\d]{0,8}(?:当中|之中|中(?![\u4e00-\u9fff]*[心小学医央国高等水期]))", place.after
    )
    return bool(among) and bool(re.search(r"(?:在|从)[^，,。；;]{0,8}$", place.before))


def is_measure_of_a_part(place: Place) -> bool:
    """3.5米宽, 150米长: how large a part of the work is."""
    return bool(re.fullmatch(r"[厘毫]?米|c?m", place.phrase.unit)) and bool(
        re.match(r"[宽高深厚]|长(?![\u4e00-\u9fff])", place.after)
    )


_MAKES_MUCH = re.compile(
    r"(?:新建|改建|扩建|改造|建成|建设|修建|新增|完成|治理|整治|修复|铺设|打通|种植|播种|推广|收储|收购|储备|开垦|恢复|提升"
    r"|更新|疏浚|硬化|绿化|营造|抚育|流转|改良|维修|养护|修缮|清理|清淤|压减|盘活|处置|出让|供应|保护)[了约近]?$"
)
# A place or a work is as large as that: 2000亩产业园, 50兆瓦发电项目; of 5万亩高标准农田 so much is made.
_IS_SO_LARGE = re.compile(
    r"(?:项目|生产线|装置|基地|园|园区|示范区|核心区|片区|厂|工程|平台|中心|仓库|冷库|产能|电站|方阵|样板|示范片|示范田|综合体|景区|小镇|带|水库|枢纽|码头|泵站)$"
)


_IS_DONE = re.compile(r"(?:更新|提升|综合)?(?:改造|建设|治理|整治|修复|绿化|造林|播种)(?:任务|工作)?$")


def is_size_of_a_thing(place: Place) -> bool:
    """170万吨浆纸一体化项目: an amount that goes straight on into a name; 建成20公里绿道 is made so long."""
    phrase = place.phrase
    if not BULK.search(phrase.unit) or phrase.after or phrase.before:
        return False
    if not re.match(r"[\u4e00-\u9fff]", place.after) or re.match(r"和|及|或|与|资金|贷款|为|的", place.after):
        return False
    if re.match(r"[^、，（(和及与]{0,14}\d", place.after) or phrase.unit.startswith("千伏"):
        return True  # 500千瓦电站10座: the count that follows is what is made
    thing = re.split(r"[、（(和及与]", place.after.strip())[0]
    done = _IS_DONE.sub("", thing)
    if done != thing:
        return bool(_IS_SO_LARGE.search(done))  # 98万平方米改造 is made, 50兆瓦发电项目建设 is so large
    if re.search(r"(?:任务|目标|指标)(?:落地|完成)?(?:见效)?$", thing):
        return False
    return not _MAKES_MUCH.search(place.before) or bool(_IS_SO_LARGE.search(thing))


def is_large_count_of_a_product(place: Place) -> bool:
    """400万条轿车胎, 5000台收获机 of a project that somebody invests in or that makes so many a year."""
    phrase = place.phrase
    made = re.search(
        r"年产|投资|产能|产量\S{0,4}的",
        place.sentence[: place.sentence.find(phrase.text) + 1] if phrase.text in place.sentence else "",
    )
    return (
        bool(made)
        and bool(re.fullmatch(r"[万千百]*[条台辆套只件]", phrase.unit))
        and bool(re.match(r"[\u4e00-\u9fff]", place.after))
        and phrase.value >= 100
    )
