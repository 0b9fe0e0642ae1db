"""Thousands of rows at once: values are made ready column by column, and the driver gets them as they are.

What SQLAlchemy does for every value by itself took as long as everything else about keeping a form.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.types import TypeDecorator

from workplan_xlsx.store.column_types import AnyText


def insert_many(connection: Connection, table: Table, rows: Sequence[Sequence[object]]) -> None:
    """Insert rows whose values stand in the order of the table's columns; the same as one by one."""
    if not rows:
        return
    columns = zip(*rows, strict=True)
    ready = [
        _ready(column.type, values, connection) for column, values in zip(table.columns, columns, strict=True)
    ]
    sign = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names, signs = ", ".join(table.columns.keys()), ", ".join([sign] * len(ready))
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({signs})"
    connection.exec_driver_sql(statement, list(zip(*ready, strict=True)))


def _ready(type_: object, values: Sequence[Any], connection: Connection) -> Sequence[Any]:
    """The column's values as the driver stores them."""
    if isinstance(type_, AnyText) and type_.all_storable(values):
        return values
    if isinstance(type_, TypeDecorator):
        return [type_.process_bind_param(value, connection.dialect) for value in values]
    return values
