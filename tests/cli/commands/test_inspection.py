"""Inspections: a plan with enough units, a team from elsewhere, minutes, two months, one package."""

import zipfile
from pathlib import Path

import pytest

from tests.cli.office import ISSUED, Answer, Office, fresh

AT = "2026-10-05T09:00"
OPEN = ("inspection", "open", "Sở Y tế", "--inspector", "nghia.pv", "--inspector", "khanh.pv", "--at-headquarters")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = fresh(tmp_path_factory.mktemp("kiểm tra") / "Sở A")
    answer = office.say("publish", "QT-VP-05", "QT-HT-04", "QT-HT-31", "QT-HT-32", *ISSUED)
    assert answer.code == 0, answer.err + answer.out
    return office


@pytest.fixture
def office(made: Office, tmp_path: Path) -> Office:
    return made.copy(tmp_path / "Sở")


#: What whoever signs vouches for of each inspector (TT 26/2014, Điều 40).
VOUCHED = (
    "Người kiểm tra có trình độ đại học trở lên (Điều 40)",
    "Người kiểm tra có chứng chỉ quản lý nhà nước (Điều 40)",
    "Người kiểm tra đã qua đào tạo đánh giá (Điều 40; sổ đào tạo QT-HT-14)",
    "Người kiểm tra có ít nhất 3 năm công tác (Điều 40)",
)


def sign(office: Office, case: str, vouched: tuple[str, ...] = VOUCHED) -> Answer:
    ticks = [word for one in vouched for word in ("--check", one)]
    given = ("--choose", "Ký", "--set", "số quyết định=9/QĐ", *ticks)
    return office.say("case", "advance", case, *given, by="an.nv", at="2026-10-06T09:00")


def held(office: Office) -> str:
    case = str(office.told(*OPEN, by="linh.vt", at=AT)["case"])
    sign(office, case)
    found = ("--set", "ngày kiểm tra=12/10/2026", "--set", "ngày ký biên bản=14/10/2026")
    more = ("--set", "kết quả theo nội dung=1a = đạt; 1d = không đạt", "--check", "Biên bản lập hai bản, hai bên đã ký")
    office.told(
        *("case", "advance", case, "--choose", "Có nội dung chưa đạt", *found, *more),
        by="nghia.pv",
        at="2026-10-14T09:00",
    )
    return case


def test_the_plan_takes_all_by_dossier_and_a_share_at_headquarters(office: Office) -> None:
    rows = office.told("inspection", "plan", at=AT)["rows"]
    assert all(row["Qua hồ sơ"] == "x" for row in rows)
    visited = [row["Đơn vị"] for row in rows if row["Tại trụ sở"]]
    kinds = {row["Đơn vị"]: row["Loại"] for row in rows}
    assert [kinds[unit] for unit in visited].count("sở") == 2
    assert [kinds[unit] for unit in visited].count("ủy ban nhân dân xã") == 1


def test_the_plan_can_be_put_to_approval_as_a_case(office: Office) -> None:
    case = office.told("inspection", "plan", "--open", by="linh.vt", at=AT)["case"]
    shown = office.told("case", "show", case, at=AT)
    assert shown["procedure"] == "QT-HT-31"


def test_nobody_inspects_the_unit_they_work_in(office: Office) -> None:
    answer = office.say("inspection", "open", "Sở Y tế", "--inspector", "hang.lt", by="linh.vt", at=AT)
    assert answer.code == 4
    assert "Lý Thị Hằng làm việc tại Sở Y tế" in answer.err


def test_a_team_is_looked_at_by_whatever_door_it_comes(office: Office) -> None:
    told = {"năm kiểm tra": "2026", "đơn vị được kiểm tra": "Sở Y tế", "hình thức": "Qua hồ sơ", "lồng ghép": "không"}
    given = [word for name, text in told.items() for word in ("--set", f"{name}={text}")]
    case = office.told("case", "open", "QT-HT-32", "--title", "Kiểm tra", by="linh.vt", at=AT)["case"]
    answer = office.say("case", "advance", case, *given, "--set", "đoàn kiểm tra=hang.lt", by="linh.vt", at=AT)
    assert answer.code != 0
    assert "Không nhận: Lý Thị Hằng làm việc tại Sở Y tế" in answer.err


