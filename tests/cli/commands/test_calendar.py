"""The agency's calendar on the command line: shown, checked, drafted ahead."""

from pathlib import Path

import pytest

from tests.cli.office import Office, said

DESK = """năm: 2026
tình trạng: đã quyết định
đơn vị: Văn phòng
giờ làm việc:
  thứ hai - thứ bảy: 07:30-11:30
"""
TWICE = """hoán đổi:
  - {nghỉ: 05/01/2026, làm bù: 10/01/2026, văn bản: 1/TB}
ngày nghỉ:
  10/01/2026: {tên: A, văn bản: B}
"""


def test_a_year_is_shown_with_its_documents(shelf: Office) -> None:
    told = shelf.told("calendar", "show", "2026")
    assert (told["decided"], told["working_days"], told["unit"]) == (True, 250, None)
    swap = next(one for one in told["days"] if one["date"] == "2026-01-02")
    assert (swap["document"], swap["issued"], swap["partner"]) == ("12729/VPCP-KGVX", "2025-12-25", "2026-01-10")
    shown = shelf.say("calendar", "show", "2026").out
    assert shown.startswith(
        "lịch năm 2026 · toàn cơ quan · đã quyết định\n  thứ hai - thứ sáu: 07:30-11:30, 13:30-17:00"
    )
    assert "làm bù cho ngày 02/01/2026, 12729/VPCP-KGVX ngày 25/12/2025" in " ".join(shown.split())
    assert "tính sẵn, chưa quyết định" in shelf.say("calendar", "show", "2030").out


def test_a_year_of_a_unit_is_shown(shelf: Office, tmp_path: Path) -> None:
    office = shelf.copy(tmp_path / "sở")
    (office.root / "calendar.d" / "một cửa.yaml").write_text(DESK, encoding="utf-8")
    line = ("calendar", "show", "2026", "--unit", "Văn phòng")
    assert office.told(*line)["working_days"] > 290
    assert "Văn phòng · đã quyết định\n  thứ hai - thứ bảy: 07:30-11:30" in office.say(*line).out
    wrong = office.say("calendar", "show", "--unit", "Văn phòn")
    assert (wrong.code, wrong.err) == (2, "không có đơn vị “Văn phòn”; có phải “Văn phòng”?\n")


def test_a_calendar_is_checked_and_years_to_come_are_warned_of_60_days_ahead(shelf: Office) -> None:
    early, late = (shelf.say("calendar", "check", at=at) for at in ("2026-11-01T08:00", "2026-11-02T08:00"))
    assert (early.code, late.code) == (0, 0)
    assert ("QT450" in early.out, "QT450" in late.out) == (False, True)
    assert "QT450" in shelf.say("check", at="2026-11-02T08:00").out
    assert "QT450" not in shelf.say("check", at="2026-11-01T08:00").out
    doctor = shelf.say("doctor", at="2026-11-02T08:00")
    assert "cho năm 2027" in doctor.out + doctor.err


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("giờ làm việc:\n  thứ hai: 07:30-11:30, 11:00-17:00\n", "QT456"),
        (TWICE, "QT457"),
        ("ngày nghỉ:\n  10/01/2027: {tên: A, văn bản: B}\n", "QT458"),
        ("giờ làm việc:\n  thứ hai: 07:30-25:00\n", "QT455"),
    ],
)
def test_a_file_is_checked_before_it_is_published(shelf: Office, tmp_path: Path, wrong: str, code: str) -> None:
    path = tmp_path / "lịch mới.yaml"
    path.write_text(f"năm: 2026\ntình trạng: đã quyết định\n{wrong}", encoding="utf-8")
    answer = shelf.say("calendar", "check", path)
    assert answer.code == 1
    assert f"lỗi[{code}]" in answer.out
    assert shelf.say("calendar", "check").code == 0


def test_a_file_that_is_checked_takes_the_place_of_that_of_its_year(shelf: Office, tmp_path: Path) -> None:
    path = tmp_path / "lịch mới.yaml"
    path.write_bytes((shelf.root / "calendar.d" / "2026.yaml").read_bytes())
    assert shelf.say("calendar", "check", path).code == 0


