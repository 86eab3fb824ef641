"""The tables of what the world has still to do: errands, and who has promised to be at work until when."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlmodel import Field, SQLModel

from engine.stores.tables import Instant, table


class ErrandRow(SQLModel, table=True):
    """One errand; `token` grows with every claim, so an answer of an earlier one is known to be too late."""

    __tablename__ = "errand"
    key: str = Field(primary_key=True, sa_type=String(200))
    task: str = Field(default="", sa_type=String(80))
    case_id: str | None = Field(default=None, sa_type=String(40))
    number: int | None = None
    status: str = Field(sa_type=String(12))
    tries: int = 0
    token: int = 0
    run_at: datetime = Field(sa_type=Instant)
    lease_until: datetime | None = Field(default=None, sa_type=Instant)
    worker: str | None = None
    fault: str | None = None
    made_at: datetime = Field(sa_type=Instant)
    ended_at: datetime | None = Field(default=None, sa_type=Instant)

    __table_args__ = (
        Index("errand_queue", "status", "run_at"),
        Index("errand_item", "case_id", "number", unique=True),
    )


class LeaseRow(SQLModel, table=True):
    """A promise to be at work until `until`: of the one leader of a duty, or of a worker to be alive."""

    __tablename__ = "lease"
    name: str = Field(primary_key=True, sa_type=String(120))
    holder: str
    since: datetime = Field(sa_type=Instant)
    until: datetime = Field(sa_type=Instant)


ERRAND = table(ErrandRow)
