"""The forms that went out: which unit, which period, which wording."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, bindparam, select, update

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import IssuedForm
from workplan_xlsx.store.door import Door, next_number
from workplan_xlsx.store.many_rows import insert_many
from workplan_xlsx.store.schema import issued_form


class IssuedForms(Door):
    """What was sent out."""

    def issue(self, forms: Sequence[IssuedForm]) -> None:
        """Record that the forms went out, all or none.

        The same wording made again for a unit and period keeps its first moment; only its path is renewed.
        """
        with self.writing() as connection:
            known = _paths(connection, {form.period for form in forms})
            latest = {_key(form): form for form in forms}
            new = [form for key, form in latest.items() if key not in known]
            first = next_number(connection, issued_form)
            insert_many(connection, issued_form, [_row(form, at) for at, form in enumerate(new, first)])
            moved = [form for key, form in latest.items() if known.get(key, form.path) != form.path]
            if moved:
                connection.execute(_RENEWED, [_renewal(form) for form in moved])

    def issued(self, period: Period) -> tuple[IssuedForm, ...]:
        """Return the period's forms in the order in which they went out; several a unit if reworded."""
        wanted = select(issued_form).where(issued_form.c.period == period).order_by(issued_form.c.number)
        with self.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            IssuedForm(
                period=row.period,
                unit=row.unit,
                version=row.version,
                issued_at=row.issued_at,
                path=row.path,
            )
            for row in rows
        )

    def issued_periods(self) -> tuple[Period, ...]:
        """Return the periods for which any form went out, in order."""
        with self.reading() as connection:
            periods = connection.execute(select(issued_form.c.period).distinct()).scalars().all()
        return tuple(sorted(periods))


Key = tuple[Period, str, str]


def _key(form: IssuedForm) -> Key:
    return form.period, form.unit, form.version


def _paths(connection: Connection, periods: Collection[Period]) -> dict[Key, str]:
    """Where each wording that went out for these periods was put."""
    wanted = select(issued_form).where(issued_form.c.period.in_(periods))
    return {(row.period, row.unit, row.version): row.path for row in connection.execute(wanted)}


def _row(form: IssuedForm, number: int) -> tuple[object, ...]:
    told = {
        "number": number,
        "period": form.period,
        "unit": form.unit,
        "version": form.version,
        "issued_at": form.issued_at,
        "path": form.path,
    }
    return tuple(told[name] for name in issued_form.columns.keys())  # noqa: SIM118 - columns are no dict


_RENEWED = (
    update(issued_form)
    .where(issued_form.c.period == bindparam("its_period"))
    .where(issued_form.c.unit == bindparam("its_unit"))
    .where(issued_form.c.version == bindparam("its_version"))
    .values(path=bindparam("new_path"))
)


def _renewal(form: IssuedForm) -> dict[str, object]:
    return {
        "its_period": form.period,
        "its_unit": form.unit,
        "its_version": form.version,
        "new_path": form.path,
    }
