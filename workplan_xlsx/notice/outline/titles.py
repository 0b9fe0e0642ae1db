"""What of a numbered line is the item's title, and what stands behind it."""

from __future__ import annotations

import re

from workplan_xlsx.notice.owners.brackets import brackets
from workplan_xlsx.notice.owners.reading import first_owner

_LONGEST_TITLE = 60
_PERSON = re.compile(r"[（(](?:责任|分管|牵头|包保|包联|联系|主管)\S{0,4}(?:领导|人|人员)[:：][^）)]*[)）]$")


def title_of(head: str) -> str:
    """The first sentence, if it is short; else what stands before its first comma."""
    shown = _before_owners(head)
    sentence = shown.partition("。")[0] if not shown.isascii() else re.split(r"[.;](?:\s|$)", shown)[0]
    if len(sentence) <= _LONGEST_TITLE:
        return sentence.strip(" 　：:;；,，")
    return _first_clause(sentence).strip()[:_LONGEST_TITLE]


def _first_clause(sentence: str) -> str:
    """Up to its first comma; a short bracket belongs to the name before it: 村（社区）服务点."""
    bracketed = {
        at for each in brackets(sentence) if len(each.inside) <= 4 for at in range(each.start, each.end)
    }
    ends = (at for at, sign in enumerate(sentence) if sign in "，,；;：:（(" and at not in bracketed)
    return sentence[: next(ends, len(sentence))]


def _before_owners(head: str) -> str:
    """The line up to the bracket or label that names owners."""
    at = first_owner(head)
    return _PERSON.sub("", head if at is None else head[:at]).rstrip()


def text_behind(title: str, head: str) -> str:
    """The line behind its title; the whole line where the title is only the beginning of a sentence."""
    rest = head[len(title) :].lstrip()
    is_sentence = not rest or rest[0] in "。．.：: 　" or head[len(title)] in " 　"
    if head.startswith(title) and (is_sentence or first_owner(rest) == 0 or _PERSON.match(rest)):
        return rest.lstrip("。．.：: 　")
    return head
