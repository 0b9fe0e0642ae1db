"""The formulas of 测算, as text: the default rules once more, in a spreadsheet's words.

Rows are 0-based like everywhere; the formulas name them 1-based. A quotient is rounded to 12 places and a
total to 9 before it is compared or rounded to 2: binary fractions would otherwise fall short of a boundary
that the exact figure meets.
"""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.utility import xl_cell_to_rowcol, xl_col_to_name

from workplan_xlsx.books.ranking.what_if_plan import GRAVITY, SETTINGS
from workplan_xlsx.domain.editions.ranked import RankState
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

SETTINGS_ROW = 4
"""First of the settings' rows."""

UNITS_ROW = SETTINGS_ROW + len(SETTINGS) + 3
"""First row of every list on the sheet; their header stands above."""

SETTING_COLUMN = "B"
GRAVITY_COLUMN = "F"
UNIT = dict(
    zip(
        ("unit", "group", "state", "late", "returned", "points", "progress", "reporting", "total", "rank"),
        "ABCDEFGHIJ",
        strict=True,
    )
)
UNIT |= {"total_now": "K", "rank_now": "L", "change": "M"}
SHARE = dict(zip(("unit", "task", "weight", "score", "counted", "weighted"), "OPQRST", strict=True))
_TARGET_KEYS = (
    "code",
    "target",
    "task",
    "fixed",
    "when_met",
    "met",
    "stretch",
    "completion",
    "tried",
    "expected",
    "weight",
    "used",
    "ratio",
    "light",
    "score",
    "counted",
    "weighted",
    "gravity",
    "task_weight",
    "task_light",
    "task_score",
)
TARGET = {key: xl_col_to_name(21 + index) for index, key in enumerate(_TARGET_KEYS)}


def column_of(letters: str) -> int:
    """The 0-based column of a letter name."""
    column: int = xl_cell_to_rowcol(f"{letters}1")[1]
    return column


def setting(name: str) -> str:
    """The cell that holds a setting."""
    return f"${SETTING_COLUMN}${SETTINGS_ROW + 1 + SETTINGS.index(name)}"


def _gravity_list() -> str:
    last = SETTINGS_ROW + len(GRAVITY)
    return f"${GRAVITY_COLUMN}${SETTINGS_ROW + 1}:${GRAVITY_COLUMN}${last}"


def _cells(names: dict[str, str], row: int) -> dict[str, str]:
    return {key: f"${letters}{row + 1}" for key, letters in names.items()}


def _span(letters: str, first: int, last: int) -> str:
    return f"${letters}${first + 1}:${letters}${last + 1}"


