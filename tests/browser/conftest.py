"""A real browser before a real site: an agency three weeks into March 2026, at a fixed instant."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from argon2 import PasswordHasher
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from engine.agency import Agency
from engine.stores.accounts import Accounts
from tests.web.conftest import NOW, made, play
from tests.web.test_giving import with_a_second_clerk
from web.app import make_app

PASSWORD = "cây đa bến nước"  # noqa: S105 - of people who do not exist
PEOPLE = ("an", "binh", "chi", "em", "ha", "khanh")
#: Chromium in a container, saying nothing to anybody.
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass
class Site:
    """A site that runs, its agency, and the cases in it by what became of them."""

    address: str
    agency: Agency
    cases: dict[str, str]

    def events(self, case: str) -> list[str]:
        with self.agency.store.reading() as reader:
            return [record.event.kind for record in reader.log(case)]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    agency = with_a_second_clerk(made(tmp_path_factory.mktemp("site")))
    cases = play(agency)
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
        patch.setattr("engine.accounts._hasher", lambda: quick)
        accounts = Accounts(agency.store)
        for person in PEOPLE:
            first = accounts.add(person, "test", NOW)
            assert isinstance(first, str)
            token = accounts.sign_in(person, first, "test", NOW)
            assert isinstance(token, str)
            assert accounts.change_password(person, first, PASSWORD, token, NOW) is None
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(make_app(agency, now=lambda: NOW), host="127.0.0.1", port=port, log_level="warning")
        )
        running = threading.Thread(target=server.run, daemon=True)
        running.start()
        while not server.started:
            time.sleep(0.02)
        yield Site(f"http://127.0.0.1:{port}", agency, cases)
        server.should_exit = True
        running.join()
    agency.store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = next(path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists())
        chromium = playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        yield chromium
        chromium.close()


Entering = Callable[..., Page]


@pytest.fixture
def come_in(browser: Browser, site: Site) -> Iterator[Entering]:
    """Come in as somebody, in a browser of their own; keyword arguments are those of its context."""
    contexts: list[BrowserContext] = []

    def coming_in(person: str = "", **more: object) -> Page:
        context = browser.new_context(base_url=site.address, **more)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        if person:
            page.goto("/dang-nhap")
            page.fill("#ten", person)
            page.fill("#mat-khau", PASSWORD)
            page.click("main button")
            page.wait_for_url("**/viec")
        return page

    yield coming_in
    for context in contexts:
        context.close()
