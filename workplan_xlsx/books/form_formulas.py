"""The live help of a form: formulas that check while the clerk types. Intake never trusts any of them."""

from __future__ import annotations

from workplan_xlsx.books.columns import INDEX
from workplan_xlsx.books.form_plan import FormRow
from workplan_xlsx.domain.written_numbers import is_percent
from workplan_xlsx.words import Lang, say


def share_formula(line: FormRow, row: int) -> str:
    """完成率 of the year's target, as soon as there is a number; `row` is the 1-based sheet row."""
    actual, target = _at("actual", row), _at("target", row)
    if not line.reports or line.target.is_stage or not line.target.value:
        return '=""'
    return f'=IF(ISNUMBER({actual}),{_in_unit(line, row)}/{target},"")'


def _in_unit(line: FormRow, row: int) -> str:
    """The figure in the target's unit: 98.92% is stored as 0.9892, and meant as 98.92."""
    actual = _at("actual", row)
    if not is_percent(line.target.unit):
        return actual
    return f"IF(AND({actual}<=1.5,{_at('target', row)}>1.5),{actual}*100,{actual})"


def check_formula(line: FormRow, row: int, lang: Lang) -> str:
    """What is still to do in this row, or √ with a preview of the light."""
    account = f'IF({_at("progress", row)}="",{_text("form.check_account", lang)},{_preview(line, row, lang)})'
    if not line.reports:
        return f"={account}"
    asked = _at("stage" if line.target.is_stage else "actual", row)
    missing = _text("form.check_missing", lang)
    if line.target.is_stage:
        return f'=IF({asked}="",{missing},{account})'
    before, explained = _at("before", row), _at("explanation", row)
    fell = f'AND(ISNUMBER({before}),{_in_unit(line, row)}<{before},{explained}="")'
    return (
        f'=IF({asked}="",{missing},IF(NOT(ISNUMBER({asked})),{_text("form.check_not_a_number", lang)},'
        f"IF({fell},{_text('form.check_fell', lang)},{account})))"
    )


def _preview(line: FormRow, row: int, lang: Lang) -> str:
    """√, with the light that the figure would get by the default rule; a preview, not the verdict."""
    fine = _text("form.check_fine", lang)
    if not line.reports or line.target.is_stage or not line.planned:
        return fine
    ratio = f"{_in_unit(line, row)}/{_at('planned', row)}"
    green, amber, red = (_text(f"form.preview_{light}", lang) for light in ("green", "amber", "red"))
    return f"IF({ratio}>=1,{green},IF({ratio}>=0.7,{amber},{red}))"


def counter_formula(checks: str, lang: Lang) -> str:
    """The line at the top: how many cells are still to fill in or to check."""
    count = f'(COUNTIF({checks},"×*")+COUNTIF({checks},"？*"))'
    before, after = say("form.remaining", lang, count="\0").split("\0")
    done = _text("form.all_filled", lang)
    return f'=IF({count}=0,{done},"{before}"&{count}&"{after}")'


def _at(key: str, row: int) -> str:
    return f"${chr(ord('A') + INDEX[key])}{row}"


def _text(key: str, lang: Lang) -> str:
    quoted = say(key, lang).replace('"', '""')
    return f'"{quoted}"'
