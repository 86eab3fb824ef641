"""Somebody looks for cases: without accents, by part of a code, by filters that stand in the address, as a sheet."""

import csv
import unicodedata
from io import BytesIO, StringIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest

from engine.agency import Agency
from tests.web.conftest import HOSTILE, Played
from tests.web.reading import Reading
from tests.web.test_giving import Visitor
from web.behind import CASES

#: Which of the played cases answer to a text.
FOUND = {
    "giấy": ("done", "overdue"),
    "giay": ("done", "overdue"),
    "GIẤY in": ("done",),
    unicodedata.normalize("NFD", "kẹp giấy"): ("withdrawn",),
    "hs-2026-0005": ("withdrawn",),
    "2026-0006": ("fresh",),
    "qt-tt-01 but": ("returned",),
    "phong bi": ("fresh",),
}


def ids(played: Played, path: str) -> set[str]:
    page = Reading(played.get(path))
    return {text for text, href in page.links if href.startswith("/ho-so/HS-")}


@pytest.mark.parametrize("text", FOUND)
def test_what_is_looked_for_is_found_however_it_is_typed(played: Played, text: str) -> None:
    wanted = {played.cases[what] for what in FOUND[text]}
    if text in {"giấy", "giay"}:
        wanted |= {played.cases["withdrawn"]}
    assert ids(played, f"/tra-cuu?tim={quote(text)}") == wanted


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("tinh-trang=late", {"returned", "overdue"}),
        ("tinh-trang=safe", {"fresh"}),
        ("tinh-trang=ended_late", {"late"}),
        ("tinh-trang=ended_in_time", {"done"}),
        ("tinh-trang=withdrawn", {"withdrawn"}),
        ("tu=12/03/2026&den=16/03/2026", {"returned", "withdrawn"}),
        ("den=02/03/2026", {"done"}),
        ("tu=03/03/2026&den=03/03/2026&moc=xong", {"done"}),
        ("nguoi=chi", {"done", "late"}),
        ("nguoi=ai+do", set()),
        ("don-vi=nowhere", set()),
        ("quy-trinh=QT-TT-01&tinh-trang=ended&tim=muc", {"late"}),
    ],
)
def test_a_filter_stands_in_the_address_and_leaves_what_it_names(played: Played, query: str, what: set[str]) -> None:
    assert ids(played, f"/tra-cuu?{query}") == {played.cases[one] for one in what}


def test_a_day_that_is_none_leads_to_its_field_with_everything_kept(played: Played) -> None:
    answer = played.visitor.get("/tra-cuu?tim=giay&tu=32/03/2026")
    page = Reading(answer.text)
    assert answer.status_code == 422
    assert [words for words, href in page.links if href == "#tu" and "32/03/2026" in words]
    assert {"giay", "32/03/2026"} <= set(page.attributes("value"))


def test_nothing_found_with_filters_offers_the_same_words_without_them(played: Played) -> None:
    page = Reading(played.get("/tra-cuu?tim=kep+giay&tinh-trang=open"))
    [(words, href)] = [(text, href) for text, href in page.links if "bỏ các điều kiện" in text]
    assert "(1)" in words
    assert ids(played, href) == {played.cases["withdrawn"]}


def test_the_box_above_every_page_leads_to_what_it_looks_for(played: Played) -> None:
    for path in ("/viec", "/quy-trinh", "/tro-giup"):
        page = Reading(played.get(path))
        assert "/tra-cuu" in page.attributes("action")
        assert "tim" in page.attributes("name")
    page = Reading(played.get("/viec", "en"))
    assert "lang" in page.attributes("name")


def test_the_sheet_has_the_rows_of_the_list_and_no_formula(played: Played) -> None:
    page = Reading(played.get("/tra-cuu?tinh-trang=open"))
    [href] = [href for text, href in page.links if text == "CSV"]
    answer = played.visitor.get(href)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heads, *rows = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert heads[:3] == ["Hồ sơ", "Quy trình", "Trích yếu"]
    assert {row[0] for row in rows} == ids(played, "/tra-cuu?tinh-trang=open")
    assert HOSTILE in {row[2] for row in rows}
    with ZipFile(BytesIO(played.visitor.get(href.replace(".csv", ".xlsx")).content)) as book:
        told = book.read("xl/sharedStrings.xml").decode()
    assert all(f">{row[0]}<" in told for row in rows)
    assert {row[-1] for row in rows} == {"An"}


def test_who_may_not_read_a_case_finds_it_in_no_list_and_no_sheet(agency: Agency) -> None:
    case = Visitor(agency, "an").open("Bí mật của An")
    ha = Visitor(agency, "ha")
    assert case in Visitor(agency, "an").get("/tra-cuu?tim=bi+mat")
    for path in ("/tra-cuu?tim=bi+mat", "/tra-cuu", "/tra-cuu.csv", f"/tra-cuu.csv?tim={case}", f"/ho-so?ids={case}"):
        assert f"{CASES}/{case}" not in ha.get(path)
        assert "Bí mật" not in ha.answer.text
        assert ha.answer.status_code == 200
