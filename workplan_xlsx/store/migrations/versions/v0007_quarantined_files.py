"""Files that could not be read or attributed are found by name without looking at all the others."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    few = sa.text("outcome = 'quarantined'")
    op.create_index(
        "ix_submission_quarantined_file", "submission", ["file"], sqlite_where=few, postgresql_where=few
    )
