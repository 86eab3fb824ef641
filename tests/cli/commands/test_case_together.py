"""A council votes on the command line: each finds his own vote, an absence is recorded, the result is told."""

from tests.cli.office import ISSUED, Office

COUNCIL = """\
quy trình:
  mã: QT-VP-99
  tên: Xét sáng kiến
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 01/01/2026
  đơn vị chủ trì: Văn phòng
  thời hạn: 10 ngày làm việc
  căn cứ:
    - TCVN ISO 9001:2015, điều 10.3
vai trò:
  người đề nghị: Chuyên viên, Văn phòng
  uỷ viên: Kế toán, Văn phòng hoặc Văn thư, Văn phòng
biểu mẫu:
  BM-99: Đơn đề nghị
các bước:
  đề nghị:
    tên: Đề nghị xét
    trách nhiệm: người đề nghị
    biểu mẫu: BM-99
    đến: họp
  họp:
    tên: Hội đồng biểu quyết
    trách nhiệm: uỷ viên
    thời hạn: 2 ngày làm việc
    biểu quyết: Công nhận khi quá nửa số được cử
    chọn:
      Công nhận: kết thúc công nhận
      Không công nhận: kết thúc không công nhận
chỉ tiêu:
  CT1: đúng hạn ít nhất 95% mỗi quý
rủi ro:
  - Bỏ sót sáng kiến
hồ sơ lưu:
  Hồ sơ sáng kiến: Văn phòng, 5 năm
thử:
  Được công nhận:
    đi qua: đề nghị > họp
    kết thúc: công nhận
"""
ASKER, AT = "hung.nm", "2026-03-02T09:00"


def test_each_member_finds_his_own_vote_and_an_absence_is_counted(office: Office) -> None:
    (office.root / "procedures.d" / "QT-VP-99.yaml").write_text(COUNCIL, encoding="utf-8")
    answer = office.say("publish", "QT-VP-99", *ISSUED)
    assert answer.code == 0, answer.err + answer.out
    case = office.told("case", "open", "QT-VP-99", "--title", "Sáng kiến", by=ASKER, at=AT)["case"]
    called = office.told("case", "advance", case, by=ASKER, at=AT)["open_items"]
    assert [item["member"] for item in called] == ["hai.bv", "hanh.dt", "hien.nt", "hoa.lt"]
    office.told("case", "advance", case, "--choose", "Công nhận", by="hanh.dt", at=AT)
    away = called[-1]["item"]
    told = office.told("case", "absent", case, "--item", away, "--reason", "ốm", by=ASKER, at=AT)
    assert [item["member"] for item in told["open_items"]] == ["hai.bv", "hien.nt"]
    ended = office.told("case", "advance", case, "--choose", "Không công nhận", by="hien.nt", at=AT)
    assert (ended["status"], ended["result"]) == ("ended", "không công nhận")
    shown = office.say("case", "show", case).out
    assert "Lý Thị Hoa vắng ở “Hội đồng biểu quyết”: ốm" in shown
    assert "kết quả chung của “Hội đồng biểu quyết”: Không công nhận" in shown


def test_somebody_who_was_not_called_is_asked_which_vote_he_means(office: Office) -> None:
    (office.root / "procedures.d" / "QT-VP-99.yaml").write_text(COUNCIL, encoding="utf-8")
    office.say("publish", "QT-VP-99", *ISSUED)
    case = office.told("case", "open", "QT-VP-99", "--title", "Sáng kiến", by=ASKER, at=AT)["case"]
    office.told("case", "advance", case, by=ASKER, at=AT)
    answer = office.say("case", "advance", case, "--choose", "Công nhận", by=ASKER, at=AT)
    assert answer.code == 2
    assert "2 (họp, hai.bv), 3 (họp, hanh.dt)" in answer.err
