"""A small engine as one writes it first: SQLModel objects in a session, a transaction a step, no rights, no hashes."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine, select

from benchmarks.contestants.base import Advance, Place
from benchmarks.contestants.ours import size_of
from benchmarks.w1 import Step, name_of

#: Which steps open when one is finished with an outcome; a join opens with the last of its two.
NEXT = {
    ("tiếp nhận", None): ("kiểm tra",),
    ("kiểm tra", "Đủ"): ("khảo giá", "thẩm định nguồn"),
    ("kiểm tra", "Thiếu"): ("tiếp nhận",),
    ("khảo giá", None): ("dự thảo",),
    ("thẩm định nguồn", None): ("dự thảo",),
    ("dự thảo", None): ("ký",),
    ("ký", "Ký"): ("ban hành",),
    ("ký", "Không ký"): ("dự thảo",),
    ("ban hành", None): ("lưu",),
    ("lưu", None): (),
}
BRANCHES = frozenset({"khảo giá", "thẩm định nguồn"})


class OrmCase(SQLModel, table=True):
    """A case."""

    id: str = Field(primary_key=True)
    title: str
    status: str = "open"
    version: int = 0


class OrmItem(SQLModel, table=True):
    """A work item."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(index=True)
    step: str
    status: str = Field(default="open", index=True)
    assignee: str | None = None
    outcome: str | None = None
    due: datetime | None = Field(default=None, index=True)
    finished_at: datetime | None = None


class OrmEvent(SQLModel, table=True):
    """An event."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: str = Field(index=True)
    seq: int
    kind: str
    actor: str
    step: str
    at: datetime


class Orm:
    """One session a step."""

    def __init__(self, place: Place) -> None:
        self.place = place
        address = place.url and "postgresql+psycopg://" + place.url.partition("://")[2]
        self.engine: Engine = create_engine(address or f"sqlite:///{place.folder / 'a.db'}")
        if not place.server:
            event.listen(self.engine, "connect", _durable)
        tables = [SQLModel.metadata.tables[name] for name in ("ormcase", "ormitem", "ormevent")]
        SQLModel.metadata.create_all(self.engine, tables=tables)

    def open(self, cases: int) -> None:
        """Open cases, each with its first item."""
        with Session(self.engine) as session:
            for number in range(1, cases + 1):
                session.add(OrmCase(id=name_of(number), title=f"Mua máy in số {number}"))
                session.add(OrmItem(case_id=name_of(number), step="tiếp nhận"))
            session.commit()

    def client(self) -> Advance:
        """Return what finishes an item."""

        def advance(number: int, nth: int, step: Step) -> None:
            outcome = None if step.outcome == "Xong" else step.outcome
            with Session(self.engine) as session:
                case = session.get_one(OrmCase, name_of(number))
                items = session.exec(select(OrmItem).where(OrmItem.case_id == case.id, OrmItem.status == "open")).all()
                item = next(one for one in items if one.step == step.step)
                now = datetime.now(UTC)
                item.status, item.assignee, item.outcome, item.finished_at = "done", step.by, outcome, now
                others = BRANCHES & {one.step for one in items if one is not item}
                if not (step.step in BRANCHES and others):
                    for name in NEXT[step.step, outcome]:
                        session.add(OrmItem(case_id=case.id, step=name, due=now + timedelta(days=1)))
                case.version += 1
                case.status = "ended" if step.step == "lưu" else "open"
                event = {"kind": "finished", "actor": step.by, "step": step.step, "at": now}
                session.add(OrmEvent(case_id=case.id, seq=case.version, **event))
                session.commit()

        return advance

    def close(self) -> int:
        """Close the engine."""
        self.engine.dispose()
        return 0 if self.place.server else size_of(self.place.folder)


def _durable(connection: Any, _record: object) -> None:
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
