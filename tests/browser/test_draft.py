"""A form that was begun keeps itself: by the clock and on leaving a field, until the work is done."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.agency import Office
from tests.browser.conftest import Entering, Site
from tests.quality.agency import at

_TURN = "00:21"
#: In milliseconds; no page takes so long to come.
_LATER = 600_000
_STATUS = "[data-kept]"


@pytest.fixture
def case(site: Site, request: pytest.FixtureRequest) -> str:
    office = Office(site.agency, request.node.name)
    found = office.card(f"Thẻ {request.node.name}", 18, 8)
    office.step(found, 1, "an", at(18, 9))
    return found


def begun(come_in: Entering, case: str) -> Page:
    """Begin the form on a clock that stands still but for the test: nothing is kept because somebody was slow."""
    page = come_in("binh")
    page.clock.install(time=0)
    page.goto(f"/ho-so/{case}/buoc/2")
    page.clock.pause_at(_LATER)
    return page


def test_what_is_typed_is_kept_by_the_clock_and_told_with_the_hour(come_in: Entering, case: str) -> None:
    page, sent = begun(come_in, case), []
    page.on("request", lambda request: sent.append(request.method))
    page.clock.fast_forward(_TURN)
    page.get_by_label("Số thẻ").press_sequentially("A-17")
    expect(page.locator(_STATUS)).to_be_empty()
    page.clock.fast_forward(_TURN)
    expect(page.locator(_STATUS)).to_have_text(re.compile(r"^Đã lưu nháp lúc .*, chưa chuyển\.$"))
    assert sent == ["POST"], "as long as nothing is typed nothing is kept"
    page.reload()
    expect(page.get_by_label("Số thẻ")).to_have_value("A-17")


def test_what_is_typed_is_kept_on_leaving_the_field_and_sent_as_ever(come_in: Entering, site: Site, case: str) -> None:
    page = begun(come_in, case)
    page.get_by_label("Số thẻ").fill("B-2")
    page.get_by_label("Phí").focus()
    expect(page.locator(_STATUS)).to_contain_text("Đã lưu nháp")
    page.check("input[name=ket-qua]")
    page.get_by_role("button", name="Chuyển bước").click()
    page.wait_for_url("**/viec*")
    assert "WorkFinished" in site.events(case)


def test_a_draft_that_could_not_be_kept_is_told_and_tried_again(come_in: Entering, case: str) -> None:
    page = begun(come_in, case)
    page.route("**/buoc/2*", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.get_by_label("Số thẻ").fill("C-3")
    page.get_by_label("Phí").focus()
    expect(page.locator(_STATUS)).to_contain_text("đang thử lại")
    page.unroute("**/buoc/2*")
    page.clock.fast_forward(_TURN)
    expect(page.locator(_STATUS)).to_contain_text("Đã lưu nháp")


def test_of_work_that_somebody_has_done_meanwhile_nothing_is_kept(come_in: Entering, site: Site, case: str) -> None:
    page = begun(come_in, case)
    Office(site.agency, f"{case}-meanwhile").step(
        case, 2, "binh", at(18, 10), outcome="Đủ", fields={"số thẻ": "A1"}, salt="s"
    )
    page.get_by_label("Số thẻ").fill("D-4")
    page.get_by_label("Phí").focus()
    expect(page.locator(_STATUS)).to_have_text("Không lưu nháp được: việc này đã làm xong.")
