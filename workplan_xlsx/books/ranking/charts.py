"""Native charts, told apart by pattern as well as colour: lights by unit, completion and plan, the trend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workplan_xlsx.books.ranking.cells import light_text, period_words
from workplan_xlsx.books.ranking.contents import USUAL_POINTS
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.domain.editions.light import ink_on, own_fill, shade
from workplan_xlsx.domain.editions.overview import PeriodLights, pace_of
from workplan_xlsx.domain.editions.ranked import RankState, Standing
from workplan_xlsx.domain.rounding import round_half_up
from workplan_xlsx.domain.traffic_light import TrafficLight

DATA_COLUMN = 14
"""0-based first column of a chart's figures on 单位明细, beyond what is printed."""

CHART_ROW = 2
_STACK = (TrafficLight.DONE, TrafficLight.GREEN, TrafficLight.AMBER, TrafficLight.RED, TrafficLight.MISSING)
# dark ink on white where the pattern is open, so that a black-and-white print shows which is which
_FILLS: dict[TrafficLight, dict[str, str]] = {
    TrafficLight.DONE: {"pattern": "percent_10", "fg_color": "#14532D", "bg_color": "#DDEFE3"},
    TrafficLight.GREEN: {"pattern": "wide_upward_diagonal", "fg_color": "#5E9C76", "bg_color": "#DDEFE3"},
    TrafficLight.AMBER: {"pattern": "dark_horizontal", "fg_color": "#FFD34D", "bg_color": "#8A6A00"},
    TrafficLight.RED: {"pattern": "percent_90", "fg_color": "#B3261E", "bg_color": "#7A120C"},
    TrafficLight.MISSING: {"pattern": "percent_25", "fg_color": "#595959", "bg_color": "#FFFFFF"},
}
_PLAN_FILL = {"pattern": "light_upward_diagonal", "fg_color": "#595959", "bg_color": "#FFFFFF"}
_DONE_FILL = {"pattern": "percent_90", "fg_color": "#1F4E79", "bg_color": "#163A5C"}
_BORDER = {"color": "#404040", "width": 0.75}
_FONT = {"name": "仿宋", "size": 9}
_SMALL_FONT = {"name": "仿宋", "size": 7}
_GRID = {"visible": True, "line": {"color": "#D9D9D9"}}
_NO_GRID = {"visible": False}
_LABEL_FONT = {"name": "仿宋", "size": 8, "bold": True}
_DARK = {TrafficLight.RED}
_PIXELS_FRAME, _PIXELS_UNIT, _PIXELS_ROW = 110, 20, 20
_PIXELS_PAGE = 640
"""What a printed page holds below the sheet's title: a chart is not torn."""
_PIXELS_TIGHT = 13


