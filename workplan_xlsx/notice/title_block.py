"""What stands around the items: title, 文号, issuer and date of issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_ISSUED_ABOUT = re.compile(r"关于印发\s*《?(.+?)》?\s*的?通知")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,12}\s*[〔\[［【(（]\s*20\d\d\s*[〕\]］】)）]\s*(?:第\s*)?\d{1,4}\s*号"
)
_DATE = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ISO_DATE = re.compile(r"成文日期\s*[:：]?\s*\|?\s*(20\d\d)-(\d{1,2})-(\d{1,2})")
_ISSUER_FIELD = re.compile(r"发[布文]机关\s*[:：]\s*\|?\s*([^|\s]+)")
_ISSUER_LINE = re.compile(r"^[\u4e00-\u9fff]{2,40}(?:人民政府|办公室|办公厅|委员会|局|厅|部|院|中心)$")
_HOW_FAR = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleBlock:
    """Fields that the document does not state are empty or None."""

    title: str
    document_number: str
    issuer: str
    issued_on: date | None


def read_title_block(lines: Sequence[str], first_item: int) -> TitleBlock:
    """Read the block from the lines before the first chapter or item (0-based index `first_item`)."""
    front = [line.strip() for line in lines[: min(first_item, _HOW_FAR)] if line.strip()]
    text = "\n".join(front)
    number = _NUMBER.search(text)
    return TitleBlock(
        title=_title(front),
        document_number="".join(number[0].split()) if number else "",
        issuer=_issuer(front, text),
        issued_on=_issued_on(front, text),
    )


def _title(front: Sequence[str]) -> str:
    """What was issued, if the notice says so; else the longest short line near the top."""
    joined = "".join(front)
    found = _ISSUED_ABOUT.search(joined)
    if found:
        return re.sub(r"\s+", "", found[1]).removesuffix("》")
    candidates = [line for line in front[:8] if 6 <= len(line) <= 60 and not line.endswith(("。", "：", ":"))]
    return candidates[0] if candidates else (front[0][:60] if front else "")


def _issuer(front: Sequence[str], text: str) -> str:
    field = _ISSUER_FIELD.search(text)
    named = [line for line in front if _ISSUER_LINE.match(line)]
    if field:
        longer = [line for line in named if line.endswith(field[1]) or field[1] in line]
        return longer[0] if longer else field[1]
    return named[0] if named else ""


def _issued_on(front: Sequence[str], text: str) -> date | None:
    """A date alone on its line is the signature's; else 成文日期 of a heading table."""
    for line in front:
        signed = _DATE.fullmatch(line)
        if signed:
            return _day(signed)
    stated = _ISO_DATE.search(text) or _DATE.search(text)
    return _day(stated) if stated else None


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None
