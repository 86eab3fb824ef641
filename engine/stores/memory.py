"""A store in memory: for tests, and to say in few lines what a store must do."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock

from engine.case import Case, CaseStatus, Item
from engine.draft import EnteredValue
from engine.events import ValuesErased
from engine.finding import answers, words_asked
from engine.log import GENESIS, Recorded, blind_left, without
from engine.rows import asked_of, erasures, watched_case, watched_item
from engine.store import Alike, Asked, Held, Move, Place, Receipt, Running, Work
from engine.trouble import Conflict
from engine.wakes import Wake, passed


class MemoryStore:
    """Keeps everything in dictionaries of what never changes; a failed transaction puts them back as they were."""

    def __init__(self) -> None:
        self._logs: dict[str, tuple[Recorded, ...]] = {}
        self._cases: dict[str, Case] = {}
        self._values: dict[str, dict[str, str]] = {}
        self._salts: dict[tuple[str, str], str] = {}
        self._done: dict[str, tuple[Recorded, ...]] = {}
        self._quiet: dict[str, Receipt] = {}
        self._lock = RLock()

    @contextmanager
    def writing(self) -> Iterator["MemoryStore"]:
        """Begin a transaction."""
        with self._lock:
            before = {name: kept.copy() for name, kept in vars(self).items() if isinstance(kept, dict)}
            try:
                yield self
            except BaseException:
                vars(self).update(before)
                raise

    @contextmanager
    def reading(self) -> Iterator["MemoryStore"]:
        """Begin a reading."""
        with self._lock:
            yield self

    def remembered(self, case: str) -> None:
        """Remember nothing: to look costs nothing here."""

    def follow(self, held: Held, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]) -> None:
        """Write what follows a case."""
        with self.writing():
            self.commit(held.case, after, records, entered)

    def held(self, case: str) -> Held | None:
        """Return a case, or None."""
        found = self._cases.get(case)
        if found is None:
            return None
        log = self._logs[case]
        return Held(found, log[-1].hash if log else GENESIS, dict(self._values.get(case, {})))

    def log(self, case: str) -> list[Recorded]:
        """Return the records of a case in order."""
        return list(self._logs.get(case, []))

    def cases(self, *, procedure: str | None = None, status: str | None = None, search: str = "") -> list[Case]:
        """Return cases in the order they were opened; with `search`, those that all its words are found in."""
        words = words_asked(search)
        return [
            case
            for case in sorted(self._cases.values(), key=lambda case: (case.opened_at, case.id))
            if procedure in {None, case.procedure} and status in {None, case.status.value} and answers(case, words)
        ]

    def case_ids(self) -> list[str]:
        """Return the id of every case, in order."""
        return sorted(self._cases)

    def in_units(self, units: frozenset[str], posts: frozenset[str]) -> list[str]:
        """Return the running cases of one of these units, or with work or opinions for one of these posts."""
        running = (case for case in self._cases.values() if not case.over)
        return sorted(
            case.id
            for case in running
            if case.unit in units
            or any(posts & set(item.listed_for) for item in case.live_items)
            or any(asked_of(case, posts))
        )

    def called_by(self, case: str) -> list[str]:
        """Return the cases that a case has called."""
        return sorted(one.id for one in self._cases.values() if one.parent is not None and one.parent[0] == case)

    def alike(self, asked: Alike) -> Case | None:
        """Return the newest case that looks like the same one, unless it was withdrawn."""
        found = [case for case in self.cases(procedure=asked.procedure) if self._is_alike(case, asked)]
        return max(found, key=lambda case: (case.opened_at, case.id), default=None)

    def _is_alike(self, case: Case, asked: Alike) -> bool:
        if case.opened_at < asked.since or case.status is CaseStatus.WITHDRAWN:
            return False
        titled = bool(asked.title) and case.title == asked.title
        if titled and (case.opener == asked.opener or case.unit in asked.units):
            return True
        values = self._values.get(case.id, {})
        return bool(asked.values) and case.opener == asked.opener and set(asked.values) <= set(values.items())

    def work(
        self,
        posts: frozenset[str] | None = None,
        assignee: str | None = None,
        *,
        after: Place | None = None,
        limit: int | None = None,
    ) -> list[Work]:
        """Return live work by due instant."""
        found = [
            _work(case, item)
            for case in self._cases.values()
            for item in case.live_items
            if item.waits_for == "work" and _wanted(item, posts, assignee)
        ]
        found.sort(key=lambda work: _in_order(work.place))
        return [work for work in found if after is None or _in_order(work.place) > _in_order(after)][:limit]

    def asked(self, posts: frozenset[str] | None = None) -> list[Asked]:
        """Return the opinions that are awaited."""
        found = (one for case in self._cases.values() for one in asked_of(case, posts))
        return sorted(found, key=Asked.order)

    def wakes(self, now: datetime) -> list[Wake]:
        """Return what else is past due and has not been looked at."""
        limit = now.replace(second=0, microsecond=0)
        return sorted(wake for case in self._cases.values() for wake in passed(case, limit))

    def overdue(self, now: datetime) -> list[tuple[str, int | None]]:
        """Return what is past due and not yet recorded."""
        limit = now.replace(second=0, microsecond=0)
        found: list[tuple[datetime, str, int | None]] = []
        for case in self._cases.values():
            watches = [(watched_case(case), None), *((watched_item(case, item), item.number) for item in case.items)]
            found += [(due, case.id, number) for due, number in watches if due is not None and due < limit]
        return [(case, number) for _, case, number in sorted(found, key=lambda late: (late[0], late[1], late[2] or 0))]

    def timers(self, now: datetime) -> list[tuple[str, int]]:
        """Return the items of running cases on which a timer acts now."""
        running = (case for case in self._cases.values() if case.status is CaseStatus.OPEN)
        return sorted(
            (case.id, item.number)
            for case in running
            for item in case.live_items
            if item.timer is not None and item.timer <= now
        )

    def orphans(self) -> list[str]:
        """Return the called cases that are no longer waited for."""
        called = ((case, case.parent) for case in self._cases.values() if not case.over)
        return sorted(case.id for case, parent in called if parent is not None and not self._waits(*parent))

    def _waits(self, case: str, number: int) -> bool:
        item = self._cases[case].item(number) if case in self._cases else None
        return item is not None and item.live

    def calls(self) -> list[tuple[str, int]]:
        """Return the work of running cases that waits for another case to end."""
        running = (case for case in self._cases.values() if case.status is CaseStatus.OPEN)
        waiting = ((case.id, item) for case in running for item in case.live_items)
        return sorted((case, item.number) for case, item in waiting if item.waits_for == "sub_case")

    def ahead_of(self, command: str, case: str | None) -> tuple[Receipt | None, Held | None]:
        """Return what a command id has already done and the case it is about."""
        return self.receipt(command), self.held(case) if case is not None else None

    def running(self, after: str, many: int) -> list[Running]:
        """Return at most so many cases that are not over, by id, beginning behind an id."""
        found = sorted(case.id for case in self._cases.values() if not case.over and case.id > after)
        return [Running(self._cases[one], self._logs[one][-1].hash) for one in found[:many]]

    def receipt(self, command: str) -> Receipt | None:
        """Return what a command id has already done, or None."""
        records = self._done.get(command, ())
        salts = {name: salt for (told, name), salt in self._salts.items() if told == command}
        if not records:
            return self._quiet.get(command)
        return Receipt(records[0].case, records[0].digest, records, salts, blind_left(records))

    def keep(self, command: str, receipt: Receipt) -> None:
        """Keep that a command was carried out that wrote nothing."""
        self._quiet[command] = receipt

    def next_number(self, series: str) -> int:
        """Return the next free number of a series."""
        return 1 + sum(1 for case in self._cases if case.rpartition("-")[0] == series)

    def commit(
        self, before: Case | None, after: Case, records: Sequence[Recorded], entered: Sequence[EnteredValue]
    ) -> None:
        """Write records and keep values."""
        expected = (before.version if before else 0) + 1
        log = self._logs.get(after.id, ())
        if records[0].seq != expected or len(log) != expected - 1:
            raise Conflict(after.id)
        self._logs[after.id] = (*log, *records)
        for record in records:
            self._done[record.command] = (*self._done.get(record.command, ()), record)
        self._cases[after.id] = after
        self._values[after.id] = {**self._values.get(after.id, {}), **{value.name: value.text for value in entered}}
        for value in entered:
            self._salts[records[0].command, value.name] = value.salt
        for _, erased in erasures(records):
            self._erase(after.id, erased)

    def standing(self, cases: Sequence[str]) -> list[Running]:
        """Return these cases, by id."""
        return [Running(self._cases[one], self._logs[one][-1].hash) for one in sorted(cases) if one in self._cases]

    def commit_all(self, moves: Iterable[Move]) -> None:
        """Write the records of many cases."""
        for move in moves:
            self.commit(move.before, move.after, move.records, ())

    def _erase(self, case: str, erased: ValuesErased) -> None:
        """Let go of values, texts, and their salts."""
        told = {record.command for record in self._logs[case]}
        self._logs[case] = tuple(without(self._logs[case], erased))
        self._done |= {command: tuple(without(self._done[command], erased)) for command in told}
        self._values[case] = {name: text for name, text in self._values[case].items() if not erased.erases(name)}
        kept = (key for key in self._salts if key[0] not in told or not erased.erases(key[1]))
        self._salts = {key: self._salts[key] for key in kept}

    def all_logs(self) -> Iterator[tuple[str, list[Recorded]]]:
        """Go through every log."""
        with self._lock:
            yield from ((case, list(log)) for case, log in sorted(self._logs.items()))


def _in_order(place: Place) -> tuple[bool, datetime, str, int]:
    due, case, item = place
    return due is None, due or datetime.max.replace(tzinfo=UTC), case, item


def _wanted(item: Item, posts: frozenset[str] | None, assignee: str | None) -> bool:
    if posts is None and assignee is None:
        return True
    his = assignee is not None and item.assignee == assignee
    return his or bool(posts and posts & set(item.listed_for))


def _work(case: Case, item: Item) -> Work:
    return Work(
        case=case.id,
        procedure=case.procedure,
        title=case.title,
        item=item.number,
        step=item.step,
        attempt=item.attempt,
        role=item.role,
        unit=item.unit,
        assignee=item.assignee,
        opened_at=item.opened_at,
        due=item.due,
        case_due=case.due,
        case_status=case.status.value,
    )
