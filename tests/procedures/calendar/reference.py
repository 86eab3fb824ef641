"""The clock a second time, slowly: minute by minute, sharing no code with the clock that it judges."""

import datetime as dt
from zoneinfo import ZoneInfo

UTC = dt.UTC
NAMES = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
HALF_HOUR = dt.timedelta(minutes=30)


def _hm(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


class Reference:
    """Reads the JSON form of a calendar and walks along it."""

    def __init__(self, entry: dict) -> None:
        self.entry = entry
        self.zone = ZoneInfo(entry["timezone"])
        self.minutes: dict[dt.date, bytearray] = {}
        self.utc_days: dict[dt.date, bytes] = {}

    # -- which minutes are worked ------------------------------------------------------------------------------------

    def shifts(self, day: dt.date) -> list[tuple[int, int]]:
        """Sessions that begin on a local date, in minutes; the end may be past midnight."""
        key = day.isoformat()
        if key in self.entry["overrides"]:
            spans = self.entry["overrides"][key]
        elif key in self.entry["holidays"]:
            spans = []
        else:
            spans = self.entry["weekly"].get(NAMES[day.weekday()], [])
        pairs = [(_hm(a), _hm(b)) for a, b in spans]
        return sorted((a, b if b > a else b + 1440) for a, b in pairs)

    def of_local_day(self, day: dt.date) -> bytearray:
        """One byte a wall-clock minute of a local date: 1 when worked, also by yesterday's late session."""
        if day not in self.minutes:
            worked = bytearray(1440)
            for back in (0, 1):
                for a, b in self.shifts(day - dt.timedelta(days=back)):
                    for minute in range(max(0, a - 1440 * back), min(1440, b - 1440 * back)):
                        worked[minute] = 1
            self.minutes[day] = worked
        return self.minutes[day]

    def of_utc_day(self, day: dt.date) -> bytes:
        """One byte a minute of a UTC date; a zone may change its offset every half hour."""
        if day not in self.utc_days:
            parts = []
            at = dt.datetime(day.year, day.month, day.day, tzinfo=UTC)
            for _ in range(48):
                local = at.astimezone(self.zone)
                minute = local.hour * 60 + local.minute
                part = self.of_local_day(local.date())[minute : minute + 30]
                if len(part) < 30:
                    part += self.of_local_day(local.date() + dt.timedelta(days=1))[: 30 - len(part)]
                parts.append(bytes(part))
                at += HALF_HOUR
            self.utc_days[day] = b"".join(parts)
        return self.utc_days[day]

    def works(self, at: dt.datetime) -> bool:
        at = at.astimezone(UTC)
        return bool(self.of_utc_day(at.date())[at.hour * 60 + at.minute])

    # -- minutes -----------------------------------------------------------------------------------------------------

    def add(self, start: dt.datetime, seconds: int, pauses: list = ()) -> dt.datetime:
        """Walk forward until so many seconds are worked outside the pauses; stop there, at the earliest."""
        at, left = start.astimezone(UTC), seconds
        while left > 0:
            if at.hour == at.minute == at.second == at.microsecond == 0 and not self._pause_today(at, pauses):
                whole = self.of_utc_day(at.date()).count(1) * 60
                if whole < left:
                    left -= whole
                    at += dt.timedelta(days=1)
                    continue
            stop = at.replace(second=0, microsecond=0) + dt.timedelta(minutes=1)
            stops = [edge for pair in pauses for edge in pair if at < edge < stop]
            stop = min([stop, *stops])
            if self.works(at) and not any(a <= at < b for a, b in pauses):
                stop = min(stop, at + dt.timedelta(seconds=left))
                left -= (stop - at).total_seconds()
            at = stop
        return at

    def _pause_today(self, at: dt.datetime, pauses: list) -> bool:
        return any(a < at + dt.timedelta(days=1) and b > at for a, b in pauses)

    def subtract(self, end: dt.datetime, seconds: int) -> dt.datetime:
        """Walk back until so many seconds are worked; stop there, at the latest."""
        at, left = end.astimezone(UTC), seconds
        while left > 0:
            before = at - dt.timedelta(microseconds=1)
            if at.hour == at.minute == at.second == at.microsecond == 0:
                whole = self.of_utc_day(before.date()).count(1) * 60
                if whole < left:
                    left -= whole
                    at -= dt.timedelta(days=1)
                    continue
            stop = before.replace(second=0, microsecond=0)
            if self.works(stop):
                stop = max(stop, at - dt.timedelta(seconds=left))
                left -= (at - stop).total_seconds()
            at = stop
        return at

    def elapsed(self, start: dt.datetime, end: dt.datetime) -> int:
        """Seconds worked between two instants, minute by minute (whole UTC days at once)."""
        at, end, worked = start.astimezone(UTC), end.astimezone(UTC), 0.0
        while at < end:
            next_day = at + dt.timedelta(days=1)
            if at.hour == at.minute == at.second == at.microsecond == 0 and next_day <= end:
                worked += self.of_utc_day(at.date()).count(1) * 60
                at = next_day
                continue
            stop = min(at.replace(second=0, microsecond=0) + dt.timedelta(minutes=1), end)
            worked += self.works(at) * (stop - at).total_seconds()
            at = stop
        return round(worked)

    # -- days --------------------------------------------------------------------------------------------------------

    def instant(self, day: dt.date, minute: float) -> dt.datetime:
        """The first instant at which the wall clock has reached so many minutes after a day's midnight."""
        wanted = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minute)
        guess = wanted.replace(tzinfo=self.zone, fold=0).astimezone(UTC) - dt.timedelta(hours=1)
        step = dt.timedelta(minutes=1)
        guess = guess.replace(second=wanted.second, microsecond=wanted.microsecond)
        while guess.astimezone(self.zone).replace(tzinfo=None) < wanted:
            guess += step
        if guess.astimezone(self.zone).replace(tzinfo=None) > wanted:  # the minute is skipped: back to the change
            guess = guess.replace(second=0, microsecond=0)
        return guess

    def spans(self, day: dt.date) -> list[tuple[dt.datetime, dt.datetime]]:
        return [(self.instant(day, a), self.instant(day, b)) for a, b in self.shifts(day)]

    def forward(self, day: dt.date, count: int) -> dt.date:
        while count:
            day += dt.timedelta(days=1)
            count -= bool(self.shifts(day))
        return day

    def start_of_count(self, start: dt.datetime) -> tuple[dt.date, dt.datetime]:
        """The working day and instant from which a start counts: itself inside a session, else the next opening."""
        local = start.astimezone(self.zone).date()
        best = None
        day = local - dt.timedelta(days=1)
        while best is None or day <= local:
            for opens, closes in self.spans(day):
                if opens <= start <= closes:
                    best = (day, start)
                elif opens > start and best is None:
                    return day, opens
            day += dt.timedelta(days=1)
        return best

    def c1(self, start: dt.datetime, days: int) -> dt.datetime:
        day = self.forward(start.astimezone(self.zone).date(), days)
        return self.spans(day)[-1][1]

    def c2(self, start: dt.datetime, days: int) -> dt.datetime:
        day, at = self.start_of_count(start)
        local = at.astimezone(self.zone)
        clock = (local.date() - day).days * 1440 + local.hour * 60 + local.minute
        clock += local.second / 60
        return self.clamped(self.forward(day, days), clock)

    def clamped(self, day: dt.date, clock: float) -> dt.datetime:
        at, spans = self.instant(day, clock), self.spans(day)
        if at < spans[0][0]:
            return spans[0][0]
        for opens, closes in reversed(spans):
            if at >= opens:
                return min(at, closes)
        raise AssertionError

    def end_of_date(self, day: dt.date) -> dt.datetime:
        while not self.shifts(day):
            day += dt.timedelta(days=1)
        return self.spans(day)[-1][1]

    def calendar_days(self, start: dt.datetime, days: int) -> dt.datetime:
        return self.end_of_date(start.astimezone(self.zone).date() + dt.timedelta(days=days))

    def months(self, start: dt.datetime, months: int) -> dt.datetime:
        day = start.astimezone(self.zone).date()
        year, month = day.year, day.month
        for _ in range(months):
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        number = day.day
        while True:
            try:
                return self.end_of_date(dt.date(year, month, number))
            except ValueError:  # the month is shorter
                number -= 1
