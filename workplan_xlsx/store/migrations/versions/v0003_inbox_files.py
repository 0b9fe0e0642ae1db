"""What lay in the inbox and where it went, what looked unfinished, what a person decided about a file."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _number() -> sa.Column[int]:
    return sa.Column("number", sa.Integer(), autoincrement=False, nullable=False)


def upgrade() -> None:
    op.create_table(
        "inbox_file",
        _number(),
        *map(_text, ("name", "stamp", "sha256", "seen_at")),
        _text("place", nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_inbox_file"),
    )
    op.create_index("ix_inbox_file_place", "inbox_file", ["place"])
    op.create_table(
        "unfinished_file",
        *map(_text, ("name", "stamp", "since")),
        sa.PrimaryKeyConstraint("name", name="pk_unfinished_file"),
    )
    op.create_table(
        "intake_decision",
        _number(),
        *map(_text, ("kind", "sha256", "decided_at", "who", "facts")),
        sa.PrimaryKeyConstraint("number", name="pk_intake_decision"),
    )
    op.create_index("ix_intake_decision_sha256", "intake_decision", ["sha256"])
