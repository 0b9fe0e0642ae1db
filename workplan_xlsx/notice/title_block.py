"""What stands around the items: title, 文号, issuer and date of issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from workplan_xlsx.notice.glyphs import folded

_ISSUED_ABOUT = re.compile(r"关于(?:印发|转发|下达|发布|公布)\s*《?(.+?)》?\s*的?通知")
# 《任务分解方案》已经市政府同意，现印发给你们: the notice itself is named by nobody.
_ISSUED_NOW = re.compile(
    r"(?:现将)?《([^《》]{4,60})》(?:[^。；《》]{0,30}(?:同意|审议通过)[^。；《》]{0,6}|[^。；《》]{0,10})现?(?:予以)?(?:印发|下发|下达)"
)
_YEAR = r"[〔\[［【(（]\s*20\d\d\s*[〕\]］】)）]"
_NUMBER = re.compile(rf"([\u4e00-\u9fff]{{1,12}})\s*{_YEAR}\s*(?:第\s*)?\d{{1,4}}\s*[号號]")
_DATE = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CHINESE_DATE = re.compile(
    r"二[〇○零0]([〇○零0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_STATED_DATE = re.compile(r"(?:成文|印发|发文)日期\W*(20\d\d)\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})")
_ISSUER_FIELD = re.compile(
    r"(?:(?:发[布文]|制定|印发|公布)机[关构]|发[布文]单位)[】\]]?\s*\**\s*[:：|\s]\s*\**\s*\|?\s*([^|\s*:：]+)(?![:：])(?=[|\s*]|$)"
)
_BODY = (
    r"[\u4e00-\u9fff]{2,40}(?:[（(][\u4e00-\u9fff]{2,20}[)）][\u4e00-\u9fff]{0,12})?"
    r"(?:人民政府|办公室|办公厅|委员会|国务院|局|厅|部|院|中心|党委|政府)"
)
_ISSUER_LINE = re.compile(rf"^({_BODY}|国务院)(?:[（(]代章[)）])?$")
_KINDS = (
    r"(?:通知|意见|方案|措施|决定|规划|计划|办法|要点|任务|清单|批复|通报|公告|分工|安排|实事|项目|目标|台账|责任书"
    r"|(?:分解|责任|进度|进展|任务|目标|情况|一览|安排)表|分解)"
)
_TITLE = re.compile(rf".*{_KINDS}(?:（[^）]*）|\([^)]*\))?")
_FURNITURE = re.compile(
    r"^(?:---|===|[|]|\*\*|索\s*引\s*号|发布|来源|点击|浏览|字号|字体|附件|检索|原文|公开|发文|成文|生成|文\s*号|主题|有\s*效|信息)"
    r"|^首页|>>|^当前位置|[:：|]\s*$|\d{4}-\d\d-\d\d$|\|.*\||^\d{1,2}\s*[.．、]"
)
_ANNEX_NAMED = re.compile(r"附件\s*[\d一]?\s*[:：]\s*(?:1\s*[.．、])?\s*(\S{6,60})$")
_WHOLE = ("通知", "方案", "意见", "表", "清单", "台账")
_HOW_FAR = 60
_LONGEST_TITLE, _LONGEST_TAIL, _LONGEST_LINE = 90, 12, 600


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBlock:
    """Fields that the document does not state are empty or None."""

    title: str
    document_number: str
    issuer: str
    issued_on: date | None


def read_title_block(lines: Sequence[str], first_item: int, last_item: int = -1) -> TitleBlock:
    """Read the block from the lines before the first item and the signature behind the last (0-based)."""
    front = [line.strip()[:_LONGEST_LINE] for line in lines[: min(first_item, _HOW_FAR)] if line.strip()]
    back = [line.strip() for line in lines[last_item:] if line.strip()] if last_item >= 0 else []
    return TitleBlock(
        title=_title(front),
        document_number=_number("\n".join(front)),
        issuer=_issuer(front, back),
        issued_on=_issued_on(front, back),
    )


def _number(text: str) -> str:
    """The 文号; of 某某领导小组办公室文件某数字办〔2025〕2号 what stands behind 文件."""
    found = _NUMBER.search(text)
    if not found:
        return ""
    number = "".join(found[0].split())
    return re.sub(r"^.*(?:文件|编号|字号)", "", number)


def _title(front: Sequence[str]) -> str:
    """What was issued, if the notice says so; else the line, or lines, that end as titles do."""
    joined = "".join(front)
    found = next(
        (each for each in _ISSUED_ABOUT.finditer(folded(joined)) if _speaks_itself(joined, each)), None
    )
    if found:
        return _with_its_brackets(
            re.sub(r"\s+", "", joined[found.start(1) : found.end(1)]).removesuffix("》")
        )
    annexes = [
        index for index, line in enumerate(front) if re.fullmatch(r"附\s*件\s*[\d一二三]*\s*[:：]?", line)
    ]
    if annexes and annexes[-1] > 3:
        return _title(front[annexes[-1] + 1 :]) or _title(front[: annexes[-1]])
    return next(filter(None, (_title_in_lines(front), _title_in_words(front), _first_plain(front))), "")


def _with_its_brackets(title: str) -> str:
    """《甲》分工 again, whose first sign was taken for that of the whole title."""
    return f"《{title}" if title.find("》") >= 0 and not 0 <= title.find("《") < title.find("》") else title


def _speaks_itself(text: str, found: re.Match[str]) -> bool:
    """Not inside of 《》: there another office's notice is cited."""
    before = text[: found.start()]
    return before.count("《") <= before.count("》")


