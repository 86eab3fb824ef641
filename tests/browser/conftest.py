"""A real browser before a real site: an agency three weeks into March 2026, at a fixed instant."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from engine.agency import Agency
from engine.stores.accounts import Accounts
from tests.browser import agency as sample
from tests.web.conftest import NOW
from tests.web.serving import served
from web.app import make_app

PASSWORD = "cây đa bến nước"  # noqa: S105 - of people who do not exist
PEOPLE = ("an", "binh", "chi", "em", "giang", "ha", "khanh")
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
    """A site that runs, its agency, the cases in it by what became of them, and the instant that counts as now."""

    agency: Agency
    cases: dict[str, str]
    address: str = ""
    now: datetime = NOW
    tokens: dict[str, str] = field(default_factory=dict)

    def events(self, case: str) -> list[str]:
        with self.agency.store.reading() as reader:
            return [record.event.kind for record in reader.log(case)]

    def token(self, person: str) -> str:
        """Return what the browser of somebody shows who has come in."""
        if person not in self.tokens:
            token = Accounts(self.agency.store).sign_in(person, PASSWORD, "test", self.now)
            assert isinstance(token, str), token
            self.tokens[person] = token
        return self.tokens[person]

    @contextmanager
    def at(self, instant: datetime) -> Iterator[None]:
        """Let it be another instant; whoever was in has to come in again."""
        before, self.now = self.now, instant
        self.tokens.clear()
        try:
            yield
        finally:
            self.now = before
            self.tokens.clear()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One for each module: what is on its pages is not what the tests of others happened to leave."""
    with site_in(tmp_path_factory.mktemp("site")) as found:
        yield found


@contextmanager
def site_in(folder: Path) -> Iterator[Site]:
    """Raise the sample agency in a folder, and serve it."""
    ours = sample.agency(folder)
    found = Site(ours, sample.cases(ours))
    with quick_passwords(), serving(found):
        yield found
    ours.store.close()


@contextmanager
def quick_passwords() -> Iterator[None]:
    """Let a password cost nothing: the same function, with other numbers."""
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("engine.accounts._hasher", lambda: quick)
        yield


@contextmanager
def serving(site: Site) -> Iterator[None]:
    """Give everybody an account, and serve."""
    accounts = Accounts(site.agency.store)
    for person in PEOPLE:
        first = accounts.add(person, "test", NOW)
        assert isinstance(first, str)
        assert accounts.change_password(person, first, PASSWORD, "", NOW) is None
    with served(make_app(site.agency, now=lambda: site.now)) as site.address:
        yield


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
            context.add_cookies([{"name": "phien", "value": site.token(person), "url": site.address}])
        return context.new_page()

    yield coming_in
    for context in contexts:
        context.close()
