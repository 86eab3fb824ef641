"""Live counts, over a real server: they change with the work, end with the visit, and are never too many."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from time import sleep

import httpx
import pytest
from fastapi import FastAPI, Request

from engine.agency import Agency
from engine.commands import OpenCase
from engine.handle import Done, handle
from engine.stores.accounts import Accounts
from engine.trouble import Gone
from quality import questions_work
from tests import postgres
from tests.web.api.programs import NOW, staffed
from tests.web.serving import PATIENCE, served
from web.app import make_app
from web.live import MOST_OF_ONE, PATH, SCRIPT, follow
from web.visiting import visit_of


class Clock:
    """A clock that the test turns."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture(params=["sqlite", "postgresql"])
def agency(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Agency]:
    found = staffed(tmp_path, postgres.fresh_store() if request.param == "postgresql" else None)
    yield found
    found.store.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(agency: Agency, clock: Clock) -> Iterator[str]:
    app = FastAPI()

    def visiting(request: Request) -> object:
        return visit_of(request, agency, "vi", clock)

    follow(app, visiting, clock, every=0.05)  # type: ignore[arg-type]
    with served(app) as address:
        yield address


def come_in(agency: Agency, person: str) -> dict[str, str]:
    token = Accounts(agency.store).let_in(person, "127.0.0.1", NOW)
    assert isinstance(token, str)
    return {"phien": token}


def opened(agency: Agency, key: str) -> None:
    command = OpenCase(id=key, actor="an", procedure="QT-TT-01", title=key)
    assert isinstance(handle(command, store=agency.store, ground=agency, now=NOW), Done)


def told(lines: Iterator[str]) -> str:
    """The next thing that is told, whatever only keeps the line open."""
    return next(line for line in lines if line.startswith(("data: {", "event:")))


def test_a_count_is_told_when_it_changes_and_ends_when_the_visit_does(agency: Agency, site: str, clock: Clock) -> None:
    cookies = come_in(agency, "an")
    with httpx.Client(cookies=cookies, timeout=PATIENCE) as client, client.stream("GET", f"{site}{PATH}") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        lines = answer.iter_lines()
        assert told(lines) == 'data: {"work": ""}'
        opened(agency, "một")
        assert told(lines) == 'data: {"work": "1"}'
        opened(agency, "hai")
        assert told(lines) == 'data: {"work": "2"}'
        Accounts(agency.store).sign_out(cookies["phien"], clock())
        assert told(lines) == "event: end"
        assert not [line for line in lines if line.startswith("data: {")]


def test_a_list_without_end_is_told_as_more_than_is_counted(
    agency: Agency, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions_work, "MOST", 1)
    opened(agency, "một")
    with (
        httpx.Client(cookies=come_in(agency, "an"), timeout=PATIENCE) as client,
        client.stream("GET", f"{site}{PATH}") as answer,
    ):
        lines = answer.iter_lines()
        assert told(lines) == 'data: {"work": "1"}'
        opened(agency, "hai")
        assert told(lines) == 'data: {"work": "1+"}'


def test_looking_does_not_keep_a_visit_alive(agency: Agency, site: str, clock: Clock) -> None:
    with (
        httpx.Client(cookies=come_in(agency, "an"), timeout=PATIENCE) as client,
        client.stream("GET", f"{site}{PATH}") as answer,
    ):
        lines = answer.iter_lines()
        told(lines)
        clock.at = NOW + timedelta(minutes=29)
        opened(agency, "một")
        assert told(lines) == 'data: {"work": "1"}'
        clock.at = NOW + timedelta(minutes=31)
        assert told(lines) == "event: end"


def test_one_visit_has_few_lines_and_they_are_free_again(agency: Agency, site: str) -> None:
    cookies = come_in(agency, "an")
    with httpx.Client(cookies=cookies, timeout=PATIENCE) as client:
        with ExitStack() as stack:
            kept = []  # a line that nobody reads any more is closed
            for _ in range(MOST_OF_ONE):
                line = stack.enter_context(client.stream("GET", f"{site}{PATH}"))
                assert line.status_code == 200
                kept.append(line.iter_lines())
                told(kept[-1])
            assert client.get(f"{site}{PATH}").status_code == 204
            other = stack.enter_context(httpx.Client(cookies=come_in(agency, "binh"), timeout=PATIENCE))
            assert stack.enter_context(other.stream("GET", f"{site}{PATH}")).status_code == 200

        def free() -> bool:
            sleep(0.05)
            with client.stream("GET", f"{site}{PATH}") as line:
                return line.status_code == 200

        assert soon(free)


def soon(such: Callable[[], bool]) -> bool:
    return any(such() for _ in range(200))


def test_a_guest_is_told_nothing_and_asks_no_more(site: str) -> None:
    for cookies in ({}, {"phien": "x"}):
        with httpx.Client(cookies=cookies, timeout=PATIENCE) as client:
            assert client.get(f"{site}{PATH}").status_code == 204


def test_a_store_that_is_away_ends_the_line_and_nothing_else(
    agency: Agency, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (
        httpx.Client(cookies=come_in(agency, "an"), timeout=PATIENCE) as client,
        client.stream("GET", f"{site}{PATH}") as answer,
    ):
        lines = answer.iter_lines()
        told(lines)

        def away(_store: object) -> None:
            raise Gone("x")

        monkeypatch.setattr(type(agency.store), "reading", away)
        assert not [line for line in lines if line.startswith("event: end")]


def test_the_script_is_ours_small_and_only_for_those_who_are_in(tmp_path: Path) -> None:
    agency = staffed(tmp_path)
    with served(make_app(agency, now=lambda: NOW)) as address:
        script = httpx.get(f"{address}/{SCRIPT}", timeout=PATIENCE)
        assert script.headers["content-type"].startswith("text/javascript")
        assert len(script.content) < 2_000
        assert "<script" not in httpx.get(f"{address}/viec", timeout=PATIENCE).text
        with httpx.Client(cookies=come_in(agency, "an"), timeout=PATIENCE) as client:
            page = client.get(f"{address}/viec")
        assert page.text.count("<script") == page.text.count('<script src="/live.js" defer></script>') == 1
        assert page.text.count("data-live=") == 1
        assert "script-src 'self';" in page.headers["content-security-policy"]
    agency.store.close()
