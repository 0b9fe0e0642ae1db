"""Brackets of any kind and depth, and lists that are parted only outside of brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_CLOSES = {"（": "）", "(": ")", "〔": "〕", "【": "】", "[": "]", "［": "］"}
_SAME = {")": "）", "）": ")", "]": "］", "］": "]"}


@dataclass(frozen=True, slots=True)
class Bracket:
    """An outermost bracket; `start` and `end` include its signs, `inside` is what stands between."""

    start: int
    end: int
    inside: str


def brackets(text: str) -> Iterator[Bracket]:
    """Yield the outermost brackets in order; one that is never closed is none."""
    at = 0
    while at < len(text):
        if text[at] in _CLOSES:
            end = _closing(text, at)
            if end is not None:
                yield Bracket(at, end + 1, text[at + 1 : end])
                at = end
        at += 1


def _closing(text: str, start: int) -> int | None:
    """Where the bracket that opens at `start` closes; half and full width may be mixed."""
    awaited = [_CLOSES[text[start]]]
    for at in range(start + 1, len(text)):
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
    spans = [(each.start, each.end) for each in brackets(text)]
    start = 0
    for at, sign in enumerate(text):
        if sign in separators and not any(first <= at < last for first, last in spans):
            yield text[start:at]
            start = at + 1
    yield text[start:]
