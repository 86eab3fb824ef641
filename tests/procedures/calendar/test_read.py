"""Calendar files: what they say, and every fault with its place."""

from pathlib import Path

import pytest

from procedures.calendar.load import coverage, load_calendar, load_calendars
from procedures.calendar.read import read_calendar_file
from procedures.calendar.versions import DayKind
from procedures.finding import Finding, errors
from procedures.source import read
from tests.procedures.calendar.building import at, day

SHIPPED = Path(__file__).parents[3] / "calendar.d"
HEAD = "năm: 2026\ntình trạng: đã quyết định\n"
HOURS = "giờ làm việc:\n  thứ hai - thứ sáu: 07:30-11:30, 13:30-17:00\n"


def findings(text: str) -> list[Finding]:
    node, faults = read(text, "lịch.yaml")
    assert faults == []
    assert node is not None
    version, found = read_calendar_file(node, "lịch.yaml")
    assert (version is None) == bool(errors(found))
    return found


def test_the_shipped_calendars_have_no_fault_and_know_the_swaps() -> None:
    calendar, found = load_calendar(SHIPPED)
    assert errors(found) == []
    swaps = {
        "29/4/2024": "4/5/2024",
        "2/5/2025": "26/4/2025",
        "2/1/2026": "10/1/2026",
        "31/8/2026": "22/8/2026",
    }
    for free, worked in swaps.items():
        assert not calendar.is_working_day(day(free))
        assert calendar.is_working_day(day(worked))
        special = calendar.special(day(worked))
        assert special is not None
        assert (special.kind, special.partner) == (DayKind.MAKE_UP, day(free))
    assert [calendar.is_decided(year) for year in (2024, 2025, 2026, 2027)] == [True, True, True, False]


def test_the_culture_day_of_november_is_worked_until_somebody_decides() -> None:
    calendar, _ = load_calendar(SHIPPED)
    assert calendar.is_working_day(day("24/11/2026"))
    assert calendar.is_working_day(day("24/11/2028"))


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("ngay nghi:\n", "QT451", 3, 1),
        ("hoán đổi:\n  - nghỉ: 02/01/2026\n    văn bản: A\n    ngày ban hành: 25/12/2025\n", "QT452", 4, 5),
        ("hoán đổi: 02/01/2026\n", "QT453", 3, 11),
        ("ngày nghỉ:\n  - 01/01/2026\n", "QT453", 4, 3),
        ("ngày nghỉ:\n  30/02/2026: {tên: A, văn bản: B, ngày ban hành: 01/01/2026}\n", "QT454", 4, 3),
        ("múi giờ: Asia/Sài_Gòn\n", "QT454", 3, 10),
        ("giờ làm việc:\n  thứ tám: 07:30-11:30\n", "QT454", 4, 3),
        ("giờ làm việc:\n  thứ hai: 7h30-11h30\n", "QT455", 4, 12),
        ("giờ làm việc:\n  thứ hai: 07:30-07:30\n", "QT455", 4, 12),
        ("giờ làm việc:\n  thứ hai: 07:30-11:75\n", "QT455", 4, 12),
        ("giờ làm việc:\n  thứ hai: 07:30-11:30, 11:00-17:00\n", "QT456", 4, 12),
        ("giờ làm việc:\n  thứ hai: 22:00-06:00\n  thứ ba: 05:00-09:00\n", "QT456", 4, 3),
        ("giờ làm việc:\n  thứ hai: nghỉ\n  thứ hai: nghỉ bù\n", "QT004", 5, 3),
        ("giờ làm việc:\n  thứ hai - thứ tư: nghỉ\n  thứ ba: nghỉ\n", "QT457", 5, 3),
        ("ngày nghỉ:\n  30/04/2025: {tên: A, văn bản: B, ngày ban hành: 01/01/2025}\n", "QT458", 4, 3),
        (
            "đóng cửa:\n  10/11/2026: {lý do: bão, văn bản: B, ngày ban hành: 09/11/2026, giờ làm việc: sáng}\n",
            "QT455",
            4,
            81,
        ),
    ],
)
def test_a_fault_is_found_at_its_place(text: str, code: str, line: int, column: int) -> None:
    node, faults = read(HEAD + text, "lịch.yaml")
    found = faults + (read_calendar_file(node, "lịch.yaml")[1] if node is not None else [])
    assert [(item.code, item.span.line, item.span.column) for item in found] == [(code, line, column)]


