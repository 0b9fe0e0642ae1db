"""workplan.toml checked against its model: each mistake with its place, what is there, what is expected."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workplan_xlsx.config import Config, OfficeContact
from workplan_xlsx.domain.editions.rating import LightRules
from workplan_xlsx.domain.editions.reporting import ReportingRules
from workplan_xlsx.domain.editions.standings import Weights
from workplan_xlsx.domain.editions.working_out import Rules
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.domain.rounds import RoundPlan
from workplan_xlsx.domain.workdays import DeadlineRule
from workplan_xlsx.errors import ConfigError
from workplan_xlsx.words import say

if TYPE_CHECKING:
    from pydantic import BaseModel
    from pydantic_core import ErrorDetails


def load_config(root: Path, *, file: Path | None = None) -> Config:
    """Read workplan.toml of the folder (`file`: another name for it).

    Raises:
        ConfigError: It is missing, is not TOML, or holds mistakes; all are named, each with its place.
    """
    file = file or root / "workplan.toml"
    text = _text_of(root, file)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(say("config.not_toml", "zh", file=file.name, why=error)) from None
    model = _checked(raw, text, file)
    return _config(model, root)


def _text_of(root: Path, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(say("config.missing", "zh", folder=root.resolve().name)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(say("config.unreadable", "zh", file=file.name, why=error)) from None


def _checked(raw: dict[str, Any], text: str, file: Path) -> Any:
    from pydantic import ValidationError

    model = _model()
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        mistakes = [_mistake(each, text, model) for each in error.errors()]
        told = "\n".join(f"  {number}. {each}" for number, each in enumerate(mistakes, start=1))
        facts = {"file": file.name, "count": len(mistakes), "mistakes": told}
        raise ConfigError(say("config.mistakes", "zh", **facts)) from None


def _model() -> type[BaseModel]:
    """The file's shape; made when asked for, since pydantic costs more than all else at start-up."""
    from typing import Annotated, Literal

    from pydantic import BaseModel, ConfigDict, Field, model_validator

    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid", frozen=True)

    Share = Annotated[Decimal, Field(ge=0, le=1)]  # noqa: N806
    Points = Annotated[Decimal, Field(ge=0, le=100)]  # noqa: N806

    class PlanTable(Strict):
        code: Annotated[str, Field(min_length=1, max_length=80)]
        year: Annotated[int, Field(ge=2000, le=2100)]
        period: Literal["monthly", "quarterly", "half-monthly", "weekly"] = "monthly"

    class OfficeTable(Strict):
        name: str = ""
        contact: str = ""
        phone: str = ""

    class DeadlineTable(Strict):
        day: Annotated[int, Field(ge=1, le=31)] = 28
        time: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "18:00"
        month: Literal["same", "next"] = "same"

    class RoundsTable(Strict):
        forms_out_workday: Annotated[int, Field(ge=0, le=23)] = 1
        report_workday: Annotated[int, Field(ge=0, le=23)] = 3

    class RulesTable(Strict):
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

    class CalendarTable(Strict):
        workdays: tuple[date, ...] = ()
        days_off: tuple[date, ...] = ()

    class FileModel(Strict):
        language: Literal["zh", "en"] = "zh"
        time_zone: str = "Asia/Shanghai"
        store: Annotated[str, Field(min_length=1)] = "workplan.db"
        settle_seconds: Annotated[float, Field(ge=0, le=600)] = 2
        plan: PlanTable
        office: OfficeTable = OfficeTable()
        deadline: DeadlineTable = DeadlineTable()
        rounds: RoundsTable = RoundsTable()
        rules: RulesTable = RulesTable()
        calendar: CalendarTable = CalendarTable()

        @model_validator(mode="after")
        def _zone(self) -> FileModel:
            try:
                ZoneInfo(self.time_zone)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                raise ValueError("zone") from None
            return self

    for table in (RulesTable, FileModel):
        table.model_rebuild(_types_namespace={"RulesTable": RulesTable, "FileModel": FileModel})
    return FileModel


