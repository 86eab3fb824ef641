"""From release 0.1.0: receipts, accounts, errands, remarks; the picture of the log is drawn anew in today's tables."""

from alembic import op
from sqlmodel import SQLModel

revision = "0.2.0"
down_revision = None
#: What 0.1.0 drew from the log; none of it is truth.
_DRAWN = ("breach", "work_holder", "work_item", "case_file")


def upgrade() -> None:
    """Leave the log and the entered values as they lie; drop what follows from them, and draw it again."""
    from engine.stores.rebuild import draw_anew

    op.execute("DROP INDEX IF EXISTS ix_event_command")
    for name in _DRAWN:
        op.execute(f"DROP TABLE IF EXISTS {name}")
    SQLModel.metadata.create_all(op.get_bind())
    draw_anew(op.get_bind())