@pytest.mark.parametrize("left_out", VOUCHED)
def test_no_decision_is_signed_before_every_condition_of_an_inspector_is_vouched_for(
    office: Office, left_out: str
) -> None:
    case = str(office.told(*OPEN, by="linh.vt", at=AT)["case"])
    answer = sign(office, case, tuple(one for one in VOUCHED if one != left_out))
    assert answer.code != 0
    assert left_out in answer.err


def test_what_was_not_met_is_put_right_within_two_months_of_the_minutes(office: Office, tmp_path: Path) -> None:
    case = held(office)
    (row,) = office.told("inspection", "list", at="2026-12-14T09:00")["rows"]
    assert (row["Hạn khắc phục"], row["Tình trạng"]) == ("14/12/2026", "Chờ khắc phục")
    (row,) = office.told("inspection", "list", at="2026-12-15T09:00")["rows"]
    assert row["Tình trạng"] == "Quá hạn"
    assert (
        "Sở Y tế phải báo cáo kết quả khắc phục trước ngày 14/12/2026"
        in office.say("doctor", at="2026-12-15T09:00").out
    )
    visited = {row["Đơn vị"]: row["Lần đến gần nhất"] for row in office.told("inspection", "plan", at=AT)["rows"]}
    assert visited["Sở Y tế"] == "12/10/2026"
    for paper in ("minutes", "checklist"):
        assert office.say("inspection", paper, case, "-o", tmp_path / f"{paper}.docx").code == 0
    finding = ("inspection", "finding", case, "--content", "1d", "--text", "Bỏ bước")
    number = office.told(*finding, by="khanh.pv", at="2026-10-15T09:00")["case"]
    (one,) = office.told("nc", "list", at="2026-10-16T09:00")["nonconformities"]
    assert (one["id"], one["source"], one["source_case"]) == (number, "Kiểm tra bên ngoài", case)


def test_a_judgement_that_there_is_none_of_is_told_in_words(office: Office, tmp_path: Path) -> None:
    case = str(office.told(*OPEN, by="linh.vt", at=AT)["case"])
    sign(office, case)
    told = (
        "--set",
        "ngày kiểm tra=12/10/2026",
        "--set",
        "ngày ký biên bản=14/10/2026",
        "--set",
        "kết quả theo nội dung=9z = tốt",
    )
    tick = ("--check", "Biên bản lập hai bản, hai bên đã ký")
    office.told(
        *("case", "advance", case, "--choose", "Không có nội dung chưa đạt", *told, *tick),
        by="nghia.pv",
        at="2026-10-14T09:00",
    )
    answer = office.say("inspection", "minutes", case, "-o", tmp_path / "x.docx")
    assert answer.code == 2
    assert "9z = tốt" in answer.err


def test_the_package_holds_lists_registers_and_evidence_that_verifies(office: Office, tmp_path: Path) -> None:
    held(office)
    office.told("case", "open", "QT-VP-05", "--title", "Giấy", by="hung.nm", at="2026-03-02T09:00")
    path = tmp_path / "bo.zip"
    answer = office.say("inspection", "package", "--period", "2026", "--cases", "1", "-o", path, at="2026-11-02T09:00")
    assert answer.code == 0, answer.err
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "bo")
    assert {"00-muc-luc.txt", "01-danh-muc.xlsx", "02-so/QT-HT-04.xlsx", "02-so/QT-HT-32.xlsx"} <= set(names)
    (evidence,) = [name for name in names if name.startswith("05-chung-cu/")]
    assert office.say("audit", "verify-pack", tmp_path / "bo" / evidence).code == 0
