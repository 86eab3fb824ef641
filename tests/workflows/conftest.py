"""An agency's folder in which one case is long overdue."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.agency import SETTINGS, Agency, open_agency
from engine.commands import OpenCase
from engine.handle import Done, handle
from procedures.load import load_text
from procedures.shelf import release

ROOT = Path(__file__).resolve().parents[2]
OPENED = datetime(2026, 3, 2, 2, tzinfo=UTC)
LATER_THAT_NIGHT = datetime(2026, 3, 2, 19, tzinfo=UTC)
ONE_STEP = """\
quy trình:
  mã: QT-01
  tên: Trả lời công văn
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 05/01/2026
  đơn vị chủ trì: Sở A
  thời hạn: 1 ngày làm việc

vai trò:
  lãnh đạo: Giám đốc, Sở A

các bước:
  trả lời:
    tên: Soạn và ký công văn trả lời
    trách nhiệm: lãnh đạo
    thời hạn: 1 ngày làm việc
    đến: kết thúc hoàn thành
"""


@pytest.fixture
def overdue(tmp_path: Path) -> Agency:
    """Sở A with one case, opened on a Monday in March 2026, due the day after, and left."""
    return agency_with_an_overdue_case(tmp_path)


def agency_with_an_overdue_case(tmp_path: Path) -> Agency:
    """Make the folder of Sở A, in which one procedure is issued and one case was opened long ago."""
    folder = tmp_path / "sở-a"
    for part in ("organisation.d", "calendar.d"):
        shutil.copytree(ROOT / part, folder / part)
    (folder / SETTINGS).write_text('agency = "Sở A"\n', encoding="utf-8")
    agency = open_agency(folder)
    found = load_text(ONE_STEP, "QT-01.yaml")
    assert found.procedure is not None, [str(finding.message) for finding in found.findings]
    agency.shelf.publish(
        release(found.procedure, approved_by="Giám đốc", issued_at=datetime(2026, 1, 5, 1, tzinfo=UTC))
    )
    command = OpenCase(id="c1", actor="an.nv", procedure="QT-01", title="Công văn của Sở B")
    opened = handle(command, store=agency.store, ground=agency, now=OPENED)
    assert isinstance(opened, Done), opened
    return agency