def test_all_faults_of_a_file_are_told_at_once() -> None:
    found = findings("tình trạng: có lẽ\nngay nghi:\ngiờ làm việc:\n  thứ hai: sáng\n")
    assert {item.code for item in found} == {"QT451", "QT452", "QT454", "QT455"}


def test_a_misspelt_key_is_offered_as_it_is_known() -> None:
    (found,) = findings(HEAD + "ngay nghi:\n")
    assert found.help is not None
    assert "ngày nghỉ" in found.help.into("vi")


def test_a_day_declared_twice_names_the_first_place() -> None:
    entry = "{tên: A, văn bản: B, ngày ban hành: 01/01/2026}"
    (found,) = findings(HEAD + f"ngày nghỉ:\n  01/09/2026 - 02/09/2026: {entry}\n  02/09/2026: {entry}\n")
    assert (found.code, found.span.line, found.related[0].span.line) == ("QT457", 5, 4)


def test_a_swap_that_changes_nothing_is_a_warning() -> None:
    swap = "hoán đổi:\n  - {nghỉ: 03/01/2026, làm bù: 05/01/2026, văn bản: B, ngày ban hành: 01/01/2026}\n"
    assert [item.code for item in findings(HEAD + HOURS + swap)] == ["QT459", "QT459"]


def test_a_document_without_its_date_is_a_hint() -> None:
    found = findings(HEAD + HOURS + "hoán đổi:\n  - {nghỉ: 02/01/2026, làm bù: 10/01/2026, văn bản: B}\n")
    assert [(item.code, item.severity) for item in found] == [("QT460", "hint")]


def test_english_keys_say_the_same() -> None:
    vietnamese, _ = read(HEAD + HOURS, "lịch.yaml")
    english, _ = read(
        "year: 2026\nstatus: decided\nworking_hours:\n  monday - friday: 07:30-11:30, 13:30-17:00\n", "a.yaml"
    )
    assert vietnamese is not None
    assert english is not None
    assert read_calendar_file(vietnamese, "a")[0] == read_calendar_file(english, "a")[0]


def test_a_half_day_has_its_own_sessions(tmp_path: Path) -> None:
    closure = "đóng cửa:\n  10/11/2026:\n    lý do: Diễn tập\n    giờ làm việc: 07:30-11:30\n    văn bản: 15/TB\n"
    (tmp_path / "2026.yaml").write_text(HEAD + HOURS + closure, "utf-8")
    calendar, _ = load_calendar(tmp_path)
    assert calendar.working_minutes(at("10/11/2026 00:00"), at("11/11/2026 00:00")) == 240


def test_hours_that_change_in_the_year_are_a_list(tmp_path: Path) -> None:
    hours = (
        "giờ làm việc:\n  - từ ngày: 01/01/2026\n    thứ hai - thứ sáu: 07:30-11:30, 13:30-17:00\n"
        "  - từ ngày: 01/06/2026\n    văn bản: 20/QĐ\n    ngày ban hành: 20/05/2026\n"
        "    thứ hai - thứ sáu: 07:00-11:00\n"
    )
    (tmp_path / "2026.yaml").write_text(HEAD + hours, "utf-8")
    calendar, found = load_calendar(tmp_path)
    assert found == []
    assert [len(calendar.sessions_on(day(text))) for text in ("29/5/2026", "1/6/2026")] == [2, 1]