def rows_for(units: int, most: int) -> int:
    """How many rows the two charts by unit, and their figures, take on 单位明细, one of room included."""
    if not units:
        return 0
    shown = min(units, most)
    return max(-(-_height(shown) // _row_pixels(shown)), 1 + shown) + 1


def _row_pixels(units: int) -> int:
    """How high each of these rows is: what stands beside the charts is no higher than a page either."""
    return min(_PIXELS_ROW, _PIXELS_PAGE // (units + 2))


def _height(units: int) -> int:
    return min(_PIXELS_PAGE, _PIXELS_FRAME + _PIXELS_UNIT * units)


def _unit_font(units: int) -> dict[str, Any]:
    """The font of the units' names: no name is left out where many stand close together."""
    tight = _PIXELS_FRAME + _PIXELS_TIGHT * units > _PIXELS_PAGE
    return _SMALL_FONT if tight else _FONT


def by_unit(paper: Paper, standings: Sequence[Standing]) -> None:
    """Lights by unit, and completion against the plan, in the order of the ranking; figures beside them."""
    shown = standings[: paper.limits.chart_units]
    if not shown:
        return
    for row in range(CHART_ROW, paper.places.blocks_from):
        paper.sheet.set_row(row, _row_pixels(len(shown)) * 0.75)
    series = [light_text(light, paper.lang, paper.edition.stand_ins) for light in _STACK]
    heads = ["", *series, paper.say("chart_done"), paper.say("chart_due")]
    for offset, head in enumerate(heads):
        paper.put(CHART_ROW, DATA_COLUMN + offset, head or paper.say("chart_data"), "chart_data")
    for row, standing in enumerate(shown, CHART_ROW + 1):
        paper.put(row, DATA_COLUMN, standing.unit, "chart_data")
        for offset, light in enumerate(_STACK, 1):
            paper.put(row, DATA_COLUMN + offset, standing.count(light), "chart_data")
        pace = None if standing.state is RankState.MISSING else pace_of(standing)
        if pace is not None:
            for offset, value in enumerate((pace.completion_pct, pace.expected_pct), 1 + len(_STACK)):
                paper.put(row, DATA_COLUMN + offset, round_half_up(value, 1), "chart_data")
    _insert_lights(paper, len(shown), len(standings))
    _insert_pace(paper, len(shown))


def _insert_lights(paper: Paper, count: int, of: int) -> None:
    chart = paper.book.add_chart({"type": "bar", "subtype": "stacked"})
    for offset, light in enumerate(_STACK, 1):
        chart.add_series(
            _series(paper, offset, count, _fill(light, paper), labels="0;;", ink=_ink(light, paper))
        )
    title = paper.say("chart_lights") if count == of else paper.say("chart_lights_first", count=count)
    _dress(chart, title, count)
    paper.sheet.insert_chart(CHART_ROW, 0, chart, {"object_position": 2, "description": title})


def _ink(light: TrafficLight, paper: Paper) -> str:
    own = own_fill(light, paper.edition.stand_ins)
    return ink_on(own) if own else "#FFFFFF" if light in _DARK else "#262626"


def _insert_pace(paper: Paper, count: int) -> None:
    chart = paper.book.add_chart({"type": "bar"})
    first = 1 + len(_STACK)
    chart.add_series(_series(paper, first, count, _DONE_FILL, labels="0.0"))
    chart.add_series(_series(paper, first + 1, count, _PLAN_FILL))
    title = paper.say("chart_pace")
    _dress(chart, title, count)
    chart.set_x_axis({"min": 0, "max": 100, "num_font": _FONT, "major_gridlines": _GRID})
    about = {"object_position": 2, "description": title, "x_offset": 25}
    paper.sheet.insert_chart(CHART_ROW, 4, chart, about)


def _fill(light: TrafficLight, paper: Paper) -> dict[str, str]:
    """The light's pattern; in the place's own colour, and a darker or lighter one, where it has one."""
    own = own_fill(light, paper.edition.stand_ins)
    if not own:
        return _FILLS[light]
    beside = shade(own)
    swapped = light in (TrafficLight.DONE, TrafficLight.GREEN, TrafficLight.MISSING)  # open patterns
    ink, ground = (beside, own) if swapped else (own, beside)
    return {"pattern": _FILLS[light]["pattern"], "fg_color": ink, "bg_color": ground}


def _series(
    paper: Paper,
    offset: int,
    count: int,
    fill: dict[str, str],
    *,
    labels: str = "",
    ink: str = "#262626",
    head: tuple[int, int] = (CHART_ROW, DATA_COLUMN),
) -> dict[str, Any]:
    """A series whose figures stand `offset` columns right of the categories, below `head` (row, column)."""
    row, column = head
    first, last = row + 1, row + count
    series: dict[str, Any] = {
        "name": [paper.title, row, column + offset],
        "categories": [paper.title, first, column, last, column],
        "values": [paper.title, first, column + offset, last, column + offset],
        "pattern": fill,
        "border": _BORDER,
        "gap": 45,
    }
    if labels:
        series["data_labels"] = {
            "value": True,
            "num_format": labels,
            "font": _LABEL_FONT | {"color": ink},
        }
    return series


def _dress(chart: Any, title: str, units: int) -> None:
    chart.set_title({"name": title, "name_font": {"name": "黑体", "size": 12}, "overlay": False})
    names = {"reverse": True, "num_font": _unit_font(units), "major_gridlines": _NO_GRID}
    chart.set_y_axis(names | {"interval_unit": 1})
    chart.set_x_axis({"num_font": _FONT, "major_gridlines": _NO_GRID})
    chart.set_legend({"position": "top", "font": _FONT})
    chart.set_size({"width": 560, "height": _height(units)})


TREND_COLUMN = 17
"""0-based first column of the trend's figures on 排名通报, beyond what is printed."""

_TREND_ROWS, _TREND_WIDTH = 11, 1010
_MOST_PERIODS = 12
_LEAST_SHARE = 0.08  # of the tallest column; a figure of 8 points takes as much


def trend(paper: Paper, row: int, last: int, history: Sequence[PeriodLights]) -> int:
    """The lights of the periods so far, from the second period on. Returns the row after the chart."""
    shown = history[-_MOST_PERIODS:]
    if len(shown) < 2:
        return row
    paper.put_across(row, last, paper.say("trend_heading"), "section", 21)
    row += 1
    _trend_data(paper, row, shown)
    labels = _told_from(max(sum(each.counts.values()) for each in shown))
    chart = paper.book.add_chart({"type": "column", "subtype": "stacked"})
    for offset, light in enumerate(_STACK, 1):
        head = (row, TREND_COLUMN)
        chart.add_series(
            _series(
                paper,
                offset,
                len(shown),
                _fill(light, paper),
                labels=labels,
                ink=_ink(light, paper),
                head=head,
            )
        )
    chart.set_title({"none": True})
    chart.set_x_axis({"num_font": _FONT})
    chart.set_y_axis({"num_font": _FONT, "major_gridlines": _NO_GRID})
    chart.set_legend({"position": "right", "font": _FONT})
    chart.set_size({"width": _TREND_WIDTH, "height": _PIXELS_ROW * _TREND_ROWS - 10})
    about = {"object_position": 2, "description": paper.say("trend_heading"), "x_offset": 5, "y_offset": 5}
    paper.sheet.insert_chart(row, 0, chart, about)
    return row + max(_TREND_ROWS, len(shown) + 1)


def _told_from(tallest: int) -> str:
    """The labels' format: no figure in a piece of a column that is lower than a figure."""
    return f"[>={max(1, round(tallest * _LEAST_SHARE))}]0;;"


def _trend_data(paper: Paper, row: int, shown: Sequence[PeriodLights]) -> None:
    names = [light_text(light, paper.lang, paper.edition.stand_ins) for light in _STACK]
    heads = [paper.say("chart_data"), *names]
    for offset, head in enumerate(heads):
        paper.put(row, TREND_COLUMN + offset, head, "chart_data")
    for line, period in enumerate(shown, row + 1):
        paper.sheet.set_row(line, USUAL_POINTS)
        paper.put(line, TREND_COLUMN, period_words(period.period, paper.lang), "chart_data")
        for offset, light in enumerate(_STACK, 1):
            paper.put(line, TREND_COLUMN + offset, period.counts.get(light, 0), "chart_data")
