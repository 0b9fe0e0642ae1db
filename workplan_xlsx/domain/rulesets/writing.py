"""Conditions and sums as they are written in workplan.toml: `10 < behind_pp <= 30 and rank_last <= 3`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from workplan_xlsx.domain.rulesets.conditions import ALWAYS, TURNED, AllOf, AnyOf, Condition, Not, Sign, Test
from workplan_xlsx.domain.rulesets.measures import Level, measure_named, name_by_word
from workplan_xlsx.domain.rulesets.sums import Sum

_WIDE = str.maketrans("０１２３４５６７８９．％＜＞＝（）＋－×", "0123456789.%<>=()+-*")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?%?)|(?P<sign><=|>=|!=|<|>|==?|≤|≥|≠)"
    r"|(?P<mark>[()+\-*/~至])|(?P<word>[^\W\d][\w.]*)|(?P<other>\S))"
)
_SIGNS = {"==": Sign.EQUAL, "≤": Sign.AT_MOST, "≥": Sign.AT_LEAST, "≠": Sign.UNEQUAL}
_AND = {"and", "且", "并且"}
_OR = {"or", "或", "或者"}
_NOT = {"not", "非"}
_ALWAYS = {"always", "otherwise", "其他", "其余"}


class WritingError(ValueError):
    """What is written cannot be read: `key` of words/rules.toml with its facts says why."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.facts = facts


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


def read_condition(text: str, level: Level) -> Condition:
    """Return the condition that is written there.

    Raises:
        WritingError: It cannot be read, an end is not stated ("10-30"), or a measure is unknown here.
    """
    reader = _Reader(text, level)
    condition = reader.any_of()
    reader.expect_end()
    return condition


def read_sum(text: str, level: Level) -> Sum:
    """Return the sum that is written there: `10 - 0.1 * behind_pp`.

    Raises:
        WritingError: It cannot be read, or a measure is unknown at this level.
    """
    reader = _Reader(text, level)
    total = reader.sum()
    reader.expect_end()
    return total


def _tokens(text: str) -> Iterator[_Token]:
    for found in _TOKEN.finditer(text.translate(_WIDE).strip()):
        kind = found.lastgroup or "other"
        yield _Token(kind, found[kind])


class _Reader:
    """Reads tokens from left to right; each method reads one construct and stands behind it."""

    def __init__(self, text: str, level: Level) -> None:
        self._text = text
        self._level = level
        self._tokens = list(_tokens(text))
        self._at = 0
        if not self._tokens:
            raise WritingError("write_empty")

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at] if self._at < len(self._tokens) else _Token("end", "")

    def _take(self) -> _Token:
        token = self._next
        self._at += 1
        return token

    def _takes(self, words: set[str]) -> bool:
        if self._next.text not in words:
            return False
        self._at += 1
        return True

    def expect_end(self) -> None:
        if self._next.kind != "end":
            raise WritingError("write_rest", text=self._text, rest=self._next.text)

    def any_of(self) -> Condition:
        parts = [self._all_of()]
        while self._takes(_OR):
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all_of(self) -> Condition:
        parts = [self._single()]
        while self._takes(_AND):
            parts.append(self._single())
        if len(parts) == 1:
            return parts[0]
        flat = (part.parts if isinstance(part, AllOf) else (part,) for part in parts)
        return AllOf(tuple(each for group in flat for each in group))

    def _single(self) -> Condition:
        if self._takes(_NOT):
            return Not(self._single())
        if self._takes(_ALWAYS):
            return ALWAYS
        if self._takes({"("}):
            inner = self.any_of()
            if not self._takes({")"}):
                raise WritingError("write_bracket", text=self._text)
            return inner
        return self._comparison()

    def _comparison(self) -> Condition:
        """`x <= 3`, or an interval `1 <= x < 3`."""
        if self._next.kind == "word":
            measure = self._measure()
            if self._next.kind == "number":
                self._no_open_interval(self._at + 1)
            sign = self._sign()
            bound = self._bound()
            self._no_open_interval()
            return Test(measure, sign, bound)
        low = self._bound()
        self._no_open_interval()
        low_sign = TURNED[self._sign()]
        measure = self._measure()
        first = Test(measure, low_sign, low)
        if self._next.kind != "sign":
            return first
        second = Test(measure, self._sign(), self._bound())
        if not _runs_up(first, second):
            raise WritingError("write_interval", text=self._text)
        return AllOf((first, second))

    def _no_open_interval(self, at: int | None = None) -> None:
        """10-30, 10~30, 10至30: nobody can tell to which side 10 and 30 belong."""
        place = self._at if at is None else at
        if place < len(self._tokens) and self._tokens[place].text in {"-", "~", "至"}:
            raise WritingError("write_ends", text=self._text)

    def _sign(self) -> Sign:
        token = self._take()
        if token.kind != "sign":
            raise WritingError("write_sign", text=self._text, got=token.text)
        return _SIGNS.get(token.text) or Sign(token.text)

    def _bound(self) -> Fraction:
        """A number, or a quotient of two: 100/3."""
        number = self._number()
        if not self._takes({"/"}):
            return number
        divisor = self._number()
        if not divisor:
            raise WritingError("write_number", text=self._text, got="0")
        return number / divisor

    def _number(self) -> Fraction:
        minus = self._takes({"-"})
        token = self._take()
        if token.kind != "number":
            raise WritingError("write_number", text=self._text, got=token.text)
        value = Fraction(token.text.rstrip("%")) / (100 if token.text.endswith("%") else 1)
        return -value if minus else value

    def _measure(self) -> str:
        written = self._take().text
        name = name_by_word().get(written, written)
        measure = measure_named(name)
        if measure is None:
            raise WritingError("write_measure", text=self._text, got=written)
        if self._level not in measure.levels:
            raise WritingError("write_level", text=self._text, got=written)
        return name

    def sum(self) -> Sum:
        total = self._product(-1 if self._takes({"-"}) else 1)
        while self._next.text in {"+", "-"}:
            sign = -1 if self._take().text == "-" else 1
            total = total + self._product(sign)
        return total

    def _product(self, sign: int) -> Sum:
        """Numbers and at most one measure, joined by * and /."""
        factor, measure = Fraction(sign), ""
        divide = False
        while True:
            if self._next.kind == "word" and not measure and not divide:
                measure = self._measure()
            else:
                number = self._number()
                if divide and not number:
                    raise WritingError("write_number", text=self._text, got="0")
                factor = factor / number if divide else factor * number
            if self._next.text not in {"*", "/"}:
                return Sum.of(factor, measure)
            divide = self._take().text == "/"


def _runs_up(first: Test, second: Test) -> bool:
    """Whether `first` is a lower end and `second` an upper end above it."""
    lower = first.sign in (Sign.AT_LEAST, Sign.ABOVE) and second.sign in (Sign.AT_MOST, Sign.BELOW)
    return lower and first.bound <= second.bound
