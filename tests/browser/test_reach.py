"""What is reached from a page and what is not: cases of others, words however typed, numbers, an agency's first day."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import agency as sample
from tests.browser.addresses import LOOKS
from tests.browser.conftest import PATIENCE, Entering, Site, quick_passwords, serving
from tests.browser.test_acceptance import opened
from tests.web.api.programs import V1, token


def test_who_may_not_read_a_case_reaches_it_in_none_of_five_ways(come_in: Entering, site: Site) -> None:
    an = come_in("an")
    case = opened(an, "Bí mật của riêng An")
    an.goto("/tra-cuu?tim=bi+mat+cua+rieng")
    expect(an.locator("main")).to_contain_text(case)
    ha = come_in("ha")
    for path in (f"/ho-so/{case}", f"/ho-so/{case}/buoc/1", f"/ho-so/{case}/mau/01", f"/ho-so/{case}/mau/06"):
        answer = ha.goto(path)
        assert answer is not None
        assert answer.status == 404, path
        assert "Bí mật" not in ha.content()
    ha.goto("/dieu-hanh")
    ha.fill("#tim-nhanh", "bi mat cua rieng")
    ha.keyboard.press("Enter")
    ha.wait_for_url("**/tra-cuu?*")
    assert case not in ha.inner_text("main")
    for path in ("/tra-cuu.csv", "/tra-cuu.csv?tim=bi+mat", "/so/QT-TT-01", "/bao-cao/so/QT-TT-01.csv"):
        text = ha.request.get(path).text()
        assert case not in text, path
        assert "Bí mật" not in text, path
    for person, status in (("an", 200), ("ha", 404)):
        shown = {"Authorization": f"Bearer {token(site.agency, person, 'read')}"}
        assert ha.request.get(f"{V1}/cases/{case}", headers=shown).status == status


def test_what_is_looked_for_is_found_however_it_is_typed(come_in: Entering, site: Site) -> None:
    page = come_in("em")
    wanted = {
        "may huy": set[str](),
        "giấy in quý": {site.cases["done"]},
        "giay in quy": {site.cases["done"]},
        unicodedata.normalize("NFD", "giấy in quý"): {site.cases["done"]},
        "HS-2026-000": set(site.cases.values()),
        "the cho doan kiem": {site.cases["paused"]},
    }
    for text, cases in wanted.items():
        page.goto("/tro-giup")
        page.fill("#tim-nhanh", text)
        page.keyboard.press("Enter")
        page.wait_for_url("**/tra-cuu?*")
        found = page.locator("main tbody th a").all_inner_texts()
        assert set(found) & set(site.cases.values()) == cases, text
    an = come_in("an")
    case = opened(an, "Sửa điều hoà tầng 3")
    for text in ("hòa tầng", "hoà tầng", "hoa tang"):
        page.goto(f"/tra-cuu?tim={quote(text)}")
        expect(page.locator("main tbody")).to_contain_text(case)


def test_every_number_of_the_dashboard_is_the_count_of_the_rows_it_leads_to(come_in: Entering) -> None:
    page = come_in("em")
    page.goto("/dieu-hanh?ky=2026-Q1")
    links = page.locator("main a").evaluate_all("all => all.map(one => [one.textContent.trim(), one.href])")
    numbers = {(int(text), address) for text, address in links if text.isdigit()}
    assert len(numbers) >= 12
    for number, address in numbers:
        page.goto(address)
        expect(page.locator("caption").first).to_contain_text(re.compile(rf"^{number} "))
        assert page.locator("tbody tr").count() == min(number, 50)


@pytest.fixture
def first_day(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The director, before an agency that has no case."""
    site = Site(sample.agency(tmp_path), {})
    with quick_passwords(), serving(site):
        context = browser.new_context(base_url=site.address)
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "phien", "value": site.token("em"), "url": site.address}])
        yield context.new_page()
        context.close()
    site.agency.store.close()


def test_a_page_of_an_agency_without_cases_says_what_to_do_next(first_day: Page) -> None:
    paths = [one for looks in LOOKS.values() for _, one in looks if "HS-2026" not in one and "KPH-" not in one]
    for path in paths:
        answer = first_day.goto(path)
        assert answer is not None
        assert answer.status < 500, path
        for empty in first_day.locator("main .empty").all():
            assert empty.locator("a").count() == 1, f"{path}: {empty.inner_text()}"
        acts = first_day.locator("main").locator("a:visible, button:visible, summary:visible").count()
        assert acts or path == "/tro-giup", path
    for path in ("/viec", "/ho-so", "/tra-cuu", "/dieu-hanh", "/chi-tieu", "/khong-phu-hop"):
        first_day.goto(path)
        assert first_day.locator("main .empty a").count() == 1, path
