"""The labels that stand before units and dates: 牵头单位, 责任单位, 配合单位, 完成时限, Lead agency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from workplan_xlsx.notice.glyphs import folded


class Role(Enum):
    """What a label makes of the names behind it. OWN: responsible, and the lead where nobody else is."""

    LEAD = "lead"
    OWN = "own"
    SUPPORT = "support"
    DEADLINE = "deadline"
    NOBODY = "nobody"  # a person in charge, a telephone: not a unit


_BODY = "(?:单位|部门|科室|处室|股室|机构|主体|方)"
_ENGLISH = "(?: (?:agenc|part|bod|entit|organi[sz]ation|unit|department|office)(?:y|ies|s)?)"
_WORDS: tuple[tuple[Role, str], ...] = (
    (
        Role.NOBODY,
        r"(?:[市县区镇州省]级?)?(?:责任|分管|牵头|包保|挂包|联系|包联|主管)(?:县|市|区|镇|州|省)?(?:级)?(?:领导|人员|负责人|人)|联系(?:方式|电话)|(?:负责|责任|联系)人(?:员)?(?=$|[:：及和])",
    ),
    (
        Role.SUPPORT,
        rf"(?:配合|协办|协助|协同|参与|参加|支持|会办|共同责任|协作)(?:责任)?{_BODY}|(?:配合|协办)(?=[:：])",
    ),
    (
        Role.LEAD,
        rf"(?:牵头|主办|主责|主要责任|第一责任|首要责任|主要|总牵头)(?:责任|负责|组织实施)?{_BODY}|(?:牵头|主办)(?=[:：])",
    ),
    (
        Role.OWN,
        rf"(?:责任|负责|实施|落实|承办|承担|执行|组织实施|建设|完成|任务)(?:落实|主体)?{_BODY}|责任(?:乡镇|镇街|街镇|街道|属地)(?=$|[:：])|(?:责任|负责)(?=[:：])",
    ),
    (
        Role.DEADLINE,
        r"(?:完成|办理|办结|整改|进度)(?:时限|时间|期限|日期|节点|要求)|时间(?:节点|要求|安排|进度)|时限(?:要求)?",
    ),
    (Role.SUPPORT, rf"Support(?:ing)?{_ENGLISH}?|Partners?"),
    (Role.LEAD, rf"(?:Lead|Coordinating){_ENGLISH}?"),
    (Role.OWN, rf"Responsible{_ENGLISH}?|Responsibility|Owners?|Agenc(?:y|ies)|Departments?"),
    (Role.DEADLINE, r"Deadline|Due(?: date| by)?|Timeline|Time ?frame|Target date|Completion(?: date)?"),
)
_LABEL = re.compile(
    "|".join(f"(?P<r{index}>{words})" for index, (_, words) in enumerate(_WORDS)), re.IGNORECASE
)
_LEVEL = r"(?:(?:[省市县区镇乡州]|省市|市县|县区)(?:级|直))?"  # 县级责任单位
_COLON = r"\s*(?:[:：]|(?<=[单位部门])为)\s*"
_LABEL_AND_COLON = re.compile(rf"{_LEVEL}(?:{_LABEL.pattern}){_COLON}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Label:
    """A label with its colon; `start` and `end` are its place in the text."""

    role: Role
    start: int
    end: int


def labels_in(text: str) -> list[Label]:
    """Return the labels followed by a colon, in order."""
    found = []
    for match in _LABEL_AND_COLON.finditer(folded(text)):
        if match.start() and text[match.start() - 1].isascii() and text[match.start() - 1].isalnum():
            continue
        found.append(Label(_role(match), match.start(), match.end()))
    return found


def role_of_heading(text: str) -> Role | None:
    """What a table's column of this heading holds; None if the heading names no role."""
    if text.isascii():
        match = _LABEL.search(text.strip())
        return _role(match) if match else None
    flat = folded(text).strip()
    for bare in (re.sub(r"[\s（(].*$", "", flat), re.sub(r"[\s（()）]", "", flat)):  # 牵头（责任）单位
        roles = [_role(match) for match in _LABEL.finditer(bare)]
        if roles:
            return next((role for role in roles if role is not Role.NOBODY), Role.NOBODY)
    return None


def _role(match: re.Match[str]) -> Role:
    index = next(int(name[1:]) for name, value in match.groupdict().items() if value is not None)
    return _WORDS[index][0]
