"""The year in which nothing happens: what the other one is held against."""

from __future__ import annotations

from pathlib import Path

from founded import Desk
from plan import Plan
from workspace import Published, found, published, send


def live_in_peace(plan: Plan, root: Path) -> Published:
    """Look at each moment, in this process; return what was published."""
    units = found(plan, root)
    desk = Desk(root)
    waiting = list(plan.sendings)
    for moment in plan.looks:
        for sending in sorted((each for each in waiting if each.at < moment), key=lambda each: each.at):
            assert send(root, sending, units), f"no form for {sending}"
            waiting.remove(sending)
        assert desk.look(f"{moment:%Y-%m-%dT%H:%M:%S}"), desk.told[-1]
    return published(root, plan.periods)
