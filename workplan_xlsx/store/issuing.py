"""The forms that went out: which unit, which period, which wording."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select, update

from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import IssuedForm
from workplan_xlsx.store.door import Door, next_number
from workplan_xlsx.store.schema import issued_form


class IssuedForms(Door):
    """What was sent out."""

    def issue(self, forms: Sequence[IssuedForm]) -> None:
        """Record that the forms went out, all or none.

        The same wording made again for a unit and period keeps its first moment; only its path is renewed.
        """
        with self.writing() as connection:
            number = next_number(connection, issued_form)
            for form in forms:
                same = (
                    (issued_form.c.period == form.period)
                    & (issued_form.c.unit == form.unit)
                    & (issued_form.c.version == form.version)
                )
                renewed = update(issued_form).where(same).values(path=form.path)
                if connection.execute(renewed).rowcount:
                    continue
                connection.execute(insert(issued_form).values(number=number, **_row(form)))
                number += 1

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


def _row(form: IssuedForm) -> dict[str, object]:
    return {
        "period": form.period,
        "unit": form.unit,
        "version": form.version,
        "issued_at": form.issued_at,
        "path": form.path,
    }
