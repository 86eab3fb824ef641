"""A small office for the engine's tests: the purchase procedure, six people, real working time."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.case import Case, Item
from engine.commands import AnyCommand, FinishWork, OpenCase
from engine.handle import Done, handle
from engine.log import Recorded
from engine.refusal import Refusal
from engine.salts import salts_from
from engine.store import Store
from engine.stores.memory import MemoryStore
from procedures.calendar import Calendar, Calendars, KeptCalendars, load_calendar
from procedures.load import load_text
from procedures.model import Procedure
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.shelf import MemoryShelf, Shelf, release

ROOT = Path(__file__).resolve().parents[2]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ISSUED = datetime(2026, 1, 5, 1, tzinfo=UTC)


def at(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    """Return an instant in the agency's zone; March 2026 has no days off."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def people() -> Organisation:
    """Six people in two units below one agency."""
    units = (OrgUnit("Sở A"), OrgUnit("Văn phòng", parent="Sở A"), OrgUnit("Phòng Kế hoạch", parent="Sở A"))
    held = {
        "an": [("Chuyên viên", "Phòng Kế hoạch")],
        "binh": [("Chuyên viên quản trị", "Văn phòng")],
        "chi": [("Kế toán", "Văn phòng"), ("Chánh Văn phòng", "Văn phòng")],
        "dung": [("Chánh Văn phòng", "Văn phòng"), ("Chuyên viên", "Văn phòng")],
        "em": [("Giám đốc", "Sở A")],
        "giang": [("Chuyên viên quản trị", "Văn phòng")],
    }
    return Organisation(
        units=units,
        people=tuple(Person(id_, id_.title(), tuple(Post(p, u) for p, u in posts)) for id_, posts in held.items()),
    )


@cache
def working_time() -> Calendar:
    """The calendar that ships with the project."""
    calendar, findings = load_calendar(ROOT / "calendar.d")
    assert calendar is not None, findings
    return calendar


def loaded(text: str) -> Procedure:
    """Load a definition that has no faults."""
    found = load_text(text, "test.yaml")
    assert found.procedure is not None, [str(finding.message) for finding in found.findings]
    return found.procedure


@cache
def _everywhere(calendar: Calendar) -> Calendars:
    return Calendars(calendar)


@cache
def purchase() -> Procedure:
    """The sample procedure, in force from the beginning of 2026."""
    text = (ROOT / "procedures.d" / "QT-VP-05.yaml").read_text(encoding="utf-8")
    return loaded(text).model_copy(update={"effective_from": ISSUED.date()})


@dataclass
class Office:
    """The ground that commands are handled on, and short ways to give them."""

    shelf: Shelf
    organisation: Organisation = field(default_factory=people)
    calendar: Calendar = field(default_factory=working_time)
    store: Store = field(default_factory=MemoryStore)
    numbers: "count[int]" = field(default_factory=count)

    @classmethod
    def with_(cls, *procedures: Procedure, store: Store | None = None) -> "Office":
        """Open an office in which these procedures are issued."""
        shelf = MemoryShelf()
        shelf.publish(*(release(one, approved_by="Giám đốc", issued_at=ISSUED) for one in procedures))
        return cls(shelf, store=store or MemoryStore())

    @property
    def calendars(self) -> Calendars:
        """Every unit works by the calendar of the office."""
        return _everywhere(self.calendar)

    @property
    def kept_calendars(self) -> KeptCalendars:
        """No calendar is kept here."""
        return KeptCalendars(ROOT / "no calendars")

    def id(self) -> str:
        """Return a fresh command id."""
        return f"c{next(self.numbers)}"

    def give(self, command: AnyCommand, now: datetime) -> Done | Refusal:
        """Give a command; one that brings no salt gets the same one in every office."""
        with salts_from(lambda: f"salt of {command.id}"):
            return handle(command, store=self.store, ground=self, now=now)

    def open(self, now: datetime, by: str = "an", procedure: str = "QT-VP-05") -> str:
        """Open a case and return its id."""
        id_ = self.id()
        done = self.give(OpenCase(id=id_, actor=by, procedure=procedure, title=f"Mua máy in {id_}"), now)
        assert isinstance(done, Done), done
        return done.case

    def finish(
        self, case: str, item: int, by: str, now: datetime, outcome: str | None = None, **more: object
    ) -> Done | Refusal:
        """Finish a work item."""
        return self.give(
            FinishWork(id=self.id(), actor=by, case=case, item=item, outcome=outcome, **more),  # type: ignore[arg-type]
            now,
        )

    def case(self, case: str) -> Case:
        """Return a case as it stands."""
        with self.store.reading() as reader:
            held = reader.held(case)
        assert held is not None
        return held.case

    def log(self, case: str) -> list[Recorded]:
        """Return the log of a case."""
        with self.store.reading() as reader:
            return reader.log(case)

    def live(self, case: str) -> dict[str, Item]:
        """Return the live items of a case by step."""
        return {item.step: item for item in self.case(case).live_items}

    def do(self, case: str, step: str, by: str, now: datetime, outcome: str | None = None, **more: object) -> Done:
        """Finish the live item of a step; it must be allowed."""
        done = self.finish(case, self.live(case)[step].number, by, now, outcome, **more)
        assert isinstance(done, Done), done
        return done

    def refuse(
        self, case: str, step: str, by: str, now: datetime, outcome: str | None = None, **more: object
    ) -> Refusal:
        """Finish the live item of a step; it must be refused, and then nothing has changed."""
        before = self.log(case)
        answer = self.finish(case, self.live(case)[step].number, by, now, outcome, **more)
        assert isinstance(answer, Refusal), answer
        assert self.log(case) == before
        return answer

    def ordered(self, now: datetime, amount: str = "12 triệu") -> str:
        """Open a purchase and hand its slip in; `kiểm tra` is open now."""
        case = self.open(now)
        self.do(case, "lập phiếu", "an", now, fields={"nội dung": "Máy in", "tổng tiền": amount}, salt="s")
        return case

    def examined(self, now: datetime, amount: str = "12 triệu") -> str:
        """Bring a purchase to `xem xét`, with both branches done."""
        case = self.ordered(now, amount)
        self.do(case, "kiểm tra", "binh", now, "Hợp lệ")
        self.do(case, "khảo giá", "giang", now)
        self.do(case, "thẩm định nguồn", "chi", now, checked=purchase().step("thẩm định nguồn").checklist)
        return case
