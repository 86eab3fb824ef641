"""Registers and reports are files to be kept, with the cases that may be read and no others."""

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

from engine.agency import Agency
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


def test_papers_about_the_whole_agency_are_only_for_those_who_read_it(agency: Agency) -> None:
    an = Visitor(agency, "an")
    assert "mẫu 07" not in an.get("/bao-cao")
    an.get("/bao-cao/so-theo-doi.docx")
    assert an.answer.status_code == 404
    an.get("/bao-cao/so/QT-XX-99.csv")
    assert an.answer.status_code == 404
