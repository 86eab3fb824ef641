"""Lists of many rows: filters stand in the address, another filter begins at the first page, and a page is light."""

import gzip
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.agency import Office
from tests.browser.conftest import Entering, Site
from tests.browser.test_acceptance import BOTH

#: In bytes: what all scripts and styles may take as they are sent, and a list of fifty rows.
_STYLES_AND_SCRIPTS, _LIST = 60_000, 120_000
_MANY = 60


@pytest.fixture(scope="module")
def many(site: Site) -> list[str]:
    """More cases than a page shows, all of them late and one person's work."""
    office = Office(site.agency, "rows")
    return [office.card(f"Thẻ số {number} cho khách", 18, 8) for number in range(_MANY)]


@BOTH
def test_filters_stand_in_the_address_and_everything_is_there_when_one_comes_back(
    come_in: Entering, many: list[str], *, scripts: bool
) -> None:
    page = come_in("em", java_script_enabled=scripts, viewport={"width": 1024, "height": 600})
    page.goto("/tra-cuu")
    page.select_option("select[name=quy-trinh]", "QT-TT-02")
    page.select_option("select[name=tinh-trang]", "late")
    page.fill("#tu", "18/03/2026")
    with page.expect_navigation():
        page.click("main form button")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items() if values[0]}
    assert {"quy-trinh": "QT-TT-02", "tinh-trang": "late", "tu": "18/03/2026"}.items() <= asked.items()
    with page.expect_navigation():
        page.locator("nav.pager a", has_text="2").first.click()
    address, rows = page.url, page.locator("tbody tr").all_inner_texts()
    assert len(rows) == _MANY - 50
    page.locator("tbody tr a").last.scroll_into_view_if_needed()
    place = page.evaluate("scrollY")
    assert place > 0
    page.locator("tbody tr th a").last.click()
    page.wait_for_url("**/ho-so/HS-*")
    page.go_back()
    page.wait_for_url(address)
    assert page.locator("tbody tr").all_inner_texts() == rows
    page.wait_for_function(f"Math.abs(scrollY - {place}) < 2")
    assert page.input_value("select[name=tinh-trang]") == "late"


@BOTH
def test_another_filter_begins_at_the_first_page_and_every_row_answers_to_it(
    come_in: Entering, many: list[str], *, scripts: bool
) -> None:
    page = come_in("em", java_script_enabled=scripts)
    page.goto("/tra-cuu?quy-trinh=QT-TT-02&trang=2")
    page.select_option("select[name=tinh-trang]", "late")
    with page.expect_navigation():
        page.click("main form button")
    assert "trang" not in parse_qs(urlsplit(page.url).query)
    tags = page.locator("tbody .tag").all_inner_texts()
    assert len(tags) == 50
    assert {one.strip() for one in tags} == {"Quá hạn"}
    page.goto("/tra-cuu?trang=2")
    page.select_option("select[name=tinh-trang]", "paused")
    with page.expect_navigation():
        page.click("main form button")
    assert {one.strip() for one in page.locator("tbody .tag").all_inner_texts()} == {"Tạm dừng"}


def test_a_list_of_fifty_rows_and_all_that_it_needs_are_light(come_in: Entering, many: list[str]) -> None:
    """The time to the first byte among a hundred thousand cases is measured by `benchmarks/web.py`."""
    page = come_in("an")
    needed: dict[str, bytes] = {}
    page.on("response", lambda answer: needed.update({urlsplit(answer.url).path: b""}))
    answer = page.goto("/viec")
    assert answer is not None
    assert page.locator("tbody tr").count() == 50
    assert len(answer.body()) <= _LIST
    assert set(needed) <= {"/viec", "/site.css", "/live.js", "/tin"}
    light = [gzip.compress(page.request.get(path).body()) for path in ("/site.css", "/live.js")]
    assert sum(map(len, light)) <= _STYLES_AND_SCRIPTS
