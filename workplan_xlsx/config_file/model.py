"""The shape of workplan.toml, table by table; imported only when a file is read (pydantic is slow)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Strict(BaseModel):
    """A table in which every key is known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Share = Annotated[Decimal, Field(ge=0, le=1)]
Points = Annotated[Decimal, Field(ge=0, le=100)]


class PlanTable(Strict):
    """[plan]: which plan, which year, which rhythm."""

    code: Annotated[str, Field(min_length=1, max_length=80)]
    year: Annotated[int, Field(ge=2000, le=2100)]
    period: Literal["monthly", "quarterly", "half-monthly", "weekly"] = "monthly"


class OfficeTable(Strict):
    """[office]: who sends the forms."""

    name: str = ""
    contact: str = ""
    phone: str = ""
    marking: str = ""


class DeadlineTable(Strict):
    """[deadline]: 报送时限."""

    day: Annotated[int, Field(ge=1, le=31)] = 28
    time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "18:00"
    month: Literal["same", "next"] = "same"


class RoundsTable(Strict):
    """[rounds]: what the service does by itself, by workdays; 0 switches a round off."""

    forms_out_workday: Annotated[int, Field(ge=0, le=23)] = 1
    report_workday: Annotated[int, Field(ge=0, le=23)] = 3


class RulesTable(Strict):
    """[rules]: lights, scores, reporting."""

    green_from: Annotated[Decimal, Field(gt=0, le=10)] = Decimal(1)
    amber_from: Annotated[Decimal, Field(gt=0, le=10)] = Decimal("0.7")
    progress_weight: Share = Decimal("0.9")
    reporting_weight: Share = Decimal("0.1")
    late_points: Points = Decimal(5)
    late_cap: Points = Decimal(30)
    returned_points: Points = Decimal(5)
    returned_cap: Points = Decimal(15)

    @model_validator(mode="after")
    def _whole(self) -> RulesTable:
        if self.amber_from >= self.green_from:
            raise ValueError("amber")
        if self.progress_weight + self.reporting_weight != 1:
            raise ValueError("weights")
        return self


class ChecksTable(Strict):
    """[checks]: how strictly returned forms are judged."""

    off: tuple[str, ...] = ()
    trial: tuple[str, ...] = ()
    in_force: tuple[str, ...] = ()
    partial: Literal["hold", "merge"] = "hold"
    unchanged_periods: Annotated[int, Field(ge=2, le=53)] = 3
    jump_factor: Annotated[int, Field(ge=2, le=1000)] = 10
    own: str = ""

    @model_validator(mode="after")
    def _known(self) -> ChecksTable:
        from workplan_xlsx.domain.findings import may_be_switched

        if not all(may_be_switched(code) for code in (*self.off, *self.trial, *self.in_force)):
            raise ValueError("checks")
        return self


class CalendarTable(Strict):
    """[calendar]: days that differ from the published calendar."""

    workdays: tuple[date, ...] = ()
    days_off: tuple[date, ...] = ()


class FileModel(Strict):
    """The whole file."""

    language: Literal["zh", "en"] = "zh"
    time_zone: str = "Asia/Shanghai"
    store: Annotated[str, Field(min_length=1)] = "workplan.db"
    settle_seconds: Annotated[float, Field(ge=0, le=600)] = 2
    plan: PlanTable
    office: OfficeTable = OfficeTable()
    deadline: DeadlineTable = DeadlineTable()
    rounds: RoundsTable = RoundsTable()
    rules: RulesTable = RulesTable()
    checks: ChecksTable = ChecksTable()
    calendar: CalendarTable = CalendarTable()
    handup: dict[str, str | tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _zone(self) -> FileModel:
        try:
            ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("zone") from None
        return self
