"""The names in off, trial and in_force of [checks]: each is that of a rule that can be switched so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import get_close_matches
from typing import TYPE_CHECKING

from workplan_xlsx.domain.findings import Code, may_be_switched
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from workplan_xlsx.config_file.model import ChecksTable
    from workplan_xlsx.config_file.rules_making import Told

_LISTS = ("off", "trial", "in_force")
_CODE_SHAPE = re.compile(r"[A-Z]\d+")
_OF_OWN_RULES = (Code.OWN_ERROR, Code.OWN_QUERY, Code.OWN_NOTE)
_NOT_OF_A_FORM = ("ledger", "notice", "across")


def as_named(written: str) -> str:
    """The code or name that was meant: codes in capitals, as an input method may not have written them."""
    plain = unicodedata.normalize("NFKC", written).strip()
    code = Code.of(plain)
    return code.code if code else written.strip()


def mistakes_in(table: ChecksTable, own: frozenset[str] | None, lang: Lang) -> Iterator[Told]:
    """Yield what switches nothing, or one rule in two ways; `own` are the own rules, None where unknown."""
    seen: dict[str, str] = {}
    for key in _LISTS:
        for at, written in enumerate(getattr(table, key)):
            name = as_named(written)
            other = seen.setdefault(name, key)
            told = say("config.switched_twice", lang, key=other) if other != key else ""
            told = told or _refused(name, key, own, lang)
            if told:
                yield ("checks", key, str(at)), say("config.got", lang, got=written) + told


def _refused(name: str, key: str, own: frozenset[str] | None, lang: Lang) -> str:
    code = Code.of(name)
    if code is None:
        return _unknown(name, key, own, lang)
    if code in _OF_OWN_RULES:
        return say("config.switch_own_by_name", lang)
    if not may_be_switched(name):
        return say("config.switch_error", lang)
    if key == "off" and name not in _may_be_off():
        return say("config.switch_no_rule", lang, codes=listed(sorted(_may_be_off()), lang))
    return say("config.switch_elsewhere", lang) if code.group in _NOT_OF_A_FORM else ""


def _unknown(name: str, key: str, own: frozenset[str] | None, lang: Lang) -> str:
    """An own rule, or a slip."""
    looks_like_a_code = _CODE_SHAPE.fullmatch(unicodedata.normalize("NFKC", name).upper())
    if name in (own or ()) or (own is None and not looks_like_a_code):
        return ""
    meant = name.upper() if looks_like_a_code else name
    near = get_close_matches(meant, sorted({*_may_stand_in(key), *(own or ())}), n=1)
    if near:
        return say("config.switch_unknown_near", lang, name=near[0])
    return say("config.switch_unknown", lang)


def _may_stand_in(key: str) -> frozenset[str]:
    if key == "off":
        return _may_be_off()
    of_forms = (each.code for each in Code if each.group not in _NOT_OF_A_FORM)
    return frozenset(filter(may_be_switched, of_forms))


def _may_be_off() -> frozenset[str]:
    """What is said because of a rule; what reading a cell or a sheet met is told always."""
    from workplan_xlsx.domain.judging.judge import MAY_BE_OFF

    return MAY_BE_OFF
