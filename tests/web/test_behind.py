"""Every number leads to exactly the cases that make it up."""

import re

import pytest

from engine.state import read_case
from tests.web.conftest import NOW, Played
from tests.web.reading import Reading
from visualize import review_document
from web.visit import PERIOD


def numbers(played: Played, path: str) -> list[tuple[int, str]]:
    """Return each whole number of a page that leads to a list, and where."""
    page = Reading(played.get(path))
    lists = ("/ho-so?", "/tra-cuu?", "/khong-phu-hop?", "/viec?")
    return [(int(text), href) for text, href in page.links if text.isdigit() and href.startswith(lists)]


@pytest.mark.parametrize(
    ("path", "least"),
    [
        ("/dieu-hanh", 15),
        ("/dieu-hanh?ky=2026-Q1", 10),
        ("/dieu-hanh?ky=2026-03", 5),
        ("/chi-tieu", 6),
        ("/chi-tieu?ky=2026-Q1", 6),
        ("/chi-tieu?quy-trinh=QT-TT-01", 50),
        ("/quy-trinh", 2),
        ("/phan-tich/QT-TT-01", 2),
        ("/xem-xet", 8),
    ],
)
def test_a_number_is_the_count_of_the_rows_it_leads_to(played: Played, path: str, least: int) -> None:
    found = numbers(played, path)
    wrong = {(number, href): rows for number, href in set(found) if (rows := Reading(played.get(href)).rows) != number}
    assert len(found) >= least
    assert not wrong


def test_a_set_too_long_for_an_address_leads_to_a_sheet_with_every_case(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_document, "MOST_LISTED", 2)
    page = Reading(played.get("/xem-xet/2026-03"))
    sheets = [(int(text), href) for text, href in page.links if text.isdigit() and ".csv" in href]
    assert sheets
    for count, href in sheets:
        assert played.get(href).count("\n") == count + 1
    assert played.visitor.get("/xem-xet/2026-03.csv?tap=H999").status_code == 404


def test_the_leader_reads_what_was_played(played: Played) -> None:
    page = Reading(played.get("/dieu-hanh?ky=2026-03"))
    by_name = {page.texts[place]: page.texts[place + 1] for place in reversed(range(len(page.texts) - 1))}
    assert by_name["Nhận trong kỳ"] == "6"
    assert by_name["Đã xong"] == "2"
    assert by_name["Tỷ lệ đúng hạn"] == "50 %"
    assert by_name["Xong quá hạn"] == "1"
    assert by_name["Đã rút"] == "1"


def test_a_share_leads_to_its_part_and_to_its_whole(played: Played) -> None:
    found = [href for _, href in Reading(played.get("/dieu-hanh")).links]
    part = next(href for href in found if "tinh-trang=ended_in_time&" in href)
    whole = next(href for href in found if "tinh-trang=ended_in_time,ended_late" in href)
    assert played.cases["late"] in played.get(whole)
    assert played.cases["late"] not in played.get(part)
    assert played.cases["done"] in played.get(part)


def test_what_is_late_now_is_what_the_record_says(played: Played) -> None:
    page = played.get("/ho-so?tinh-trang=late")
    assert Reading(page).rows == 2
    assert all(played.cases[what] in page for what in ("overdue", "returned"))


def test_cases_by_their_ids_come_in_their_order_and_unknown_ones_are_passed_over(played: Played) -> None:
    ids = [played.cases["late"], "HS-2026-9999", played.cases["done"]]
    page = played.get(f"/ho-so?ids={','.join(ids)}")
    assert re.findall(r'<th scope="row"><a href="/ho-so/([^"]+)"', page) == [ids[0], ids[2]]


def test_nonconformities_are_in_their_register_and_not_among_the_cases(played: Played) -> None:
    assert "KPH-2026-0001" in played.get("/khong-phu-hop")
    assert "/ho-so/KPH-2026-0001" not in played.get("/ho-so")
    assert "KPH-2026-0001" in played.get("/ho-so?quy-trinh=QT-HT-04")


def test_the_page_agrees_with_the_database(played: Played) -> None:
    with played.agency.store.reading() as reader:
        asked = "SELECT state FROM case_file WHERE series LIKE 'HS-%' AND status IN ('open', 'paused')"
        states = [read_case(state) for (state,) in reader.connection.exec_driver_sql(asked)]
    page = played.get("/ho-so?tinh-trang=open")
    assert sorted(re.findall(r'<th scope="row"><a href="/ho-so/([^"]+)"', page)) == sorted(one.id for one in states)


def test_the_period_is_kept_by_the_links_of_a_page(played: Played) -> None:
    hrefs = [href for _, href in numbers(played, "/chi-tieu?quy-trinh=QT-TT-01&ky=2026-Q1")]
    assert hrefs
    assert all(f"{PERIOD}=2026-Q1" in href for href in hrefs)
    assert NOW.year == 2026
