"""Is the machine well."""

import sqlite3
from pathlib import Path

import pytest

from tests.cli.commands.test_cases import filled, opened
from tests.cli.office import Office, said


@pytest.fixture
def kept(office: Office) -> Office:
    assert filled(office, opened(office)).code == 0
    assert filled(office, opened(office)).code == 0
    return office


def test_the_doctor_says_what_is_well_and_how_to_mend_the_rest(kept: Office, tmp_path: Path) -> None:
    well = kept.say("doctor", at="2026-03-02")
    assert well.code == 0
    assert all(line.startswith("✓ ") for line in well.out.splitlines())
    (kept.root / "calendar.d" / "2027.yaml").unlink()
    ill = kept.say("doctor", at="2026-12-01")
    assert ill.code == 0  # to be done in time; work goes on
    assert (
        "✗ chưa có lịch làm việc được quyết định cho năm 2027, các hạn trong năm chỉ là tính sẵn — khai báo" in ill.out
    )
    assert kept.say("doctor", "--changes", at="2026-12-01").code == 3
    elsewhere = said("-C", tmp_path, "doctor", "--format", "json")
    assert elsewhere.json["checks"][-1] == {
        "name": f"{tmp_path} là thư mục cơ quan",
        "ok": False,
        "remedy": f"quytrinh init {tmp_path}",
    }


def test_the_tables_are_compared_with_the_log_and_put_right(kept: Office) -> None:
    whole = kept.say("rebuild", "--check")
    assert (whole.code, len(whole.out.strip())) == (0, 64)
    assert "giống từng byte với dòng dựng lại từ nhật ký" in whole.err
    with sqlite3.connect(kept.root / "quytrinh.db") as database:
        database.execute("update work_item set assignee = 'ha.dt' where case_id = 'HS-2026-0001' and number = 1")
    database.close()
    told = kept.say("rebuild", "--check")
    assert told.code == 1
    assert "HS-2026-0001: bảng “work_item” không khớp với nhật ký" in told.out
    told = kept.say("rebuild")
    assert "đã dựng lại 1 hồ sơ từ nhật ký" in told.err
    assert "khởi động lại các chương trình đang phục vụ" in told.err
    again = kept.say("rebuild", "--check", "--format", "json")
    assert (again.code, again.json["same"], again.json["drawn"]) == (0, True, whole.out.strip())
