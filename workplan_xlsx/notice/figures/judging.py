"""What a number of the text is: a target, a figure that only describes, or neither, with a reason.

The rules are read from top to bottom; the first that holds decides. What no rule knows binds somebody.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from workplan_xlsx.domain.notice import Kind
from workplan_xlsx.notice.figures.measures import BULK, MONEY, SHARE, is_time
from workplan_xlsx.notice.figures.quantities import Phrase

CLAUSE_ENDS = "，,。；;：:!！?？\n"
_SENTENCE_ENDS = "。；;!！?？\n"
_QUOTES = re.compile(r"[“\"「『‘][^“”\"」』’]*[”\"」』’]")
_BOOKS = re.compile(r"[《〈][^》〉]*[》〉]|[〔\[［]\s*20\d\d\s*[〕\]］]\s*(?:第\s*)?\d+\s*号?")
_LONGEST_SLOGAN = 14


@dataclass(frozen=True, slots=True)
class Place:
    """A number in its surroundings.

    Attributes:
        before, after: What stands before and behind it in its clause.
        sentence: The whole sentence.
    """

    phrase: Phrase
    text: str
    before: str
    after: str
    sentence: str
    clause_start: int

    @property
    def clause(self) -> str:
        """The whole clause."""
        return self.before + self.phrase.text + self.after


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the number is; `kind` None: it is no quantity at all. `reason`: entry of words/notice.toml."""

    kind: Kind | None
    reason: str = ""


def place_of(text: str, phrase: Phrase) -> Place:
    """Return the number's surroundings."""
    start = max((text.rfind(sign, 0, phrase.start) for sign in CLAUSE_ENDS), default=-1) + 1
    ends = [at for sign in CLAUSE_ENDS if (at := text.find(sign, phrase.end)) >= 0]
    end = min(ends, default=len(text))
    first = max((text.rfind(sign, 0, phrase.start) for sign in _SENTENCE_ENDS), default=-1) + 1
    lasts = [at for sign in _SENTENCE_ENDS if (at := text.find(sign, phrase.end)) >= 0]
    return Place(
        phrase=phrase,
        text=text,
        before=text[start : phrase.start],
        after=text[phrase.end : end],
        sentence=text[first : min(lasts, default=len(text))],
        clause_start=start,
    )


def judge(place: Place) -> Verdict:
    """Return what the number is."""
    for kind, reason, holds in RULES:
        if holds(place):
            return Verdict(kind, reason)
    return Verdict(Kind.TARGET)


# ---- no quantity ----


def _is_year(place: Place) -> bool:
    phrase = place.phrase
    if phrase.unit.startswith("年") and phrase.value >= 1900:
        return True
    four = not phrase.unit and 1949 <= phrase.value <= 2100
    return four and bool(re.match(r"\s*[-—–~至到]?\s*(?:年|\d{4}年|$)|[）)〕]", place.after))


def _is_date(place: Place) -> bool:
    if re.fullmatch(r"[月日]", place.phrase.unit):
        return True
    return not place.phrase.unit and bool(re.match(r"\s*(?:[月日号时点]|世纪)", place.after))


def _is_document(place: Place) -> bool:
    return any(_holds(span, place.phrase) for span in _BOOKS.finditer(place.text))


def _holds(span: re.Match[str], phrase: Phrase) -> bool:
    return span.start() < phrase.start and phrase.end <= span.end()


def _is_slogan(place: Place) -> bool:
    """“231”, “八抓20条”: inside of short quotes, where nothing binds it; a quoted sentence may promise."""
    for quote in _QUOTES.finditer(place.text):
        if _holds(quote, place.phrase):
            return len(quote[0]) <= _LONGEST_SLOGAN and not place.phrase.before
    return False


def _is_ordinal(place: Place) -> bool:
    return bool(re.search(r"第\s*$", place.before))


def _is_code(place: Place) -> bool:
    """PM2.5, 5G, 1+N, 4A级, v2.0: beside a Latin letter or a plus."""
    latin_before = re.search(r"[A-Za-z][-－]?$|[+＋.×]\s*$", place.before)
    latin_after = re.match(r"[A-Za-z]|\s*[+＋×]|[.][A-Za-z]", place.after)
    return bool(latin_before or (latin_after and (not place.phrase.unit or place.phrase.unit[-1:].isascii())))


def _is_rank_or_version(place: Place) -> bool:
    phrase = place.phrase
    if re.fullmatch(r"岁|届|代|页|号", phrase.unit) and phrase.unit != "岁":
        return True
    return not phrase.unit and bool(re.match(r"\s*(?:级|强|版|号|届|期|后|代|型|岁|世纪|周年)", place.after))


