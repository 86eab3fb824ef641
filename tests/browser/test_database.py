"""The database is stopped and started again under a form: nothing is lost, and it goes through."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from engine.stores.sql import SqlStore
from tests import postgres
from tests.browser import agency as sample
from tests.browser.agency import Office
from tests.browser.conftest import PATIENCE, Site, quick_passwords, serving
from tests.browser.test_acceptance import opened


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    """A server of its own: whoever shares one would lose it."""
    own = postgres.Server().start()
    yield own
    own.remove()


@pytest.fixture
def kept(tmp_path: Path, server: postgres.Server) -> Iterator[Site]:
    ours = sample.agency(tmp_path)
    ours.store.close()
    ours = replace(ours, store=SqlStore(server.database()))
    site = Site(ours, {})
    with quick_passwords(), serving(site):
        yield site
    ours.store.close()


@pytest.fixture
def page(browser: Browser, kept: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=kept.address)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "phien", "value": kept.token("an"), "url": kept.address}])
    yield context.new_page()
    context.close()


def test_a_form_outlives_its_database(page: Page, kept: Site, server: postgres.Server) -> None:
    case = opened(page, "Máy chủ dừng")
    page.goto(f"/ho-so/{case}/lam/xin-gia-han")
    page.fill("#them", "2 ngày làm việc")
    page.fill("#ly-do", "chờ báo giá thứ ba")
    page.fill("#xin-loi", "Mong thông cảm.")
    before = kept.events(case)
    server.stop()
    with page.expect_navigation():
        page.click("main form button")
    main = page.locator("main")
    expect(main).to_contain_text("Hiện chưa đọc được hồ sơ")
    expect(main).to_contain_text("Nội dung đã nhập còn giữ trên trang này")
    assert re.search(r"Mã lỗi: [0-9A-F]{8}", main.inner_text())
    for inside in ("Traceback", "psycopg", "sqlalchemy", str(server.folder)):
        assert inside not in page.content()
    with page.expect_navigation():
        page.get_by_role("button", name="Gửi lại").click()  # still too early
    expect(main).to_contain_text("Nội dung đã nhập còn giữ trên trang này")
    server.start()
    page.get_by_role("button", name="Gửi lại").click()
    page.wait_for_url(re.compile(f"/ho-so/{case}\\?"))
    expect(page.locator(".flash")).to_be_visible()
    after = kept.events(case)
    assert after[: len(before)] == before
    assert after[len(before) :].count("ExtensionAsked") == 1, after
    page.goto(f"/ho-so/{case}")
    expect(main).to_contain_text("chờ báo giá thứ ba")


def test_a_draft_outlives_its_database(page: Page, kept: Site, server: postgres.Server) -> None:
    case = opened(page, "Nháp còn đó")
    Office(kept.agency, "draft").step(case, 1, "an", kept.now)
    page.context.add_cookies([{"name": "phien", "value": kept.token("binh"), "url": kept.address}])
    page.goto(f"/ho-so/{case}/buoc/2")
    page.fill("#ly-do", "đang gõ dở")
    with page.expect_navigation():
        page.click("button[value=nhap]")
    server.stop()
    answer = page.reload()
    assert answer is not None
    assert answer.status == 503
    assert re.search(r"Mã lỗi: [0-9A-F]{8}", page.inner_text("main"))
    server.start()
    page.reload()
    expect(page.locator("#ly-do")).to_have_value("đang gõ dở")
