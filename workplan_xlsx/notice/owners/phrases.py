"""Owners said in a phrase: A、B负责; A牵头，B、C按职责分工负责; A会同B落实."""

from __future__ import annotations

import re
from collections.abc import Mapping

from workplan_xlsx.notice.glyphs import folded
from workplan_xlsx.notice.owners.brackets import brackets, parted
from workplan_xlsx.notice.owners.labels import Label, Role, labels_in
from workplan_xlsx.notice.owners.names import looks_like_body, unit_names

Owned = dict[Role, list[str]]

FIRST_LEADS = re.compile(
    r"(?:列|排|排名|排序|位列|居|放)?(?:在)?(?:第一|首)(?:位|个|名|家|顺位)?(?:的|者)?(?:责任|负责)?(?:单位|部门|者)?(?:为|是|作为)"
    r"(?:工作|主要|第一)?(?:牵头|主办|主责|负责|责任)"
)
_FIRST_LEADS_LABEL = re.compile(
    r"^(?:列|排|排名|排序|位列|居)(?:在)?(?:第一|首)位(?:的|者)?(?:责任)?(?:单位|部门)?为[^:：，,。；;]{0,6}(?:单位|部门)\s*[:：]"
)
_RIDER = re.compile(
    r"下同|为牵头|为主要责任|^以下(?:各项|工作|任务|均|都)|不再(?:单独|逐一|一一)?列|排名不分先后|不分先后"
)
_DEADLINE = re.compile(
    r"(?:于|在|自|到|至|每年|力争|确保|争取)*(?:20\d\d年|今年|明年|当年|每季度|每月|每周)?(?:\d{1,2}月|年|[一二三四1-4]季度|上半年|下半年|全年)?"
    r"(?:\d{1,2}日|上旬|中旬|下旬)?(?:底|末|内|份)?(?:之)?前?(?:全部|基本|率先)?(?:见成效|完成|到位|启动|取得[^，]{0,6}|投入使用|动工|开工|建成|落实)?"
)
_BEFORE_A_DATE = re.compile(
    r"(?:于|在|自)?(?:20\d\d年|今年|每年)?(?:\d{1,2}月)?(?:\d{1,2}日|年?底|年?末|[一二三四]季度)?(?<=[年月日底末度])(?:之)?前\S{0,12}$"
)
_TIMELESS = re.compile(
    r"(?:(?:年内|今年|全年)?持续|年内|长期|常年|全年|按时间节点|按时序|按进度|立即|适时|近期)(?:推进|坚持|实施|落实|开展|整改|完成|执行)*(?:并长期坚持)?"
)
_VERBS = (
    (Role.LEAD, re.compile(r"(?:共同|联合|分别)?(?:牵头|主办|主责)(?:负责|组织实施|落实|实施|推进|组织)?$")),
    (
        Role.SUPPORT,
        re.compile(
            r"(?:按(?:照)?(?:各自)?职[责能]分工)?(?:予以|积极|共同|密切|做好)?(?:配合|参与|协助|协同|支持|协办|参加)(?:落实|工作|实施)?$"
        ),
    ),
    (
        Role.OWN,
        re.compile(
            r"(?:按(?:照)?(?:各自)?(?:职[责能])?(?:分工)?)?(?:根据职责)?(?:分工)?(?:分别|共同|具体|组织|联合|分头)?(?:负责|落实|承办|实施|抓好落实|组织实施|推进)(?:落实|实施)?$"
        ),
    ),
)
_TOGETHER = re.compile(r"会同")
_HELPING = re.compile(r"(?<=..)(?:配合|协助|协同)(?=..)")
_LONGEST_ENTRUSTING = 150


def owners_in(inside: str) -> Owned | None:
    """Return the units of a bracket or of an owners' line by role; None where it names no owners."""
    text = without_riders(inside.strip().rstrip("。；;"))
    labels = labels_in(text)
    if labels and labels[0].start <= 2:
        return by_labels(text, labels)
    return _by_verbs(text)


