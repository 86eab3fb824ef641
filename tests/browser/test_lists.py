"""Lists in a browser: several at once, called back in time, text composed letter by letter."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Entering, Site
from tests.browser.test_acceptance import BOTH, at_the_clerk

_PICK = "input.pick[value='{}']"


def ticked(page: Page, cases: list[str], act: str) -> None:
    """Tick work on one's list, and look what an act would do."""
    page.goto("/viec")
    for case in cases:
        page.check(_PICK.format(f"{case}.2"))
    page.select_option("#lam", act)
    page.click(".together button")


@BOTH
def test_three_are_sent_on_together_and_the_one_that_cannot_stays_chosen(
    come_in: Entering, site: Site, *, scripts: bool
) -> None:
    cases = [at_the_clerk(come_in, f"Làm cùng lúc {number}") for number in range(3)]
    page = come_in("binh", java_script_enabled=scripts)
    ticked(page, cases, "chuyen")
    expect(page.locator("main")).to_contain_text("3 trong 3 việc sẽ được làm")
    other = come_in("khanh")
    other.goto(f"/ho-so/{cases[2]}/buoc/2")
    other.check("input[value='Đủ']")
    other.click("button[value=chuyen]")
    other.wait_for_url("**/viec?*")
    before = [site.events(case) for case in cases]
    page.click("main form[method=post] button")
    expect(page.locator(".flash").last).to_contain_text("Đã làm 2 trong 3 việc")
    expect(page.locator("main")).to_contain_text("Khanh")
    assert page.locator("input[name=viec]").evaluate_all("all => all.map(one => one.value)") == [f"{cases[2]}.2"]
    after = [site.events(case) for case in cases]
    assert [len(there) - len(earlier) for there, earlier in zip(after, before, strict=True)] == [2, 2, 0]
    page.reload()
    assert [site.events(case) for case in cases] == after


@BOTH
def test_what_was_sent_on_is_called_back_until_the_receiver_has_acted(
    come_in: Entering, site: Site, *, scripts: bool
) -> None:
    case = at_the_clerk(come_in, "Thu hồi kịp")
    an = come_in("an", java_script_enabled=scripts)
    an.goto(f"/ho-so/{case}")
    an.locator("nav.acts a", has_text="Thu hồi").first.click()
    an.fill("#ly-do", "gửi nhầm")
    an.click("main form button")
    an.wait_for_url(re.compile(f"/ho-so/{case}\\?"))
    expect(an.locator(".flash")).to_contain_text("1. Lập phiếu")
    late = at_the_clerk(come_in, "Thu hồi muộn")
    binh = come_in("binh")
    binh.goto(f"/ho-so/{late}/lam/nhan?so=2")
    binh.click("main form button")
    an.goto(f"/ho-so/{late}/lam/thu-hoi?so=1")
    an.fill("#ly-do", "gửi nhầm")
    before = site.events(late)
    an.click("main form button")
    expect(an.locator("#loi")).to_contain_text("Binh")
    assert site.events(late) == before


def test_another_filter_begins_at_the_first_page_and_every_row_answers_to_it(come_in: Entering) -> None:
    page = come_in("em")
    page.goto("/tra-cuu?trang=1")
    page.select_option("select[name=tinh-trang]", "late")
    page.click("main form button")
    assert "&trang=" not in page.url
    tags = page.locator("tbody .tag").all_inner_texts()
    assert tags
    assert {one.strip() for one in tags} == {"Quá hạn"}


@pytest.mark.parametrize("field", ["#trich-yeu", "#tim-nhanh"])
def test_a_text_composed_letter_by_letter_stays_whole(come_in: Entering, field: str) -> None:
    page = come_in("an")
    page.goto("/ho-so/moi/QT-TT-01")
    page.focus(field)
    typing = page.context.new_cdp_session(page)
    for part in ("n", "ng", "nghi", "nghie", "nghiê", "nghiệ", "nghiệm"):
        typing.send("Input.imeSetComposition", {"text": part, "selectionStart": len(part), "selectionEnd": len(part)})
    typing.send("Input.insertText", {"text": "nghiệm thu"})
    page.keyboard.press("Shift+:")
    expect(page.locator(field)).to_have_value("nghiệm thu:")
    assert page.url.endswith("/ho-so/moi/QT-TT-01")


def test_two_who_race_for_one_piece_of_work_are_told_who_has_it(come_in: Entering, site: Site) -> None:
    case = at_the_clerk(come_in, "Tranh một việc")
    racers = [come_in(one) for one in ("binh", "khanh")]
    for page in racers:
        page.goto(f"/ho-so/{case}/lam/nhan?so=2")
    before = site.events(case)
    for page in racers:
        page.click("main form button")
    assert site.events(case)[len(before) :] == ["WorkClaimed"]
    expect(racers[1].locator("#loi")).to_contain_text("Binh")