class Formulas:
    """The formulas in the workbook's language; `words` are what the sheet calls the lights."""

    def __init__(self, lang: Lang, words: Mapping[TrafficLight, str]) -> None:
        self._words = {light: f'"{word}"' for light, word in words.items()}
        self._yes = f'"{say("ranking.yes", lang)}"'
        self._ranked = f'"{say("ranking.state_ranked", lang)}"'
        self._missing = f'"{say("ranking.state_missing", lang)}"'

    def target(self, row: int) -> dict[str, str]:
        """The formulas of a target's row whose light the rules decide."""
        at = _cells(TARGET, row)
        words = self._words
        met = f'IF({at["tried"]}="",{at["met"]}={self._yes},{at["tried"]}>=100)'
        short = f"IF({at['stretch']}={self._yes},{words[TrafficLight.AMBER]},{words[TrafficLight.RED]})"
        amber = f"IF({at['ratio']}>=ROUND({setting('amber_from')},12),{words[TrafficLight.AMBER]},{short})"
        green = f"IF({at['ratio']}>=ROUND({setting('green_from')},12),{words[TrafficLight.GREEN]},{amber})"
        due = f"IF({met},{at['when_met']},{green})"
        score = f"IF({at['light']}={words[TrafficLight.DONE]},100,100*MIN(1,{at['ratio']}))"
        return {
            "used": f'=IF({at["tried"]}="",{at["completion"]},{at["tried"]})',
            "ratio": f'=IF({at["expected"]}=0,"",ROUND({at["used"]}/{at["expected"]},12))',
            "light": f"=IF({at['expected']}=0,{words[TrafficLight.NOT_DUE]},{due})",
            "score": f'=IF({at["expected"]}=0,"",{score})',
        } | self.counting(row)

    def counting(self, row: int) -> dict[str, str]:
        """How a target counts in its task, whatever decided its light."""
        at = _cells(TARGET, row)
        return {
            "counted": f'=IF({at["score"]}="",0,{at["weight"]})',
            "weighted": f'=IF({at["score"]}="",0,{at["weight"]}*{at["score"]})',
            "gravity": f"=MATCH({at['light']},{_gravity_list()},0)",
        }

    def task(self, first: int, last: int) -> dict[str, str]:
        """Light and score of the task whose targets stand in these rows, both included."""
        counted, weighted = (_span(TARGET[key], first, last) for key in ("counted", "weighted"))
        gravest = f"MAX({_span(TARGET['gravity'], first, last)})"
        return {
            "task_light": f"=INDEX({_gravity_list()},{gravest})",
            "task_score": f'=IF(SUM({counted})=0,"",SUM({weighted})/SUM({counted}))',
        }

    def share(self, row: int, task_row: int) -> dict[str, str]:
        """What a task brings one of its lead units; `task_row` is the first row of its targets."""
        at = _cells(SHARE, row)
        return {
            "weight": f"=${TARGET['task_weight']}${task_row + 1}",
            "score": f"=${TARGET['task_score']}${task_row + 1}",
            "counted": f'=IF({at["score"]}="",0,{at["weight"]})',
            "weighted": f'=IF({at["score"]}="",0,{at["weight"]}*{at["score"]})',
        }

    def unit(self, row: int, shares: tuple[int, int] | None, last: int) -> dict[str, str]:
        """Scores and rank of a unit; `shares` its rows among the shares, `last` the last unit's row."""
        at = _cells(UNIT, row)
        late = f"MIN({setting('late_points')}*{at['late']},{setting('late_cap')})"
        returned = f"MIN({setting('returned_points')}*{at['returned']},{setting('returned_cap')})"
        parts = (
            f"{setting('progress')}*{at['progress']}+{setting('reporting')}*{at['reporting']}+{at['points']}"
        )
        groups, totals = (_span(UNIT[key], UNITS_ROW, last) for key in ("group", "total"))
        unranked = f'OR({at["state"]}<>{self._ranked},{at["progress"]}="")'
        better = f'COUNTIFS({groups},{at["group"]},{totals},">"&{at["total"]})'
        return {
            "progress": _mean(shares),
            "reporting": f"=IF({at['state']}={self._missing},0,100-{late}-{returned})",
            "total": f'=IF({unranked},"",ROUND(ROUND({parts},9),2))',
            "rank": f'=IF({at["total"]}="","",1+{better})',
            "change": f'=IF(OR({at["rank"]}="",{at["rank_now"]}=""),"",{at["rank_now"]}-{at["rank"]})',
        }

    def verdict(self, last: int, lang: Lang) -> str:
        """Whether the settings tried give the published ranks."""
        now, tried = (_span(UNIT[key], UNITS_ROW, last) for key in ("rank_now", "rank"))
        moved = f"SUMPRODUCT(--({now}<>{tried}))"
        same, other = say("ranking.what_if_same", lang), say("ranking.what_if_other", lang)
        return f'=IF({moved}=0,"{same}",{moved}&"{other}")'


def _mean(shares: tuple[int, int] | None) -> str:
    if shares is None:
        return '=""'
    counted, weighted = (_span(SHARE[key], *shares) for key in ("counted", "weighted"))
    return f'=IF(SUM({counted})=0,"",SUM({weighted})/SUM({counted}))'


def state_word(state: RankState, lang: Lang) -> str:
    """The state's word as the formulas compare it."""
    return say(f"ranking.state_{state.name.lower()}", lang)
