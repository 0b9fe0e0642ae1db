"""The digest of a published workbook's file, so that one changed by hand is noticed."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("file_sha256", sa.Text(), nullable=False, server_default=""))
