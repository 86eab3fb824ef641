"""Where Alembic is told what to move: the transaction that the store has begun, so all of it happens or nothing."""

from alembic import context
from sqlmodel import SQLModel

context.configure(
    connection=context.config.attributes["connection"], target_metadata=SQLModel.metadata, render_as_batch=True
)
context.run_migrations()
