"""Every indicator reckoned once more from the logs, case by case in plain Python, without arrays or snapshots."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from fractions import Fraction

from engine.case import Case, CaseStatus, Item, ItemStatus
from engine.events import BreachRecorded
from engine.evolve import fold
from engine.log import Recorded
from procedures.calendar import Calendar
from quality.periods import Period

#: A value and the cases behind it; a value of None was not measured.
Told = tuple[float | None, list[str]]
KINDS = (
    *("late_case", "late_step", "late_phase", "late_part", "extended_beyond_cap"),
    *("returned", "skipped", "wrong_performer", "missing_record"),
)


class Oracle:
    """The cases of one issue as their logs tell them."""

    def __init__(self, logs: Iterable[list[Recorded]], calendar: Calendar, period: Period, now: datetime) -> None:
        self.logs = [log for log in logs if log]
        told = ((fold(log), log) for log in self.logs)
        self.cases = sorted(((case, log) for case, log in told if case), key=lambda one: (one[0].opened_at, one[0].id))
        self.calendar, self.period, self.now = calendar, period, now.astimezone(UTC)

    def figures(self) -> dict[str, Told]:
        """Return every figure of the cases by key."""
        cases, done = [case for case, _ in self.cases], self.done()
        ids = [case.id for case in done]
        due = [case for case in done if case.due]
        work = [self.worked(case.opened_at, case.ended_at) for case in done]
        clock = [_minutes(case.opened_at, case.ended_at) for case in done]
        opening = [c.id for c in cases if c.opened_at < self.period.start and not self.ended_before(c)]
        received = [c.id for c in cases if self.has(c.opened_at)]
        finished = [c.id for c in cases if self.has(c.ended_at)]
        days = Fraction(self.worked(self.period.start, min(self.period.end, self.now))) / 480
        old = self.old(((case.id, case.opened_at, case.ended_at) for case in cases), work)
        returned = [c.id for c in done if any(item.returned_to for item in c.items)]
        asked = [c.id for c in done if c.supplements or any(i.returned_to == c.items[0].step for i in c.items)]
        right = [c.id for c in done if not c.supplements and c.id not in returned and _once(c)]
        return {
            "case.opening": (len(opening), opening),
            "case.received": (len(received), received),
            "case.finished": (len(finished), finished),
            "case.open": (None, [case for case in [*opening, *received] if case not in finished]),
            "case.completed": (len(done), ids),
            "case.throughput": (float(len(done) / days) if days else None, ids),
            "case.on_time": (_share([c for c in due if not _late(c.ended_at, c.due)], due), [c.id for c in due]),
            "case.returned": (_share(returned, done), ids),
            "case.supplement": (_share(asked, done), ids),
            "case.first_time_right": (_share(right, done), ids),
            "case.ageing": old if done else (None, []),
            **_spread("case.cycle.working", work, ids),
            **_spread("case.cycle.calendar", clock, ids),
            **{f"breach.{kind}": self.breaches(kind) for kind in KINDS},
            "breach.bypass": (None, []),
        }

    def steps(self) -> dict[tuple[str, str], Told]:
        """Return every figure of every step by step and key."""
        found: dict[tuple[str, str], Told] = {}
        of: dict[str, list[tuple[str, Item]]] = {}
        for case, _ in sorted(self.cases, key=lambda one: one[0].id):
            for item in case.items:
                of.setdefault(item.step, []).append((case.id, item))
        for step, items in of.items():
            found |= {(step, key): told for key, told in self.step(items).items()}
        return found

    def step(self, items: list[tuple[str, Item]]) -> dict[str, Told]:
        """Return every figure of one step."""
        done = [(case, item) for case, item in items if item.status is ItemStatus.DONE and self.has(item.finished_at)]
        ids, due = _names(done), [(case, item) for case, item in done if item.due]
        begun = [(case, item, item.started_at or item.claimed_at) for case, item in done]
        work = [self.worked(item.opened_at, item.finished_at) for _, item in done]
        wait = [self.worked(item.opened_at, at or item.finished_at) for _, item, at in begun]
        held = [self.worked(at, item.finished_at) for _, item, at in begun if at]
        old = self.old(((case, item.opened_at, item.finished_at) for case, item in items), work)
        prompt = [one for one in due if not _late(one[1].finished_at, one[1].due)]
        return {
            "step.done": (len(done), ids),
            "step.on_time": (_share(prompt, due), _names(due)),
            "step.returned": (_share([one for one in done if one[1].returned_to], done), ids),
            "step.ageing": old if done else (None, []),
            **_spread("step.cycle.working", work, ids),
            **_spread("step.cycle.calendar", [_minutes(i.opened_at, i.finished_at) for _, i in done], ids),
            **_spread("step.waiting", wait, ids),
            **_spread("step.working", held, _names([(case, item) for case, item, at in begun if at])),
        }

    def done(self) -> list[Case]:
        """Return the cases that reached a result in the period."""
        return [case for case, _ in self.cases if case.status is CaseStatus.ENDED and self.has(case.ended_at)]

    def breaches(self, kind: str) -> Told:
        """Return how many breaches of a kind there are in the period."""
        told = [case.id for case, log in self.cases for one in log if self._is(case, one, kind)]
        return len(told), sorted(set(told))

    def _is(self, case: Case, record: Recorded, kind: str) -> bool:
        event = record.event
        if not isinstance(event, BreachRecorded) or event.breach != kind:
            return False
        item = case.item(event.item) if event.item else None
        return self.has(event.due or (item.finished_at if item else None) or record.at)

    def has(self, at: datetime | None) -> bool:
        """Tell whether an instant lies in the period."""
        return at is not None and self.period.start <= at < self.period.end

    def ended_before(self, case: Case) -> bool:
        """Tell whether a case had ended when the period began."""
        return case.ended_at is not None and case.ended_at < self.period.start

    def worked(self, start: datetime | None, end: datetime | None) -> float:
        """Return working minutes."""
        assert start is not None
        assert end is not None
        return self.calendar.working_seconds(start, end) / 60

    def old(self, lives: Iterable[tuple[str, datetime, datetime | None]], times: list[float]) -> Told:
        """Return what is open at the end and older than 85 % of some times."""
        end = min(self.period.end, self.now)
        limit = _rank(times, 85) or 0
        still = [(case, at) for case, at, over in lives if at < end and (over is None or over >= end)]
        found = [case for case, at in still if self.worked(at, end) > limit]
        return len(found), list(dict.fromkeys(found))


def _once(case: Case) -> bool:
    return all(item.attempt == 1 for item in case.items)


def _late(at: datetime | None, due: datetime | None) -> bool:
    assert at is not None
    assert due is not None
    return at.replace(second=0) > due


def _minutes(start: datetime, end: datetime | None) -> float:
    assert end is not None
    return (end - start).total_seconds() / 60


def _names(items: list[tuple[str, Item]]) -> list[str]:
    return list(dict.fromkeys(case for case, _ in items))


def _share(part: list[object] | list[str], whole: object) -> float | None:
    return len(part) / len(whole) if whole else None  # type: ignore[arg-type]


def _rank(times: list[float], percent: int) -> float | None:
    ordered = sorted(times)
    at_least = (value for place, value in enumerate(ordered, 1) if place * 100 >= percent * len(ordered))
    return next(at_least, None)


def _spread(key: str, times: list[float], cases: list[str]) -> Iterator[tuple[str, Told]] | dict[str, Told]:
    mean = sum(map(Fraction, times)) / len(times) if times else None
    told: dict[str, Told] = {f"{key}.mean": (None if mean is None else float(mean), cases)}
    return told | {f"{key}.p{percent}": (_rank(times, percent), cases) for percent in (50, 85, 95)}