def test_a_faulty_file_leaves_nothing_half_loaded(tmp_path: Path) -> None:
    (tmp_path / "2025.yaml").write_text((SHIPPED / "2025.yaml").read_text("utf-8"), "utf-8")
    (tmp_path / "2026.yaml").write_text(HEAD + "giờ làm việc:\n  thứ hai: sáng\n", "utf-8")
    calendar, found = load_calendar(tmp_path)
    assert [item.code for item in errors(found)] == ["QT455"]
    assert not calendar.is_decided(2025)
    assert not calendar.is_decided(2026)


def test_one_file_can_be_a_calendar(tmp_path: Path) -> None:
    calendar, found = load_calendar(SHIPPED / "2025.yaml")
    assert errors(found) == []
    assert [calendar.is_decided(year) for year in (2025, 2026)] == [True, False]
    for text in ("năm: 2026\n", HEAD, "năm: [\n", HEAD + HOURS + HOURS):
        (tmp_path / "lịch.yaml").write_text(text, "utf-8")
        calendar, found = load_calendar(tmp_path / "lịch.yaml")
        assert [item.span.file for item in errors(found)] == ["lịch.yaml"]
        assert not calendar.is_decided(2026)


def test_two_files_of_one_year_are_refused(tmp_path: Path) -> None:
    for name in ("2026.yaml", "2026-cũ.yaml"):
        (tmp_path / name).write_text(HEAD + HOURS, "utf-8")
    _, found = load_calendar(tmp_path)
    assert [item.code for item in found] == ["QT461"]


def test_a_year_left_out_and_an_empty_folder_are_warned_of(tmp_path: Path) -> None:
    assert [item.code for item in load_calendar(tmp_path)[1]] == ["QT450"]
    for year in (2024, 2026):
        (tmp_path / f"{year}.yaml").write_text((SHIPPED / f"{year}.yaml").read_text("utf-8"), "utf-8")
    found = [item for item in load_calendar(tmp_path)[1] if item.code == "QT450"]
    assert [item.span.file for item in found] == [f"{tmp_path.name}/2025.yaml"]


def test_without_hours_in_any_year_nothing_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "2026.yaml").write_text(HEAD, "utf-8")
    calendar, found = load_calendar(tmp_path)
    assert [item.code for item in errors(found)] == ["QT452"]
    assert not calendar.is_decided(2026)


@pytest.mark.parametrize(("today", "missing"), [("1/11/2026", []), ("2/11/2026", [2027]), ("5/1/2027", [2027])])
def test_an_undecided_year_is_warned_of_60_days_ahead(today: str, missing: list[int]) -> None:
    calendar, _ = load_calendar(SHIPPED)
    found = coverage(calendar, day(today))
    assert [item.message.values["year"] for item in found] == missing


def test_a_unit_inherits_the_agency_and_keeps_its_own_hours(tmp_path: Path) -> None:
    (tmp_path / "2026.yaml").write_text((SHIPPED / "2026.yaml").read_text("utf-8"), "utf-8")
    own = "đơn vị: Bộ phận Một cửa\ngiờ làm việc:\n  thứ hai - thứ bảy: 08:00-11:30\n"
    (tmp_path / "2026-một-cửa.yaml").write_text(HEAD + own, "utf-8")
    calendars, found = load_calendars(tmp_path)
    assert errors(found) == []
    above = {"Quầy 1": "Bộ phận Một cửa", "Bộ phận Một cửa": "Sở A", "Phòng B": "Sở A"}
    calendars = calendars.under(above)
    desk = calendars.of("Quầy 1")
    assert [str(session) for session in desk.sessions_on(day("22/8/2026"))] == ["08:00-11:30"]  # the make-up day too
    assert not desk.is_working_day(day("16/2/2026"))
    assert calendars.of("Phòng B") is calendars.base


def test_a_calendar_as_it_was_known_before_a_swap_was_decided() -> None:
    calendar, _ = load_calendar(SHIPPED)
    before = type(calendar)(calendar.version.as_known_on(day("24/12/2025")))
    assert before.is_working_day(day("2/1/2026"))
    assert not before.is_working_day(day("10/1/2026"))
    assert before.version.hash != calendar.version.hash
