"""Sở A, which sums up the reports of two communes, and short ways to open and send them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from engine.agency import Agency
from engine.commands import FinishWork, OpenCase
from engine.handle import Done, handle
from procedures.load import load_text
from procedures.organisation import load_organisation
from procedures.shelf import release
from quality.reports.kinds import Kind, read_kinds_text
from quality.reports.owed import Owed, all_owed, open_owed
from tests.quality.programme.sample import ROOT, at, attach, folder

DECLARED = """\
báo cáo:
  BC-QUY:
    tên: Báo cáo quý
    trích yếu: kết quả áp dụng hệ thống quản lý chất lượng
    chốt số liệu trước hạn: 7 ngày
    các cấp:
      - { đơn vị: "mỗi ủy ban nhân dân xã thuộc UBND tỉnh A", gửi về: Sở A, hạn: trước ngày 22 hàng quý }
      - { đơn vị: Sở A, gửi về: UBND tỉnh A, hạn: trước ngày 25 hàng quý, chốt số liệu trước hạn: 2 ngày }
  BC-NGANH:
    tên: Báo cáo theo ngành
    các cấp:
      - { đơn vị: "mỗi phòng thuộc Sở A", gửi về: Văn phòng, hạn: trước ngày 20 hàng 6 tháng }
      - { đơn vị: Văn phòng, gửi về: cấp trên, hạn: định kỳ 6 tháng }
"""
WORK = """\
quy trình:
  mã: QT-01
  tên: Trả lời công văn
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 01/01/2026
  đơn vị chủ trì: Sở A
  thời hạn: 3 ngày làm việc
vai trò:
  người làm: Giám đốc của đơn vị mở hồ sơ hoặc Chủ tịch UBND xã của đơn vị mở hồ sơ hoặc Chuyên viên của đơn vị mở hồ sơ
các bước:
  trả lời:
    tên: Trả lời
    trách nhiệm: người làm
    thời hạn: 2 ngày làm việc
    đến: kết thúc hoàn thành
"""
ORGANISATION = load_organisation(ROOT / "organisation.d")[0]
KINDS: Sequence[Kind] = read_kinds_text(DECLARED, ORGANISATION, "Sở A").kinds


def owed(agency: Agency, unit: str, kind: str = "BC-QUY", period: str = "2026-Q1") -> Owed:
    every = all_owed(KINDS, agency.organisation, "Sở A", int(period[:4]))
    return next(one for one in every if (one.kind.code, one.unit, one.period) == (kind, unit, period))


def office(tmp_path: Path) -> Agency:
    """Sở A with reports and one working procedure; in March the chief of xã B did two cases, one of them late."""
    agency = folder(tmp_path, "QT-HT-21")
    (agency.root / "programme.d").mkdir()
    (agency.root / "programme.d" / "báo cáo.yaml").write_text(DECLARED, encoding="utf-8")
    procedure = load_text(WORK, "QT-01.yaml").procedure
    assert procedure is not None
    agency.shelf.publish(release(procedure, approved_by="Giám đốc", issued_at=datetime(2025, 12, 22, 1, tzinfo=UTC)))
    work(agency, "thai.lv", at(2, 3), at(3, 3))
    work(agency, "thai.lv", at(2, 3, 9), at(12, 3))
    work(agency, "thai.lv", at(10, 3), None)
    work(agency, "an.nv", at(5, 1), at(6, 1))
    work(agency, "quan.dv", at(6, 3), None)
    return agency


def work(agency: Agency, by: str, opened: datetime, done: datetime | None) -> None:
    number = f"{by}/{opened:%m%d%H}"
    told = OpenCase(id=number, actor=by, procedure="QT-01", title=f"Công văn {number}", again="khác")
    case = handle(told, store=agency.store, ground=agency, now=opened)
    assert isinstance(case, Done), case
    if done is not None:
        end = FinishWork(id=f"xong {number}", actor=by, case=case.case, item=1)
        assert isinstance(handle(end, store=agency.store, ground=agency, now=done), Done)


def send(agency: Agency, one: Owed, by: tuple[str, str], now: datetime, **values: str) -> str:
    """Open what is owed by then and send one of the reports; return its case."""
    open_owed(agency.store, agency, [one], now)
    with agency.store.reading() as reader:
        case = next(case for case in reader.cases(procedure="QT-HT-21") if case.unit == one.unit)
    attach(agency, case.id, by[0], now)
    for item, who, outcome in ((1, by[0], None), (2, by[1], "Đã gửi")):
        fields = values if item == 1 else {}
        told = FinishWork(
            id=f"{case.id}/{item}", actor=who, case=case.id, item=item, outcome=outcome, fields=fields, salt="s"
        )
        done = handle(told, store=agency.store, ground=agency, now=now)
        assert isinstance(done, Done), done
    return case.id
