"""Periods, days and deadlines as the form says them."""

from __future__ import annotations

from datetime import date

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.workdays import Deadline
from workplan_xlsx.words import Lang, say


def period_words(period: Period, lang: Lang) -> str:
    """The period as the form says it."""
    return period.words_zh if lang == "zh" else str(period)


def deadline_words(deadline: Deadline, lang: Lang) -> str:
    """The deadline with its weekday, and whether a day off moved it."""
    at = deadline.at
    key = "form.deadline_moved" if deadline.moved else "form.deadline"
    weekday = say(f"form.weekday_{at.weekday()}", lang)
    return say(key, lang, at=day_words(at.date(), lang), weekday=weekday, time=f"{at:%H:%M}")


def day_words(day: date, lang: Lang) -> str:
    """The day as the form says it."""
    return f"{day.year}年{day.month}月{day.day}日" if lang == "zh" else day.isoformat()