_EXPECTED = {
    "missing": "config.expect_present",
    "literal_error": "config.expect_one_of",
    "int_parsing": "config.expect_whole",
    "int_type": "config.expect_whole",
    "int_from_float": "config.expect_whole",
    "float_parsing": "config.expect_number",
    "float_type": "config.expect_number",
    "decimal_parsing": "config.expect_number",
    "decimal_type": "config.expect_number",
    "string_type": "config.expect_text",
    "string_pattern_mismatch": "config.expect_time",
    "string_too_short": "config.expect_present",
    "greater_than_equal": "config.expect_at_least",
    "greater_than": "config.expect_more_than",
    "less_than_equal": "config.expect_at_most",
    "date_parsing": "config.expect_date",
    "date_from_datetime_parsing": "config.expect_date",
    "date_type": "config.expect_date",
    "model_type": "config.expect_table",
}


def _mistake(error: ErrorDetails, text: str, model: type[BaseModel]) -> str:
    """One mistake: where (key and line), what is there, what is expected."""
    path = [str(part) for part in error["loc"]]
    where = say("config.where", "zh", key=".".join(path) or "-", line=_line_of(path, text) or "-")
    if error["type"] == "extra_forbidden":
        near = get_close_matches(path[-1], list(_known_keys(path, model)), n=1, cutoff=0.5)
        hint = say("config.did_you_mean", "zh", name=near[0]) if near else ""
        return where + say("config.unknown_key", "zh", hint=hint)
    if error["type"] == "value_error":
        return where + say(f"config.value_{error['ctx']['error']}", "zh")
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    expected = say(_EXPECTED.get(error["type"], "config.expect_other"), "zh", **(context or {"-": "-"}))
    got = "" if error["type"] == "missing" else say("config.got", "zh", got=error["input"])
    return where + got + expected


def _known_keys(path: list[str], model: type[BaseModel]) -> Iterator[str]:
    fields = model.model_fields
    for part in path[:-1]:
        fields = fields[part].annotation.model_fields  # type: ignore[union-attr]
    yield from fields


def _line_of(path: list[str], text: str) -> int | None:
    """1-based line of the key, or of its table where the key is missing."""
    table, found = "", None
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[([^\]]+)\]", line)
        if header:
            table = header[1].strip()
            found = number if path[:1] == [table] and found is None else found
            continue
        key = re.match(r"\s*([\w-]+)\s*=", line)
        if key and ([table, key[1]] if table else [key[1]]) == path[: 2 if table else 1]:
            return number
    return found


def _config(model: Any, root: Path) -> Config:
    days = dict.fromkeys(model.calendar.days_off, False) | dict.fromkeys(model.calendar.workdays, True)
    hour, minute = map(int, model.deadline.time.split(":"))
    return Config(
        plan_code=model.plan.code,
        year=model.plan.year,
        rhythm=Rhythm(model.plan.period),
        language=model.language,
        zone=ZoneInfo(model.time_zone),
        office=OfficeContact(name=model.office.name, contact=model.office.contact, phone=model.office.phone),
        deadline=DeadlineRule(
            day=model.deadline.day, at=time(hour, minute), month_after=model.deadline.month == "next"
        ),
        rules=_rules(model.rules),
        rounds=RoundPlan(
            forms_out_workday=model.rounds.forms_out_workday, report_workday=model.rounds.report_workday
        ),
        store=model.store if "://" in model.store else (root / model.store).resolve(),
        settle_seconds=model.settle_seconds,
        days=days,
    )


def _rules(table: Any) -> Rules:
    return Rules(
        lights=LightRules(green_from=table.green_from, amber_from=table.amber_from),
        reporting=ReportingRules(
            late_points=table.late_points,
            late_cap=table.late_cap,
            returned_points=table.returned_points,
            returned_cap=table.returned_cap,
        ),
        weights=Weights(progress=table.progress_weight, reporting=table.reporting_weight),
    )
