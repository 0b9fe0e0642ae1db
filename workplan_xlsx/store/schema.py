"""The tables. A change here goes with a migration in migrations/versions and a new SCHEMA_VERSION."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    literal_column,
)

from workplan_xlsx.store.column_types import AnyText, ExactNumber, Moment, PeriodText

SCHEMA_VERSION = "0011"
"""The newest migration; a store that says so is opened without Alembic."""

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)

ledger_text = Table(
    "ledger_text",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("content", AnyText, nullable=False),
)

# Which ledger was in force from when on; an earlier one may come back, so a digest can stand here twice.
ledger_version = Table(
    "ledger_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", ForeignKey(ledger_text.c.digest), nullable=False),
    Column("recorded_at", Moment, nullable=False),
)

issued_form = Table(
    "issued_form",
    metadata,
    Column("period", PeriodText, primary_key=True),
    Column("unit", AnyText, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("issued_at", Moment, nullable=False),
    Column("path", AnyText, nullable=False),
)

# The bytes as received; committed with the rows that were read from them.
original = Table(
    "original",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

# unit and period are NULL where a file could not be attributed; such a file has version 0.
submission = Table(
    "submission",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sha256", ForeignKey(original.c.sha256), nullable=False, unique=True),
    Column("file", AnyText, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("unit", AnyText),
    Column("period", PeriodText),
    Column("version", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("form_version", AnyText, nullable=False),
    Column("identified_by", AnyText, nullable=False),
    Column("sign_off", Text, nullable=False),
    Column("judged_by", Text, nullable=False, server_default=""),
    Index(None, "period"),
)
# They hold on PostgreSQL, too, by the migrations; said here they would load that dialect in every run.
Index(
    "uq_submission_unit_period_version",
    submission.c.unit,
    submission.c.period,
    submission.c.version,
    unique=True,
    sqlite_where=submission.c.version > 0,
)

# Said in words, not as parameters: only then does SQLite know that an index of some rows holds the answer.
QUARANTINED: ColumnElement[str] = literal_column("'quarantined'")
NO_VERSION: ColumnElement[int] = literal_column("0")
Index(
    "ix_submission_quarantined_file",
    submission.c.file,
    sqlite_where=submission.c.outcome == QUARANTINED,
)

reported_value = Table(
    "reported_value",
    metadata,
    Column("submission", ForeignKey(submission.c.number), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("target_code", AnyText, nullable=False),
    Column("value", ExactNumber),
    Column("stage", AnyText, nullable=False),
    Column("sheet", AnyText, nullable=False),
    Column("cell", Text, nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("progress", AnyText, nullable=False),
    Column("difficulty", AnyText, nullable=False),
    Column("request", AnyText, nullable=False),
    Column("next_steps", AnyText, nullable=False),
    Column("explanation", AnyText, nullable=False),
)

finding = Table(
    "finding",
    metadata,
    Column("submission", ForeignKey(submission.c.number), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("code", Text, nullable=False),
    Column("file", AnyText, nullable=False),
    Column("sheet", AnyText, nullable=False),
    Column("cell", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("softened", Text, nullable=False, server_default=""),
)

# Every file that was taken from the inbox under every name: when, and where it was put (NULL: it lies there
# still; "": gone, nobody knows where). The stamp tells without reading it that it is the same file.
inbox_file = Table(
    "inbox_file",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", AnyText, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("place", AnyText),
    Index(None, "place"),
)

# Files that look as if they were still being copied, and since when they have looked just so.
unfinished_file = Table(
    "unfinished_file",
    metadata,
    Column("name", AnyText, primary_key=True),
    Column("stamp", Text, nullable=False),
    Column("since", Moment, nullable=False),
)

# Which run takes which file, where several share the inbox; a claim is worth what its holder's lock is.
inbox_claim = Table(
    "inbox_claim",
    metadata,
    Column("name", AnyText, primary_key=True),
    Column("ticket", Integer, nullable=False),
    Column("holder", Integer, nullable=False),
    Column("who", AnyText, nullable=False),
)

# What was decided about a file after it was judged, by whom; what had been said before stands in the facts.
intake_decision = Table(
    "intake_decision",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("who", AnyText, nullable=False),
    Column("facts", AnyText, nullable=False),
    Index(None, "sha256"),
)

edition = Table(
    "edition",
    metadata,
    Column("period", PeriodText, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("as_of", Moment, nullable=False),
    Column("digest", Text, nullable=False),
    Column("path", AnyText, nullable=False),
    Column("ranks", Text, nullable=False),
    Column("lights", Text, nullable=False),
    Column("file_sha256", Text, nullable=False, server_default=""),
    Column("ledger_digest", Text, nullable=False, server_default=""),
    Column("rules_digest", Text, nullable=False, server_default=""),
    Column("rules", Text, nullable=False, server_default="[]"),
    Column("papers", Text, nullable=False, server_default="[]"),
    Column("figures_digest", Text, nullable=False, server_default=""),
)

run = Table(
    "run",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("plan", AnyText, nullable=False),
    Column("period", PeriodText, nullable=False),
    Column("kind", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("claimed_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("retry_at", Moment),
    Column("message", AnyText, nullable=False),
    UniqueConstraint("plan", "period", "kind"),
)

# Every message once: its key says what it is about, and there is no second row with it.
outgoing_mail = Table(
    "outgoing_mail",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", AnyText, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("period", PeriodText),
    Column("unit", AnyText, nullable=False),
    Column("recipient", AnyText, nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("body", AnyText, nullable=False),
    Column("attachments", AnyText, nullable=False),
    Column("in_reply_to", AnyText, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("ended_at", Moment),
    Column("retry_at", Moment),
    Column("why", AnyText, nullable=False),
    Index(None, "state"),
)

# Who sent the bytes that came by mail; the first sender of the same bytes is the one who is answered.
mailed_form = Table(
    "mailed_form",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("sender", AnyText, nullable=False),
    Column("subject", AnyText, nullable=False),
    Column("message_id", AnyText, nullable=False),
    Column("received_at", Moment, nullable=False),
)

# What the service does with every look (inbox, mail, page): how it went last.
standing_job = Table(
    "standing_job",
    metadata,
    Column("name", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("failing_since", Moment),
    Column("retry_at", Moment),
    Column("done_at", Moment),
    Column("message", AnyText, nullable=False),
)
