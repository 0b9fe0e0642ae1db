"""Mail that goes out and forms that came by mail; jobs that the service does with every look."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _whole(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "outgoing_mail",
        _whole("number"),
        *map(_text, ("key", "kind")),
        _text("period", nullable=True),
        *map(_text, ("unit", "recipient", "subject", "body", "attachments", "in_reply_to", "message_id")),
        _text("state"),
        _whole("attempts"),
        _text("queued_at"),
        _text("ended_at", nullable=True),
        _text("retry_at", nullable=True),
        _text("why"),
        sa.PrimaryKeyConstraint("number", name="pk_outgoing_mail"),
        sa.UniqueConstraint("key", name="uq_outgoing_mail_key"),
    )
    op.create_index("ix_outgoing_mail_state", "outgoing_mail", ["state"])
    op.create_table(
        "mailed_form",
        *map(_text, ("sha256", "sender", "subject", "message_id", "received_at")),
        sa.PrimaryKeyConstraint("sha256", name="pk_mailed_form"),
    )
    op.create_table(
        "standing_job",
        _text("name"),
        _whole("failures"),
        _text("failing_since", nullable=True),
        _text("retry_at", nullable=True),
        _text("done_at", nullable=True),
        _text("message"),
        sa.PrimaryKeyConstraint("name", name="pk_standing_job"),
    )
