"""The page of a case: how often each step was passed, which issue it keeps, and how it went from hand to hand."""

import re
from io import BytesIO

import docx
from playwright.sync_api import expect

from engine.commands import OpenCase
from procedures.shelf import release
from tests.browser.agency import Office, card
from tests.browser.conftest import Entering, Site
from tests.quality.agency import ISSUED, at


def test_what_was_passed_twice_says_so_and_the_list_tells_what_the_picture_shows(come_in: Entering, site: Site) -> None:
    office = Office(site.agency, "loops")
    case = office.open(18, "Hộp mực")
    for item, outcome in ((1, None), (2, "Thiếu"), (3, None), (4, "Thiếu"), (5, None)):
        actor, reason = ("an", None) if outcome is None else ("binh", "thiếu chữ ký")
        office.step(case, item, actor, at(19, 8 + item), outcome=outcome, reason=reason)
    page = come_in("em")
    page.goto(f"/ho-so/{case}")
    drawn = page.locator(".drawing svg").first
    labels = drawn.locator("a[href^='#buoc']").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    listed = page.locator("ol.twin li[id^=buoc]").all_inner_texts()
    assert labels == [one.rstrip() for one in listed]
    first, second = (drawn.locator(f"a[href='#buoc-{step}']").inner_html() for step in (1, 2))
    assert "✓" in first
    assert "×3" in first
    assert "×2" in second
    assert "▶" in second
    assert "đã làm 3 lần" in listed[0]
    assert "Đang ở đây, đã làm 2 lần" in listed[1]
    assert "Chưa tới" in listed[2]


def test_a_running_case_keeps_its_issue_and_says_that_there_is_another(come_in: Entering, site: Site) -> None:
    office = Office(site.agency, "issues")
    case = office.card("Thẻ theo lần 2", 20, 8)
    site.agency.shelf.publish(release(card(3, "20/03/2026", 6), approved_by="Giám đốc", issued_at=ISSUED))
    page = come_in("em")
    page.goto(f"/ho-so/{case}")
    expect(page.locator(".facts")).to_contain_text("lần ban hành 2")
    expect(page.locator(".facts")).to_contain_text("Nay đã có lần ban hành 3; hồ sơ này giữ lần ban hành 2")
    expect(page.locator(".facts")).to_contain_text("Hạn 20/03/2026 12:00")
    newer = office.give(OpenCase(id=office.id(), actor="an", procedure="QT-TT-02", title="Thẻ theo lần 3"), site.now)
    page.goto(f"/ho-so/{newer}")
    expect(page.locator(".facts")).to_contain_text("lần ban hành 3")
    assert "hồ sơ này giữ" not in page.inner_text(".facts")


def test_the_control_slip_lists_each_hand_over_once_with_names_times_and_standing(
    come_in: Entering, site: Site
) -> None:
    case = site.cases["done"]
    page = come_in("em")
    page.goto(f"/ho-so/{case}")
    with page.expect_download() as kept:
        page.get_by_role("link", name=re.compile("Mẫu 06")).click()
    paper = docx.Document(BytesIO(kept.value.path().read_bytes()))
    hour = "09 giờ 00 phút, ngày 03 tháng 3 năm 2026"
    assert [[cell.text for cell in row.cells] for row in paper.tables[-1].rows[2:]] == [
        ["1. Phòng Kế hoạch\n2. Văn phòng", f"{hour}: An\n{hour}: Binh", "", "Kiểm tra"],  # what An did has no limit
        ["1. Văn phòng\n2. Văn phòng", f"{hour}: Binh\n{hour}: Chi", "Trước hạn", "Duyệt"],
        ["1. Văn phòng\n2. An", f"{hour}: Chi\n....................: An", "Đúng hạn", "trả kết quả: hoàn thành"],
    ]
