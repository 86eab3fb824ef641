"""People and units over time: bodies with history, leavers, and what a unit that is gone has left."""

from pathlib import Path

import pytest

from tests.cli.office import ISSUED, Office, fresh

AT = "2026-03-02T09:00"
#: The issued procedures that belong to Phòng Nghiệp vụ, or name it.
NAMING = ("QT-HT-06",)
STEERING = ("people", "appoint", "Ban Chỉ đạo ISO", "--unit", "Sở A", "--member", "dung.pt", "--member", "linh.vt")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = fresh(tmp_path_factory.mktemp("người") / "Sở A")
    answer = office.say("publish", "QT-VP-05", "QT-HT-04", "QT-HT-34", "QT-HT-37", "QT-HT-38", "QT-HT-06", *ISSUED)
    assert answer.code == 0, answer.err + answer.out
    return office


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    return made.copy(tmp_path / "Sở")


def appointed(office: Office, chair: str, decision: str, day: str, at: str) -> None:
    case = office.told(*STEERING, "--chair", chair, by="linh.vt", at=f"{at}T08:00")["case"]
    office.told("case", "advance", case, "--choose", "Phù hợp", by="khanh.pv", at=f"{at}T09:00")
    given = ("--set", f"số quyết định={decision}", "--set", f"hiệu lực từ ngày={day}")
    office.told("case", "advance", case, "--choose", "Ký", *given, by="cuong.lv", at=f"{at}T10:00")


def test_the_head_of_a_unit_chairs_its_steering_committee(office: Office) -> None:
    answer = office.say(*STEERING, "--chair", "cuong.lv", by="linh.vt", at=AT)
    assert answer.code == 4
    assert "Lê Văn Cường không phải người đứng đầu Sở A" in answer.err


def test_a_body_set_up_anew_keeps_who_was_in_it_before(office: Office) -> None:
    appointed(office, "an.nv", "01/QĐ-SA", "05/03/2026", "2026-03-02")
    appointed(office, "an.nv", "07/QĐ-SA", "01/06/2026", "2026-05-25")
    now = office.told("people", "committees", at="2026-07-01T09:00")["rows"]
    assert [(row["Quyết định"], row["Từ"], row["Đến ngày"]) for row in now] == [("07/QĐ-SA", "01/06/2026", "")]
    history = office.told("people", "committees", "--history", at="2026-07-01T09:00")["rows"]
    assert [row["Đến ngày"] for row in history] == ["01/06/2026", ""]
    then = office.told("people", "committees", at="2026-05-31T09:00")["rows"]
    assert [row["Quyết định"] for row in then] == ["01/QĐ-SA"]


def test_whoever_leaves_leaves_a_list_and_a_head_gives_the_work_to_another(office: Office) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Máy in", by="hung.nm", at=AT)["case"]
    given = ("--set", "nội dung=Máy in", "--set", "tổng tiền=5 triệu", "--set", "nguồn kinh phí=Khác")
    office.told("case", "advance", case, *given, by="hung.nm", at=AT)
    office.told("case", "claim", case, by="giang.vt", at="2026-03-02T10:00")
    rows = office.told("people", "leaving", "giang.vt", at="2026-03-03T09:00")["rows"]
    held = next(row for row in rows if row["Mục"] == "Việc đang giữ")
    assert held["Hồ sơ, quyết định"] == f"{case} [2]"
    assert "Đặng Thu Hà" in held["Người khác làm được"]
    refused = office.say("people", "leaving", "giang.vt", "--to", "ha.dt", by="hung.nm", at="2026-03-03T09:00")
    assert "đã giao 0/1 việc cho ha.dt" in refused.err
    done = office.say("people", "leaving", "giang.vt", "--to", "ha.dt", by="dung.pt", at="2026-03-03T09:30")
    assert "đã giao 1/1 việc cho ha.dt" in done.err
    assert office.told("people", "leaving", "giang.vt", at="2026-03-03T10:00")["rows"] == []


def test_an_account_that_nobody_has_does_not_leave(office: Office) -> None:
    assert office.say("people", "leaving", "không.ai").code == 2


