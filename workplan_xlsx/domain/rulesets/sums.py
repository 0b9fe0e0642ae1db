"""A sum of measures (算式): `60 + 0.2 * completion`; exact."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from workplan_xlsx.domain import exact
from workplan_xlsx.domain.rounding import exact_text
from workplan_xlsx.domain.rulesets.conditions import Known
from workplan_xlsx.domain.rulesets.measures import measure_word
from workplan_xlsx.words import Lang


@dataclass(frozen=True, slots=True)
class Sum:
    """A constant and measures, each with its factor."""

    constant: Fraction
    terms: tuple[tuple[Fraction, str], ...] = ()

    @classmethod
    def of(cls, factor: Fraction, measure: str = "") -> Sum:
        """`factor`, or `factor * measure`."""
        return cls(Fraction(0), ((factor, measure),)) if measure else cls(factor)

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.constant + other.constant, self.terms + other.terms)

    def value(self, known: Known) -> Fraction | None:
        """Return the exact value; None where a measure is not known."""
        total = self.constant
        for factor, name in self.terms:
            value = known(name)
            if value is None:
                return None
            part = exact.times(factor, value)
            total = total + part if total else part
        return total

    def measures(self) -> tuple[str, ...]:
        """The measures in it, each once."""
        return tuple(dict.fromkeys(name for _, name in self.terms))

    def told(self, lang: Lang) -> str:
        """The sum as a sentence shows it: 100*进度比-5."""
        parts = [f"{exact_text(factor)}*{measure_word(name, lang)}" for factor, name in self.terms]
        if self.constant or not parts:
            parts.append(exact_text(self.constant) or "0")
        return "+".join(parts).replace("+-", "-")
