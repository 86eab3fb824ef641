"""Reports are written in three forms, by hand or by themselves once their figures are frozen."""

from datetime import date
from pathlib import Path

import docx

from engine.errands.drain import Drain
from engine.errands.duty import ask_for, duties
from quality.reports.pack import unit_report
from tests.quality.programme.sample import at
from tests.quality.reports.sample import KINDS, office, owed, send
from visualize.report_document import report_sheet
from visualize.report_forms import FOLDER, write_report


def test_a_report_is_a_paper_a_sheet_and_its_figures_with_their_cases(tmp_path: Path) -> None:
    agency = office(tmp_path)
    send(agency, owed(agency, "UBND xã B"), ("thai.lv", "thom.tt"), at(17, 3))
    until = date(2026, 3, 18)
    made = list(write_report(agency, owed(agency, "Sở A"), until, tmp_path / "ra", "vi"))
    assert [path.name for path in made] == [f"BC-QUY-2026-Q1-so-a.{end}" for end in ("docx", "xlsx", "json")]
    before = [path.read_bytes() for path in made]
    assert [
        path.read_bytes() for path in write_report(agency, owed(agency, "Sở A"), until, tmp_path / "ra", "vi")
    ] == before
    text = "\n".join(one.text for one in docx.Document(str(made[0])).paragraphs)
    assert "Kính gửi: UBND tỉnh A" in text
    assert "Chưa gửi nên chưa có trong số tổng hợp (1 đơn vị):" in text
    assert "Trong 3 hồ sơ đã giải quyết có 2 hồ sơ đúng hạn." in text
    assert made[1].read_bytes().startswith(b"PK")


def test_drafts_are_written_by_themselves_once_the_figures_are_frozen_and_never_again(tmp_path: Path) -> None:
    agency = office(tmp_path)

    def beat(day: int) -> list[str]:
        now = at(day, 3, 9)
        ask_for(agency, now, {name: duties()[name] for name in ("báo cáo", "dự thảo báo cáo")})
        Drain(agency, "w", clock=lambda: now).all(1)
        return sorted(path.name for path in (agency.root / FOLDER).glob("*.docx"))

    assert beat(2) == []
    with agency.store.reading() as reader:
        assert len(reader.cases(procedure="QT-HT-21")) == 3
    assert beat(15) == []
    assert beat(16) == ["BC-QUY-2026-Q1-ubnd-xa-b.docx", "BC-QUY-2026-Q1-ubnd-xa-c.docx"]
    (agency.root / FOLDER / "BC-QUY-2026-Q1-ubnd-xa-b.docx").write_bytes(b"x")
    assert len(beat(24)) == 3
    assert (agency.root / FOLDER / "BC-QUY-2026-Q1-ubnd-xa-b.docx").read_bytes() == b"x"


def test_the_sheet_has_a_row_for_each_unit_those_that_sent_nothing_too_and_the_sum(tmp_path: Path) -> None:
    agency = office(tmp_path)
    send(agency, owed(agency, "UBND xã B"), ("thai.lv", "thom.tt"), at(17, 3))
    with agency.store.reading() as reader:
        found = unit_report(reader, agency, owed(agency, "Sở A"), KINDS, "Sở A", date(2026, 3, 18))
    sheet = report_sheet(found)
    assert [row[1] for row in sheet.rows] == ["Sở A", "UBND xã B", "UBND xã C: chưa gửi", "Cộng"]
    own, lower, missing, total = (row[3:] for row in sheet.rows)
    assert set(missing) == {None}
    assert total == tuple(int(str(one)) + int(str(two)) for one, two in zip(own, lower, strict=True))
    assert sheet.notes == ("UBND xã C: chưa gửi",)
