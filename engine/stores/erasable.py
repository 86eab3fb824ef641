"""The tables of what people write in their own words, all of which can be erased: texts of events, forms begun."""

from datetime import datetime

from sqlalchemy import DDL, String, event
from sqlmodel import Field, SQLModel

from engine.stores.tables import TEXT, Hash, Instant, table


class TextRow(SQLModel, table=True):
    """What somebody wrote: a field of event `seq`, which has its digest; `salt` is that of the digest."""

    __tablename__ = "written_text"
    case_id: str = Field(primary_key=True, sa_type=TEXT)
    seq: int = Field(primary_key=True)
    field: str = Field(primary_key=True, sa_type=TEXT)
    text: str = Field(sa_type=TEXT)
    salt: str = Field(sa_type=Hash)

    __table_args__ = ({"sqlite_with_rowid": False},)


class KeptFormRow(SQLModel, table=True):
    """What somebody has begun to fill in at a work item and not sent yet."""

    __tablename__ = "kept_form"
    person: str = Field(primary_key=True)
    case_id: str = Field(primary_key=True, sa_type=String(40))
    number: int = Field(primary_key=True)
    body: str
    kept_at: datetime = Field(sa_type=Instant)


TEXT_OF, KEPT_FORM = table(TextRow), table(KeptFormRow)
#: Forms come and go; of what stood in them the planner of PostgreSQL keeps no sample that would outlast them.
_NO_SAMPLE = DDL("ALTER TABLE kept_form ALTER COLUMN body SET STATISTICS 0")  # type: ignore[no-untyped-call]
event.listen(KEPT_FORM, "after_create", _NO_SAMPLE.execute_if(dialect="postgresql"))
