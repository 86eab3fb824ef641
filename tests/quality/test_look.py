"""One look at everything: a delay passes, a called case opens and its end passes the step, each once."""

from engine.case import CaseStatus
from engine.commands import WithdrawCase
from quality.look import look
from quality.sweep import Swept
from tests.engine.house import Office, at, loaded

_HEAD = """
quy trình:
  mã: {code}
  tên: Quy trình {code}
  loại: công việc nội bộ
  đơn vị chủ trì: Văn phòng
  hiệu lực từ: 05/01/2026
vai trò:
  người đề nghị: Chuyên viên của đơn vị mở hồ sơ
các bước:
"""
CALLER = loaded(
    _HEAD.format(code="QT-A")
    + """
  đề nghị:
    tên: Đề nghị
    trách nhiệm: người đề nghị
    đến: chờ một ngày
  chờ một ngày:
    tên: Chờ một ngày
    chờ: 1 ngày làm việc
    đến: gọi
  gọi:
    tên: Gọi quy trình khác
    gọi quy trình: QT-B
    chọn:
      xong việc: kết thúc hoàn thành
      rút hồ sơ: kết thúc dừng
"""
)
CALLED = loaded(
    _HEAD.format(code="QT-B")
    + """
  làm:
    tên: Làm
    trách nhiệm: người đề nghị
    đến: kết thúc xong việc
"""
)


def office_with_a_waiting_call() -> tuple[Office, str]:
    office = Office.with_(CALLER, CALLED)
    case = office.open(at(2, 9), procedure="QT-A")
    office.finish(case, 1, "an", at(2, 10))
    return office, case


def test_a_delay_is_not_passed_before_its_time() -> None:
    office, case = office_with_a_waiting_call()
    assert look(office.store, office, at(3, 9)) == Swept()
    assert [item.waits_for for item in office.case(case).live_items] == ["delay"]


def test_a_called_case_is_opened_once_however_often_one_looks() -> None:
    office, case = office_with_a_waiting_call()
    first = look(office.store, office, at(3, 11))
    assert (first.delays, first.calls) == (1, 1)
    assert look(office.store, office, at(3, 12)) == Swept()
    called = office.case("HS-2026-0002")
    assert (called.procedure, called.parent) == ("QT-B", (case, 3))


def test_the_end_of_the_called_case_chooses_the_outcome_of_its_name() -> None:
    office, case = office_with_a_waiting_call()
    look(office.store, office, at(3, 11))
    office.finish("HS-2026-0002", 1, "an", at(4, 9))
    assert look(office.store, office, at(4, 10)).calls == 1
    assert (office.case(case).status, office.case(case).result) == (CaseStatus.ENDED, "hoàn thành")


def test_a_called_case_that_is_withdrawn_passes_its_step_too() -> None:
    office, case = office_with_a_waiting_call()
    look(office.store, office, at(3, 11))
    office.give(WithdrawCase(id="w", actor="an", case="HS-2026-0002", reason="không cần nữa"), at(4, 9))
    look(office.store, office, at(4, 10))
    assert office.case(case).result == "dừng"


def test_a_call_of_what_is_not_issued_waits_until_it_is() -> None:
    office = Office.with_(CALLER)
    case = office.open(at(2, 9), procedure="QT-A")
    office.finish(case, 1, "an", at(2, 10))
    assert look(office.store, office, at(3, 11)).calls == 0
    assert [item.waits_for for item in office.case(case).live_items] == ["sub_case"]
