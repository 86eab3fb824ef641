"""What reviewers said of procedures, in an SQL store: taken down in order, never changed, only followed by others."""

from dataclasses import dataclass, replace

from sqlalchemy import RowMapping, insert, select

from engine.refusals.life import CommandReused
from engine.remarks import Remark
from engine.stores.sql import SqlStore
from engine.stores.tables import RemarkRow, table

REMARK = table(RemarkRow)


@dataclass(frozen=True, slots=True)
class Remarks:
    """The remarks of an agency's reviewers."""

    store: SqlStore

    def take_down(self, remark: Remark) -> CommandReused | None:
        """Take a remark down; the same one sent twice stands once, another one under its id is refused."""
        row = {name: getattr(remark, name) for name in Remark.__dataclass_fields__}
        with self.store.writing() as writer:
            asked = select(REMARK).where(REMARK.c.command == remark.command)
            there = writer.connection.execute(asked).mappings().first()
            if there is None:
                writer.connection.execute(insert(REMARK).values(**row))
                return None
        return None if replace(_remark(there), at=remark.at) == remark else CommandReused(remark.command)

    def about(self, code: str) -> list[Remark]:
        """Return everything that was said of a procedure, in order."""
        asked = select(REMARK).where(REMARK.c.code == code).order_by(REMARK.c.number)
        with self.store.reading() as reader:
            return [_remark(row) for row in reader.connection.execute(asked).mappings()]


def _remark(row: RowMapping) -> Remark:
    return Remark(**{name: row[name] for name in Remark.__dataclass_fields__})
