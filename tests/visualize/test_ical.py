"""Deadlines in a calendar of one's own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar

from engine.store import Work
from tests.engine.errands.bureau import Bureau
from visualize.ical import deadlines

DUE = datetime(2026, 3, 4, 10, tzinfo=UTC)


def one(item: int, due: datetime | None) -> Work:
    return Work(
        case="HS-2026-0001",
        procedure="QT-01",
        title="Mua máy in; gấp, ngay",
        item=item,
        step="kiểm tra",
        attempt=1,
        role=None,
        unit=None,
        assignee=None,
        opened_at=DUE - timedelta(days=1),
        due=due,
        case_due=None,
        case_status="open",
    )


def test_each_deadline_is_an_event_that_ends_when_it_is_due(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    made = deadlines(bureau.agency, [one(1, DUE), one(2, None), one(3, DUE + timedelta(days=1))], bureau.now)
    calendar = icalendar.Calendar.from_ical(made)
    first, second = calendar.events
    assert (first["uid"], second["uid"]) == ("HS-2026-0001-1@quytrinh", "HS-2026-0001-3@quytrinh")
    assert first.end == DUE
    assert first.end.utcoffset() == timedelta(hours=7)
    assert str(first["summary"]) == "Hạn: kiểm tra (HS-2026-0001)"
    assert str(first["description"]) == "Mua máy in; gấp, ngay — QT-01"
    assert [zone.tz_name for zone in calendar.timezones] == ["Asia/Ho_Chi_Minh"]
    assert "X-WR-CALNAME:Hạn việc ở" in made.decode()
