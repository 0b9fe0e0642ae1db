"""测算: the edition's scores and ranks once more, as live formulas that follow the yellow cells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.ranking.contents import Cell
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.books.ranking.what_if_formulas import (
    GRAVITY_COLUMN,
    SETTING_COLUMN,
    SETTINGS_ROW,
    SHARE,
    TARGET,
    UNIT,
    UNITS_ROW,
    Formulas,
    column_of,
    state_word,
)
from workplan_xlsx.books.ranking.what_if_plan import (
    GRAVITY,
    LIGHT_SETTINGS,
    SETTINGS,
    TargetLine,
    Tried,
    settings_of,
    target_lines,
    task_light_is_followed,
    words_of,
)
from workplan_xlsx.domain.editions.joint_leads import own_key
from workplan_xlsx.domain.editions.ranked import Standing
from workplan_xlsx.domain.editions.rated import TaskRating
from workplan_xlsx.domain.editions.rules import Rules
from workplan_xlsx.domain.traffic_light import TrafficLight

_FORMULA_LOOK, _GIVEN_LOOK, _INPUT_LOOK = "formula", "given", "input"
_SCORES = {"progress", "reporting", "total", "score", "task_score", "weighted", "used"}
_INPUTS = {"tried", "expected", "weight", "task_weight"}
_SCORES_GIVEN = {"total_now", "points", "completion"}
_WIDTHS = {"A": 26} | dict.fromkeys("BCDEGHIJKLM", 11) | {"F": 15, "O": 24, "W": 26}


def write_what_if(paper: Paper, rules: Rules, tried: Tried | None = None) -> None:
    """Write the sheet; `tried` is what stands in the yellow cells (the settings in force)."""
    _Sheet(paper, rules, tried or Tried(settings=settings_of(rules))).write()


class _Sheet:
    """The sheet in hand: settings above; side by side below them units, their shares in tasks, targets."""

    def __init__(self, paper: Paper, rules: Rules, tried: Tried) -> None:
        self.paper, self.rules, self.tried = paper, rules, tried
        self._words = words_of(paper.edition.stand_ins, paper.lang)
        self.formulas = Formulas(paper.lang, self._words)
        self.lines = target_lines(paper.edition, rules)
        self.task_rows: dict[str, tuple[int, int]] = {}
        for row, line in enumerate(self.lines, UNITS_ROW):
            key = _key(line.task)
            first, _ = self.task_rows.get(key, (row, row))
            self.task_rows[key] = (first, row)

    def write(self) -> None:
        paper = self.paper
        own = paper.say("hint_what_if_own") if self.rules.lights is None else ""
        paper.head(paper.say("hint_what_if") + own, hint_column=1)
        for letters, width in _WIDTHS.items():
            paper.sheet.set_column(column_of(letters), column_of(letters), width)
        self._settings()
        self._headers()
        shares = self._shares()
        self._units(shares)
        self._targets()
        paper.sheet.freeze_panes(UNITS_ROW, 1)
        paper.sheet.repeat_rows(UNITS_ROW - 1)
        paper.print_on_a4()
        paper.sheet.print_area(
            0, 0, UNITS_ROW + max(1, len(paper.edition.standings)) - 1, column_of(UNIT["change"])
        )

    def _settings(self) -> None:
        paper = self.paper
        now = settings_of(self.rules)
        ends = {"green": self._word(TrafficLight.GREEN), "amber": self._word(TrafficLight.AMBER)}
        first, value = column_of("A"), column_of(SETTING_COLUMN)
        paper.sheet.set_row(SETTINGS_ROW - 1, 20)
        for offset, head in enumerate(("setting", "setting_tried", "setting_now")):
            paper.put(SETTINGS_ROW - 1, first + offset, paper.say(f"column_{head}"), "header")
        for row, name in enumerate(SETTINGS, SETTINGS_ROW):
            paper.put(row, first, paper.say(f"setting_{name}", **ends), "text")
            if name in LIGHT_SETTINGS and self.rules.lights is None:
                paper.put(row, value, cells.NOT_APPLICABLE, _GIVEN_LOOK)
                paper.put(row, value + 1, cells.NOT_APPLICABLE, _GIVEN_LOOK)
                continue
            paper.put(row, value, self.tried.settings[name], _INPUT_LOOK)
            paper.put(row, value + 1, now[name], _GIVEN_LOOK)
        gravity = column_of(GRAVITY_COLUMN)
        paper.put(SETTINGS_ROW - 1, gravity, paper.say("column_gravity"), "header")
        for row, light in enumerate(GRAVITY, SETTINGS_ROW):
            look = cells.light(light, paper.lang, paper.edition.stand_ins).look
            paper.put(row, gravity, self._word(light), look)
        last = UNITS_ROW + len(paper.edition.standings) - 1
        paper.put(2, 0, paper.say("what_if_verdict"), "label")
        if last >= UNITS_ROW:
            self._formula(2, 1, self.formulas.verdict(last, paper.lang), paper.say("what_if_same"), "label")

    def _headers(self) -> None:
        paper = self.paper
        paper.sheet.set_row(UNITS_ROW - 1, 48)
        for names, list_name in ((UNIT, "unit"), (SHARE, "share"), (TARGET, "target")):
            for key, letters in names.items():
                paper.put(
                    UNITS_ROW - 1, column_of(letters), paper.say(f"what_if_{list_name}_{key}"), "header"
                )

    def _shares(self) -> dict[str, tuple[int, int]]:
        """A row for each unit and each of its tasks; returns each unit's first and last row."""
        spans: dict[str, tuple[int, int]] = {}
        row = UNITS_ROW
        for standing in self.paper.edition.standings:
            tasks = [task for task in standing.tasks if _key(task) in self.task_rows]
            for task in tasks:
                self._share(row, standing, task)
                row += 1
            if tasks:
                spans[standing.unit] = (row - len(tasks), row - 1)
        return spans

    def _share(self, row: int, standing: Standing, task: TaskRating) -> None:
        first, _ = self.task_rows[_key(task)]
        weight = self.tried.task_weights.get(task.task.code, task.task.weight)
        score = task.score
        results: dict[str, object] = {
            "weight": weight,
            "score": score,
            "counted": weight if score is not None else 0,
            "weighted": Fraction(weight) * score if score is not None else 0,
        }
        self._values(row, SHARE, {"unit": standing.unit, "task": self._task_name(task)})
        self._formulas(row, SHARE, self.formulas.share(row, first), results)

    def _units(self, shares: Mapping[str, tuple[int, int]]) -> None:
        standings = self.paper.edition.standings
        groups = list(dict.fromkeys(standing.group for standing in standings))
        last = UNITS_ROW + len(standings) - 1
        for row, standing in enumerate(standings, UNITS_ROW):
            record = standing.reporting
            given: dict[str, Cell] = {
                "unit": standing.unit,
                "group": groups.index(standing.group) + 1,
                "state": state_word(standing.state, self.paper.lang),
                "late": record.late_workdays,
                "returned": record.times_returned,
                "points": float(sum((each.points for each in standing.points), Fraction(0))),
                "total_now": "" if standing.total is None else standing.total,
                "rank_now": "" if standing.rank is None else standing.rank,
            }
            results: dict[str, object] = {
                "progress": standing.progress,
                "reporting": record.score,
                "total": standing.total,
                "rank": standing.rank,
                "change": None if standing.rank is None else 0,
            }
            self._values(row, UNIT, given)
            self._formulas(row, UNIT, self.formulas.unit(row, shares.get(standing.unit), last), results)

    def _targets(self) -> None:
        for row, line in enumerate(self.lines, UNITS_ROW):
            self._target(row, line)
            first, last = self.task_rows[_key(line.task)]
            if row == first:
                self._task(first, last, line.task)

    def _target(self, row: int, line: TargetLine) -> None:
        rating = line.rating
        target = rating.target
        weight = self.tried.target_weights.get(target.code, target.weight)
        score = rating.score
        self._values(row, TARGET, self._given(line, weight))
        results: dict[str, object] = {
            "used": rating.completion_pct,
            "ratio": rating.ratio,
            "light": self._word(rating.light),
            "score": score,
            "counted": weight if score is not None else 0,
            "weighted": Fraction(weight) * score if score is not None else 0,
            "gravity": GRAVITY.index(rating.light) + 1,
        }
        if line.fixed is None:
            self._formulas(row, TARGET, self.formulas.target(row), results)
            return
        fixed = "" if line.fixed_score is None else float(line.fixed_score)
        self._values(row, TARGET, {"used": "", "ratio": "", "light": self._word(line.fixed), "score": fixed})
        self._formulas(row, TARGET, self.formulas.counting(row), results)

    def _given(self, line: TargetLine, weight: Decimal) -> dict[str, Cell]:
        rating = line.rating
        tried = self.tried.completions.get(rating.target.code)
        return {
            "code": rating.target.code,
            "target": rating.target.name,
            "task": self._task_name(line.task),
            "fixed": "" if line.fixed is None else self._word(line.fixed),
            "when_met": self._word(line.when_met),
            "met": self.paper.say("yes" if line.met else "no"),
            "stretch": self.paper.say("yes" if rating.target.stretch else "no"),
            "completion": "" if rating.completion_pct is None else float(rating.completion_pct),
            "tried": "" if tried is None else tried,
            "expected": float(rating.expected_pct),
            "weight": weight,
        }

    def _task(self, first: int, last: int, task: TaskRating) -> None:
        weight = self.tried.task_weights.get(task.task.code, task.task.weight)
        self._values(first, TARGET, {"task_weight": weight})
        formulas = self.formulas.task(first, last)
        if not task_light_is_followed(task):
            self._values(first, TARGET, {"task_light": self._word(task.light)})
            del formulas["task_light"]
        self._formulas(
            first, TARGET, formulas, {"task_light": self._word(task.light), "task_score": task.score}
        )

    def _task_name(self, task: TaskRating) -> str:
        code = task.task.code
        return self.paper.say("what_if_own_task", code=code, unit=task.lead) if task.lead else code

    def _word(self, light: TrafficLight) -> str:
        return self._words[light]

    def _values(self, row: int, names: Mapping[str, str], values: Mapping[str, Cell]) -> None:
        for key, value in values.items():
            look = _input_look(key) if names is TARGET and key in _INPUTS else _given_look(key)
            self.paper.put(row, column_of(names[key]), value, look)

    def _formulas(
        self, row: int, names: Mapping[str, str], formulas: Mapping[str, str], results: Mapping[str, object]
    ) -> None:
        for key, formula in formulas.items():
            self._formula(row, column_of(names[key]), formula, results[key], _look(key))

    def _formula(self, row: int, column: int, formula: str, result: object, look: str) -> None:
        """The engine's own result stands in the cell until somebody reckons anew."""
        shown = "" if result is None else result if isinstance(result, str) else float(result)  # type: ignore[arg-type]
        self.paper.sheet.write_formula(row, column, formula, self.paper.formats.of(look), shown)


def _key(task: TaskRating) -> str:
    return own_key(task.task.code, task.lead)


def _input_look(key: str) -> str:
    """Two thirds of the year would fill the cell with sixes; what is typed is shown as it was typed."""
    return "input_score" if key == "expected" else _INPUT_LOOK


def _given_look(key: str) -> str:
    return "given_score" if key in _SCORES_GIVEN else _GIVEN_LOOK


def _look(key: str) -> str:
    """Scores are shown with two decimals, a ratio with four; the cell holds all of them."""
    return "score" if key in _SCORES else "ratio" if key == "ratio" else _FORMULA_LOOK
