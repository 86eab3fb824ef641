"""Reports that are owed in a year, each with its last day and cut-off: their cases open, and stand somewhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.case import Case
from engine.commands import MACHINE, OpenCase
from engine.handle import Done
from engine.rules import Ground
from engine.salts import fresh_salt
from engine.store import Reader, Store
from procedures.organisation import Organisation
from procedures.words import Words, say
from quality.periods import Period, parse
from quality.programme.board import Standing, standing_of
from quality.programme.occurrences import Occurrence, occurrences
from quality.programme.opening import taken
from quality.programme.windows import Before, Months
from quality.questions_programme import cases_of, opened_by
from quality.reports.kinds import ABOVE, REPORT, SERIES, Kind, Leg, units_on
from quality.together import carry_out

PREFIX = "báo cáo/"
#: Names of fields of the procedure of reports.
KIND, PERIOD, TO, EVE, CUT_OFF = "loại báo cáo", "kỳ báo cáo", "nơi nhận", "mốc tính hạn", "số liệu đến hết ngày"
_DAY = "%d/%m/%Y"


@dataclass(frozen=True, slots=True)
class Owed:
    """One report of one unit for one period."""

    kind: Kind
    leg: Leg
    unit: str
    to: str
    occurrence: Occurrence
    period: str  # as `quality.periods` reads it, but for half years

    @property
    def command(self) -> str:
        """The id of the command that opens its case."""
        return f"{PREFIX}{self.kind.code}/{self.unit}/{self.period}"

    @property
    def cut_off(self) -> date | None:
        """The last day that its figures tell of."""
        last, own = self.occurrence.last, self.leg.cut_off
        return last - timedelta(days=self.kind.cut_off if own is None else own) if last is not None else None


@dataclass(frozen=True, slots=True)
class Line:
    """An owed report with its case, if it has been opened, and where it stands."""

    owed: Owed
    due: datetime | None
    standing: Standing
    case: Case | None


def all_owed(kinds: Iterable[Kind], organisation: Organisation, agency: str, year: int) -> Iterator[Owed]:
    """Yield every report that is owed for the periods of a year, by kind, level, unit and period."""
    for kind in kinds:
        for leg in kind.legs:
            for occurrence in occurrences(leg.window, year, next_quarter=kind.next_quarter):
                key = _period(leg, occurrence, year)
                on = min(max(date(year, 1, 1), occurrence.opens), date(year, 12, 31))
                for unit in units_on(leg, organisation, agency, on):
                    yield Owed(kind, leg, unit, _to(leg, unit, organisation), occurrence, key)


def open_owed(store: Store, ground: Ground, owed: Iterable[Owed], now: datetime) -> list[Done]:
    """Open the case of every report whose first day has come and that has none."""
    today = now.astimezone(ground.calendar.zone).date()
    wanted = [one for one in owed if one.occurrence.opens <= today]
    if not wanted:
        return []
    with store.reading() as reader:
        there = opened_by(reader, PREFIX, (REPORT,))
    commands = [_opening(one, ground, today) for one in wanted if one.command not in there]
    return carry_out(commands, store=store, ground=ground, now=now)


def lines(reader: Reader, ground: Ground, owed: Sequence[Owed], now: datetime) -> list[Line]:
    """Return where every owed report stands."""
    opened = opened_by(reader, PREFIX, (REPORT,))
    cases = cases_of(reader, (REPORT,)) if opened else {}
    found = []
    for one in owed:
        case, due = cases.get(opened.get(one.command, "")), one.occurrence.due(ground.calendar)
        found.append(Line(one, due, standing_of(case, due, one.occurrence, ground, now), case))
    return found


def told(key: str, ground: Ground) -> Period:
    """Return the period that a report tells of; half years begin in January or July."""
    year, _, half = key.partition("-H")
    if not half:
        return parse(key, ground.calendar.zone)
    first = parse(f"{year}-Q{int(half) * 2 - 1}", ground.calendar.zone)
    second = parse(f"{year}-Q{int(half) * 2}", ground.calendar.zone)
    return Period(key, "span", first.start, second.end)


def period_words(period: Period) -> Words:
    """Return the period of a report as people say it."""
    year, _, half = period.key.partition("-H")
    if half == "1":
        return say("first six months of {year}", year=year)
    return say("last six months of {year}", year=year) if half else period.words


def _period(leg: Leg, occurrence: Occurrence, year: int) -> str:
    """Return which period a report tells of: a day of the year asks for that of the year."""
    return str(year) if isinstance(leg.window, Before | Months) else occurrence.period


def _to(leg: Leg, unit: str, organisation: Organisation) -> str:
    if leg.to != ABOVE:
        return leg.to
    above = organisation.parent(unit)
    return above.name if above is not None else ""


def _opening(one: Owed, ground: Ground, today: date) -> OpenCase:
    eve, cut_off = one.occurrence.eve, one.cut_off
    fields = {
        KIND: one.kind.code,
        PERIOD: one.period,
        TO: one.to,
        EVE: f"{eve:{_DAY}}" if eve is not None else "",
        CUT_OFF: f"{cut_off:{_DAY}}" if cut_off is not None else "",
    }
    return OpenCase(
        id=one.command,
        actor=MACHINE,
        procedure=REPORT,
        title=f"{one.kind.name}, {period_words(told(one.period, ground)).into('vi')}",
        unit=one.unit,
        series=SERIES,
        fields=taken(fields, REPORT, ground, today),
        salt=fresh_salt(),
    )
