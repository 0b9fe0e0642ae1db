"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=nullable)


def upgrade() -> None:
    _ledger_and_forms()
    _submissions()
    _editions_and_runs()


def _ledger_and_forms() -> None:
    op.create_table(
        "ledger_text",
        _text("digest"),
        _text("content"),
        sa.PrimaryKeyConstraint("digest", name="pk_ledger_text"),
    )
    op.create_table(
        "ledger_version",
        _whole("number"),
        _text("digest"),
        _text("recorded_at"),
        sa.PrimaryKeyConstraint("number", name="pk_ledger_version"),
        sa.ForeignKeyConstraint(["digest"], ["ledger_text.digest"], name="fk_ledger_version_digest"),
    )
    op.create_table(
        "issued_form",
        _text("period"),
        _text("unit"),
        _text("version"),
        _whole("number"),
        _text("issued_at"),
        _text("path"),
        sa.PrimaryKeyConstraint("period", "unit", "version", name="pk_issued_form"),
        sa.UniqueConstraint("number", name="uq_issued_form_number"),
    )


def _submissions() -> None:
    op.create_table(
        "original",
        _text("sha256"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_original"),
    )
    op.create_table(
        "submission",
        _whole("number"),
        _text("sha256"),
        _text("file"),
        _text("outcome"),
        _text("unit", nullable=True),
        _text("period", nullable=True),
        _whole("version"),
        _text("received_at"),
        _text("form_version"),
        _text("identified_by"),
        _text("sign_off"),
        sa.PrimaryKeyConstraint("number", name="pk_submission"),
        sa.UniqueConstraint("sha256", name="uq_submission_sha256"),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name="fk_submission_sha256"),
    )
    op.create_index("ix_submission_period", "submission", ["period"])
    op.create_index(
        "uq_submission_unit_period_version",
        "submission",
        ["unit", "period", "version"],
        unique=True,
        sqlite_where=sa.text("version > 0"),
        postgresql_where=sa.text("version > 0"),
    )
    op.create_table(
        "reported_value",
        _whole("submission"),
        _whole("position"),
        _text("target_code"),
        _text("value", nullable=True),
        _text("stage"),
        _text("sheet"),
        _text("cell"),
        sa.Column("counts", sa.Boolean(), nullable=False),
        *map(_text, ("progress", "difficulty", "request", "next_steps", "explanation")),
        sa.PrimaryKeyConstraint("submission", "position", name="pk_reported_value"),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name="fk_reported_value_submission"),
    )
    op.create_table(
        "finding",
        _whole("submission"),
        _whole("position"),
        *map(_text, ("code", "file", "sheet", "cell", "facts")),
        sa.PrimaryKeyConstraint("submission", "position", name="pk_finding"),
        sa.ForeignKeyConstraint(["submission"], ["submission.number"], name="fk_finding_submission"),
    )


def _editions_and_runs() -> None:
    op.create_table(
        "edition",
        _text("period"),
        _whole("number"),
        *map(_text, ("as_of", "digest", "path", "ranks", "lights")),
        sa.PrimaryKeyConstraint("period", "number", name="pk_edition"),
    )
    op.create_table(
        "run",
        _whole("number"),
        *map(_text, ("plan", "period", "kind", "due_at", "state")),
        _whole("attempts"),
        _text("claimed_at"),
        _text("ended_at", nullable=True),
        _text("retry_at", nullable=True),
        _text("message"),
        sa.PrimaryKeyConstraint("number", name="pk_run"),
        sa.UniqueConstraint("plan", "period", "kind", name="uq_run_plan_period_kind"),
    )
