"""Calendars of units: their own hours and days over those of the units above them, over the agency's."""

from pathlib import Path

from procedures.calendar import Calendars
from procedures.calendar.load import calendars_of
from procedures.finding import errors
from tests.procedures.calendar.building import at, day

AGENCY = (Path(__file__).parents[3] / "calendar.d" / "2026.yaml").read_bytes()
ABOVE = {"Một cửa xã B": "UBND xã B", "UBND xã B": "Sở A", "Phòng C": "Sở A"}
HEAD = "năm: {year}\ntình trạng: đã quyết định\nđơn vị: {unit}\n"
CLOSURE = """đóng cửa:
  11/11/2026:
    lý do: Ngập lụt
    văn bản: 15/TB-UBND
    ngày ban hành: 10/11/2026
"""
COMMUNE = HEAD.format(year=2026, unit="UBND xã B") + CLOSURE
DESK = (
    HEAD.format(year=2026, unit="Một cửa xã B")
    + "giờ làm việc:\n  thứ hai - thứ sáu: 07:30-11:30, 13:00-17:00\n  thứ bảy: 07:30-11:30\n"
)


def calendars(*texts: str) -> Calendars:
    files = {f"{number}.yaml": text.encode() for number, text in enumerate(texts)}
    found, findings = calendars_of({"2026.yaml": AGENCY, **files}, "calendar.d")
    assert errors(findings) == []
    return found.under(ABOVE)


def test_a_desk_has_its_saturday_mornings_and_the_closures_of_the_commune_above_it() -> None:
    found = calendars(COMMUNE, DESK)
    desk, commune, other = (found.of(unit) for unit in ("Một cửa xã B", "UBND xã B", "Phòng C"))
    saturday, flood, tet = day("14/11/2026"), day("11/11/2026"), day("16/2/2026")
    assert [work.is_working_day(saturday) for work in (desk, commune, other)] == [True, False, False]
    assert [work.is_working_day(flood) for work in (desk, commune, other)] == [False, False, True]
    assert not any(work.is_working_day(tet) for work in (desk, commune, other))
    assert desk.working_minutes(at("9/11/2026 00:00"), at("15/11/2026 00:00")) == 4 * 480 + 240
    assert other is found.base


def test_the_calendar_of_a_unit_is_built_once() -> None:
    found = calendars(DESK)
    assert found.of("Một cửa xã B") is found.of("Một cửa xã B")
    assert found.of(None) is found.base
    assert found.of("Vô danh") is found.base


def test_a_circle_of_units_ends() -> None:
    circle = {"a": "b", "b": "a"}
    found = calendars(DESK).under(circle)
    assert found.of("a") is found.base


def test_the_hours_of_a_unit_go_on_in_a_year_that_only_the_agency_declares() -> None:
    later = AGENCY.decode().replace("/2026", "/2027").replace("năm: 2026", "năm: 2027")
    found = calendars(DESK, later)
    assert found.of("Một cửa xã B").is_working_day(day("6/11/2027"))  # a Saturday


def test_a_unit_that_names_no_zone_has_the_zone_of_the_agency() -> None:
    abroad = AGENCY.decode().replace("Asia/Ho_Chi_Minh", "Asia/Kathmandu")
    found, findings = calendars_of({"2026.yaml": abroad.encode(), "bàn.yaml": DESK.encode()}, "calendar.d")
    assert errors(findings) == []
    assert found.of("Một cửa xã B").zone.key == "Asia/Kathmandu"


def test_a_day_that_a_swap_of_the_year_before_declares_is_not_declared_again() -> None:
    swap = HEAD.format(year=2025, unit="UBND xã B") + (
        "hoán đổi:\n  - nghỉ: 31/12/2025\n    làm bù: 11/11/2026\n    văn bản: 1/TB\n    ngày ban hành: 01/12/2025\n"
    )
    _, findings = calendars_of({"2026.yaml": AGENCY, "a.yaml": swap.encode(), "b.yaml": COMMUNE.encode()}, "calendar.d")
    (found,) = errors(findings)
    assert (found.code, found.span.file) == ("QT457", "calendar.d/b.yaml")
    assert "11/11/2026" in found.message.into("vi")


def test_who_inherits_from_whom_is_part_of_what_counts() -> None:
    found = calendars(COMMUNE, DESK)
    elsewhere = found.under({**ABOVE, "Một cửa xã B": "Sở A"})
    assert elsewhere.hash != found.hash
    assert elsewhere.of("Một cửa xã B").is_working_day(day("11/11/2026"))
    assert found.under({**ABOVE, "Phòng C": "Một cửa xã B"}).hash != found.hash
    assert found.under({**ABOVE, "Phòng D": "Sở A"}).hash == found.hash  # nothing else counts for anybody


def test_without_calendars_of_units_the_tree_changes_nothing() -> None:
    assert calendars().hash == calendars().under({}).hash == calendars().base.hash
