"""Thousands of rows at once: values are made ready column by column, and the driver gets them as they are.

What SQLAlchemy does for every value by itself took as long as everything else about keeping a form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table
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
    names = ", ".join(table.columns.keys())
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({_signs(connection, len(ready))})"
    connection.exec_driver_sql(statement, list(zip(*ready, strict=True)))


def set_many(connection: Connection, column: Column[Any], by_number: Mapping[int, object]) -> None:
    """Set the column in the rows of these numbers; the same as one by one."""
    if not by_number:
        return
    sign = _signs(connection, 1)
    statement = f"UPDATE {column.table.name} SET {column.name} = {sign} WHERE number = {sign}"
    values = _ready(column.type, [*by_number.values()], connection)
    connection.exec_driver_sql(statement, list(zip(values, by_number, strict=True)))


def found_among(
    connection: Connection, column: Column[Any], values: Collection[str], *, only: str = ""
) -> list[Any]:
    """Return the numbers of the rows in whose column one of these values stands, a few hundred at most.

    `only` is a further condition, in words.
    """
    if not values:
        return []
    signs = _signs(connection, len(values))
    condition = f"{column.name} IN ({signs})" + (f" AND {only}" if only else "")
    statement = f"SELECT number FROM {column.table.name} WHERE {condition}"
    ready = _ready(column.type, [*values], connection)
    return [row[0] for row in connection.exec_driver_sql(statement, tuple(ready))]


def _signs(connection: Connection, count: int) -> str:
    """The places of so many values in a statement, as the driver writes them."""
    return ", ".join(["?" if connection.dialect.paramstyle == "qmark" else "%s"] * count)


def _ready(type_: object, values: Sequence[Any], connection: Connection) -> Sequence[Any]:
    """The column's values as the driver stores them."""
    if isinstance(type_, AnyText) and type_.all_storable(values):
        return values
    if isinstance(type_, TypeDecorator):
        return [type_.process_bind_param(value, connection.dialect) for value in values]
    return values
