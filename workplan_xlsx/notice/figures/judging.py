"""What a number of the text is: a target, a figure that describes, or neither, with a reason.

The rules are read from top to bottom; the first that holds decides. What no rule knows binds somebody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workplan_xlsx.domain.notice import Kind
from workplan_xlsx.notice.figures import descriptive, no_quantity
from workplan_xlsx.notice.figures.places import Place


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the number is; `kind` None: it is no quantity at all. `reason`: entry of words/notice.toml."""

    kind: Kind | None
    reason: str = ""


Rule = tuple[Kind | None, str, Callable[[Place], bool]]
RULES: tuple[Rule, ...] = (
    (None, "is_document", no_quantity.is_document),
    (None, "is_year", no_quantity.is_year),
    (None, "is_date", no_quantity.is_date),
    (None, "is_ordinal", no_quantity.is_ordinal),
    (None, "is_list_number", no_quantity.is_list_number),
    (None, "is_code", no_quantity.is_code),
    (None, "is_slogan", no_quantity.is_slogan),
    (None, "is_multiple", no_quantity.is_multiple),
    (Kind.DESCRIPTIVE, "is_note", descriptive.is_note),
    (Kind.DESCRIPTIVE, "is_scale_class", descriptive.is_scale_class),
    (None, "is_rank", no_quantity.is_rank_or_version),
    (Kind.DESCRIPTIVE, "is_age", descriptive.is_age),
    (None, "is_article", no_quantity.is_article),
    (None, "is_way_of_speaking", no_quantity.is_way_of_speaking),
    (Kind.DESCRIPTIVE, "is_process_limit", descriptive.is_process_limit),
    (Kind.DESCRIPTIVE, "is_starting_point", descriptive.is_starting_point),
    (None, "is_period", no_quantity.is_period),
    (None, "counts_nothing", no_quantity.counts_nothing),
    (Kind.DESCRIPTIVE, "is_ratio", descriptive.is_ratio),
    (Kind.DESCRIPTIVE, "is_project_size", descriptive.is_project_size),
    (Kind.DESCRIPTIVE, "is_condition", descriptive.is_condition),
    (Kind.DESCRIPTIVE, "is_compared", descriptive.is_compared),
    (Kind.DESCRIPTIVE, "is_of_document", descriptive.is_of_document),
    (Kind.DESCRIPTIVE, "is_condition", descriptive.is_among),
    (Kind.DESCRIPTIVE, "is_policy_term", descriptive.is_policy_term),
    (Kind.DESCRIPTIVE, "is_threshold", descriptive.is_threshold),
    (Kind.DESCRIPTIVE, "is_past", descriptive.is_past),
    (Kind.DESCRIPTIVE, "is_size", descriptive.is_size_of_a_thing),
    (Kind.DESCRIPTIVE, "is_size", descriptive.is_measure_of_a_part),
    (Kind.DESCRIPTIVE, "is_product_count", descriptive.is_large_count_of_a_product),
)


def judge(place: Place) -> Verdict:
    """Return what the number is."""
    for kind, reason, holds in RULES:
        if holds(place):
            return Verdict(kind, reason)
    return Verdict(Kind.TARGET)
