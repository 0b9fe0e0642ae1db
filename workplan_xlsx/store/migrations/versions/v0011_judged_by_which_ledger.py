"""By which ledger each form was judged: a figure means what that one said. Of earlier forms by the time."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("submission", sa.Column("judged_by", sa.Text(), nullable=False, server_default=""))
    connection = op.get_bind()
    versions = [
        (datetime.fromisoformat(recorded_at), digest)
        for recorded_at, digest in connection.execute(
            sa.text("SELECT recorded_at, digest FROM ledger_version ORDER BY number")
        )
    ]
    for number, received_at in connection.execute(
        sa.text("SELECT number, received_at FROM submission")
    ).all():
        received = datetime.fromisoformat(received_at)
        in_force = [digest for recorded, digest in versions if recorded <= received]
        if in_force:  # else the clock was set back, or the form is older than the ledger: nobody knows
            connection.execute(
                sa.text("UPDATE submission SET judged_by = :digest WHERE number = :number"),
                {"digest": in_force[-1], "number": number},
            )
