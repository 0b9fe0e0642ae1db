"""Which figures an edition published, so that nothing else is handed up under its number."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("edition", sa.Column("figures_digest", sa.Text(), nullable=False, server_default=""))
