"""Numbers that are no quantity at all: years, dates, codes, slogans, ways of speaking, times."""

from __future__ import annotations

import re

from workplan_xlsx.notice.figures.bounds import DENIED_BEFORE
from workplan_xlsx.notice.figures.measures import SCALE, is_time
from workplan_xlsx.notice.figures.places import Place
from workplan_xlsx.notice.figures.quantities import Phrase

_QUOTES = re.compile(r"[“\"「『‘][^“”\"」』’]*[”\"」』’]")
_BOOKS = re.compile(r"[《〈][^》〉]*[》〉]|[〔\[［]\s*20\d\d\s*[〕\]］]\s*(?:第\s*)?\d+\s*号?")
_LONGEST_SLOGAN = 14


def is_year(place: Place) -> bool:
    """2027年, 2023—2025: a year."""
    phrase = place.phrase
    if phrase.unit.startswith("年") and phrase.value >= 1900:
        return True
    four = not phrase.unit and 1949 <= phrase.value <= 2100
    return four and bool(re.match(r"\s*[-—–~至到]?\s*(?:年|\d{4}年|$)|[）)〕]", place.after))


def is_date(place: Place) -> bool:
    """5月, 15日: a part of a date."""
    if re.fullmatch(r"[月日]", place.phrase.unit) or _is_time_of_day(place):
        return True
    return not place.phrase.unit and bool(re.match(r"\s*(?:[月日号时点]|世纪)", place.after))


def _is_time_of_day(place: Place) -> bool:
    """2023-01-05 10:00: the time of a page's line."""
    clock = re.fullmatch(r"(?:[01]?\d|2[0-3])[:：][0-5]\d", place.phrase.text)
    return bool(clock) and bool(re.search(r"20\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s*$", place.before))


def is_document(place: Place) -> bool:
    """国发〔2018〕42号, 《三年计划（2023—2025年）》: inside of a document's name."""
    return any(_holds(span, place.phrase) for span in _BOOKS.finditer(place.text))


def _holds(span: re.Match[str], phrase: Phrase) -> bool:
    return span.start() < phrase.start and phrase.end <= span.end()


def is_slogan(place: Place) -> bool:
    """“231”, “八抓20条”: inside of short quotes, where nothing binds it; a quoted sentence may promise."""
    for quote in _QUOTES.finditer(place.text):
        if _holds(quote, place.phrase):
            return len(quote[0]) <= _LONGEST_SLOGAN and not place.phrase.before
    return False


def is_ordinal(place: Place) -> bool:
    """第3届: which one, not how many."""
    return bool(re.search(r"第\s*$", place.before))


def is_code(place: Place) -> bool:
    """PM2.5, 5G, 1+N, 4A级, v2.0, 2025-0012: beside a Latin letter or a plus, or filled with noughts."""
    if re.search(r"[-－—/]0\d", place.phrase.text):
        return True
    beside = not place.phrase.before  # of GDP增长6% only 增长 stands beside the letters
    latin_before = beside and re.search(r"[A-Za-z][-－]?$|[+＋.×]\s*$", place.before)
    latin_after = re.match(r"[A-Za-z]|\s*[+＋×]|[.][A-Za-z]", place.after)
    return bool(latin_before or (latin_after and (not place.phrase.unit or place.phrase.unit[-1:].isascii())))


def is_rank_or_version(place: Place) -> bool:
    """3号, 百强, 2.0版: a rank, a version or an edition."""
    phrase = place.phrase
    if re.fullmatch(r"岁|届|代|页|号", phrase.unit) and phrase.unit != "岁":
        return True
    return not phrase.unit and bool(re.match(r"\s*(?:级|强|版|号|届|期|后|代|型|岁|世纪|周年)", place.after))


def is_article(place: Place) -> bool:
    """一个, 一批, 一支: no count, unless something is newly made of it."""
    phrase = place.phrase
    if not phrase.in_chinese or phrase.value != 1 or phrase.unit in ("%", "‰") or phrase.after:
        return False
    if SCALE.match(phrase.unit) or phrase.unit == "倍":
        return False  # 一万人次, 增长一倍
    made = re.search(r"(?:新建|新增|建成|创建|改建|打通|新改建)$", place.before)
    behind = not place.after.strip() and _COUNTED_BEHIND.search(place.before)
    return not ((made or behind) and re.fullmatch(r"[所座家处个条项]", phrase.unit))


def is_multiple(place: Place) -> bool:
    """翻一番, 两位数: promises without a number of their own."""
    return bool(re.search(r"翻$", place.before) and place.phrase.unit == "番") or bool(
        place.phrase.unit == "位" and place.after.startswith("数")
    )


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


def is_way_of_speaking(place: Place) -> bool:
    """三条控制线, 四个方面, 千亩: a Chinese numeral that nothing binds and that nobody is to make."""
    phrase = place.phrase
    if not phrase.in_chinese or phrase.unit in ("%", "‰"):
        return False
    if phrase.text[:1] in "百千万亿" and not phrase.before:
        return True
    if SCALE.match(phrase.unit) and not is_time(phrase.unit):
        return False  # 培训一万人次: that large it is a count, to be confirmed
    if phrase.before or phrase.after or phrase.more:
        return phrase.before == "前"
    if is_time(phrase.unit) or phrase.unit in _UNCOUNTED:
        return True
    if not place.after.strip():
        return not _COUNTED_BEHIND.search(place.before)
    return bool(_NAMED_SO.match(place.after)) or not _MAKES.search(place.before)


_SHORTENED = re.compile(rf"压缩|缩短|缩减|压减|减少|控制|提速|{DENIED_BEFORE}|降|提前")


def is_period(place: Place) -> bool:
    """5年内, 连续3年, 6个月: how long, not how much."""
    if re.search(r"(?:天数|时长|寿命|年限)$", place.before):
        return False
    return is_time(place.phrase.unit) and not _SHORTENED.search(place.before[-14:] + place.phrase.before)


def counts_nothing(place: Place) -> bool:
    """A bare number counts nothing, unless a bound word makes a value of it: 指数达到85以上."""
    phrase = place.phrase
    return not phrase.unit and not (phrase.before not in ("", "前", "近", "约", "达") or phrase.after)


def is_list_number(place: Place) -> bool:
    """1. of a point inside of the item's text."""
    starts = not place.before.strip() and not place.phrase.unit
    return starts and bool(re.match(r"\s*[.．、)）]", place.after))
