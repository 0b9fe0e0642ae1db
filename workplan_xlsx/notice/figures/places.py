"""A number in its surroundings: what stands before and behind it in its clause and its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from workplan_xlsx.notice.figures.quantities import Phrase

NOTE = "注："  # as footnotes are put into the text
CLAUSE_ENDS = "，,。；;：:!！?？\n"
_SENTENCE_ENDS = "。；;!！?？\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A number in its surroundings.

    Attributes:
        before, after: What stands before and behind it in its clause.
        sentence: The whole sentence.
    """

    phrase: Phrase
    text: str
    before: str
    after: str
    sentence: str
    clause_start: int

    @property
    def clause(self) -> str:
        """The whole clause."""
        return self.before + self.phrase.text + self.after


def place_of(text: str, phrase: Phrase) -> Place:
    """Return the number's surroundings."""
    start = max((text.rfind(sign, 0, phrase.start) for sign in CLAUSE_ENDS), default=-1) + 1
    ends = [at for sign in CLAUSE_ENDS if (at := text.find(sign, phrase.end)) >= 0]
    end = min(ends, default=len(text))
    first = max((text.rfind(sign, 0, phrase.start) for sign in _SENTENCE_ENDS), default=-1) + 1
    lasts = [at for sign in _SENTENCE_ENDS if (at := text.find(sign, phrase.end)) >= 0]
    return Place(
        phrase=phrase,
        text=text,
        before=text[start : phrase.start],
        after=text[phrase.end : end],
        sentence=text[first : min(lasts, default=len(text))],
        clause_start=start,
    )
