"""What reviewers said of procedures, in an SQL store: taken down in order, never changed, only followed by others."""

from dataclasses import dataclass

from sqlalchemy import RowMapping, insert, select

from engine.remarks import Remark
from engine.stores.sql import SqlStore
from engine.stores.tables import RemarkRow, table

REMARK = table(RemarkRow)


@dataclass(frozen=True, slots=True)
class Remarks:
    """The remarks of an agency's reviewers."""

    store: SqlStore

    def take_down(self, remark: Remark) -> None:
        """Take a remark down; the same one sent twice stands once."""
        row = {name: getattr(remark, name) for name in Remark.__dataclass_fields__}
        with self.store.writing() as writer:
            there = select(REMARK.c.number).where(REMARK.c.command == remark.command)
            if writer.connection.execute(there).first() is None:
                writer.connection.execute(insert(REMARK).values(**row))

    def about(self, code: str) -> list[Remark]:
        """Return everything that was said of a procedure, in order."""
        asked = select(REMARK).where(REMARK.c.code == code).order_by(REMARK.c.number)
        with self.store.reading() as reader:
            return [_remark(row) for row in reader.connection.execute(asked).mappings()]


def _remark(row: RowMapping) -> Remark:
    return Remark(**{name: row[name] for name in Remark.__dataclass_fields__})
