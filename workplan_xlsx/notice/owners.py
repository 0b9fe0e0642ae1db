"""Who is to do it: lead and support units from the brackets that notices use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEAD_LABELS = ("牵头单位", "牵头部门", "牵头", "主要责任单位", "主办单位")
_OWN_LABELS = ("责任单位", "责任部门", "负责单位", "实施单位")
_SUPPORT_LABELS = ("配合单位", "配合部门", "参与单位", "协办单位", "配合")
_LABEL = re.compile(
    r"("
    + "|".join(
        sorted(
            _LEAD_LABELS + _OWN_LABELS + _SUPPORT_LABELS + ("完成时限", "完成时间", "时限"),
            key=len,
            reverse=True,
        )
    )
    + r")\s*[:：为]\s*"
)
_BRACKET = re.compile(r"[（(]((?:[^（）()]|[（(][^（）()]*[)）])*)[)）]")
_IN_CHARGE = re.compile(r"^(.{2,200}?)(?:按职责分工|分别|共同|等)?\s*负责$")
_LEADS = re.compile(r"^(.+?)牵头[，,、；;]\s*(.+?)(?:等)?(?:按职责分工)?(?:负责|配合|参与)$")
_TRAILING = re.compile(r"(?:等)?(?:有关|相关|会同)?(?:部门|单位)?(?:按职责分工)?(?:负责)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Who an item names, as printed, in order; `rest` is the item's text without its owner brackets."""

    leads: tuple[str, ...]
    supports: tuple[str, ...]
    deadline: str | None
    rest: str


def read_owners(text: str, *, first_is_lead: bool = False) -> Owners:
    """Read the owners of an item.

    Where 责任单位 is the only label it is the lead. `first_is_lead`: the document says that the first unit of
    a bracket leads and the others support.
    """
    leads: list[str] = []
    owns: list[str] = []
    supports: list[str] = []
    deadline = None
    rest = text
    for bracket in list(_BRACKET.finditer(text)):
        found = _read_bracket(bracket[1])
        if found is None:
            continue
        leads += found.get("lead", [])
        owns += found.get("own", [])
        supports += found.get("support", [])
        deadline = deadline or next(iter(found.get("deadline", [])), None)
        rest = rest.replace(bracket[0], "", 1)
    if leads:
        supports = owns + supports
    elif first_is_lead:
        leads, supports = owns[:1], owns[1:] + supports
    else:
        leads = owns
    leads = list(dict.fromkeys(leads))
    return Owners(
        leads=tuple(leads),
        supports=tuple(name for name in dict.fromkeys(supports) if name not in leads),
        deadline=deadline,
        rest=rest.strip(),
    )


def _read_bracket(inside: str) -> dict[str, list[str]] | None:
    """The units of one bracket by role; None where the bracket names no owners."""
    inside = inside.strip().rstrip("。；;")
    labels = list(_LABEL.finditer(inside))
    if labels and labels[0].start() <= 2:
        return _by_labels(inside, labels)
    shared = _LEADS.match(inside)
    if shared:
        return {"lead": list(units(shared[1])), "support": list(units(shared[2]))}
    charge = _IN_CHARGE.match(inside)
    if charge and not re.search(r"[。；;]", inside):
        return {"own": list(units(charge[1]))}
    return None


def _by_labels(inside: str, labels: list[re.Match[str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        text = inside[label.end() : following.start() if following else len(inside)].strip(" ；;，,。")
        if label[1].startswith(("完成", "时限")):
            found.setdefault("deadline", []).append(text)
        else:
            found.setdefault(_role(label[1]), []).extend(units(text))
    return found


def _role(label: str) -> str:
    if label in _LEAD_LABELS:
        return "lead"
    return "support" if label in _SUPPORT_LABELS else "own"


def units(listed: str) -> Iterator[str]:
    """Yield the names of a list of units as printed; 、 inside 各区、县级市 does not part them."""
    protected = re.sub(r"(各[^、，,；;]{1,6})、((?:县|市|镇|区|街道|乡)[^、，,；;]{0,8})", "\\1\0\\2", listed)
    for part in re.split(r"[、，,；;]|\s{2,}", protected):
        name = part.replace("\0", "、").strip(" 　。:：")
        name = re.sub(r"(?:等)?(?:按职责分工)?(?:负责)$|等$|等(?:有关|相关)?(?:部门|单位)$", "", name)
        if name and not re.fullmatch(r"(?:会同)?(?:有关|相关)(?:部门|单位)|等.*|下同", name):
            yield name
