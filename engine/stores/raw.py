"""The rows of many cases as they lie in the database, without the types that reading would give them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, text

from engine.audit import Fault
from engine.log import Recorded
from engine.stores.tables import PICTURE as _MODELS
from engine.stores.written import kept_of, log_of

#: The tables that are a picture of the log, by name, with the column that says which case a row is of.
PICTURE: Mapping[str, str] = {
    str(model.__tablename__): "id" if model.__tablename__ == "case_file" else "case_id" for model in _MODELS
}
#: Every table with rows of cases.
KEYS: Mapping[str, str] = {"event": "case_id", **PICTURE, "entered_value": "case_id", "written_text": "case_id"}
#: How many cases are held at a time.
_CASES = 256
_LOG = "case_id, seq, first_seq, at, actor, command, digest, body, hash"


def chunks(connection: Connection, size: int = _CASES) -> Iterator[list[str]]:
    """Yield the ids of all cases that any table knows, in order, some hundreds at a time."""
    last, behind = "", ">="
    while True:
        found: set[str] = set()
        for table, key in KEYS.items():
            asked = f"SELECT DISTINCT {key} FROM {table} WHERE {key} {behind} :last ORDER BY {key} LIMIT :size"  # noqa: S608 - our own names
            found.update(connection.execute(text(asked), {"last": last, "size": size}).scalars())
        cases = sorted(case for case in found if isinstance(case, str))[:size]
        if not cases:
            return
        yield cases
        last, behind = cases[-1], ">"


@dataclass(frozen=True, slots=True)
class Chunk:
    """All rows of some cases: the log in order, the picture table by table, the entered values, the texts."""

    cases: Sequence[str]
    logs: Mapping[str, list[Any]]
    columns: Mapping[str, Sequence[str]]
    rows: Mapping[str, Mapping[str, list[Any]]]
    values: Mapping[str, list[Any]]
    texts: Mapping[str, list[Any]]

    def log_of(self, case: str) -> tuple[list[Recorded], Fault | None]:
        """Return the records of a case with its texts, as far as each is what was written, and what is wrong."""
        return log_of(case, self.logs.get(case, []), kept_of(self.texts.get(case, [])))

    @classmethod
    def read(cls, connection: Connection, cases: Sequence[str]) -> "Chunk":
        """Read all rows of the cases from the first to the last of these; they must be all there are between."""
        span = {"first": cases[0], "last": cases[-1]}
        log = f"SELECT {_LOG} FROM event WHERE case_id BETWEEN :first AND :last ORDER BY case_id, seq"  # noqa: S608 - our own names
        values = "SELECT * FROM entered_value WHERE case_id BETWEEN :first AND :last ORDER BY case_id, seq"
        texts = "SELECT * FROM written_text WHERE case_id BETWEEN :first AND :last ORDER BY case_id, seq, field"
        columns, rows = {}, {}
        for name, key in PICTURE.items():
            plain = f"SELECT * FROM {name} WHERE {key} BETWEEN :first AND :last ORDER BY {key}"  # noqa: S608 - our own names
            result = connection.execute(text(plain), span)
            columns[name] = list(result.keys())
            rows[name] = _by_case(result.all(), key)
        return cls(
            cases,
            _by_case(connection.execute(text(log), span).all(), "case_id"),
            columns,
            rows,
            _by_case(connection.execute(text(values), span).all(), "case_id"),
            _by_case(connection.execute(text(texts), span).all(), "case_id"),
        )


def one_case(connection: Connection, case: str) -> Chunk:
    """Read all rows of one case."""
    return Chunk.read(connection, [case])


def readable_until(connection: Connection, case: str) -> int | None:
    """Return the number of the first record of a case that the database cannot give, or None when it is not that."""
    from sqlalchemy.exc import DatabaseError

    asked = text(f"SELECT {_LOG} FROM event WHERE case_id = :case AND seq = :seq")  # noqa: S608 - our own names
    try:
        numbers = connection.execute(text("SELECT seq FROM event WHERE case_id = :case ORDER BY seq"), {"case": case})
        first = 1
        for seq in numbers.scalars().all():
            try:
                connection.execute(asked, {"case": case, "seq": seq}).all()
            except DatabaseError:
                return first
            first = int(seq) + 1
    except DatabaseError:
        return None
    return None


def _by_case(rows: Sequence[Row[Any]], key: str) -> dict[str, list[Any]]:
    return {case: list(group) for case, group in groupby(rows, key=lambda row: getattr(row, key))}
