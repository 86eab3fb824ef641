"""Where every case stands, from an SQL store in order of case id, some hundreds at a time."""

from collections.abc import Iterator

from sqlalchemy import Connection, text

from engine.ledger.merkle import Leaf

_SIZE = 1_000
_NEXT = text(
    "SELECT c.id, c.version, c.head, e.hash FROM case_file c"
    " LEFT JOIN event e ON e.case_id = c.id AND e.seq = c.version"
    " WHERE c.id > :last ORDER BY c.id LIMIT :size"
)
_HASH = text("SELECT hash FROM event WHERE case_id = :case AND seq = :seq")


class OutOfStepError(Exception):
    """The row of a case and its log do not agree; `case` is its id."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


def heads(connection: Connection) -> Iterator[Leaf]:
    """Go through the heads of all cases; raises OutOfStepError where a case's row names another head than its log."""
    last = ""
    while rows := connection.execute(_NEXT, {"last": last, "size": _SIZE}).all():
        for row in rows:
            if row.hash is None or row.head != row.hash.hex():
                raise OutOfStepError(row.id)
            yield Leaf(row.id, row.version, row.head)
        last = rows[-1].id


def stands_on(connection: Connection, earlier: Leaf) -> bool:
    """Tell whether the log of a case still goes through where it stood before."""
    told = connection.execute(_HASH, {"case": earlier.case, "seq": earlier.seq}).scalar()
    return told is not None and bytes(told).hex() == earlier.head
