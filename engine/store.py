"""The contract of a store: read a case for a command, commit in one transaction, read a log, ask questions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from engine.case import Case
from engine.draft import EnteredValue
from engine.log import Recorded
from engine.wakes import Wake


@dataclass(frozen=True, slots=True)
class Held:
    """A case as the store holds it: its folded state, the hash of its last record, its entered values as text."""

    case: Case
    head: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Running:
    """A case among many, and the hash of its last record."""

    case: Case
    head: str


@dataclass(frozen=True, slots=True)
class Move:
    """A case before and after the records that move it; what was entered is none of it."""

    before: Case
    after: Case
    records: Sequence[Recorded]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command id has already done: the case, the records it wrote, and the digest of what was asked.

    `salts` are those of the values it entered, by name; an erased value has none any more. `blind` is what blinds its
    texts, empty when it has none, None when one of them was erased.
    """

    case: str
    digest: str
    records: tuple[Recorded, ...]
    salts: Mapping[str, str] = field(default_factory=dict)
    blind: str | None = ""


#: Where a piece of work stands on a list: when it is due, its case and its number.
Place = tuple[datetime | None, str, int]


@dataclass(frozen=True, slots=True)
class Alike:
    """Which cases would look like the same one again: since when, by whom or in which units, with which title.

    An empty title asks for none; `values` are canonical texts that all have to be the same, by the same opener.
    """

    procedure: str
    since: datetime
    opener: str
    units: tuple[str, ...]
    title: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A live work item on a list: of which case and procedure, for whom, since when and due when (aware UTC)."""

    case: str
    procedure: str
    title: str
    item: int
    step: str
    attempt: int
    role: str | None
    unit: str | None
    assignee: str | None
    opened_at: datetime
    due: datetime | None
    case_due: datetime | None
    case_status: str

    @property
    def place(self) -> Place:
        """Where it stands on a list of work; what is asked for after it begins with the next."""
        return self.due, self.case, self.item


@dataclass(frozen=True, slots=True)
class Asked:
    """An opinion that is awaited, on a list: of which case, about what, asked by and of whom, due when (aware UTC)."""

    case: str
    procedure: str
    title: str
    number: int
    step: str
    question: str
    by: str
    of: str
    due: datetime

    def order(self) -> tuple[datetime, str, int]:
        """Return its place in a list: what is due first, then by case and number."""
        return self.due, self.case, self.number


class Reader(Protocol):
    """Questions that change nothing."""

    def held(self, case: str) -> Held | None:
        """Return a case, or None."""
        ...

    def log(self, case: str) -> list[Recorded]:
        """Return the records of a case in order."""
        ...

    def cases(self, *, procedure: str | None = None, status: str | None = None, search: str = "") -> list[Case]:
        """Return cases in the order they were opened; with `search`, those that all its words are found in."""
        ...

    def case_ids(self) -> list[str]:
        """Return the id of every case, in order."""
        ...

    def in_units(self, units: frozenset[str], posts: frozenset[str]) -> list[str]:
        """Return the running cases of one of these units, or with work or opinions for one of these posts, in order."""
        ...

    def called_by(self, case: str) -> list[str]:
        """Return the cases that a case has called, in order."""
        ...

    def alike(self, asked: Alike) -> Case | None:
        """Return the newest case that looks like the same one, unless it was withdrawn."""
        ...

    def work(
        self,
        posts: frozenset[str] | None = None,
        assignee: str | None = None,
        *,
        after: Place | None = None,
        limit: int | None = None,
    ) -> list[Work]:
        """Return live work by due instant, what has none last: for these posts or this assignee, or all of it.

        A page is what comes `after` a place, `limit` of it; it costs the same wherever it is and however much there is.
        """
        ...

    def asked(self, posts: frozenset[str] | None = None) -> list[Asked]:
        """Return the opinions that are awaited from these posts, or all of them, by due instant."""
        ...

    def wakes(self, now: datetime) -> list[Wake]:
        """Return what else is past due and has not been looked at: phases, parts, supplements, opinions; in order."""
        ...

    def overdue(self, now: datetime) -> list[tuple[str, int | None]]:
        """Return (case, item) of running items, and (case, None) of running cases, past due and not yet recorded."""
        ...

    def timers(self, now: datetime) -> list[tuple[str, int]]:
        """Return (case, item) of running cases where a delay is over or a time-out comes now, in order."""
        ...

    def orphans(self) -> list[str]:
        """Return the cases that were called, have not ended, and whose call is no longer waited for, in order."""
        ...

    def calls(self) -> list[tuple[str, int]]:
        """Return (case, item) of the work of running cases that waits for another case to end, in order."""
        ...

    def running(self, after: str, many: int) -> list[Running]:
        """Return at most so many cases that are not over, by id, beginning behind the id `after`."""
        ...


class Writer(Reader, Protocol):
    """One transaction that may write."""

    def ahead_of(self, command: str, case: str | None) -> tuple[Receipt | None, Held | None]:
        """Return what a command id has already done and the case it is about, asked at once.

        Nobody else may change the case until the transaction ends.
        """
        ...

    def receipt(self, command: str) -> Receipt | None:
        """Return what a command id has already done, or None."""
        ...

    def keep(self, command: str, receipt: Receipt) -> None:
        """Keep that a command was carried out that wrote nothing."""
        ...

    def next_number(self, series: str) -> int:
        """Return the next free number of a series of case ids."""
        ...

    def commit(
        self, before: Case | None, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]
    ) -> None:
        """Write records, redraw the rows that changed, keep what was entered and written: all of it or nothing."""
        ...

    def standing(self, cases: Sequence[str]) -> list[Running]:
        """Return these cases, by id, over or not; nobody else may write to them until the transaction ends."""
        ...

    def commit_all(self, moves: Iterable[Move]) -> None:
        """Write the records of many cases, each as `commit` does, where only due instants and breaches are new.

        They may be judged as they are asked for, without asking anything here: a server writes meanwhile.

        `running` or `standing` in the same transaction has shown the cases as they are before.
        """
        ...


class Store(Protocol):
    """Where cases live."""

    def writing(self) -> AbstractContextManager[Writer]:
        """Begin a transaction that may write; it commits at the end of the block and rolls back on an exception."""
        ...

    def reading(self) -> AbstractContextManager[Reader]:
        """Begin a consistent reading."""
        ...

    def remembered(self, case: str) -> Held | None:
        """Return a case as it stood lately, if that is remembered; whether it still does `follow` sees."""
        ...

    def follow(self, held: Held, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]) -> None:
        """Write what follows a remembered case as `Writer.commit` does, in a transaction of its own.

        Raises Conflict, and nothing is written, where the case stands otherwise or the command has been done before.
        """
        ...

    def all_logs(self) -> Iterator[tuple[str, list[Recorded]]]:
        """Go through every log, one case at a time."""
        ...