def test_a_year_is_drafted_and_never_overwritten(shelf: Office, tmp_path: Path) -> None:
    office = shelf.copy(tmp_path / "sở")
    text = office.say("calendar", "draft", "2028").out
    assert text.startswith("năm: 2028\ntình trạng: tính sẵn, chưa quyết định\n")
    assert office.say("calendar", "draft", "2028", "--write").code == 0
    assert (office.root / "calendar.d" / "2028.yaml").read_text(encoding="utf-8") == text
    assert office.say("calendar", "draft", "2028", "--write").code == 4
    assert office.say("calendar", "check").code == 0
    assert office.told("calendar", "show", "2028")["decided"] is False
    assert office.say("calendar", "draft", "1700").code == 2


def test_without_a_calendar_it_is_said(tmp_path: Path) -> None:
    answer = said("-C", tmp_path, "calendar", "show")
    assert (answer.code, answer.out) == (2, "")
    assert "không có lịch tại" in answer.err


def storm(office: Office, folder: Path) -> Path:
    """Write the calendar of 2026 with one more day off, 25/11."""
    text = (office.root / "calendar.d" / "2026.yaml").read_text(encoding="utf-8")
    closure = "đóng cửa:\n  25/11/2026:\n    lý do: Bão\n    văn bản: 88/CĐ\n    ngày ban hành: 24/11/2026\n\nhoán đổi:"
    path = folder / "lịch mới.yaml"
    path.write_text(text.replace("hoán đổi:", closure), encoding="utf-8")
    return path


def test_a_new_calendar_is_shown_first_then_in_force_and_the_promise_stays(office: Office, tmp_path: Path) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-11-23T08:00")["case"]
    path, line = storm(office, tmp_path), {"by": "an.nv", "at": "2026-11-24T10:00"}
    seen = office.say("calendar", "publish", path, "--dry-run", **line)
    assert (seen.code, seen.err) == (3, "chưa ghi gì (--dry-run)\n")
    assert f"{case} cả hồ sơ 09/12/2026 17:00 10/12/2026 17:00" in " ".join(seen.out.split())
    assert office.told("calendar", "show", "2026")["working_days"] == 250
    done = office.say("calendar", "publish", path, **line)
    assert done.code == 0
    assert done.err.endswith("lịch đã có hiệu lực; đã tính lại 1 hồ sơ, hạn đã hẹn được giữ\n")
    assert office.told("calendar", "show", "2026")["working_days"] == 249
    told = office.told("case", "show", case)
    assert (told["due"], told["promised"]) == ("2026-12-10T17:00:00+07:00", "2026-12-09T17:00:00+07:00")
    assert (
        "hạn theo lịch mới: hồ sơ 10/12/2026 17:00, trước là 09/12/2026 17:00" in office.say("case", "show", case).out
    )
    again = office.told("calendar", "publish", path, **line)
    assert (again["cases"], again["dues"]) == (0, [])
    assert office.say("audit", "verify").code == 0


def test_a_date_on_an_older_calendar_is_explained_by_that_calendar(office: Office, tmp_path: Path) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-11-23T08:00")["case"]
    was = office.told("case", "show", case)["calendar"]
    (office.root / "calendar.d" / "2026.yaml").write_bytes(storm(office, tmp_path).read_bytes())  # not published
    told = office.told("case", "show", case, "--explain")
    assert told["calendar"] == was
    assert told["explanation"][-1]["due"] == told["due"] == "2026-12-09T17:00:00+07:00"
    shown = office.say("case", "show", case, "--explain").out
    assert "88/CĐ" not in shown
    assert "tính theo lịch trước lịch đang có hiệu lực" in shown
    asked = ("clock", "due", "--start", "2026-11-23T08:00", "--within", "12 ngày làm việc", "--rule", "C1")
    assert office.told(*asked, "--calendar", was)["due"] == told["due"]
    assert office.told(*asked, "--calendar", was[:16])["due"] == told["due"]
    assert office.told(*asked)["due"] == "2026-12-10T17:00:00+07:00"
    office.say("calendar", "publish", by="an.nv", at="2026-11-24T10:00")
    shown = office.say("case", "show", case, "--explain").out
    assert "88/CĐ" in shown
    assert "lịch trước" not in shown


