"""Limits that only the calendar can judge: the worst intake in words, parts of steps, hours that let nothing in."""

import time as clock
from decimal import Decimal

import pytest

from procedures.calendar import Calendar
from procedures.check import check
from procedures.finding import Finding, Severity, Span
from procedures.model import Norm, Phase, Procedure, ReturnClock, Step, SubLimit, Unit
from procedures.places import Places
from tests.procedures.building import back, choose, days, end, go, norm, procedure, route, wait_all, work
from tests.procedures.calendar.building import agency, calendar, sessions

PLACES = Places(Span("a.yaml", 1, 1, 1, 1), {("within",): Span("a.yaml", 13, 13, 13, 29)})


def timed(sample: Procedure, given: Calendar | None = None) -> list[Finding]:
    found = check(sample, PLACES, None, given or agency())
    return [finding for finding in found if finding.code.startswith("QT4")]


def mixed(limit: str = "3", **more: object) -> Procedure:
    """Two working days and one of the calendar."""
    first, second = work("a", go("b"), norm=norm("2")), work("b", end(), norm=norm("1", Unit.DAY))
    return procedure(first, second, **{"within": days(limit, Unit.DAY), **more})


def test_the_worst_intake_is_named_in_words() -> None:
    (finding,) = timed(mixed())
    assert (finding.code, finding.severity, finding.span.line) == ("QT401", Severity.ERROR, 13)
    assert finding.message.into("vi") == (
        "hồ sơ quá hạn dù mọi bước đúng hạn: nhận 17:30 thứ Sáu 28/08/2026 (trước Quốc khánh): quá hạn 4 ngày"
    )
    assert finding.message.into("en") == (
        "a case is late though every step is on time: received 17:30 Friday 28/08/2026 (before Quốc khánh): 4 days late"
    )
    assert [note.into("vi") for note in finding.notes] == [
        "đường dài nhất: a 2 ngày LV + b 1 ngày",
        "hạn chung 17:30 thứ Năm 03/09/2026; bước cuối có thể xong lúc 17:30 thứ Hai 07/09/2026",
    ]
    assert finding.data["path"] == ["a", "b"]
    assert finding.data["worst_start"] == "2026-08-28T17:30:00+07:00"
    assert finding.data["due"] == "2026-09-03T17:30:00+07:00"
    assert (finding.data["total"], finding.data["limit"]) == (str(10 * 1440), str(6 * 1440))


def test_a_limit_that_every_intake_keeps_is_fine_and_one_that_none_keeps_is_said_so() -> None:
    assert timed(mixed("12")) == []
    (finding,) = timed(mixed("1"))
    assert finding.notes[-1].into("vi") == "nhận lúc nào cũng quá hạn"
    assert finding.notes[-1].into("en") == "late whenever it is received"


def test_published_figures_are_warned_of_and_kept() -> None:
    (finding,) = timed(mixed(published_total=days("3", Unit.DAY)))
    assert (finding.code, finding.severity) == ("QT401", Severity.WARNING)
    (finding,) = timed(mixed(source="Quyết định 1/QĐ-UBND"))
    assert (finding.code, finding.severity) == ("QT401", Severity.WARNING)


def test_without_a_decided_calendar_units_cannot_be_added() -> None:
    assert [f.code for f in check(mixed(), PLACES) if f.code.startswith("QT4")] == ["QT403"]
    version = agency().version.model_copy(update={"years": (), "open_ended": False})
    assert [f.code for f in timed(mixed(), Calendar(version))] == ["QT403"]


def test_a_calendar_good_for_every_year_is_looked_at_in_the_year_of_the_issue() -> None:
    (finding,) = timed(mixed(), calendar())
    assert str(finding.data["worst_start"]).startswith("2000-")


def test_hours_around_the_clock_are_held_against_office_hours_minute_by_minute() -> None:
    sample = procedure(work("a", end(), norm=norm("4", Unit.WORKING_HOUR)), within=days("20", Unit.HOUR))
    (finding,) = timed(sample)
    assert finding.message.into("vi") == (
        "hồ sơ quá hạn dù mọi bước đúng hạn: nhận 17:30 thứ Sáu 13/02/2026 (trước Tết Nguyên đán): quá hạn 9 ngày"
    )


