"""Turns of coming in by a provider: each is begun once and ended once, by whichever worker of the site."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from engine.accounts import fingerprint
from engine.stores.sql import SqlStore
from engine.stores.tables import TurnRow, table

TURN = table(TurnRow)
#: How long somebody may take at the provider.
LONGEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns that have begun and not ended."""

    store: SqlStore

    def begin(self, state: str, wanted: str, now: datetime) -> None:
        """Keep that a turn has begun, by the fingerprint of its state, and what page is wanted after it."""
        row = {"state": fingerprint(state), "wanted": wanted, "begun_at": now}
        with self.store.writing() as writer:
            writer.connection.execute(delete(TURN).where(TURN.c.begun_at < now - LONGEST))
            writer.connection.execute(insert(TURN).values(row))

    def end(self, state: str, now: datetime) -> str | None:
        """End a turn; returns the page that was wanted, or None for one that never began, has ended, or is too old."""
        mine = TURN.c.state == fingerprint(state)
        with self.store.writing() as writer:
            row = writer.connection.execute(select(TURN).where(mine)).mappings().first()
            gone = writer.connection.execute(delete(TURN).where(mine)).rowcount
        late = row is not None and now - row["begun_at"] > LONGEST
        return None if row is None or not gone or late else str(row["wanted"])
