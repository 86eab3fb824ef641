"""Fourteen calendars in their JSON form: offices, half days, nights, and zones that change their clocks."""

import random
from datetime import date, timedelta

OFFICE = [["07:30", "11:30"], ["13:30", "17:30"]]
LATER = [["08:00", "12:00"], ["13:00", "17:00"]]
SHORT = [["07:30", "11:30"], ["13:30", "17:00"]]
NIGHT = [["22:00", "06:00"]]
WORKWEEK = ("mon", "tue", "wed", "thu", "fri")
WEEK = (*WORKWEEK, "sat", "sun")


def _entry(name: str, zone: str, weekly: dict, seed: int = 0, off: int = 0, own: int = 0) -> dict:
    """A calendar with so many holidays and overridden days strewn over 2020–2030."""
    chance, first = random.Random(seed), date(2020, 1, 1)  # noqa: S311 the same days in every run
    days = [(first + timedelta(days=chance.randrange(4018))).isoformat() for _ in range(off + own)]
    shapes = [[["07:30", "11:30"]], [["13:00", "17:00"]], [["06:00", "10:00"], ["10:30", "18:00"]], []]
    overrides = {day: chance.choice(shapes) for day in days[off:]}
    return {"id": name, "timezone": zone, "weekly": weekly, "holidays": sorted(days[:off]), "overrides": overrides}


def _days(names: tuple[str, ...], sessions: list) -> dict:
    return dict.fromkeys(names, sessions)


VIETNAM = "Asia/Ho_Chi_Minh"

CATALOGUE = [
    _entry("sở A", VIETNAM, _days(WORKWEEK, SHORT), seed=1, off=130, own=40),
    _entry("sở B", VIETNAM, _days(WORKWEEK, OFFICE), seed=2, off=130, own=40),
    _entry("xã C", VIETNAM, _days(WORKWEEK, LATER), seed=3, off=130, own=40),
    _entry(
        "một cửa", VIETNAM, {**_days(WORKWEEK, [["08:00", "11:30"], ["13:00", "17:30"]]), "sat": [["07:30", "11:30"]]}
    ),
    _entry("hay nghỉ", VIETNAM, _days(WORKWEEK, OFFICE), seed=4, off=1500, own=300),
    _entry("một buổi mỗi tuần", VIETNAM, {"wed": [["09:00", "10:15"]]}),
    _entry("trực ngày đêm", VIETNAM, _days(WEEK, [["00:00", "24:00"]])),
    _entry("văn phòng Berlin", "Europe/Berlin", _days(WORKWEEK, OFFICE), seed=5, off=100, own=30),
    _entry("ca đêm Berlin", "Europe/Berlin", _days(WEEK, NIGHT), seed=6, off=200),
    _entry("ca đêm New York", "America/New_York", _days(("sat", "sun", "mon"), [["20:00", "04:00"]]), seed=7, off=50),
    _entry("văn phòng New York", "America/New_York", _days(WORKWEEK, LATER), seed=8, off=100, own=30),
    _entry("Lord Howe", "Australia/Lord_Howe", _days(WEEK, [["00:00", "09:00"], ["18:30", "24:00"]]), seed=9, off=100),
    _entry("Santiago", "America/Santiago", _days(WEEK, [["00:00", "24:00"]]), seed=10, off=100),
    _entry("Kathmandu", "Asia/Kathmandu", _days(WORKWEEK, [["10:10", "13:05"], ["13:50", "17:20"]]), seed=11, off=80),
]
