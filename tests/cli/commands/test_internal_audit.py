"""`internal-audit`: planned with an independent team, sampled from live data, found, reported."""

from pathlib import Path

import pytest

from tests.cli.office import ISSUED, Answer, Office, fresh

WHEN = "2026-08-03T09:00"
PLAN = ("internal-audit", "plan", "--unit", "Phòng Nghiệp vụ", "--when", "Quý III", "--procedure", "QT-VP-05")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = fresh(tmp_path_factory.mktemp("đánh giá") / "Sở A")
    answer = office.say("publish", "QT-VP-05", "QT-HT-02", "QT-HT-04", "QT-HT-14", *ISSUED)
    assert answer.code == 0, answer.err + answer.out
    return office


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    return made.copy(tmp_path / "Sở")


def planned(office: Office) -> str:
    answer = office.say(*PLAN, "--lead", "nghia.pv", "--auditor", "thanh.tv", by="linh.vt", at=WHEN)
    assert answer.code == 0, answer.err
    return next(word for word in answer.out.split() if word.startswith("HS-"))


def test_an_audit_that_is_planned_stands_in_the_programme(office: Office) -> None:
    case = planned(office)
    lines = {row["Đơn vị"]: row for row in office.told("internal-audit", "programme", at=WHEN)["rows"]}
    assert lines["Phòng Nghiệp vụ"]["Cuộc đánh giá"] == case
    assert lines["Phòng Nghiệp vụ"]["Tình trạng"] == "Đã lên chương trình"
    assert lines["Phòng Tổ chức cán bộ"]["Tình trạng"] == "Quá hạn: chưa đánh giá"
    said = office.say("internal-audit", "programme", at=WHEN).err
    assert "Phòng Tổ chức cán bộ chưa được đánh giá trong năm 2026" in said


@pytest.mark.parametrize(
    ("lead", "auditor", "sentence"),
    [
        ("nghia.pv", "quan.dv", "Đặng Văn Quân làm việc tại Phòng Nghiệp vụ"),
        ("thanh.tv", "nam.lt", "Trần Văn Thành không giữ chức vụ được làm trưởng đoàn"),
        ("nghia.pv", "giang.vt", "Vũ Thị Giang không có trong danh sách đánh giá viên"),
    ],
)
def test_a_team_that_would_audit_itself_is_refused_and_nothing_is_opened(
    office: Office, lead: str, auditor: str, sentence: str
) -> None:
    answer = office.say(*PLAN, "--lead", lead, "--auditor", auditor, by="linh.vt", at=WHEN)
    assert answer.code == 4
    assert sentence in answer.err
    assert office.told("case", "list", "--procedure", "QT-HT-02")["cases"] == []


def opened_otherwise(office: Office, lead: str, auditor: str, at: str = WHEN) -> Answer:
    """Plan an audit by the door that every procedure has."""
    told = {"năm đánh giá": "2026", "đơn vị được đánh giá": "Phòng Nghiệp vụ", "trưởng đoàn": lead}
    told |= {"đoàn đánh giá": auditor, "chuẩn mực đánh giá": "TCVN ISO 9001:2015"}
    given = [word for name, text in told.items() for word in ("--set", f"{name}={text}")]
    case = office.told("case", "open", "QT-HT-02", "--title", "Đánh giá", by="linh.vt", at=at)["case"]
    return office.say("case", "advance", case, *given, by="linh.vt", at=at)


def test_a_team_is_looked_at_by_whatever_door_it_comes(office: Office) -> None:
    answer = opened_otherwise(office, "nghia.pv", "quan.dv")
    assert answer.code != 0
    assert "Đặng Văn Quân làm việc tại Phòng Nghiệp vụ" in answer.err
    assert opened_otherwise(office, "nghia.pv", "thanh.tv", at="2026-09-03T09:00").code == 0


