"""The states of a target or a task (灯); a ground word, so that decisions and editions can both use it."""

from __future__ import annotations

from enum import StrEnum


class TrafficLight(StrEnum):
    """State of a target or a task (灯); a state, not a colour: styles map it to shape, word and colour."""

    MISSING = "未报"
    NOT_APPLICABLE = "不适用"
    UNDECIDED = "待定"
    UNDER_REVIEW = "待核"
    NOT_DUE = "未到期"
    DONE = "已完成"
    GREEN = "绿灯"
    AMBER = "黄灯"
    RED = "红灯"