def merged(office: Office) -> None:
    """Phòng Nghiệp vụ goes into Phòng Công nghệ thông tin at the end of March; nobody's posts have been moved yet."""
    units = office.root / "organisation.d" / "đơn vị.yaml"
    before = "Phòng Nghiệp vụ:\n"
    more = "  đến ngày: 31/03/2026\n  nhập vào: Phòng Công nghệ thông tin\n  quyết định: 15/QĐ-SA\n"
    units.write_text(units.read_text("utf-8").replace(before, before + more), "utf-8")


def test_a_merged_unit_leaves_cases_posts_procedures_and_duties(office: Office) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Máy in", by="quynh.bt", at=AT)["case"]
    merged(office)
    assert office.told("organisation", "after", at="2026-03-31T09:00")["rows"] == []
    answer = office.say("organisation", "after", at="2026-04-01T09:00")
    (row,) = office.told("organisation", "after", at="2026-04-01T09:00")["rows"]
    assert (row["Đơn vị"], row["Đơn vị nhận"], row["Hồ sơ đang mở"]) == (
        "Phòng Nghiệp vụ",
        "Phòng Công nghệ thông tin",
        "1",
    )
    assert "phuc.hm (Trưởng phòng)" in row["Chức vụ còn ghi"]
    assert "Công bố lại hệ thống quản lý chất lượng (31/05/2026)" in row["Phải ban hành lại"]
    assert "còn 1 hồ sơ ở Phòng Nghiệp vụ: quytrinh organisation rehome" in answer.err
    assert case in office.say("organisation", "rehome", at="2026-04-01T10:00").out
    assert office.told("organisation", "after", at="2026-04-01T11:00")["rows"][0]["Hồ sơ đang mở"] == "0"
    opened = office.say("organisation", "after", "--open", by="linh.vt", at="2026-04-01T12:00")
    assert opened.code == 0, opened.err
    (follow,) = office.told("case", "list", "--procedure", "QT-HT-37")["cases"]
    assert follow["title"] == "Sắp xếp Phòng Nghiệp vụ"


def test_each_procedure_that_names_a_unit_that_is_gone_is_reviewed_once(office: Office) -> None:
    merged(office)
    answer = office.say("organisation", "after", "--open", by="linh.vt", at="2026-04-01T12:00")
    assert answer.code == 0, answer.err
    assert "Rà soát QT-HT-38 sau khi Phòng Nghiệp vụ kết thúc hoạt động" not in answer.err
    opened = {one["title"]: one for one in office.told("case", "list", "--procedure", "QT-HT-34")["cases"]}
    assert set(opened) == {f"Rà soát {code} sau khi Phòng Nghiệp vụ kết thúc hoạt động" for code in NAMING}
    (row,) = office.told("register", "QT-HT-34", at="2026-04-01T12:00")["cases"]
    assert {"QT-HT-06@1", "Sắp xếp tổ chức"} <= set(row["values"].values())
    office.say("organisation", "after", "--open", by="linh.vt", at="2026-04-02T12:00")
    assert len(office.told("case", "list", "--procedure", "QT-HT-34")["cases"]) == len(NAMING)


def test_units_of_which_the_system_is_required_are_listed_apart_and_counted_with_the_tree(office: Office) -> None:
    must = office.say("organisation", "tree", "--obligation", "bat-buoc", "--on", "31/03/2026")
    may = office.say("organisation", "tree", "--obligation", "khuyen-khich", "--on", "31/03/2026")
    units, communes = must.out.splitlines(), may.out.splitlines()
    assert "UBND xã B (H01.101)" in communes
    assert any(line.startswith("Sở A") for line in units)
    assert not set(units) & set(communes)
    counted = f"bắt buộc áp dụng: {len(units)} đơn vị; khuyến khích áp dụng: {len(communes)} đơn vị\n"
    tree = office.say("organisation", "tree", "--on", "31/03/2026")
    assert must.err == may.err == tree.err == counted
    assert office.say("organisation", "tree", "--obligation", "x").code == 2


def test_the_tree_is_that_of_the_day(office: Office) -> None:
    merged(office)
    assert "  Phòng Nghiệp vụ (H01.2.4)" in office.say("organisation", "tree", "--on", "31/03/2026").out
    assert "Phòng Nghiệp vụ" not in office.say("organisation", "tree", "--on", "01/04/2026").out
