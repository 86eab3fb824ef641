"""How the machinery is: what waits for it, what it has not seen, who of it is alive, and whether clocks agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.agency import Agency
from engine.stores import errands as queue
from engine.stores.leases import database_clock, leases
from quality.clockwork import WORKER

#: A deadline, a delay or an errand that nobody has seen to for so long is left alone by a machinery that stands still.
PATIENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Machinery:
    """Errands by status; seconds that the oldest free one has waited; deadlines and delays that passed unseen.

    `dead` are the workers whose lease ran out without their ending, where no other of their kind has taken their place;
    `skew` is how many seconds the clock of the database is ahead of ours.
    """

    errands: Mapping[str, int]
    oldest: float
    unseen: int
    alive: tuple[str, ...]
    dead: tuple[str, ...]
    skew: float


def machinery(agency: Agency, now: datetime) -> Machinery:
    """Look at the machinery of an agency; nothing is changed."""
    with agency.store.reading() as reader:
        connection = reader.connection
        ours, theirs = datetime.now(UTC), database_clock(connection)
        since = queue.oldest_free(connection, now)
        workers = leases(connection, WORKER)
        before = now - PATIENCE
        alive = [one.holder for one in workers if one.until >= now]
        gone = [one.holder for one in workers if one.until < now]
        raised_again = {_place(one) for one in alive}
        return Machinery(
            errands=queue.counts(connection),
            oldest=(now - since).total_seconds() if since is not None else 0.0,
            unseen=len(reader.overdue(before)) + len(reader.timers(before)),
            alive=tuple(alive),
            dead=tuple(one for one in gone if _place(one) not in raised_again),
            skew=(theirs - ours).total_seconds(),
        )


def _place(worker: str) -> str:
    """Return kind and machine of a worker, without the number of its process."""
    return worker.rpartition(":")[0]
