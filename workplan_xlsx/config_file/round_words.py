"""The rounds in the office's words: 第1个工作日, 截止前3个工作日, 次月5日 09:00; English alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import time

from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.round_days import Anchor, DayRule
from workplan_xlsx.domain.rounds import RoundKind, RoundRule
from workplan_xlsx.words import Lang, say

_NUMBER = r"(\d+|[一二三四五六七八九十]+)"
_SPELLINGS: tuple[tuple[str, Anchor, int | None], ...] = (
    (rf"(?:每期|每月|当月)?第{_NUMBER}个工作日", Anchor.FROM_START, None),
    (rf"(?:每期|每月|当月)?倒数第{_NUMBER}个工作日", Anchor.FROM_END, None),
    (r"(?:每期|每月|当月)?最后一个工作日", Anchor.FROM_END, 1),
    (rf"(?:报送)?(?:截止|时限)前{_NUMBER}个?工作日", Anchor.BEFORE_DEADLINE, None),
    (r"(?:报送)?(?:截止|时限)(?:当天|当日|日)", Anchor.BEFORE_DEADLINE, 0),
    (rf"(?:报送)?(?:截止|时限)后{_NUMBER}个?工作日", Anchor.AFTER_DEADLINE, None),
    (rf"(?:每月|当月)?{_NUMBER}[日号]", Anchor.DAY_OF_MONTH, None),
    (r"(?:每月|当月)?(?:月底|月末|最后一天)", Anchor.DAY_OF_MONTH, 31),
    (rf"(?:次月|下月){_NUMBER}[日号]", Anchor.DAY_OF_NEXT_MONTH, None),
    (r"workday (\d+)", Anchor.FROM_START, None),
    (r"last workday", Anchor.FROM_END, 1),
    (r"workday (\d+) from the end", Anchor.FROM_END, None),
    (r"(\d+) workdays? before the deadline", Anchor.BEFORE_DEADLINE, None),
    (r"(?:on )?the deadline", Anchor.BEFORE_DEADLINE, 0),
    (r"(\d+) workdays? after the deadline", Anchor.AFTER_DEADLINE, None),
    (r"day (\d+)", Anchor.DAY_OF_MONTH, None),
    (r"day (\d+) of the next month", Anchor.DAY_OF_NEXT_MONTH, None),
)
_AT = re.compile(r"\s*([01]?\d|2[0-3])[:：]([0-5]\d)$")
_LARGEST = {
    Anchor.FROM_START: 23,  # no month has more workdays
    Anchor.FROM_END: 23,
    Anchor.BEFORE_DEADLINE: 60,
    Anchor.AFTER_DEADLINE: 60,
    Anchor.DAY_OF_MONTH: 31,
    Anchor.DAY_OF_NEXT_MONTH: 31,
}
_OF_A_MONTH = (Anchor.DAY_OF_MONTH, Anchor.DAY_OF_NEXT_MONTH)
_DIGITS = {sign: value for value, sign in enumerate("一二三四五六七八九", start=1)}


class NoSuchDay(Exception):
    """The words name no day, or one that never comes; `key` is the sentence's place in the catalogue."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def rules_of(
    written: Sequence[tuple[RoundKind, str | Sequence[str]]], at: time, rhythm: Rhythm, lang: Lang
) -> tuple[tuple[RoundRule, ...], tuple[str, ...]]:
    """Return the rules, and a sentence for each wording that is none: that round is off, the others go on."""
    rules: list[RoundRule] = []
    troubles: list[str] = []
    for kind, words in written:
        listed = [words] if isinstance(words, str) else list(words)
        for text in filter(None, map(str.strip, listed)):
            try:
                rules.append(_rule(kind, text, at, rhythm, rules))
            except NoSuchDay as error:
                name = say(f"service.round_{kind.value}", lang)
                troubles.append(
                    say(f"config.{error.key}", lang, key=f"rounds.{kind.value}", kind=name, text=text)
                )
    return tuple(rules), tuple(troubles)


def _rule(kind: RoundKind, text: str, at: time, rhythm: Rhythm, before: Sequence[RoundRule]) -> RoundRule:
    day, moment = read_round_words(text, at)
    if day.anchor in _OF_A_MONTH and rhythm in (Rhythm.WEEKLY, Rhythm.HALF_MONTHLY):
        raise NoSuchDay("round_no_month")
    same_kind = [rule for rule in before if rule.kind is kind]
    if any((rule.day, rule.at) == (day, moment) for rule in same_kind):
        raise NoSuchDay("round_twice")
    if same_kind and kind is not RoundKind.REMIND_ALL and kind is not RoundKind.REMIND_MISSING:
        raise NoSuchDay("round_only_once")
    return RoundRule(kind=kind, day=day, at=moment, step=len(same_kind) + 1, words=text)


def read_round_words(text: str, at: time) -> tuple[DayRule, time]:
    """Return the day and the time of day (`at` where the words name none).

    Raises:
        NoSuchDay: The words are not understood, or name a day that never comes.
    """
    named = _AT.search(text)
    if named:
        at, text = time(int(named[1]), int(named[2])), text[: named.start()]
    for anchor, number in _readings(text.strip().lower()):
        least = 0 if anchor is Anchor.BEFORE_DEADLINE else 1
        if not least <= number <= _LARGEST[anchor]:
            raise NoSuchDay("round_never")
        return DayRule(anchor, number), at
    raise NoSuchDay("round_unknown")


def _readings(text: str) -> Iterator[tuple[Anchor, int]]:
    for pattern, anchor, fixed in _SPELLINGS:
        found = re.fullmatch(pattern, text)
        if found:
            yield anchor, _number(found[1]) if fixed is None else fixed


def _number(text: str) -> int:
    """Digits, or 一 to 九十九."""
    if text.isdecimal():
        return int(text[:4])
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return _DIGITS.get(tens, 1 if not tens else 0) * 10 + _DIGITS.get(ones, 0)