def test_parallel_branches_of_different_units_end_with_the_later() -> None:
    def forked(working: str, real: str) -> list[Finding]:
        sample = procedure(
            route("s", go("a", "b")),
            work("a", go("j"), norm=norm(working)),
            work("b", go("j"), norm=norm(real, Unit.DAY)),
            work("j", end(), join=wait_all("a", "b")),
            within=days("6"),
        )
        return timed(sample)

    assert forked("5", "5") == []
    assert forked("5", "30")[0].data["path"] == ["s", "b", "j"]
    assert forked("8", "1")[0].data["path"] == ["s", "a", "j"]


def returning(policy: ReturnClock, limit: str) -> list[Finding]:
    again = back("a", 2).model_copy(update={"clock": policy})
    first = work("a", go("b"), norm=norm("1"))
    second = choose("b", {"Đạt": end(), "Lại": again}, norm=norm("1", Unit.DAY))
    return timed(procedure(first, second, within=days(limit, Unit.DAY)))


def test_returns_take_time_only_where_the_clock_runs_on() -> None:
    (finding,) = returning(ReturnClock.CONTINUE, "12")
    assert finding.severity is Severity.WARNING
    assert finding.data["path"] == ["a", "b"] * 3
    assert finding.message.into("vi").startswith("dùng hết số lần trả về thì hồ sơ quá hạn dù mọi bước đúng hạn: nhận ")
    assert finding.message.into("en").startswith("with every return used a case is late though every step is on time")
    assert finding.help is not None
    assert "dừng tính thời hạn" in finding.help.into("vi")
    assert returning(ReturnClock.CONTINUE, "14") != []
    assert returning(ReturnClock.CONTINUE, "25") == []
    assert returning(ReturnClock.RESTART, "12") == []


def test_a_return_under_which_the_clock_stands_takes_the_time_of_what_is_done_again_after_it() -> None:
    (finding,) = returning(ReturnClock.PAUSE, "12")
    assert finding.data["path"] == ["a", "b"] * 3
    assert returning(ReturnClock.PAUSE, "14") == []


def test_a_return_without_a_bound_shows_its_loop() -> None:
    steps = (work("a", go("b")), work("b", go("c")), choose("c", {"Lại": back("a", None), "Xong": end()}))
    (finding,) = timed(procedure(*steps))
    assert (finding.code, finding.data["loop"], finding.data["verdict"]) == ("QT405", ["a", "b", "c", "a"], "unbounded")
    assert finding.notes[0].into("vi") == "đi vòng: a → b → c → a"


def test_a_cut_off_hour_holds_back_what_only_just_fits() -> None:
    def with_cut_off(hour: str | None, limit: str = "2") -> list[Finding]:
        return timed(procedure(work("a", end(), norm=norm("2"), hand_over_cut_off=hour), within=days(limit)))

    assert with_cut_off(None) == []
    (finding,) = with_cut_off("15:00")
    assert finding.message.into("vi").endswith(": quá hạn 10 ngày")
    assert finding.data["worst_start"] == "2026-02-11T17:30:00+07:00"
    assert with_cut_off("15:00", "3") == []


def test_a_phase_of_mixed_units_is_judged_on_the_calendar() -> None:
    steps = (
        work("a", go("b"), norm=norm("9"), phase="sau"),
        work("b", end(), norm=norm("1", Unit.DAY), phase="thẩm định"),
    )
    phases = (Phase(name="thẩm định", within=days("1")), Phase(name="sau", within=days("9", Unit.DAY)))
    (finding,) = timed(procedure(*steps, phases=phases, within=days("60", Unit.DAY)))
    assert (finding.code, finding.severity) == ("QT404", Severity.WARNING)
    assert finding.message.into("vi").startswith("giai đoạn “sau” quá hạn dù mọi bước đúng hạn: nhận 17:30 ")
    assert finding.message.into("en").startswith("phase “sau” is late though every step is on time: received 17:30 ")


