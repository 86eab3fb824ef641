"""The page of the system tells what needs somebody and shows its tables; each can be kept as a workbook."""

import re

from tests.web.conftest import Played
from tests.web.reading import Reading


def test_the_page_shows_the_scope_and_says_what_is_not_on_record(played: Played) -> None:
    page = played.get("/he-thong")
    texts = Reading(page).texts
    assert "QT-TT-01" in texts
    assert "Việc cần có người xem" in texts
    assert "Chưa có gì được ghi nhận." in texts


def test_every_table_can_be_kept_as_a_workbook(played: Played) -> None:
    links = re.findall(r'href="(/he-thong/[a-z-]+\.xlsx)"', played.get("/he-thong"))
    assert links
    for link in links:
        answer = played.visitor.get(link)
        assert answer.status_code == 200
        assert answer.content.startswith(b"PK")
    assert played.visitor.get("/he-thong/khong-co.xlsx").status_code == 404


def test_the_catalogue_leads_to_it(played: Played) -> None:
    assert 'href="/he-thong"' in played.get("/quy-trinh")