def without_riders(text: str) -> str:
    """The text without what it says about the list itself: 列第一位的为牵头单位，下同."""
    text = _FIRST_LEADS_LABEL.sub("责任单位：", text)
    for bracket in reversed(list(brackets(text))):
        if _RIDER.search(folded(bracket.inside)):
            included = re.sub(r"[，,；;]?(?:以)?下同$", "", bracket.inside)
            who = f"（{included}）" if included.startswith(("含", "包括")) else ""
            text = text[: bracket.start] + who + text[bracket.end :]
    kept = re.split(r"(?<=[，,。；;])", text) if not brackets_hold_separators(text) else _split_outside(text)
    return "".join(part for part in kept if not _RIDER.search(folded(part))).rstrip("，,。；; ")


def brackets_hold_separators(text: str) -> bool:
    """Whether a separator stands inside of a bracket: 各市、县（市、区）."""
    return any(re.search(r"[，,。；;、]", each.inside) for each in brackets(text))


def _split_outside(text: str) -> list[str]:
    parts, at = [], 0
    for part in parted(text, "，,。；;"):
        end = at + len(part) + 1
        parts.append(text[at:end])
        at = end
    return parts


def by_labels(text: str, labels: list[Label]) -> Owned:
    """The names behind each label, up to the next one."""
    found: Owned = {}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        told = text[label.end : following.start if following else len(text)].strip(" 　；;，,。|\n")
        if label.role is Role.DEADLINE:
            found.setdefault(label.role, []).append(told)
        elif label.role is not Role.NOBODY:
            _take(found, label.role, told)
    return found


def owned_by_role(role: Role, told: str) -> Owned:
    """The names of a list that is known to name owners of this role, unless its labels say which each has."""
    labels = labels_in(told)
    if labels and labels[0].start <= 2:
        return by_labels(told, labels)
    found: Owned = {}
    _take(found, role, told)
    return found


def _take(found: Owned, role: Role, told: str) -> None:
    """Names behind a label; they may hold a phrase of their own (A牵头，B配合), or a date at the end."""
    phrase = _by_verbs(told)
    if phrase:
        for each, names in phrase.items():
            found.setdefault(role if each is Role.OWN else each, []).extend(names)
        return
    if told.isascii():
        found.setdefault(role, []).extend(english_names(told))
        return
    _take_names(found, role, list(unit_names(told)))


_MARKED_LEAD = re.compile(r"(.{2,}?)[（(](?:牵头|主办|主责|总牵头|牵头单位|牵头负责)[）)]")


def _take_names(found: Owned, role: Role, names: list[str]) -> None:
    """The names of a list; where one says of itself that it leads (A（牵头）、B), the others help."""
    marked = {name: match[1] for name in names if (match := _MARKED_LEAD.fullmatch(name))}
    others = Role.OWN if marked and role is Role.LEAD else role
    for name in names:
        if name in marked:
            found.setdefault(Role.LEAD, []).append(marked[name])
        else:
            found.setdefault(Role.DEADLINE if is_deadline(name) else others, []).append(name)


def english_names(told: str) -> list[str]:
    """Names of an English list; a comma parts them only where no semicolon does."""
    parts = re.split(r"\s*;\s*|\s*\n\s*|\s*/\s*", told)
    if len(parts) == 1:
        parts = re.split(r"\s*,\s*(?:and\s+)?", told)
    return [part.strip(" .") for part in parts if re.search(r"[A-Za-z]", part)]


def is_deadline(text: str) -> bool:
    """Tell whether it is a time and no name: 6月底完成, 2023年底前, 持续推进."""
    flat = folded(text.strip())
    if _TIMELESS.fullmatch(flat) or _BEFORE_A_DATE.match(flat):
        return True
    return bool(re.search(r"[\d年月季日]|半年", flat)) and bool(_DEADLINE.fullmatch(flat))


