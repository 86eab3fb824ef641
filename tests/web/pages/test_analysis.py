"""The page that analyses a procedure says the same in pictures and in tables, and each number leads to its cases."""

from pathlib import Path

from tests.web.conftest import NOW, Played, made
from tests.web.reading import Reading
from tests.web.visitor import TestClient
from web.app import make_app

PATH = "/phan-tich/QT-TT-01"


def test_every_picture_has_a_table_and_few_cases_are_said_to_be_few(played: Played) -> None:
    page = played.get(PATH)
    assert page.count("<svg") == 5
    assert page.count("Xem dạng bảng") == 5
    assert "Chưa đủ 5 hồ sơ đã xong" in page


def test_conformity_names_its_cases_and_late_ones_are_deviations(played: Played) -> None:
    links = [(text, href) for text, href in Reading(played.get(PATH)).links if "so-lieu=conform" in href]
    late = next(href for _, href in links if "conform.late_case" in href)
    assert played.cases["late"] in played.get(late)
    whole = next(href for _, href in links if "conform.rate" in href)
    assert played.cases["done"] in played.get(whole)
    way = next(href for _, href in links if "conform.way.1" in href)
    assert Reading(played.get(way)).rows == int(next(text for text, href in links if href == way))


def test_the_shades_can_stand_for_what_is_asked(played: Played) -> None:
    pages = {measure: played.get(f"{PATH}?do={measure}") for measure in ("luot", "lam", "cho", "cham")}
    drawings = {measure: page.split("<svg")[1].split("</svg>")[0] for measure, page in pages.items()}
    assert len(set(drawings.values())) == 4
    assert " ngày<" in drawings["cho"]
    assert "%<" in drawings["cham"]


def test_a_procedure_without_cases_says_what_to_do_next(tmp_path: Path) -> None:
    agency = made(tmp_path)
    page = TestClient(make_app(agency, now=lambda: NOW)).get(PATH)
    assert page.status_code == 200
    assert 'class="empty"' in page.text
    assert "<svg" not in page.text
    agency.store.close()


def test_the_page_of_the_procedure_leads_here(played: Played) -> None:
    assert PATH in {href for _, href in Reading(played.get("/quy-trinh/QT-TT-01")).links}


def test_with_too_few_months_for_limits_the_chart_says_so(played: Played) -> None:
    assert "(Chưa đủ 12 kỳ để vẽ giới hạn)" in played.get("/phan-tich/QT-TT-01?ky=2026-Q1")
