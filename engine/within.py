"""A store whose transactions are all the one that is already open, so that several writes are on disk together."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from engine.case import Case
from engine.draft import EnteredValue
from engine.log import Recorded
from engine.store import Held, Reader, Store, Writer


@dataclass(frozen=True, slots=True)
class Within:
    """What is handled in it commits or rolls back with the transaction of `writer`."""

    store: Store
    writer: Writer

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """Go on in the open transaction."""
        yield self.writer

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Read what the open transaction sees."""
        yield self.writer

    def remembered(self, case: str) -> None:
        """Remember nothing: what the open transaction sees is looked at."""

    def follow(self, held: Held, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]) -> None:
        """Go on in the open transaction."""
        self.writer.commit(held.case, after, records, entered)

    def all_logs(self) -> Iterator[tuple[str, list[Recorded]]]:
        """Go through every log as committed."""
        return self.store.all_logs()
