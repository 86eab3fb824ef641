"""Lists in a browser: several at once, called back in time, text composed letter by letter."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agency import Office
from tests.browser.conftest import Entering, Site
from tests.browser.test_acceptance import BOTH, at_the_clerk
from tests.quality.agency import at

_PICK = "input.pick[value='{}']"


def ticked(page: Page, cases: list[str], act: str) -> None:
    """Tick work on one's list, and look what an act would do."""
    page.goto("/viec")
    for case in cases:
        page.check(_PICK.format(f"{case}.2"))
    page.select_option("#lam", act)
    with page.expect_navigation():
        page.click(".together button")


@BOTH
def test_three_are_sent_on_together_and_the_one_that_cannot_stays_chosen(
    come_in: Entering, site: Site, *, scripts: bool
) -> None:
    office = Office(site.agency, f"bulk{scripts}")
    cases = [at_the_clerk(come_in, f"Làm cùng lúc {number}") for number in range(2)]
    cases.append(office.card(f"Thẻ chưa có số {scripts}", 20, 8))
    office.step(cases[2], 1, "an", at(20, 9))
    page = come_in("binh", java_script_enabled=scripts)
    ticked(page, cases, "chuyen")
    choices = page.locator("#ket-qua option").evaluate_all("all => all.map(one => one.value)")
    assert choices == ["Đủ"]  # what both procedures have; “Thiếu” and “Không cấp” only one of them
    expect(page.locator("main")).to_contain_text("2 trong 3 việc sẽ được làm")
    expect(page.locator("tr", has_text=cases[2])).to_contain_text("không làm được")
    before = [site.events(case) for case in cases]
    with page.expect_navigation():
        page.get_by_role("button", name="Chuyển bước với cùng kết quả").click()
    expect(page.locator(".flash").last).to_contain_text("Đã làm 2 trong 3 việc")
    for case in cases:
        expect(page.locator("main")).to_contain_text(case)
    assert page.locator("input[name=viec]").evaluate_all("all => all.map(one => one.value)") == [f"{cases[2]}.2"]
    after = [site.events(case) for case in cases]
    new = [there[len(earlier) :] for there, earlier in zip(after, before, strict=True)]
    assert [one.count("WorkFinished") for one in new] == [1, 1, 0]
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
    with binh.expect_navigation():
        binh.click("main form button")
    an.goto(f"/ho-so/{late}/lam/thu-hoi?so=1")
    an.fill("#ly-do", "gửi nhầm")
    before = site.events(late)
    an.click("main form button")
    expect(an.locator("#loi")).to_contain_text("Binh")
    assert site.events(late) == before


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("", "/dang-nhap"),
        ("an", "/ho-so/moi/QT-TT-01"),
        ("binh", "/ho-so/HS-2026-0009/buoc/2"),
        ("binh", "/ho-so/HS-2026-0004/lam/lay-y-kien?so=2"),
        ("em", "/tra-cuu"),
        ("an", "/ho-so/HS-2026-0004/lam/xin-gia-han"),
    ],
)
def test_a_text_composed_letter_by_letter_stays_whole(come_in: Entering, person: str, path: str) -> None:
    page = come_in(person)
    page.goto(path)
    typing, here = page.context.new_cdp_session(page), page.url
    fields = page.locator("input[type=text]:visible, input[type=search]:visible, textarea:visible")
    assert fields.count() >= 2
    for field in fields.all():
        field.fill("")
        field.focus()
        for part in ("n", "ng", "nghi", "nghie", "nghiê", "nghiệ", "nghiệm"):
            there = {"selectionStart": len(part), "selectionEnd": len(part)}
            typing.send("Input.imeSetComposition", {"text": part, **there})
        typing.send("Input.insertText", {"text": "nghiệm thu"})
        page.keyboard.press("Shift+:")
        expect(field).to_have_value("nghiệm thu:")
        expect(field).to_be_focused()
    assert page.url == here


def test_two_who_race_for_one_piece_of_work_are_told_who_has_it(come_in: Entering, site: Site) -> None:
    case = at_the_clerk(come_in, "Tranh một việc")
    racers = [come_in(one) for one in ("binh", "khanh")]
    for page in racers:
        page.goto(f"/ho-so/{case}/lam/nhan?so=2")
    before = site.events(case)
    for page in racers:
        with page.expect_navigation():
            page.click("main form button")
    assert site.events(case)[len(before) :] == ["WorkClaimed"]
    expect(racers[1].locator("#loi")).to_contain_text("Binh")
