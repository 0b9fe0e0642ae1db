"""Brackets of any kind and depth, and lists that are parted only outside of brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_CLOSES = {"（": "）", "(": ")", "〔": "〕", "【": "】", "[": "]", "［": "］", "〈": "〉"}
LONGEST = 1500  # a bracket that is not closed by then is none
_MOST_UNCLOSED = 50
_SAME = {")": "）", "）": ")", "]": "］", "］": "]"}


@dataclass(frozen=True, slots=True)
class Bracket:
    """An outermost bracket, not longer than LONGEST; `start` and `end` include its two signs."""

    start: int
    end: int
    inside: str


def brackets(text: str) -> Iterator[Bracket]:
    """Yield the outermost brackets in order; one that is never closed is none."""
    at, given_up = 0, 0
    while at < len(text) and given_up < _MOST_UNCLOSED:
        if text[at] in _CLOSES:
            end = _closing(text, at)
            if end is None:
                given_up += 1
            else:
                yield Bracket(at, end + 1, text[at + 1 : end])
                at = end
        at += 1


def _closing(text: str, start: int) -> int | None:
    """Where the bracket that opens at `start` closes; half and full width may be mixed."""
    awaited = [_CLOSES[text[start]]]
    for at in range(start + 1, min(len(text), start + LONGEST)):
        sign = text[at]
        if sign in _CLOSES:
            awaited.append(_CLOSES[sign])
        elif sign in (awaited[-1], _SAME.get(awaited[-1])):
            awaited.pop()
            if not awaited:
                return at
    return None


def parted(text: str, separators: str) -> Iterator[str]:
    """Yield the parts between separators, those inside of brackets left alone."""
    inside = {at for each in brackets(text) for at in range(each.start, each.end)}
    start = 0
    for at, sign in enumerate(text):
        if sign in separators and at not in inside:
            yield text[start:at]
            start = at + 1
    yield text[start:]