def _by_verbs(text: str) -> Owned | None:
    """A牵头，B、C按职责分工负责: each verb takes the names before it that have none yet.

    Of A、B，C牵头 only C leads.
    """
    found: Owned = {}
    waiting: list[str] = []
    said = False
    for clause in parted(text, "，,；;。"):
        flat = folded(clause.strip())
        role, end = next(
            ((r, m.start()) for r, verb in _VERBS if (m := verb.search(flat))), (None, len(flat))
        )
        if is_deadline(clause):
            found.setdefault(Role.DEADLINE, []).append(clause.strip())
            continue
        lead, names = _names_of_clause(clause.strip()[:end])
        if lead:
            found.setdefault(Role.LEAD, []).extend(lead)
        if role is Role.LEAD and names and waiting:
            found.setdefault(Role.OWN, []).extend(waiting)
            waiting = []
        waiting += names
        if role:
            found.setdefault(Role.SUPPORT if lead and role is Role.OWN else role, []).extend(waiting)
            waiting, said = [], True
    if not said or any(map(looks_like_body, waiting)) or not _are_bodies(found):
        return None
    return found


_THIS_TASK = re.compile(r"^(?:以上|上述)?(?:这|该|此|本|各)?项?(?:工作|任务|目标|指标|项目|事项)(?=由)")
_ENTRUSTED = re.compile(r"牵头|负责|落实|承办|实施|配合")


def entrusted_in(sentence: str) -> Owned | None:
    """Return the units of a sentence that says no more than who does it: 由市财政局、各区政府负责落实."""
    text = sentence.strip(" 　。；;")
    if len(text) > _LONGEST_ENTRUSTING or not _ENTRUSTED.search(folded(text)):
        return None
    owned = _by_verbs(without_riders(_THIS_TASK.sub("", text).removeprefix("由")))
    names = [name for role, listed in (owned or {}).items() if role is not Role.DEADLINE for name in listed]
    offices = all(looks_like_body(name) if "由" in text[:8] else _is_office(name) for name in names)
    return owned if names and offices else None


# The endings of offices only: 园, 村, 校 and the like also end other words.
_OFFICE = re.compile(
    r"(?:局|办|委|部|厅|署|处|科|室|中心|公司|集团|政府|镇|乡|街道|管委会|办公室|支队|大队|分局"
    r"|分行|支行|法院|检察院|妇联|残联|工商联|总工会|供销社|科协|红十字会)$"
)


def bare_names(inside: str) -> Owned | None:
    """The units of a bracket that holds nothing else, each an office by its name: (发改局会同财政局)."""
    leads, names = _names_of_clause(inside)
    found: Owned = {}
    _take_names(found, Role.OWN, names)
    if leads:
        found = {Role.LEAD: leads, Role.SUPPORT: names}
    offices = [name for listed in found.values() for name in listed]
    return found if offices and all(map(_is_office, offices)) else None


def _is_office(name: str) -> bool:
    return looks_like_body(name) and bool(_OFFICE.search(folded(name)) or name.startswith("各"))


def _names_of_clause(clause: str) -> tuple[list[str], list[str]]:
    """(leads, others): in A会同B the first leads, in A配合B the second."""
    together = _TOGETHER.search(folded(clause))
    if together and together.start() > 1:
        return list(unit_names(clause[: together.start()])), list(unit_names(clause[together.end() :]))
    helping = _HELPING.search(folded(clause))
    if helping and looks_like_body(clause[: helping.start()]) and looks_like_body(clause[helping.end() :]):
        return list(unit_names(clause[helping.end() :])), list(unit_names(clause[: helping.start()]))
    return [], list(unit_names(clause))


def _are_bodies(found: Mapping[Role, list[str]]) -> bool:
    """Most of the names look like bodies: 谁主管、谁负责 names nobody."""
    names = [name for role, listed in found.items() if role is not Role.DEADLINE for name in listed]
    return bool(names) and sum(map(looks_like_body, names)) * 2 > len(names)
