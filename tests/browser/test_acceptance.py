"""What an official does in a browser, with scripts and without."""

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from engine.accounts import IDLE
from tests.browser.conftest import NOW, PASSWORD, Entering, Site

_OPENED = count(1)
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def opened(page: Page, title: str) -> str:
    """Open a case and return its number; the first step is on the screen."""
    page.goto("/ho-so/moi/QT-TT-01")
    page.fill("#trich-yeu", f"{title} {next(_OPENED)}")  # the same title twice looks like the same case
    with page.expect_navigation():
        page.click("main form button")
    found = re.search(r"/ho-so/(HS-[\d-]+)/buoc/1", page.url)
    assert found
    return found[1]


def at_the_clerk(come_in: Entering, title: str) -> str:
    an = come_in("an")
    case = opened(an, title)
    an.click("button[value=chuyen]")
    an.wait_for_url("**/viec?*")
    return case


@BOTH
def test_a_wrong_password_puts_the_reader_on_what_is_wrong(come_in: Entering, *, scripts: bool) -> None:
    page = come_in(java_script_enabled=scripts)
    page.goto("/dang-nhap")
    page.fill("#ten", "an.sai")
    page.fill("#mat-khau", "không phải")
    page.click("main button")
    expect(page).to_have_title(re.compile("^Lỗi: "))
    expect(page.locator("#loi")).to_be_focused()
    expect(page.locator("#loi")).to_contain_text("Tên đăng nhập hoặc mật khẩu không đúng")
    expect(page.locator("#ten")).to_have_value("an.sai")
    expect(page.locator("#mat-khau")).to_have_value("")


@BOTH
def test_the_list_of_work_has_what_is_late_first_and_counts_what_it_shows(come_in: Entering, *, scripts: bool) -> None:
    page = come_in("em", java_script_enabled=scripts)
    page.goto("/viec?muc=don-vi")
    rows = page.locator("tbody tr")
    looks = rows.locator(".tag").evaluate_all("tags => tags.map(tag => tag.className.split(' ')[1])")
    assert "late" in looks
    assert looks == sorted(looks, key=lambda look: look != "late")
    told = [row.rpartition("\t")[2].strip() for row in rows.all_inner_texts()]  # first of the work, then of the case
    own = [re.match(r"(\d\d)/(\d\d)/(\d{4}) (\d\d:\d\d)", due) for due in told]
    dues = [(due and due.group(3, 2, 1, 4), look) for due, look in zip(own, looks, strict=True)]
    assert sum(due is not None for due, _ in dues) > 2
    assert dues == sorted(dues, key=lambda one: (one[1] != "late", one[0] is None, one[0] or ()))
    expect(page.locator("caption")).to_contain_text(f"{rows.count()} việc")
    counted = page.locator("nav.choices").last.inner_text()
    assert sum(int(one) for one in re.findall(r"\d+", counted)) == rows.count()


@BOTH
def test_a_step_is_sent_once_and_reading_the_answer_again_does_nothing(
    come_in: Entering, site: Site, *, scripts: bool
) -> None:
    case = at_the_clerk(come_in, "Gửi một lần")
    page = come_in("binh", java_script_enabled=scripts)
    page.goto(f"/ho-so/{case}/buoc/2")
    page.check("input[value='Đủ']")
    before = site.events(case)
    with page.expect_navigation():
        page.click("button[value=chuyen]")
    expect(page.locator(".flash")).to_contain_text(f"{case} nay ở: 3. Duyệt")
    after = site.events(case)
    assert after[len(before) :] == ["WorkFinished", "WorkOpened"]
    assert case not in "".join(page.locator("tbody").all_inner_texts())
    page.reload()
    assert site.events(case) == after


@BOTH
def test_what_is_sent_twice_is_done_once(come_in: Entering, site: Site, *, scripts: bool) -> None:
    case = at_the_clerk(come_in, "Bấm hai lần")
    page = come_in("binh", java_script_enabled=scripts)
    page.goto(f"/ho-so/{case}/buoc/2")
    page.check("input[value='Đủ']")
    page.dblclick("button[value=chuyen]")
    page.wait_for_url("**/viec?*")
    assert site.events(case).count("WorkFinished") == 2  # step 1 and step 2, each once


def test_two_that_are_sent_at_once_with_one_token_are_one(come_in: Entering, site: Site) -> None:
    case = at_the_clerk(come_in, "Gửi song song")
    page = come_in("binh")
    page.goto(f"/ho-so/{case}/buoc/2")
    page.check("input[value='Đủ']")
    ended = page.evaluate(
        """async () => {
            const form = document.querySelector('main form'), sent = new FormData(form);
            sent.append('nut', 'chuyen');
            const both = [1, 2, 3].map(() => fetch(form.action, {method: 'POST', body: sent}));
            return (await Promise.all(both)).map(one => [one.redirected, new URL(one.url).pathname]);
        }"""
    )
    assert ended == [[True, "/viec"]] * 3
    assert site.events(case).count("WorkFinished") == 2


