"""What stands under 规则代码 in 规则豁免: a rule that could send a form back, ours or an own one."""

from __future__ import annotations

import re
import unicodedata
from difflib import get_close_matches

from workplan_xlsx.books.ledger.lines import Line
from workplan_xlsx.domain.findings import Code, Severity, may_be_switched

_CODE_SHAPE = re.compile(r"[A-Z][\dOIL]{2,4}")
_TYPED_FOR_DIGITS = str.maketrans("OIL", "011")
_OF_OWN_RULES = (Code.OWN_ERROR, Code.OWN_QUERY, Code.OWN_NOTE)
_NOT_OF_A_FORM = ("ledger", "notice", "across")


def waived_rule(line: Line, own: frozenset[str] | None) -> str:
    """Return what the waiver is about, and tell where it is about nothing.

    `own` are the names of own rules; None where only running their file would tell them.
    """
    written = line.code("rule", required=True)
    plain = unicodedata.normalize("NFKC", written).upper()
    known = Code.of(plain)
    if known is None or known in _OF_OWN_RULES:
        _tell_unknown(line, written, plain, own)
        return written
    if not may_be_switched(known.code):
        line.tell(Code.LEDGER_RULE_NOT_WAIVABLE, "rule", rule=known.code)
    elif known not in _returning():
        line.tell(Code.LEDGER_RULE_NEVER_RETURNS, "rule", rule=known.code)
    return known.code


def _tell_unknown(line: Line, written: str, plain: str, own: frozenset[str] | None) -> None:
    """An own rule goes by its name, not by the code under which it is told."""
    looks_like_a_code = _CODE_SHAPE.fullmatch(plain) is not None
    if not written or written in (own or ()) or (own is None and not looks_like_a_code):
        return
    near = _near(written, plain, own or frozenset()) if Code.of(plain) is None else ""
    if near:
        line.tell(Code.LEDGER_RULE_MISSPELT, "rule", rule=written, near=near)
    else:
        line.tell(Code.LEDGER_RULE_UNKNOWN, "rule", rule=written)


def _near(written: str, plain: str, own: frozenset[str]) -> str:
    codes = {each.code for each in _returning()}
    meant = plain[:1] + plain[1:].translate(_TYPED_FOR_DIGITS)
    if meant in codes:
        return meant
    of_ours = _CODE_SHAPE.fullmatch(plain) is not None
    return next(iter(get_close_matches(plain if of_ours else written, sorted(codes | own), n=1)), "")


def _returning() -> frozenset[Code]:
    """Those of ours that a waiver changes anything about."""
    of_forms = (each for each in Code if each.group not in (*_NOT_OF_A_FORM, "own"))
    return frozenset(each for each in of_forms if each.severity is Severity.QUERY)