def _title_in_lines(front: Sequence[str]) -> str:
    for start, line in enumerate(front[:30]):
        if _FURNITURE.search(line) or line.endswith(("。", "；")) or _NUMBER.fullmatch(line):
            continue
        if _signature(line) and not folded("".join(front[start + 1 : start + 2])).startswith("关于"):
            continue
        title = ""
        for end in range(start + 1, min(start + 4, len(front)) + 1):
            joined = "".join(front[start:end]).replace(" ", "")
            goes_on = not title or len(front[end - 1]) <= _LONGEST_TAIL
            if len(joined) > _LONGEST_TITLE or _is_date(front[end - 1]) or not goes_on:
                break
            if re.search(r"[。；]|[：:]$", joined):
                break
            title = joined if _TITLE.fullmatch(folded(joined)) else title
            if title.endswith(_WHOLE):
                break
        if title:
            return title
    return ""


def _title_in_words(front: Sequence[str]) -> str:
    """What is issued "now", or the first of the annexes that are listed."""
    text = "\n".join(front)
    now = _ISSUED_NOW.search(folded(text))
    if now:
        return text[now.start(1) : now.end(1)]
    annex = next(filter(None, map(_ANNEX_NAMED.match, front)), None)
    return annex[1] if annex else ""


def _first_plain(front: Sequence[str]) -> str:
    """A short line that is no sentence, no address and no part of the page's frame."""
    return next(
        (
            line
            for line in front[:8]
            if 4 <= len(line) <= 60
            and not line.endswith(("。", "：", ":"))
            and not _FURNITURE.search(line)
            and not _NUMBER.fullmatch(line)
        ),
        "",
    )


def _is_date(line: str) -> bool:
    return bool(_DATE.fullmatch(line) or _CHINESE_DATE.fullmatch(line))


def _issuer(front: Sequence[str], back: Sequence[str]) -> str:
    """The body that signed: before the items, behind them, in a heading table, or in the title."""
    field = next((each for each in _ISSUER_FIELD.finditer("\n".join(front)) if len(each[1]) > 2), None)
    signed = [body for line in front if (body := _signature(line))]
    if field:
        longer = [body for body in signed if field[1] in body]
        return longer[0] if longer else (signed[0] if signed else field[1])
    joined = [f"{one}{other}" for one, other in pairwise(front)]
    across = [body for line in joined if (body := _signature(line)) and re.search(r"[（(]", body)]
    text = "\n".join(front[:12])
    named = re.search(rf"(?:^|\n|[号號]\s*|[|：:]\s*)({_BODY}|国务院)关于", folded(text))
    before_date = [
        body for line, after in pairwise(back) if _DATE.fullmatch(after) and (body := _signature(line))
    ]
    found = [
        *across[-1:],
        *signed[:1],
        *([text[named.start(1) : named.end(1)]] if named else ()),
        *before_date[:1],
    ]
    return found[0] if found else ""


def _signature(line: str) -> str:
    bare = re.sub(r"\s+", "", line)
    found = _ISSUER_LINE.match(folded(bare))
    return bare[: found.end(1)] if found else ""


def _issued_on(front: Sequence[str], back: Sequence[str]) -> date | None:
    """A date alone on its line is the signature's; else 成文日期 of a heading table, else the first date.

    Not one within a sentence: 已经2023年2月5日县政府常务会议通过。
    """
    for line in (*front, *back):
        signed = _DATE.fullmatch(line) or _CHINESE_DATE.fullmatch(line)
        if signed:
            return _day(signed)
    text = "\n".join(front)
    stated = _STATED_DATE.search(text) or _DATE.search("\n".join(line for line in front if "。" not in line))
    return _day(stated) if stated else None


def _day(found: re.Match[str]) -> date | None:
    from workplan_xlsx.notice.numerals import read_chinese_number

    if found.re is _CHINESE_DATE:
        digits = "".join("0" if sign in "〇○零0" else str(read_chinese_number(sign)) for sign in found[1])
        year, month, day = int(f"20{digits}"), read_chinese_number(found[2]), read_chinese_number(found[3])
    else:
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def plan_year(title: str, issued_on: date | None, document_number: str = "") -> int | None:
    """The year that the title states, else that of the issue or of the 文号; of 2024—2027年 the first."""
    stated = re.search(r"20\d\d", title)
    if stated is None and issued_on is not None:
        return issued_on.year
    stated = stated or re.search(r"20\d\d", document_number)
    return int(stated[0]) if stated else None