@BOTH
def test_the_second_of_two_is_told_who_and_when_with_their_words_kept(come_in: Entering, *, scripts: bool) -> None:
    case = at_the_clerk(come_in, "Hai người một việc")
    binh, khanh = (come_in(one, java_script_enabled=scripts) for one in ("binh", "khanh"))
    for page in (binh, khanh):
        page.goto(f"/ho-so/{case}/buoc/2")
    khanh.check("input[value='Thiếu']")
    khanh.fill("#ly-do", "thiếu báo giá thứ ba")
    binh.check("input[value='Đủ']")
    binh.click("button[value=chuyen]")
    binh.wait_for_url("**/viec?*")
    khanh.click("button[value=chuyen]")
    expect(khanh.locator("#loi")).to_contain_text("Binh")
    expect(khanh.locator("#loi")).to_contain_text("20/03/2026 10:00")
    expect(khanh.locator("#ly-do")).to_have_value("thiếu báo giá thứ ba")


@BOTH
def test_a_return_without_a_reason_leads_to_the_field_that_lacks_it(come_in: Entering, *, scripts: bool) -> None:
    case = at_the_clerk(come_in, "Trả về")
    page = come_in("binh", java_script_enabled=scripts)
    page.goto(f"/ho-so/{case}/buoc/2")
    page.check("input[value='Thiếu']")
    page.click("button[value=chuyen]")
    expect(page.locator("#loi")).to_be_focused()
    page.locator("#loi a").click()
    expect(page.locator("#ly-do")).to_be_focused()
    page.keyboard.type("thiếu chữ ký")
    page.click("button[value=chuyen]")
    expect(page.locator(".flash")).to_contain_text("1. Lập phiếu (An)")  # back to the person who did it


def test_the_whole_way_can_be_gone_by_keyboard_and_one_always_sees_where_one_is(come_in: Entering, site: Site) -> None:
    case = at_the_clerk(come_in, "Chỉ dùng bàn phím")
    page = come_in()
    page.goto("/dang-nhap")
    tab_to(page, "#ten")
    page.keyboard.type("binh")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec")
    tab_to(page, f"a[href='/ho-so/{case}/buoc/2']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/buoc/2")
    tab_to(page, "input[value='Đủ']")
    page.keyboard.press("Space")
    tab_to(page, "button[value=chuyen]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/viec?*")
    tab_to(page, ".out button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/dang-nhap")
    assert site.events(case)[-2:] == ["WorkFinished", "WorkOpened"]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus; on the way every focus is seen, and none lies under the bar."""
    for _ in range(60):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
                const bar = document.querySelector('.top').getBoundingClientRect();
                const inBar = one.closest('.top') || one.closest('.skip');
                return {outline: parseFloat(style.outlineWidth), under: !inBar && box.top < bar.bottom - 1, inside:
                    box.bottom > 0 && box.top < innerHeight, width: box.width};
            }"""
        )
        assert seen["outline"] >= 3, page.evaluate("document.activeElement.outerHTML")
        assert not seen["under"], page.evaluate("document.activeElement.outerHTML")
        assert seen["inside"]
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is never reached")


def test_the_other_language_keeps_the_page_and_its_filters(come_in: Entering) -> None:
    page = come_in("em")
    page.goto("/ho-so?tinh-trang=ended")
    rows = page.locator("tbody tr").count()
    with page.expect_navigation():
        page.click("a.switch")
    assert "tinh-trang=ended" in page.url
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Case list")
    assert page.locator("tbody tr").count() == rows
    page.goto("/chi-tieu?quy-trinh=QT-TT-01&ky=2026-Q1")
    expect(page.locator("main")).to_contain_text("4,5 ngày")
    page.click("a.switch")
    expect(page.locator("main")).to_contain_text("4.5 days")
    expect(page.locator("h1")).to_contain_text("quarter I/2026")


def test_a_form_whose_visit_ended_is_there_after_coming_in_again(come_in: Entering, site: Site) -> None:
    case = at_the_clerk(come_in, "Hết phiên")
    page = come_in("binh")
    page.goto(f"/ho-so/{case}/buoc/2")
    page.check("input[value='Thiếu']")
    page.fill("#ly-do", "đang gõ dở")
    before = site.events(case)
    with site.at(NOW + IDLE * 2):
        page.click("button[value=chuyen]")
        page.fill("#ten", "binh")
        page.fill("#mat-khau", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/buoc/2")
        expect(page.locator("#ly-do")).to_have_value("đang gõ dở")
        expect(page.locator("input[value='Thiếu']")).to_be_checked()
        assert site.events(case) == before
        page.click("button[value=chuyen]")
        expect(page.locator(".flash")).to_contain_text("1. Lập phiếu (An)")
