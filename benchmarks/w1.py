"""The work W1: a purchase of 8 human steps with two returns and a fork, 8.6 completions a case, breadth first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path

from engine.commands import FinishWork, OpenCase
from engine.handle import Done
from engine.store import Store
from engine.stores.memory import MemoryStore
from procedures.calendar import Calendar, Calendars, load_calendar
from procedures.load import load_text
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.shelf import MemoryShelf, Shelf, release

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
_WHO = {
    "an": ("Chuyên viên", "Phòng Kế hoạch"),
    "binh": ("Chuyên viên quản trị", "Văn phòng"),
    "chi": ("Kế toán", "Văn phòng"),
    "dung": ("Chánh Văn phòng", "Văn phòng"),
    "em": ("Giám đốc", "Sở A"),
}
_ROLES = {
    "tiếp nhận": "an",
    "kiểm tra": "binh",
    "khảo giá": "binh",
    "thẩm định nguồn": "chi",
    "dự thảo": "dung",
    "ký": "em",
    "ban hành": "binh",
    "lưu": "binh",
}
#: The steps by names that other engines take for identifiers.
ENGLISH = {
    "tiếp nhận": "receive",
    "kiểm tra": "check",
    "khảo giá": "price",
    "thẩm định nguồn": "source",
    "dự thảo": "draft",
    "ký": "sign",
    "ban hành": "publish",
    "lưu": "archive",
}
_AHEAD = {"kiểm tra": "Đủ", "ký": "Ký"}
_BACK = {"kiểm tra": "Thiếu", "ký": "Không ký"}


@dataclass(frozen=True)
class Step:
    """One completion: which item of its case, by whom, with what outcome."""

    item: int
    step: str
    by: str
    outcome: str | None


@dataclass(frozen=True)
class Ground:
    """The rules that commands are handled with."""

    shelf: Shelf
    organisation: Organisation
    calendar: Calendar
    calendars: Calendars


def ground() -> Ground:
    """Return an office in which W1 is issued."""
    loaded = load_text((ROOT / "benchmarks" / "w1.yaml").read_text(encoding="utf-8"), "w1.yaml")
    assert loaded.procedure is not None, [str(finding.message) for finding in loaded.findings]
    shelf = MemoryShelf()
    shelf.publish(release(loaded.procedure, approved_by="Giám đốc", issued_at=datetime(2026, 1, 1, tzinfo=UTC)))
    units = (OrgUnit("Sở A"), OrgUnit("Văn phòng", parent="Sở A"), OrgUnit("Phòng Kế hoạch", parent="Sở A"))
    people = tuple(Person(name, name.title(), (Post(*post),)) for name, post in _WHO.items())
    calendar, findings = load_calendar(ROOT / "calendar.d")
    assert calendar is not None, findings
    return Ground(shelf, Organisation(units=units, people=people), calendar, Calendars(calendar))


def opening(number: int) -> OpenCase:
    """Return the command that opens a case."""
    id_ = command_id(number, 0)  # also its salt: what is recorded in one store fits into another
    return OpenCase(id=id_, salt=id_, actor="an", procedure="QT-W1", title=f"Mua máy in số {number}")


def command_id(case: int, step: int) -> str:
    """Return a command id as a client would make it: a UUID, the same in every run, in no order."""
    mixed = f"{(case * 1_000 + step) * 0x9E3779B97F4A7C15F39CC0605CEDC835 % (1 << 128):032x}"
    return f"{mixed[:8]}-{mixed[8:12]}-4{mixed[13:16]}-a{mixed[17:20]}-{mixed[20:]}"


def name_of(number: int) -> str:
    """Return the id of the nth case opened."""
    return f"HS-2026-{number:04d}"


def finish(number: int, nth: int, step: Step) -> FinishWork:
    """Return the command for the nth completion of a case."""
    reason = "bổ sung" if step.outcome in _BACK.values() else None
    return FinishWork(
        id=command_id(number, nth),
        actor=step.by,
        case=name_of(number),
        item=step.item,
        outcome=step.outcome,
        reason=reason,
    )


class Plan:
    """What is done in which order: every tenth case is sent back once, every fifth is not signed the first time."""

    def __init__(self, on: Ground) -> None:
        self._ways = {(back, again): _played(on, back, again) for back in (0, 1) for again in (0, 1)}

    def way(self, number: int) -> list[Step]:
        """Return the completions of one case."""
        return self._ways[int(number % 10 == 0), int(number % 5 == 1)]

    def steps(self, cases: range) -> Iterator[tuple[int, int, Step]]:
        """Go through all completions breadth first: case, which of its completions, the step."""
        for nth, column in enumerate(zip_longest(*(self.way(number) for number in cases)), 1):
            yield from ((number, nth, step) for number, step in zip(cases, column, strict=True) if step is not None)


def _played(on: Ground, back: int, again: int) -> list[Step]:
    """Play one case in memory, and keep who did what."""
    from engine.handle import handle

    store: Store = MemoryStore()
    assert isinstance(handle(opening(1), store=store, ground=on, now=NOW), Done)
    left = {"kiểm tra": back, "ký": again}
    done: list[Step] = []
    while True:
        with store.reading() as reader:
            held = reader.held(name_of(1))
        assert held is not None
        if not held.case.live_items:
            return done
        item = held.case.live_items[0]
        returns = left.get(item.step, 0) > 0
        left[item.step] = left.get(item.step, 0) - 1
        outcome = (_BACK if returns else _AHEAD).get(item.step)
        done.append(Step(item.number, item.step, _ROLES[item.step], outcome))
        answer = handle(finish(1, len(done), done[-1]), store=store, ground=on, now=NOW)
        assert isinstance(answer, Done), answer
