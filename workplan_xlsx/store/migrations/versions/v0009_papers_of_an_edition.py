"""What was written beside an edition's workbook, so that it is noticed when somebody changed it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("papers", sa.Text(), nullable=False, server_default="[]"))
