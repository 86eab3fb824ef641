"""Time in a browser: counted over a weekend, judged by the minute, standing while a case is paused."""

import re

from playwright.sync_api import Page, expect

from tests.browser.agency import Office
from tests.browser.conftest import Entering, Site
from tests.quality.agency import at


def opened(page: Page, title: str) -> str:
    page.goto("/ho-so/moi/QT-TT-02")
    page.fill("#trich-yeu", title)
    with page.expect_navigation():
        page.click("main form button")
    found = re.search(r"/ho-so/(HS-[\d-]+)/buoc/1", page.url)
    assert found
    return found[1]


def test_four_hours_from_friday_at_four_end_on_monday_at_eleven(come_in: Entering, site: Site) -> None:
    with site.at(at(20, 16)):
        page = come_in("an")
        page.goto(f"/ho-so/{opened(page, 'Thẻ cho khách chiều thứ Sáu')}")
        expect(page.locator(".facts")).to_contain_text("Hạn 23/03/2026 11:00")
        expect(page.locator(".facts")).to_contain_text("còn 4 giờ LV")


def test_the_due_minute_is_in_time_the_next_one_is_late_and_an_earlier_day_is_early(
    come_in: Entering, site: Site
) -> None:
    office = Office(site.agency, "ends")
    ends = {"Trước hạn": (20, 16, 30), "Đúng hạn": (23, 11, 0), "Quá hạn": (23, 11, 1)}
    cases = {words: office.card(f"Thẻ {words}", 20, 16) for words in ends}
    for words, end in ends.items():
        office.finish_card(cases[words], *end)
    with site.at(at(24, 8)):
        page = come_in("em")
        for words, case in cases.items():
            page.goto(f"/ho-so/{case}")
            expect(page.locator(".heading .tag")).to_have_text(words)
            page.goto(f"/tra-cuu?tim={case}")
            expect(page.locator("tbody .tag")).to_have_text(words)


def test_a_step_that_is_late_in_a_case_that_is_not_is_behind_and_not_overdue(come_in: Entering, site: Site) -> None:
    page = come_in("em")
    page.goto(f"/ho-so/{site.cases['slow']}")
    expect(page.locator(".heading .tag")).to_have_text("Chậm tiến độ")
    assert "quá hạn" not in page.locator(".heading").inner_text().lower()
    for path in ("/viec?muc=don-vi", "/ho-so"):
        page.goto(path)
        expect(page.locator("tr", has_text=site.cases["slow"]).locator(".tag")).to_have_text("Chậm tiến độ")
    page.goto("/ho-so?tinh-trang=late")
    assert site.cases["slow"] not in page.inner_text("main")


def test_a_pause_moves_the_due_date_by_exactly_its_working_time(come_in: Entering, site: Site) -> None:
    """Given two working days of pause: Friday from 10, not the weekend, nor the holiday on Monday, Wednesday to 10."""
    with site.at(at(24, 8, month=4)):
        page = come_in("an")
        case = opened(page, "Thẻ cho đoàn tháng Tư")
        page.click("button[value=chuyen]")
        page.wait_for_url("**/viec?*")
    with site.at(at(24, 10, month=4)):
        page = come_in("an")
        page.goto(f"/ho-so/{case}")
        expect(page.locator(".facts")).to_contain_text("Hạn 24/04/2026 12:00")
        page.get_by_role("link", name="Tạm dừng").click()
        page.fill("#ly-do", "chờ danh sách")
        page.click("main form button")
        expect(page.locator(".heading .tag")).to_have_text("Tạm dừng")
    with site.at(at(28, 16, month=4)):  # while it stands, nothing becomes late
        page = come_in("an")
        page.goto(f"/ho-so/{case}")
        assert "quá hạn" not in page.inner_text("main").lower()
        assert "còn 2 giờ LV" in page.inner_text("main")
    with site.at(at(29, 10, month=4)):
        page = come_in("an")
        page.goto(f"/ho-so/{case}")
        page.get_by_role("link", name="Tiếp tục").click()
        page.click("main form button")
        expect(page.locator(".facts")).to_contain_text("29/04/2026 12:00")
        expect(page.locator(".facts")).to_contain_text("24/04/2026 12:00")
        expect(page.locator(".facts")).to_contain_text("còn 2 giờ LV")
