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
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from engine.agency import Agency
from engine.stores.accounts import Accounts
from tests.web.conftest import NOW, made, play
from tests.web.test_giving import with_a_second_clerk
from web.app import make_app

PASSWORD = "cây đa bến nước"  # noqa: S105 - of people who do not exist
PEOPLE = ("an", "binh", "chi", "em", "ha", "khanh")
#: In milliseconds: a slow machine is no fault of the site.
PATIENCE = 60_000
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
    """A site that runs, its agency, the cases in it by what became of them, and what shows who is in."""

    address: str
    agency: Agency
    cases: dict[str, str]
    tokens: dict[str, str]

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
        accounts, tokens = Accounts(agency.store), {}
        for person in PEOPLE:
            first = accounts.add(person, "test", NOW)
            assert isinstance(first, str)
            token = accounts.sign_in(person, first, "test", NOW)
            assert isinstance(token, str)
            assert accounts.change_password(person, first, PASSWORD, token, NOW) is None
            tokens[person] = token
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
        yield Site(f"http://127.0.0.1:{port}", agency, cases, tokens)
        server.should_exit = True
        running.join()
    agency.store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        found = next(path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(path).exists())
        chromium = playwright.chromium.launch(executable_path=found, args=list(_QUIET))
        yield chromium
        chromium.close()


Entering = Callable[..., Page]


@pytest.fixture
def come_in(browser: Browser, site: Site) -> Iterator[Entering]:
    """Be somebody who has come in, in a browser of their own; keyword arguments are those of its context."""
    contexts: list[BrowserContext] = []

    def coming_in(person: str = "", **more: object) -> Page:
        context = browser.new_context(base_url=site.address, **more)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        if person:  # that one comes in by the form is shown where coming in is what is shown
            context.add_cookies([{"name": "phien", "value": site.tokens[person], "url": site.address}])
        return context.new_page()

    yield coming_in
    for context in contexts:
        context.close()
