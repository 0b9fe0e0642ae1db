"""A condition on measures (条件): tests joined by AND, OR, NOT; true, false, or not known."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from workplan_xlsx.domain.rounding import exact_text
from workplan_xlsx.domain.rulesets.measures import measure_word
from workplan_xlsx.words import Lang, say

Known = Callable[[str], Fraction | None]
"""The value of a measure by its name; None where it is not known."""


class Sign(StrEnum):
    """How a measure is compared; every end is stated."""

    BELOW = "<"
    AT_MOST = "<="
    EQUAL = "="
    UNEQUAL = "!="
    AT_LEAST = ">="
    ABOVE = ">"


TURNED = {
    Sign.BELOW: Sign.ABOVE,
    Sign.AT_MOST: Sign.AT_LEAST,
    Sign.EQUAL: Sign.EQUAL,
    Sign.UNEQUAL: Sign.UNEQUAL,
    Sign.AT_LEAST: Sign.AT_MOST,
    Sign.ABOVE: Sign.BELOW,
}
"""The sign read from the other side: 10 < x is x > 10."""
_COMPARED: dict[Sign, Callable[[int, int], bool]] = {
    Sign.BELOW: operator.lt,
    Sign.AT_MOST: operator.le,
    Sign.EQUAL: operator.eq,
    Sign.UNEQUAL: operator.ne,
    Sign.AT_LEAST: operator.ge,
    Sign.ABOVE: operator.gt,
}


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison of a measure with a number."""

    __test__ = False  # pytest: not a test class

    measure: str
    sign: Sign
    bound: Fraction


@dataclass(frozen=True, slots=True)
class AllOf:
    """AND; without parts: always."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """OR."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """NOT."""

    part: Condition


Condition = Test | AllOf | AnyOf | Not
ALWAYS = AllOf(())


def holds(condition: Condition, known: Known) -> bool | None:
    """Tell whether the condition holds; None where that hangs on a measure that is not known."""
    if isinstance(condition, Test):
        value = known(condition.measure)
        return None if value is None else compare(value, condition.sign, condition.bound)
    if isinstance(condition, Not):
        inner = holds(condition.part, known)
        return None if inner is None else not inner
    deciding = isinstance(condition, AnyOf)  # one True decides an OR, one False an AND
    open_parts = False
    for part in condition.parts:
        result = holds(part, known)
        if result is deciding:
            return deciding
        open_parts = open_parts or result is None
    return None if open_parts else not deciding


def compare(value: Fraction, sign: Sign, bound: Fraction) -> bool:
    """Tell whether `value sign bound`; as whole numbers, which are much quicker to compare than fractions."""
    above, below = value.as_integer_ratio()
    bound_above, bound_below = bound.as_integer_ratio()
    return _COMPARED[sign](above * bound_below, bound_above * below)


def tests_of(condition: Condition) -> Iterator[Test]:
    """Yield every comparison in the condition, from left to right."""
    if isinstance(condition, Test):
        yield condition
    elif isinstance(condition, Not):
        yield from tests_of(condition.part)
    else:
        for part in condition.parts:
            yield from tests_of(part)


def measures_of(condition: Condition) -> tuple[str, ...]:
    """The measures that the condition looks at, each once."""
    return tuple(dict.fromkeys(test.measure for test in tests_of(condition)))


def told(condition: Condition, lang: Lang) -> str:
    """The condition as a sentence shows it: 10<落后百分点<=30 且 倒数位次<=3."""
    if isinstance(condition, Test):
        return f"{measure_word(condition.measure, lang)}{condition.sign}{exact_text(condition.bound)}"
    if isinstance(condition, Not):
        return say("rules.not", lang, part=_inner(condition.part, lang))
    if not condition.parts:
        return say("rules.always", lang)
    if isinstance(condition, AnyOf):
        return say("rules.or", lang).join(_inner(part, lang) for part in condition.parts)
    return say("rules.and", lang).join(_chained(condition.parts, lang))


def _inner(part: Condition, lang: Lang) -> str:
    text = told(part, lang)
    joined = isinstance(part, (AllOf, AnyOf)) and len(part.parts) > 1
    return say("rules.bracket", lang, part=text) if joined else text


def _chained(parts: tuple[Condition, ...], lang: Lang) -> Iterator[str]:
    """The parts of an AND; a lower and an upper end of one measure stand as one interval."""
    index = 0
    while index < len(parts):
        low, high = parts[index], parts[index + 1] if index + 1 < len(parts) else None
        if isinstance(low, Test) and isinstance(high, Test) and _is_interval(low, high):
            word = measure_word(low.measure, lang)
            yield f"{exact_text(low.bound)}{TURNED[low.sign]}{word}{high.sign}{exact_text(high.bound)}"
            index += 2
        else:
            yield _inner(low, lang) if isinstance(low, AnyOf) else told(low, lang)
            index += 1


def _is_interval(low: Test, high: Test) -> bool:
    ends = low.sign in (Sign.AT_LEAST, Sign.ABOVE) and high.sign in (Sign.AT_MOST, Sign.BELOW)
    return low.measure == high.measure and ends