def _is_article(place: Place) -> bool:
    """一个, 一批, 一支: no count, unless something is newly made of it."""
    phrase = place.phrase
    if not phrase.in_chinese or phrase.value != 1 or phrase.unit in ("%", "‰") or phrase.after:
        return False
    made = re.search(r"(?:新建|新增|建成|创建|改建|打通|新改建)$", place.before)
    return not (made and re.fullmatch(r"[所座家处个条项]", phrase.unit))


_MAKES = re.compile(
    r"建|设立|打造|培育|创建|创成|新增|引进|引育|招引|落地|实施|完成|开工|投产|争取|申报|改造|开展|举办|组织|培养|选派|发放|推出|布局|形成|认定|开通|整治|新开"
)
_UNCOUNTED = (
    "期",
    "届",
    "次",
    "种",
    "类",
    "级",
    "度",
    "面",
    "方",
    "本",
    "部",
    "组",
    "段",
    "层",
    "起",
    "节",
    "门",
    "道",
    "页",
    "字",
)
_NAMED_SO = re.compile(
    r"(?:[百千万亿两二三四五六七八九十]{2,}|大|位一体|方面|阶段|环节|层面|维度|到位|统筹|一体化?|全覆盖|结合|同步|确保|不|为|清单|市场|资源|者|线|关系|原则|机制)"
)


# 新建幼儿园五所: what is made stands before its count.
_COUNTED_BEHIND = re.compile(
    r"(?:新建|改建|扩建|改造|建成|建设|修建|新增|培育|引进|打造|创建|整治|打通|架设|开办)[\u4e00-\u9fff“”]{2,12}$"
)


def _is_way_of_speaking(place: Place) -> bool:
    """三条控制线, 四个方面, 千亩: a Chinese numeral that nothing binds and that nobody is to make."""
    phrase = place.phrase
    if not phrase.in_chinese or phrase.unit in ("%", "‰"):
        return False
    if phrase.text[:1] in "百千万亿" and not phrase.before:
        return True
    if phrase.before or phrase.after or phrase.more:
        return phrase.before == "前"
    if is_time(phrase.unit) or phrase.unit in _UNCOUNTED:
        return True
    if not place.after.strip():
        return not _COUNTED_BEHIND.search(place.before)
    return bool(_NAMED_SO.match(place.after)) or not _MAKES.search(place.before)


_SHORTENED = re.compile(r"压缩|缩短|缩减|压减|减少|控制|提速|不超过|降|提前")


def _is_period(place: Place) -> bool:
    """5年内, 连续3年, 6个月: how long, not how much."""
    if re.search(r"(?:天数|时长|寿命|年限)$", place.before):
        return False
    return is_time(place.phrase.unit) and not _SHORTENED.search(place.before[-14:] + place.phrase.before)


def _counts_nothing(place: Place) -> bool:
    """A bare number counts nothing, unless a bound word makes a value of it: 指数达到85以上."""
    phrase = place.phrase
    return not phrase.unit and not (phrase.before not in ("", "前", "近", "约", "达") or phrase.after)


def _is_list_number(place: Place) -> bool:
    """1. of a point inside of the item's text."""
    starts = not place.before.strip() and not place.phrase.unit
    return starts and bool(re.match(r"\s*[.．、)）]", place.after))


# ---- figures that describe ----


def _is_note(place: Place) -> bool:
    """注：... a footnote."""
    return place.sentence.lstrip().startswith("注：")


def _is_process_limit(place: Place) -> bool:
    """目录更新后30天内, 之日起30日内: a step's time limit."""
    return (
        is_time(place.phrase.unit)
        and bool(re.match(r"\s*(?:之?内|以内|前)", place.after or place.phrase.after))
        and bool(re.search(r"后|之日起|日起|自", place.before))
    )


def _is_scale_class(place: Place) -> bool:
    """200亿级, 千亿级: a class of size."""
    return bool(place.phrase.unit) and place.after.startswith(("级", "强", "元级"))


def _is_ratio(place: Place) -> bool:
    return place.phrase.unit.endswith(":N") and not re.search(
        r"达|不低于|不高于|控制|比(?:例)?为?$", place.before + place.phrase.before
    )


def _is_age(place: Place) -> bool:
    return place.phrase.unit == "岁"


_PROJECT = re.compile(
    r"年产(?!值)|总投资|投资(?:约|近)?$|注册资本|瞄准|占地|总建筑面积|设计(?:产能|规模)|总规模|估算"
)


def _is_project_size(place: Place) -> bool:
    """投资140亿元的电池项目, 年产5万吨: somebody's project; 完成投资150亿元 at the end is a promise."""
    before, after = place.before + place.phrase.before, place.after
    if not _PROJECT.search(before[-8:]):
        return False
    ends = not after.strip()
    promised = re.search(r"(?:完成|实现|达|突破|新增|争取|到位|超)[^，]{0,12}$", before)
    return not (ends and ((before.endswith("投资") and not before.endswith("总投资")) or promised))


