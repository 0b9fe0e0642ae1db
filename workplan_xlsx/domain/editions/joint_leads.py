"""The tasks of each lead unit: the same for all, but where each is measured by its own figure (各计各的)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from workplan_xlsx.domain.editions.edition import Figure, Rating, TaskRating
from workplan_xlsx.domain.model import Joint, Task

RateTask = Callable[[Task, Sequence[Rating]], TaskRating]
RateFigure = Callable[[Figure], Rating]


def tasks_by_unit(
    tasks: Iterable[TaskRating], rate_task: RateTask, rate_figure: RateFigure
) -> dict[str, list[TaskRating]]:
    """Return the rated tasks of every lead unit, in the notice's order."""
    found: dict[str, list[TaskRating]] = {}
    for task in tasks:
        own_figures = any(_is_each(rating) for rating in task.ratings)
        for unit in task.task.lead_units:
            mine = _own(task, unit, rate_task, rate_figure) if own_figures else task
            found.setdefault(unit, []).append(mine)
    return found


def _is_each(rating: Rating) -> bool:
    return rating.target.joint is Joint.EACH and bool(rating.figure.parts)


def _own(task: TaskRating, unit: str, rate_task: RateTask, rate_figure: RateFigure) -> TaskRating:
    """The task as it stands for this unit, by its own figures where it is measured by them."""
    ratings = [
        next((rate_figure(part) for part in rating.figure.parts if part.unit == unit), rating)
        if _is_each(rating)
        else rating
        for rating in task.ratings
    ]
    return rate_task(task.task, ratings)