def test_the_pool_has_the_certificates_and_one_that_has_run_out_stops_the_audit(office: Office) -> None:
    course = {"tên khoá": "Đánh giá viên", "loại khoá": "Đánh giá viên nội bộ", "thành phần": "Đánh giá viên"}
    course |= {"đơn vị tổ chức": "Sở A", "ngày bắt đầu": "02/03/2026", "độ mật": "Thường"}
    passed = {"người tham dự": "nghia.pv; thanh.tv", "người đạt": "nghia.pv", "số chứng nhận": "21/CN"}
    passed |= {"chứng nhận có giá trị đến": "31/08/2026"}
    case = office.told("case", "open", "QT-HT-14", "--title", "Khoá", by="linh.vt", at="2026-03-02T09:00")["case"]
    for by, told, outcome in (
        ("linh.vt", course, ()),
        ("an.nv", {}, ("--choose", "Phê duyệt")),
        ("nga.nt", passed, ()),
    ):
        given = [word for name, text in told.items() for word in ("--set", f"{name}={text}")]
        answer = office.say("case", "advance", case, *given, *outcome, by=by, at="2026-03-03T09:00")
        assert answer.code == 0, answer.err
    held = {row["Tài khoản"]: row["Chứng nhận"] for row in office.told("internal-audit", "pool", at=WHEN)["rows"]}
    assert held["nghia.pv"] == f"21/CN ({case}), có giá trị đến 31/08/2026"
    assert held["thanh.tv"] == "chưa có trong sổ đào tạo (QT-HT-14)"
    assert opened_otherwise(office, "nghia.pv", "thanh.tv").code == 0
    answer = opened_otherwise(office, "nghia.pv", "thanh.tv", at="2026-09-01T09:00")
    assert f"chứng nhận đánh giá viên của Phạm Văn Nghĩa ({case}) chỉ có giá trị đến 31/08/2026" in answer.err


def test_nobody_audits_a_case_in_which_they_worked(office: Office) -> None:
    opened = office.told("case", "open", "QT-VP-05", "--title", "Máy in", by="nhung.lt", at="2026-03-02T09:00")["case"]
    given = ("--set", "nội dung=Máy in", "--set", "tổng tiền=5 triệu", "--set", "nguồn kinh phí=Khác")
    office.told("case", "advance", opened, *given, by="nhung.lt", at="2026-03-02T10:00")
    answer = office.say(
        *("internal-audit", "plan", "--unit", "Phòng Kế hoạch - Tài chính", "--procedure", "QT-VP-05"),
        *("--lead", "phuong.nt", "--auditor", "nhung.lt"),
        by="linh.vt",
        at=WHEN,
    )
    assert answer.code == 4
    assert f"đã làm việc trong {opened}" in answer.err


def test_a_sample_is_drawn_kept_and_drawn_again(office: Office) -> None:
    for n in range(6):
        office.told("case", "open", "QT-VP-05", "--title", f"Giấy {n}", by="quynh.bt", at=f"2026-03-{n + 2:02}T09:00")
    case = planned(office)
    record = office.say("internal-audit", "sample", case, "--size", "3", at=WHEN).out.strip()
    assert record.count("HS-2026-") == 4
    office.told("case", "advance", case, "--choose", "Phê duyệt", by="an.nv", at="2026-08-04T09:00")
    ticks = [word for row in checks(office) for word in ("--check", row)]
    office.told("case", "advance", case, "--set", f"mẫu hồ sơ={record}", *ticks, by="nghia.pv", at="2026-08-05T09:00")
    again = office.say("internal-audit", "sample", case, "--seed", "khác", at="2026-09-01T09:00").out.strip()
    assert again == record


def checks(office: Office) -> list[str]:
    text = (office.root / "procedures.d" / "QT-HT-02.yaml").read_text("utf-8")
    block = text.split("việc cần làm:\n", 1)[1].split("đến:", 1)[0]
    return [line.strip()[2:] for line in block.splitlines() if line.strip().startswith("- ")]


def test_a_finding_becomes_a_nonconformity_that_names_the_audit_and_stands_in_its_papers(
    office: Office, tmp_path: Path
) -> None:
    case = planned(office)
    told = ("--clause", "8.5", "--text", "Hai hồ sơ bỏ bước khảo giá", "--unit", "Phòng Nghiệp vụ")
    found = office.told("internal-audit", "finding", case, *told, by="khanh.pv", at="2026-08-06T09:00")
    number = found["case"]
    assert number.startswith("KPH-")
    listed = office.told("nc", "list", at="2026-08-06T10:00")["nonconformities"]
    assert [(one["source"], one["source_case"], one["rule"]) for one in listed] == [("Đánh giá nội bộ", case, "8.5")]
    rows = office.told("internal-audit", "gaps", case, at="2026-08-06T10:00")["rows"]
    assert [row["Điều khoản"] for row in rows if number in row["Sự không phù hợp"]] == ["8.5"]
    for paper in ("checklist", "report"):
        path = tmp_path / f"{paper}.docx"
        assert office.say("internal-audit", paper, case, "-o", path, at="2026-08-06T10:00").code == 0
        assert path.read_bytes().startswith(b"PK")


def test_the_pool_says_who_may_lead(office: Office) -> None:
    rows = {row["Tài khoản"]: row for row in office.told("internal-audit", "pool", at=WHEN)["rows"]}
    assert {account for account, row in rows.items() if row["Được làm trưởng đoàn"] == "Có"} == {
        "nghia.pv",
        "phuong.nt",
    }
    assert "quan.dv" in rows
    assert "giang.vt" not in rows