def part(of: Norm | None, within: str, unit: Unit = Unit.WORKING_DAY) -> list[Finding]:
    step = work("a", end(), norm=of, sublimits=(SubLimit(name="trả lời", within=days(within, unit)),))
    return timed(procedure(step))


def test_a_part_is_not_longer_than_its_step() -> None:
    (finding,) = part(norm("0.5"), "5")
    assert (finding.code, finding.severity) == ("QT406", Severity.WARNING)
    assert finding.message.into("vi") == (
        "thời hạn con “trả lời” (5 ngày LV) dài hơn thời hạn của bước “a” (0,5 ngày LV)"
    )
    assert finding.message.into("en") == (
        "the limit “trả lời” (5 working days) is longer than its step “a” may take (0.5 working days)"
    )
    assert part(norm("5"), "5") == []
    assert part(None, "5") == []
    assert part(norm("0", Unit.NOT_COUNTED, counted=False), "5") == []


def test_of_different_units_only_what_is_longer_on_every_calendar_is_told() -> None:
    assert [finding.code for finding in part(norm("2", Unit.DAY), "3")] == ["QT406"]
    assert part(norm("3", Unit.DAY), "3") == []
    assert part(norm("3"), "4", Unit.DAY) == []
    assert part(norm("1", Unit.MONTH), "40") == []


def test_a_cut_off_before_the_office_opens_lets_nothing_in() -> None:
    def held(hour: str) -> list[Finding]:
        step = work("a", end(), norm=norm("1"), hand_over_cut_off=hour)
        return [f for f in timed(procedure(step, within=days("9"))) if f.code == "QT407"]

    (finding,) = held("06:00")
    assert finding.severity is Severity.WARNING
    assert finding.message.into("vi") == "bước “a” không nhận được gì trong ngày: 06:00 sớm hơn giờ mở cửa (07:30)"
    assert (
        finding.message.into("en") == "step “a” takes nothing in on its day: 06:00 is before the office opens (07:30)"
    )
    assert held("07:30") == []


def test_a_calendar_without_working_time_is_told_once() -> None:
    (finding,) = timed(mixed(within=days("3")), calendar(hours=(), decided=(2026,)))
    assert (finding.code, finding.severity) == ("QT407", Severity.WARNING)
    assert finding.message.into("vi") == "không hồ sơ nào giữ được “3 working_day”: lịch không có đủ giờ làm việc"
    assert finding.message.into("en") == ("no case can meet “3 working_day”: the calendar has not so much working time")


def many(steps: int, unit: Unit) -> tuple[Step, ...]:
    keys = [f"b{number}" for number in range(steps)]
    units = (Unit.WORKING_DAY, Unit.DAY, Unit.WORKING_HOUR, Unit.HOUR)
    norms = [norm("1", units[number % 4]) for number in range(steps)]
    made = [work(k, go(n), norm=own) for k, n, own in zip(keys, keys[1:], norms, strict=False)]
    last = choose(keys[-1], {"Đạt": end(), "Lại": back(keys[-4], 2), "Lại nữa": back(keys[0], 1)}, norm=norm("1", unit))
    return (*made, last)


@pytest.mark.parametrize("limit", [days("90", Unit.DAY), days("2000", Unit.HOUR)])
def test_a_procedure_of_mixed_units_is_judged_in_seconds(limit: object) -> None:
    office = calendar(hours=sessions("07:30-11:30", "13:30-17:00"), decided=(2024, 2025, 2026))
    begin = clock.process_time()
    timed(procedure(*many(20, Unit.DAY), within=limit), office)
    assert clock.process_time() - begin < 5


def test_thousands_of_returns_are_reckoned_all_the_same() -> None:
    again = {f"Lại {n}": back("a", 5_000) for n in range(3)}
    sample = procedure(work("a", go("b"), norm=norm("1")), choose("b", {"Đạt": end(), **again}), within=days("9"))
    (finding,) = timed(sample)
    assert Decimal(str(finding.data["total"])) == 201 * 480
