"""A finding may be a note because its rule is on trial or waived."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("finding", sa.Column("softened", sa.Text(), nullable=False, server_default=""))
