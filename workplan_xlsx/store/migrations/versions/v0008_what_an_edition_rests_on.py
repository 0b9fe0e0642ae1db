"""The ledger and the rules that an edition rests on, so that the next one can say why it differs."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name, unknown in (("ledger_digest", ""), ("rules_digest", ""), ("rules", "[]")):
        op.add_column("edition", sa.Column(name, sa.Text(), nullable=False, server_default=unknown))
