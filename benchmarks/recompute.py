"""How long a new calendar takes to bring many open cases over, on SQLite that waits for the disk."""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.commands import OpenCase
from engine.decide import open_case
from engine.draft import Draft
from engine.following import Follower, changes, follow_all
from engine.log import GENESIS, Cause, Recorded, chain
from engine.rules import Rules
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from engine.texts import apart
from procedures.calendar import Calendar, Calendars, load_calendars
from procedures.calendar.versions import DayKind, Source, SpecialDay
from procedures.load import load_file
from procedures.organisation import Organisation, load_organisation
from procedures.shelf import MemoryShelf, Shelf, release

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
CHUNK = 5_000


@dataclass
class Office:
    """The ground of the run: one purchase procedure, the sample people, a calendar."""

    shelf: Shelf
    organisation: Organisation
    calendars: Calendars

    @property
    def calendar(self) -> Calendar:
        """The agency's calendar."""
        return self.calendars.base


def office() -> Office:
    """Return the sample agency with its purchase procedure issued."""
    loaded = load_file(ROOT / "procedures.d" / "QT-VP-05.yaml", ROOT)
    organisation, _ = load_organisation(ROOT / "organisation.d")
    calendars, _ = load_calendars(ROOT / "calendar.d")
    assert loaded.procedure is not None
    assert organisation is not None
    shelf = MemoryShelf()
    shelf.publish(release(loaded.procedure, approved_by="em", issued_at=datetime(2025, 12, 20, tzinfo=UTC)))
    return Office(shelf, organisation, calendars)


def closed(calendars: Calendars, day: date) -> Calendars:
    """Return the calendars with one more day off."""
    version = calendars.base.version
    storm = SpecialDay(day=day, kind=DayKind.CLOSURE, reason="bão", source=Source(document="12/TB"))
    days = {special.day: special for special in (*version.days, storm)}
    told = tuple(days[each] for each in sorted(days))
    return Calendars(Calendar(version.model_copy(update={"days": told})), calendars.own, calendars.inherits)


def opened(given: Office, count: int) -> Iterator[tuple[Draft, list[Recorded]]]:
    """Decide so many openings, a minute apart, without a store."""
    issue = given.shelf.all()[-1]
    rules = Rules(issue, given.organisation, given.calendars)
    for number in range(1, count + 1):
        now = NOW + timedelta(minutes=number % 400)
        asked = OpenCase(id=f"c{number}", actor="hệ thống", procedure=issue.code, title="Mua máy in", unit="Văn phòng")
        draft = open_case(rules, f"HS-2026-{number:06d}", asked, now)
        assert isinstance(draft, Draft), draft
        cause = Cause(asked.id, "0" * 64, asked.actor, now)
        yield (
            draft,
            chain(draft.case_id, draft.events, cause, seq=0, head=GENESIS, texts=apart(draft.events, 0, asked.id)),
        )


def fill(store: SqlStore, given: Office, count: int) -> None:
    """Put so many open cases into the store."""
    found: list[tuple[Draft, list[Recorded]]] = []
    for one in opened(given, count):
        found.append(one)
        if len(found) == CHUNK:
            write(store, found)
            found = []
    if found:
        write(store, found)


def write(store: SqlStore, found: list[tuple[Draft, list[Recorded]]]) -> None:
    """Write new cases in one transaction."""
    with store.writing() as writer:
        for draft, records in found:
            writer.commit(None, draft.case, records, draft.entered)


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    given = office()
    with TemporaryDirectory() as folder:
        store = SqlStore(Path(folder) / "a.db")
        fill(store, given, count)
        after = Office(given.shelf, given.organisation, closed(given.calendars, date(2026, 3, 4)))
        by = Follower("em", NOW + timedelta(hours=9))
        begin = time.perf_counter()
        with store.reading() as reader:
            moved = sum(1 for _ in changes(reader, after))
        shown = time.perf_counter() - begin
        begin, worked = time.perf_counter(), time.process_time()
        written = sum(page.moved for page in follow_all(store, after, by))
        taken, worked = time.perf_counter() - begin, time.process_time() - worked
        again = sum(page.moved for page in follow_all(store, after, by))
        print(f"{count} open cases: shown in {shown:.2f} s ({moved} move), brought over in {taken:.2f} s ({written})")
        print(f"of which the processor worked {worked:.2f} s; the rest it waited for the disk and for others")
        assert moved == written
        assert again == 0
        if "--verify" in sys.argv:
            verdict = verify(store)
            assert verdict.sound, verdict.faults[:3]
            print("every hash chain and every row verifies")
        store.close()


if __name__ == "__main__":
    main()