def _is_condition(place: Place) -> bool:
    """未达到5%则, 35岁以下, 超过100人的企业, 对投入1亿元的企业."""
    before = place.before + place.phrase.before
    if re.search(r"未达到|未$|如果|凡|符合|满足|不足$", before[-8:]) or place.after.startswith(
        ("则", "的，", "的,", "时，")
    ):
        return True
    if place.after in ("的", "的企业", "的单位", "的人员", "的家庭", "的个人", "的项目"):
        return True
    asked = re.search(r"^(?:对|对于|凡|符合|年满|连续)", place.before.strip())
    return bool(asked) and "的" in place.after and bool(_GIVES.search(place.sentence))


def _is_threshold(place: Place) -> bool:
    """50亿元以上项目, 10亿元以上5个, 年产值超100亿元的龙头企业2家: what counts, not how many."""
    phrase, after = place.phrase, place.after
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


def _is_policy_term(place: Place) -> bool:
    """给予补助1000万元, 最高不超过15万元, 返还50%: what somebody gets, not what a unit does."""
    phrase = place.phrase
    if not (MONEY.search(phrase.unit) or SHARE.search(phrase.unit)):
        return (
            phrase.unit in ("人", "年", "个月")
            and bool(_GIVES.search(place.sentence))
            and place.after.startswith("的")
        )
    if _POLICY.search(place.clause) and not re.search(r"[发覆落兑][放盖实现]率$", place.before):
        return True
    return bool(_GIVES.search(place.sentence)) and bool(
        re.search(r"的[企单人]|可|^[（(]", place.after) or re.search(r"[（(][^）)]*$", place.before)
    )


def _is_past(place: Place) -> bool:
    """目前已建成, 截至, 现有: what is there already; 比上年提高2个百分点 is to come."""
    if re.search(r"(?:力争|确保|新增|再|达到)", place.before):
        return False
    return bool(
        re.search(
            r"目前|截至|截止|已(?:经)?(?:累计)?(?:建|完成|培育|形成|有|达|积累|实现|引进|发放|投入)|现有|原有|(?<![比较])(?:去年|上年(?!度))",
            place.before,
        )
    )


def _is_starting_point(place: Place) -> bool:
    """由80%提高到95%: where it stands now."""
    return bool(re.search(r"[由从]\D{0,14}$", place.before)) and bool(
        re.match(
            r"[^，,。；;\d]{0,6}(?:提高|增加|增长|提升|降|减少|缩短|压缩|扩大|上升|调整|压减)", place.after
        )
    )


def _is_size_of_a_thing(place: Place) -> bool:
    """170万吨浆纸一体化项目: an amount in bulk that goes straight on into a name."""
    phrase = place.phrase
    if not BULK.search(phrase.unit) or phrase.after or phrase.before:
        return False
    return bool(re.match(r"[\u4e00-\u9fff]", place.after)) and not re.match(
        r"和|及|或|与|资金|贷款|为|的", place.after
    )


def _is_large_count_of_a_product(place: Place) -> bool:
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


Rule = tuple[Kind | None, str, Callable[[Place], bool]]
RULES: tuple[Rule, ...] = (
    (None, "is_document", _is_document),
    (None, "is_year", _is_year),
    (None, "is_date", _is_date),
    (None, "is_ordinal", _is_ordinal),
    (None, "is_list_number", _is_list_number),
    (None, "is_code", _is_code),
    (None, "is_slogan", _is_slogan),
    (Kind.DESCRIPTIVE, "is_note", _is_note),
    (Kind.DESCRIPTIVE, "is_scale_class", _is_scale_class),
    (None, "is_rank", _is_rank_or_version),
    (Kind.DESCRIPTIVE, "is_age", _is_age),
    (None, "is_article", _is_article),
    (None, "is_way_of_speaking", _is_way_of_speaking),
    (Kind.DESCRIPTIVE, "is_process_limit", _is_process_limit),
    (Kind.DESCRIPTIVE, "is_starting_point", _is_starting_point),
    (None, "is_period", _is_period),
    (None, "counts_nothing", _counts_nothing),
    (Kind.DESCRIPTIVE, "is_ratio", _is_ratio),
    (Kind.DESCRIPTIVE, "is_project_size", _is_project_size),
    (Kind.DESCRIPTIVE, "is_condition", _is_condition),
    (Kind.DESCRIPTIVE, "is_policy_term", _is_policy_term),
    (Kind.DESCRIPTIVE, "is_threshold", _is_threshold),
    (Kind.DESCRIPTIVE, "is_past", _is_past),
    (Kind.DESCRIPTIVE, "is_size", _is_size_of_a_thing),
    (Kind.DESCRIPTIVE, "is_product_count", _is_large_count_of_a_product),
)
