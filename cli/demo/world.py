"""How the sample agency behaves: when cases come, who is away, how fast people are, what they decide."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random

from engine.case import Case, Item
from engine.posts import posts_of
from engine.store import Held
from procedures.calendar import Calendar
from procedures.candidates import met_by
from procedures.model import LIST, BackTo, Duration, End, FieldSpec, FieldType, Kind, Outcome, Procedure, Step, Unit
from procedures.organisation import Organisation, Person

#: Minutes of work that people allow for in one of each unit; of calendar days they know that two in seven are free.
_MINUTES = {
    Unit.WORKING_DAY: 480,
    Unit.DAY: 300,
    Unit.SESSION: 240,
    Unit.WORKING_HOUR: 60,
    Unit.HOUR: 60,
    Unit.WORKING_MINUTE: 1,
    Unit.MONTH: 22 * 480,
}
#: What a step without a norm takes, and the share of its norm that a step takes in the middle.
_NO_NORM, _USUAL = 150, 0.55
#: Spread of working speed (of a lognormal), and how often something goes quite wrong and takes this much longer.
_SPREAD, _MISHAP, _MISHAP_FACTOR = 0.35, 0.025, 3.0
_LEAVE_BLOCKS, _LEAVE_DAYS = 3, (1, 5)
_TITLES = ("phòng họp tầng 2", "đợt tháng {month}", "theo kế hoạch năm", "bổ sung lần {n}", "của đơn vị trực thuộc")
#: What people write when a nonconformity is handled.
_SAID = {
    "hậu quả": ("Kết quả đến tay người đề nghị chậm.", "Phải xin lỗi và hẹn lại.", "Không ảnh hưởng ra bên ngoài."),
    "biện pháp khắc phục": ("Đã giải quyết xong hồ sơ, gửi văn bản xin lỗi.", "Giao người khác giải quyết ngay."),
    "nguyên nhân": (
        "Người được giao nghỉ phép, chưa bàn giao.",
        "Hồ sơ dồn vào cuối tháng.",
        "Hướng dẫn thành phần hồ sơ chưa rõ.",
        "Chờ ý kiến cơ quan phối hợp quá lâu.",
    ),
    "hành động": (
        "Phân công người thay khi vắng mặt.",
        "Nhắc việc trước hạn một ngày.",
        "Sửa mẫu hướng dẫn, tập huấn một cửa.",
        "Thống nhất thời hạn cho ý kiến với cơ quan phối hợp.",
    ),
    "kết quả hành động": ("Đã phân công bằng văn bản, áp dụng từ đầu tháng.", "Đã tập huấn, đã sửa biểu mẫu."),
    "nhận xét hiệu lực": ("Tỷ lệ đúng hạn của bước tăng sau hành động.", "Chưa thấy thay đổi rõ rệt."),
}
#: How the effect of an action will be measured, by the beginning of the rule that was met.
MEASURED_BY = {"bước": "Bước đúng hạn", "hồ sơ quá hạn": "Hồ sơ đúng hạn", "bị trả lại": "Hồ sơ bị trả lại"}
#: What stays empty unless the system itself has filled it: where a nonconformity comes from.
UNSAID = frozenset(
    [
        "mốc tính hạn",
        "bước",
        "quy trình",
        "lần ban hành",
        "hồ sơ",
        "quy tắc",
        "bằng chứng",
        "giải thích thời hạn",
        "phiên bản lịch",
        "gộp vào",
        "nơi có sự việc tương tự",
    ]
)
_EVERY_YEAR = {"QT-HT-01": 6, "QT-HT-06": 8}
_OPENING_HOURS = (time(7, 45), time(16, 30))


@dataclass(frozen=True, slots=True)
class Arrival:
    """A case that comes: when, under which procedure, opened by whom, in which words."""

    at: datetime
    procedure: str
    opener: str
    title: str


@dataclass
class World:
    """Everything that is left to chance, told by one seed: the same seed is the same year."""

    year: int
    cases: int
    random: Random
    organisation: Organisation
    calendar: Calendar
    procedures: dict[str, Procedure]

    @property
    def begin(self) -> datetime:
        """The first instant of the year."""
        return datetime(self.year, 1, 1, tzinfo=self.calendar.zone)

    @property
    def end(self) -> datetime:
        """The instant after the year."""
        return datetime(self.year + 1, 1, 1, tzinfo=self.calendar.zone)

    @cached_property
    def working_days(self) -> list[date]:
        """The days on which the agency works."""
        days = (self.begin.date() + timedelta(n) for n in range((self.end - self.begin).days))
        return [day for day in days if self.calendar.is_working_day(day)]

    @cached_property
    def away(self) -> dict[str, set[date]]:
        """The working days on which each person is away."""
        return {person.id: set(self._leave()) for person in self.organisation.people}

    @cached_property
    def speed(self) -> dict[str, float]:
        """How long each person takes, as a factor."""
        return {person.id: math.exp(self.random.gauss(0, 0.18)) for person in self.organisation.people}

    def arrivals(self) -> list[Arrival]:
        """Return the year's arrivals in order: the working procedures share the cases, the system ones recur."""
        working = sorted(code for code, one in self.procedures.items() if one.kind is not Kind.SYSTEM)
        codes = [working[n % len(working)] for n in range(self.cases)]
        codes += [code for code, times in _EVERY_YEAR.items() if code in self.procedures for _ in range(times)]
        made = [self._arrival(code, n) for n, code in enumerate(codes)]
        return sorted((one for one in made if one is not None), key=lambda one: (one.at, one.procedure, one.opener))

    def minutes(self, step: Step, performer: str) -> int:
        """Return how many minutes of work a step takes somebody, once begun."""
        norm = _minutes(step.norm.within if step.norm else None)
        factor = math.exp(self.random.gauss(0, _SPREAD)) * self.speed[performer]
        if self.random.random() < _MISHAP:
            factor *= _MISHAP_FACTOR
        return max(5, round(norm * _USUAL * factor))

    def wait(self, step: Step) -> int:
        """Return how many minutes of work pass before somebody takes a step."""
        return round(_minutes(step.norm.within if step.norm else None) * self.random.uniform(0.02, 0.3))

    def present(self, people: list[Person], on: date) -> list[Person]:
        """Return those who are not away."""
        return [person for person in people if on not in self.away[person.id]]

    def able(self, held: Held, item: Item, step: Step, on: date) -> list[Person]:
        """Return who may do an item by post and by the rules about the same and another person."""
        case = held.case
        barred = {one for key in step.not_same_as for one in case.performers(key)}
        barred |= {one for key in step.not_same_as for one in held.values.get(key, "").split(LIST)}
        bound = {one for key in step.same_as for one in case.performers(key)}
        return [
            person
            for person in self.organisation.people
            if person.id not in barred and (not bound or person.id in bound) and self._may(person, case, item, step, on)
        ]

    def _may(self, person: Person, case: Case, item: Item, step: Step, on: date) -> bool:
        """Tell whether somebody holds a post of an item, or stands in for who does within what the mandate covers."""
        wanted, procedure = set(item.posts), self.procedures[case.procedure]
        return any(
            not wanted.isdisjoint(met_by(one.post))
            and (one.mandate is None or one.mandate.covers(procedure.code, procedure.kind, step.key))
            for one in self.organisation.capacities(person.id, on)
        )

    def choose(self, case: Case, step: Step) -> Outcome:
        """Return the outcome a performer comes to: mostly onward, sometimes back, seldom to a refusal."""
        weights = [self._weight(case, step, outcome, n) for n, outcome in enumerate(step.choices)]
        return self.random.choices(step.choices, weights)[0]

    def value(self, spec: FieldSpec, today: date) -> str:
        """Return a value to enter into a field; dates lie ahead."""
        if spec.name in _SAID:
            return self.random.choice(_SAID[spec.name])
        match spec.type:
            case FieldType.MONEY:
                return f"{self.random.choice((5, 8, 12, 18, 25, 40, 60, 90, 180))} triệu"
            case FieldType.NUMBER:
                return str(self.random.randint(1, 20))
            case FieldType.DATE:
                return f"{self.calendar.next_working_day(today, self.random.randint(5, 30)):%d/%m/%Y}"
            case FieldType.YES_NO:
                return self.random.choice(("có", "không"))
            case FieldType.CHOICE | FieldType.PEOPLE | FieldType.UNITS:
                return self.random.choice(self._choices(spec))
        return f"{spec.name} (dữ liệu mẫu số {self.random.randint(100, 999)})"

    def _choices(self, spec: FieldSpec) -> Sequence[str]:
        if spec.type is FieldType.PEOPLE:
            return [person.id for person in self.organisation.people]
        return [unit.name for unit in self.organisation.units] if spec.type is FieldType.UNITS else spec.choices

    def _weight(self, case: Case, step: Step, outcome: Outcome, place: int) -> float:
        target = outcome.branches[0].target
        if isinstance(target, BackTo):
            used = target.at_most is not None and case.returns(step.key, outcome.label) >= target.at_most
            return 0.0 if used else 0.12
        if isinstance(target, End) and place > 0:
            return 0.04
        return 1.0 if place == 0 else 0.15

    def _arrival(self, code: str, number: int) -> Arrival | None:
        procedure = self.procedures[code]
        day = self.random.choice(self.working_days[:-6])
        openers = [p for p in self.organisation.people if self._may_open(procedure, p, day)]
        if not openers:
            return None
        opener = self.random.choice(self.present(openers, day) or openers)
        first, last = (moment.hour * 60 + moment.minute for moment in _OPENING_HOURS)
        minute = self.random.randint(first, last)
        at = datetime.combine(day, time(minute // 60, minute % 60), self.calendar.zone)
        subject = self.random.choice(_TITLES).format(month=day.month, n=1 + number % 9)
        return Arrival(at, code, opener.id, f"{procedure.name} – {subject}")

    def _may_open(self, procedure: Procedure, person: Person, day: date) -> bool:
        from engine.posts import posts_for

        units = self.organisation.units_of(person.id, day)
        held = posts_of(self.organisation, person.id, day)
        return any(
            held & set(posts_for(procedure.start, procedure, self.organisation, opener=person.id, unit=unit, on=day))
            for unit in units
        )

    def _leave(self) -> Iterator[date]:
        for _ in range(_LEAVE_BLOCKS):
            start = self.random.randrange(len(self.working_days))
            yield from self.working_days[start : start + self.random.randint(*_LEAVE_DAYS)]


def _minutes(within: Duration | None) -> int:
    if within is None or not within.measured:
        return _NO_NORM
    return max(1, round(float(within.amount) * _MINUTES[within.unit]))
