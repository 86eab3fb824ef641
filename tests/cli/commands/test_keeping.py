"""Is the machine well."""

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
