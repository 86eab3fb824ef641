"""Registers and reports are files to be kept, with the cases that may be read and no others."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from engine.agency import Agency
from procedures.load import load_file
from procedures.shelf import release
from tests.quality.agency import ISSUED, ROOT
from tests.web.conftest import Played
from tests.web.reading import Reading
from tests.web.test_giving import Visitor


def test_every_file_that_is_offered_is_there(played: Played) -> None:
    for path in ("/bao-cao", "/bao-cao?ky=2026-Q1&don-vi=S%E1%BB%9F+A"):
        offered = [href for _, href in Reading(played.get(path)).links if href.split("?")[0].endswith(ENDINGS)]
        assert len(offered) >= 7
        for href in offered:
            answer = played.visitor.get(href)
            assert answer.status_code == 200, href
            assert answer.headers["content-disposition"].startswith("attachment")
            if not href.split("?")[0].endswith(".csv"):
                assert ZipFile(BytesIO(answer.content)).testzip() is None


ENDINGS = (".xlsx", ".docx", ".csv")


def test_a_register_has_the_cases_that_may_be_read_and_no_others(agency: Agency) -> None:
    case = Visitor(agency, "an").open("Giấy in")
    for person, there in (("an", True), ("ha", False)):
        visitor = Visitor(agency, person)
        rows = list(csv.reader(StringIO(visitor.get("/bao-cao/so/QT-TT-01.csv").lstrip("\ufeff"))))
        assert (case in {cell for row in rows for cell in row}) is there


def test_a_report_that_is_asked_for_out_of_turn_is_opened_by_whoever_may_write_reports(agency: Agency) -> None:
    found = load_file(ROOT / "procedures.d" / "QT-HT-21.yaml", ROOT).procedure
    assert found is not None
    there = found.model_copy(update={"effective_from": ISSUED.date()})
    agency.shelf.publish(release(there, approved_by="Giám đốc", issued_at=ISSUED))
    an = Visitor(agency, "an")
    ((href,),) = [[one for text, one in Reading(an.get("/bao-cao")).links if text == "Mở hồ sơ báo cáo đột xuất"]]
    an.send(href, **{"trich-yeu": "Báo cáo đột xuất về hồ sơ quá hạn"})
    assert an.answer.status_code == 303
    assert "Mở hồ sơ báo cáo đột xuất" not in Visitor(agency).get("/bao-cao")


def test_papers_about_the_whole_agency_are_only_for_those_who_read_it(agency: Agency) -> None:
    an = Visitor(agency, "an")
    assert "mẫu 07" not in an.get("/bao-cao")
    an.get("/bao-cao/so-theo-doi.docx")
    assert an.answer.status_code == 404
    an.get("/bao-cao/so/QT-XX-99.csv")
    assert an.answer.status_code == 404
