"""What machines have to do, seen and mended from the command line."""

import pytest

from tests.cli.office import ISSUED, Office

WHO = "hung.nm"
MONDAY = "2026-03-02"
PROCEDURE = """\
quy trình:
  mã: QT-MAY-01
  tên: Báo tin cho đơn vị bạn
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 01/01/2026
  đơn vị chủ trì: Văn phòng
  thời hạn: 3 ngày làm việc

vai trò:
  cán bộ: Chuyên viên, Văn phòng

các bước:
  soạn:
    tên: Soạn tin
    trách nhiệm: cán bộ
    thời hạn: 1 ngày làm việc
    đến: báo tin
  báo tin:
    tên: Báo tin
    tự động:
      việc: gõ mõ
      thử lại: không
    thời hạn: 1 giờ làm việc
    đến: kết thúc hoàn thành
"""


@pytest.fixture
def parked(office: Office) -> tuple[Office, str]:
    """A case whose automatic step nobody here can do, and its errand."""
    (office.root / "procedures.d" / "QT-MAY-01.yaml").write_text(PROCEDURE, encoding="utf-8")
    published = office.say(
        "publish", "QT-MAY-01", "--accept", "QT601=Việc một người", "--accept", "QT617=Cài sau", *ISSUED
    )
    assert published.code == 0, published.err
    case = office.told("case", "open", "QT-MAY-01", "--title", "Tin", by=WHO, at=f"{MONDAY}T08:10")["case"]
    office.told("case", "advance", case, by=WHO, at=f"{MONDAY}T08:20")
    return office, f"{case}/báo tin/1"


def listed(office: Office, *more: str) -> list[tuple[str, str]]:
    return [(one["key"], one["status"]) for one in office.told("errand", "list", *more)["errands"]]


def test_an_errand_waits_is_tried_and_parked_with_its_reason(parked: tuple[Office, str]) -> None:
    office, key = parked
    assert listed(office) == [(key, "waiting")]
    drained = office.say("errand", "drain", at=f"{MONDAY}T08:30")
    assert drained.code == 1
    assert "vướng 1" in drained.err
    said = office.say("errand", "list")
    assert key in said.out
    assert "gõ mõ" in said.out
    assert "retry KHÓA" in said.err


def test_the_doctor_sees_what_is_parked_and_what_nobody_does(parked: tuple[Office, str]) -> None:
    office, _ = parked
    waited = office.say("doctor", at=f"{MONDAY}T09:00").out
    assert "✗ việc giao cho máy cũ nhất đã chờ 40 phút mà không ai làm — quytrinh serve" in waited
    office.say("errand", "drain", at=f"{MONDAY}T08:30")
    told = office.say("doctor", at=f"{MONDAY}T08:40").out
    assert "✗ 1 việc vướng — quytrinh errand list" in told
    assert "✓ việc giao cho máy được làm kịp" in told
    assert office.say("doctor", "--changes", at=f"{MONDAY}T08:40").code == 3


def test_a_parked_errand_is_retried_and_dropped_by_somebody(parked: tuple[Office, str]) -> None:
    office, key = parked
    assert office.say("errand", "retry", key, by=WHO).code == 2  # it waits already
    office.say("errand", "drain", at=f"{MONDAY}T08:30")
    assert office.say("errand", "retry", key).code == 2  # who says so?
    assert office.say("errand", "retry", key, by=WHO, at=f"{MONDAY}T09:00").code == 0
    assert listed(office) == [(key, "waiting")]
    assert office.say("errand", "drop", key, "--reason", "báo bằng điện thoại", by=WHO).code == 0
    assert listed(office) == []
    (row,) = office.told("errand", "list", "--all")["errands"]
    assert (row["status"], row["fault"]) == ("dropped", f"{WHO}: báo bằng điện thoại")
    case = key.partition("/")[0]
    shown = office.say("case", "show", case).out
    assert f"đứng tại “báo tin”: đã bỏ, {WHO}: báo bằng điện thoại; làm tiếp bằng  quytrinh errand retry {key}" in shown
    assert office.say("errand", "retry", key, by=WHO, at=f"{MONDAY}T10:00").code == 0
    assert listed(office) == [(key, "waiting")]
    assert "đứng tại" not in office.say("case", "show", case).out


@pytest.mark.parametrize("act", [("retry",), ("drop", "--reason", "x")])
def test_an_errand_that_is_not_there_is_told(act: tuple[str, ...], office: Office) -> None:
    said = office.say("errand", *act, "HS-2026-0099/x/1", by=WHO)
    assert said.code == 2
    assert "không có việc “HS-2026-0099/x/1”" in said.err


def test_nothing_to_do_is_said(office: Office) -> None:
    assert "không có việc nào chờ máy làm" in office.say("errand", "list").err
    assert office.say("errand", "drain").code == 0
