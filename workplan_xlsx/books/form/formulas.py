"""The live help of a form: formulas that check while the clerk types. Intake never trusts any of them.

They follow domain/editions/rating.py and domain/judging as far as a formula can; where they differ, intake
counts.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache

from workplan_xlsx.books.columns import letter
from workplan_xlsx.books.form.plan import FormRow
from workplan_xlsx.domain.editions.foretelling import LightStep
from workplan_xlsx.domain.editions.rating import STAGE_PCT
from workplan_xlsx.domain.judging.cells import stage_words
from workplan_xlsx.domain.judging.written_numbers import is_percent
from workplan_xlsx.domain.model import Bound, Mark, Nature, Stage, Target
from workplan_xlsx.domain.rounding import plain, round_half_up
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.words import Lang, say

_AT_MOST = (Bound.AT_MOST, Bound.LESS_THAN)
_NEED_NOT = (Mark.NOT_APPLICABLE, Mark.UNDECIDED)


def share_formula(line: FormRow, row: int, lang: Lang) -> str:
    """完成率 of the year's target as soon as there is a figure or a stage; `row` is 1-based; "" for none."""
    if not line.reports:
        return ""
    if line.target.is_stage:
        words = ",".join(quoted(stage_words(stage, lang)) for stage in Stage)
        shares = ",".join(plain(Decimal(STAGE_PCT[stage]) / 100) for stage in Stage)
        return f'=IFERROR(CHOOSE(MATCH({_at("stage", row)},{{{words}}},0),{shares}),"")'
    share = _share(line.target, row)
    return f'=IF(ISNUMBER({_at("actual", row)}),{share},"")' if share else ""


def _share(target: Target, row: int) -> str:
    """Completion as a formula, by the rule of the target's kind; "" where it cannot be worked out."""
    value, aim = _figure(target, row), _at("target", row)
    if target.value is None:
        return ""
    if target.nature is Nature.CLEAR:
        base = plain(target.baseline) if target.baseline else ""
        return f"({base}-{value})/{base}" if base else ""
    if target.bound in _AT_MOST:
        return f"IF({value}<={aim},1,{aim}/{value})"
    if target.value == 0:
        return ""
    if target.bound is Bound.ABOUT:
        return f"IF({value}>=0.95*{aim},1,{value}/{aim})"
    return f"{value}/{aim}"


def _figure(target: Target, row: int) -> str:
    """The figure in the target's unit: a cell that shows 98.92% stores 0.9892 and means 98.92."""
    actual = _at("actual", row)
    if not is_percent(target.unit):
        return actual
    return f'IF(LEFT(CELL("format",{actual}))="P",{actual}*100,{actual})'


def check_formula(line: FormRow, row: int, lang: Lang) -> str:
    """What is still to do in this row, else √ with a preview of the light."""
    silent, account = f'{_at("progress", row)}=""', _text("form.check_account", lang)
    if not line.reports:
        return f"=IF({silent},{account},{_text('form.check_fine', lang)})"
    kind = _stage_check if line.target.is_stage else _figure_check
    return f'={kind(line, row, lang)}&IF({silent},CHAR(10)&{account},"")'


def _stage_check(line: FormRow, row: int, lang: Lang) -> str:
    stage, share = _at("stage", row), _at("share", row)
    wrong = _text("form.check_stage", lang)
    return (
        f'IF({stage}="",{_blank(line.target, "form.check_choose", lang)},'
        f"IF(ISNUMBER({share}),{_preview(line, row, lang)},{wrong}))"
    )


def _figure_check(line: FormRow, row: int, lang: Lang) -> str:
    actual = _at("actual", row)
    rest = _preview(line, row, lang)
    for doubt, key in reversed(_doubts(line, row)):
        rest = f"IF({doubt},{_text(key, lang)},{rest})"
    return (
        f'IF({actual}="",{_blank(line.target, "form.check_missing", lang)},'
        f"IF(NOT(ISNUMBER({actual})),{_text('form.check_not_a_number', lang)},{rest}))"
    )


def _doubts(line: FormRow, row: int) -> list[tuple[str, str]]:
    """(condition, sentence) of what intake will ask about unless 解释说明 answers it."""
    silent = f'{_at("explanation", row)}=""'
    asked = (
        (_doubtful_percent(line.target, row, silent), "form.check_percent"),
        (_fell(line, row, silent), "form.check_fell"),
    )
    return [(condition, key) for condition, key in asked if condition]


def _doubtful_percent(target: Target, row: int, silent: str) -> str:
    """As domain.cell_checks: a small bare number whose hundredfold is near the target."""
    if not is_percent(target.unit) or target.value is None or target.bound in _AT_MOST:
        return ""
    actual, aim = _at("actual", row), _at("target", row)
    bare = f'LEFT(CELL("format",{actual}))<>"P"'
    return f"AND({bare},{actual}>0,{actual}<=1.5,{actual}*100<=1.5*{aim},{silent})"


def _fell(line: FormRow, row: int, silent: str) -> str:
    if line.before is None or line.target.nature is not Nature.CUMULATIVE:
        return ""
    return f"AND({_figure(line.target, row)}<{_at('before', row)},{silent})"


def _blank(target: Target, key: str, lang: Lang) -> str:
    """What a blank cell is told: nothing to do where the coordinator said so in the ledger."""
    return _text("form.check_need_not" if target.mark in _NEED_NOT else key, lang)


def _preview(line: FormRow, row: int, lang: Lang) -> str:
    """√ with the light that the figure would get; a preview, not the verdict."""
    if not line.lights:
        return _text("form.check_fine", lang)
    *better, last = line.lights
    told = _light_text(last, lang)
    for step in reversed(better):
        told = f"IF({_reached(step, line.target, row)},{_light_text(step, lang)},{told})"
    return told


def _reached(step: LightStep, target: Target, row: int) -> str:
    reached = f"ROUND({_at('share', row)},9)>={_threshold(step.share_from)}"
    if not step.strictly:
        return reached
    sign = ">" if target.bound is Bound.MORE_THAN else "<"
    return f"AND({reached},{_figure(target, row)}{sign}{_at('target', row)})"


@cache
def _threshold(share: Fraction) -> str:
    """A share as a formula's number; a year has few different ones."""
    return plain(round_half_up(share, 9))


def _light_text(step: LightStep, lang: Lang) -> str:
    return quoted(preview(step.light, step.word, lang))


def preview(light: TrafficLight, word: str, lang: Lang) -> str:
    """√ with the light that is foretold, by the place's own word where it has one."""
    if word:
        return say("form.preview_own", lang, word=word)
    return say(f"form.preview_{light.name.lower()}", lang)


def counter_formula(checks: str, sign_off: tuple[str, ...], lang: Lang) -> str:
    """The line at the top: how many cells are still to fill in or to check."""
    blanks = "+".join(f'({cell}="")' for cell in sign_off)
    count = f'COUNTIF({checks},"×*")+COUNTIF({checks},"？*")+COUNTIF({checks},"*○*")+{blanks}'
    before, after = say("form.remaining", lang, count="\0").split("\0")
    done = _text("form.all_filled", lang)
    return f"=IF({count}=0,{done},{quoted(before)}&({count})&{quoted(after)})"


def _at(key: str, row: int) -> str:
    return f"${letter(key)}{row}"


def _text(key: str, lang: Lang) -> str:
    return quoted(say(key, lang))


def quoted(text: str) -> str:
    """The text as a formula holds it."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'