def test_a_date_of_a_year_that_is_not_decided_bears_its_mark_on_every_list(office: Office) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-12-31T16:00")["case"]
    entered = ("--set", "nội dung=Máy in", "--set", "tổng tiền=12 triệu")
    assert office.say("case", "advance", case, *entered, by="hung.nm", at="2026-12-31T16:00").code == 0
    mark = "(tính sẵn, chưa quyết định: 2027)"
    (line,) = [one for one in office.say("case", "show", case).out.splitlines() if one.startswith("  [2]")]
    assert mark in line
    listed = office.say("work", at="2026-12-31T16:30").out  # in a narrow column
    assert all(part in listed for part in ("(tính", "sẵn, chưa", "quyết định: 2027)"))


def test_what_is_published_is_kept_before_anything_counts_by_it(office: Office, tmp_path: Path) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-11-23T08:00")["case"]
    office.say("calendar", "publish", storm(office, tmp_path), by="an.nv", at="2026-11-24T10:00")
    assert len(list((office.root / "calendars").iterdir())) == 2
    hash_ = office.told("case", "show", case)["calendar"].removeprefix("sha256:")
    assert (office.root / "calendars" / f"{hash_}.jsonl").is_file()


def test_a_kept_calendar_that_is_altered_or_missing_is_told(office: Office, tmp_path: Path) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-11-23T08:00")["case"]
    was = office.told("case", "show", case)["calendar"]
    path = office.root / "calendars" / f"{was.removeprefix('sha256:')}.jsonl"
    assert "đã lưu 1 phiên bản lịch" in office.say("doctor").out
    office.say("calendar", "publish", storm(office, tmp_path), "--dry-run", by="an.nv")
    assert [one.name for one in path.parent.iterdir()] == [path.name]  # what is only looked at is not kept
    (office.root / "calendar.d" / "2026.yaml").write_bytes(storm(office, tmp_path).read_bytes())
    text = path.read_bytes()
    path.write_bytes(text.replace(b"450", b"460", 1))
    for ask in (("audit", "verify"), ("doctor",)):
        answer = office.say(*ask)
        assert answer.code != 0
        assert f"calendars/{path.name} đã bị sửa" in answer.out + answer.err
    assert office.say("clock", "due", "--start", "2026-11-23T08:00", "--within", "1 giờ", "--calendar", was).code == 1
    path.unlink()
    audit = office.say("audit", "verify")
    assert audit.code == 1
    assert f"thiếu lịch {was}, hạn của {case} đang tính theo lịch này" in audit.out
    assert "quytrinh calendar publish" in office.say("case", "show", case, "--explain").out
    path.write_bytes(text)
    assert office.say("audit", "verify").code == 0


def test_what_a_new_calendar_moves_is_told_to_scripts_whole(office: Office, tmp_path: Path) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-11-23T08:00")["case"]
    path = storm(office, tmp_path)
    answer = office.say("calendar", "publish", path, "--dry-run", "--format", "json", by="an.nv")
    assert answer.code == 3
    was, due = "2026-12-09T17:00:00+07:00", "2026-12-10T17:00:00+07:00"
    assert answer.json["dues"] == [{"case": case, "item": None, "name": None, "was": was, "due": due}]


def test_a_calendar_with_faults_is_not_published(shelf: Office, tmp_path: Path) -> None:
    office = shelf.copy(tmp_path / "sở")
    path = tmp_path / "lịch mới.yaml"
    path.write_text("năm: 2026\ntình trạng: đã quyết định\n" + TWICE, encoding="utf-8")
    before = (office.root / "calendar.d" / "2026.yaml").read_bytes()
    answer = office.say("calendar", "publish", path, by="an.nv")
    assert answer.code == 1
    assert "lỗi[QT457]" in answer.out
    assert (office.root / "calendar.d" / "2026.yaml").read_bytes() == before
    assert office.say("calendar", "publish", path).code == 2  # nobody publishes it
    assert office.say("calendar", "publish", tmp_path / "không có", by="an.nv").code == 2


def test_a_calendar_of_a_year_that_is_new_takes_its_name_from_the_year(shelf: Office, tmp_path: Path) -> None:
    office = shelf.copy(tmp_path / "sở")
    path = tmp_path / "x.yaml"
    path.write_text(office.say("calendar", "draft", "2028").out, encoding="utf-8")
    assert office.say("calendar", "publish", path, by="an.nv").code == 0
    desk = tmp_path / "y.yaml"
    desk.write_text(DESK, encoding="utf-8")
    assert office.say("calendar", "publish", desk, by="an.nv").code == 0
    assert {"2028.yaml", "2026 Văn phòng.yaml"} <= {found.name for found in (office.root / "calendar.d").iterdir()}
