"""Who sent the bytes that came by mail, so that the answer finds him."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from workplan_xlsx.store.door import Door
from workplan_xlsx.store.schema import mailed_form


@dataclass(frozen=True, slots=True, kw_only=True)
class MailedForm:
    """An attachment that was put into the inbox: by whom, in which message."""

    sha256: str
    sender: str
    subject: str
    message_id: str
    received_at: datetime


class MailedForms(Door):
    """The attachments that came by mail."""

    def record_mailed(self, form: MailedForm) -> bool:
        """Remember who sent the bytes; the first sender stays. Return whether they are new."""
        with self.writing() as connection:
            same = mailed_form.c.sha256 == form.sha256
            if connection.execute(select(mailed_form.c.sha256).where(same)).first():
                return False
            connection.execute(
                insert(mailed_form).values(
                    sha256=form.sha256,
                    sender=form.sender,
                    subject=form.subject,
                    message_id=form.message_id,
                    received_at=form.received_at,
                )
            )
            return True

    def mailed_by(self, sha256: str) -> MailedForm | None:
        """Return who sent the bytes; None when they did not come by mail."""
        with self.reading() as connection:
            row = connection.execute(select(mailed_form).where(mailed_form.c.sha256 == sha256)).first()
        if row is None:
            return None
        return MailedForm(
            sha256=row.sha256,
            sender=row.sender,
            subject=row.subject,
            message_id=row.message_id,
            received_at=row.received_at,
        )
