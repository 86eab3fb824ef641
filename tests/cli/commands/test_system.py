"""Declaring, declaring again, mandatory sets, changes of law: from the shelf and the cases alone."""

from pathlib import Path

import pytest

from tests.cli.office import ISSUED, Office, fresh

AT = "2026-03-02T09:00"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = fresh(tmp_path_factory.mktemp("công bố") / "Sở A")
    answer = office.say("publish", "QT-VP-05", "QT-HT-04", "QT-HT-30", "QT-HT-33", "QT-HT-34", *ISSUED)
    assert answer.code == 0, answer.err + answer.out
    return office


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    return made.copy(tmp_path / "Sở")


def declare(office: Office) -> str:
    case = str(office.told("declaration", "open", by="linh.vt", at=AT)["case"])
    office.told("case", "advance", case, "--choose", "Đúng", by="khanh.pv", at="2026-03-03T09:00")
    given = ("--set", "xác nhận hiệu lực=có", "--set", "số quyết định=12/QĐ-SA", "--set", "ngày công bố=04/03/2026")
    office.told(
        *("case", "advance", case, "--choose", "Công bố", *given, "--set", "người ký=Nguyễn Văn An"),
        by="an.nv",
        at="2026-03-04T09:00",
    )
    office.told("case", "advance", case, *ticks(), by="linh.vt", at="2026-03-05T09:00")
    return case


def ticks() -> list[str]:
    told = ("Đã gửi thông báo bằng văn bản", "Đã niêm yết tại trụ sở", "Đã đăng trang thông tin điện tử")
    return [word for text in told for word in ("--check", text)]


def test_an_agency_that_has_not_declared_is_told_so_until_it_has(office: Office, tmp_path: Path) -> None:
    assert "Sở A chưa công bố" in office.say("declaration", "status", at=AT).err
    case = declare(office)
    status = office.say("declaration", "status", at="2026-03-06T09:00")
    assert "công bố lại" not in status.err
    assert case in status.out
    assert office.say("declaration", "paper", case, "-o", tmp_path / "qd.docx").code == 0
    assert (tmp_path / "qd.docx").read_bytes().startswith(b"PK")


def test_a_procedure_issued_since_asks_for_another_declaration_and_doctor_says_so(office: Office) -> None:
    declare(office)
    text = (office.root / "procedures.d" / "QT-VP-05.yaml").read_text("utf-8")
    changed = text.replace("lần ban hành: 3", "lần ban hành: 4").replace("12 ngày làm việc", "13 ngày làm việc", 1)
    (office.root / "procedures.d" / "QT-VP-05.yaml").write_text(changed, encoding="utf-8")
    issued = office.say(
        *("publish", "QT-VP-05", "--issue", "4", "--effective", "01/04/2026", "--approved-by", "Giám đốc Sở A"),
        *("--drafted-by", "Lê Thị Soạn", "--accept", "QT401=Mẫu", "--accept", "QT404=Mẫu", "--accept", "QT512=Mẫu"),
        at="2026-03-20T09:00",
    )
    assert issued.code == 0, issued.err + issued.out
    assert "công bố lại" not in office.say("declaration", "status", at="2026-03-31T09:00").err
    sentence = "Sở A phải công bố lại: từ lần công bố 04/03/2026 đã thêm 0, bớt 0, sửa 1 quy trình"
    assert sentence in office.say("declaration", "status", at="2026-04-01T09:00").err
    assert sentence in office.say("doctor", at="2026-04-01T09:00").out


def test_the_matrix_says_who_has_what_and_leaves_open_what_nobody_named(office: Office, tmp_path: Path) -> None:
    rows = {row["Quy trình"]: row for row in office.told("declaration", "coverage", at=AT)["rows"][:4]}
    assert rows["QT-HT-04; Sự không phù hợp và hành động khắc phục"]["Sở A"] == "Đã áp dụng"
    assert rows["QT-HT-04; Sự không phù hợp và hành động khắc phục"]["Sở Y tế"] == "Chưa áp dụng"
    assert rows["QT-HT-01; Kiểm soát thông tin dạng văn bản"]["Sở A"] == "Chưa áp dụng"
    all_rows = office.told("declaration", "coverage", at=AT)["rows"]
    assert {row["Sở A"] for row in all_rows[4:]} == {"Chưa có tên trong bộ"}
    assert len(all_rows) == 19
    assert office.say("declaration", "coverage", "-o", tmp_path / "ma-tran.xlsx", at=AT).code == 0


def test_a_service_without_a_procedure_is_seen(office: Office) -> None:
    answer = office.say("declaration", "services", at=AT)
    assert "6 thủ tục chưa có quy trình đang hiệu lực" in answer.err


def test_a_change_of_law_finds_what_it_touches_and_until_when(office: Office) -> None:
    told = ("law", "change", "99/2026/QĐ-TTg", "--replaces", "19/2014/QĐ-TTg", "--effective", "01/02/2026")
    case = office.told(*told, by="linh.vt", at=AT)["case"]
    (row,) = office.told("law", "list", at=AT)["rows"]
    assert (row["Hồ sơ"], row["Hạn cập nhật"]) == (case, "01/05/2026")
    assert row["Quy trình"] == "QT-HT-30; QT-HT-33; QT-HT-34"
    late = office.say("law", "list", at="2026-05-02T09:00")
    assert "phải cập nhật theo 99/2026/QĐ-TTg trước ngày 01/05/2026" in late.err


def test_a_procedure_is_reviewed_a_year_after_it_took_effect_or_after_its_last_review(office: Office) -> None:
    assert office.told("declaration", "reviews", "--overdue", at="2026-12-31T09:00")["rows"] == []
    overdue = office.told("declaration", "reviews", "--overdue", at="2027-01-04T09:00")["rows"]
    assert len(overdue) == 5
    told = ("--set", "quy trình=QT-VP-05", "--set", "lý do rà soát=Định kỳ", "--set", "nhận xét=Tốt")
    case = office.told("case", "open", "QT-HT-34", "--title", "Rà soát", by="linh.vt", at="2026-12-01T09:00")["case"]
    more = ("--set", "đề xuất=Giữ", "--set", "lần rà soát tới=01/12/2027")
    office.told("case", "advance", case, *told, *more, by="linh.vt", at="2026-12-01T10:00")
    office.told("case", "advance", case, "--choose", "Đồng ý", by="khanh.pv", at="2026-12-02T10:00")
    left = office.told("declaration", "reviews", "--overdue", at="2027-01-04T09:00")["rows"]
    assert "QT-VP-05" not in {row["Mã"] for row in left}


def test_the_checklist_of_documented_information_counts_the_cases_that_show_it(office: Office) -> None:
    declare(office)
    rows = {row["Điều khoản"]: row for row in office.told("declaration", "documented", at="2026-03-06T09:00")["rows"]}
    assert (rows["4.3"]["Hồ sơ đã xong"], rows["4.3"]["Hồ sơ đang làm"]) == ("1", "0")
    assert rows["7.2"]["Hồ sơ đã xong"] == ""
