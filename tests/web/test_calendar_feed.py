"""Deadlines at an address of one's own, over a real server: for its owner's work alone, and until it is ended."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import icalendar
import pytest

from engine.agency import Agency
from engine.stores.accounts import Accounts
from engine.stores.tokens import Tokens
from tests.web.api.programs import NOW, played, token
from tests.web.serving import PATIENCE, served
from web.app import make_app


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[Agency]:
    found, _ = played(tmp_path)
    yield found
    found.store.close()


@pytest.fixture
def site(agency: Agency) -> Iterator[str]:
    with served(make_app(agency, now=lambda: NOW)) as address:
        yield address


def press(agency: Agency, site: str, person: str = "an", **more: str) -> httpx.Response:
    """Give a new address, or end it, by the form of the page."""
    shown = Accounts(agency.store).let_in(person, "127.0.0.1", NOW)
    assert isinstance(shown, str)
    with httpx.Client(base_url=site, cookies={"phien": shown}, follow_redirects=True, timeout=PATIENCE) as browser:
        page = browser.get("/mat-khau").text
        form = page.partition('action="/mat-khau/lich"')[2].partition("</form>")[0]
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        return browser.post("/mat-khau/lich", data={**hidden, **more})


def given(agency: Agency, site: str, person: str = "an") -> str:
    found = re.search(r'<code class="whole">([^<]+)</code>', press(agency, site, person).text)
    assert found is not None
    return found[1]


def got(address: str, **headers: str) -> httpx.Response:
    return httpx.get(address, headers=headers, timeout=PATIENCE)


def shown_at(address: str) -> list[tuple[str, object]]:
    answer = got(address)
    assert answer.headers["content-type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    return [(str(event["uid"]), event.decoded("dtend")) for event in events]


def test_the_address_shows_the_deadlines_of_its_owner_and_needs_no_cookie(agency: Agency, site: str) -> None:
    with agency.store.reading() as reader:
        of_binh = [work for work in reader.work() if work.assignee == "binh"]
    assert shown_at(given(agency, site, "binh")) == [(f"{one.case}-{one.item}@quytrinh", one.due) for one in of_binh]
    assert shown_at(given(agency, site, "an")) == []  # there is work, without a deadline of its own


def test_a_new_address_ends_the_old_one_and_an_ended_one_leads_nowhere(agency: Agency, site: str) -> None:
    old = given(agency, site)
    new = given(agency, site)
    assert (got(old).status_code, got(new).status_code) == (404, 200)
    press(agency, site, **{"thu-hoi": "1"})
    assert got(new).status_code == 404


def test_the_address_lasts_a_year_and_ends_with_the_account(agency: Agency, site: str) -> None:
    shown = given(agency, site)
    with served(make_app(agency, now=lambda: NOW + timedelta(days=367))) as later:
        assert got(shown.replace(site, later)).status_code == 404
    assert got(shown).status_code == 200
    Accounts(agency.store).disable("an", "quản trị", NOW)
    assert got(shown).status_code == 404


def test_it_lets_no_program_in_and_the_token_of_a_program_shows_no_calendar(agency: Agency, site: str) -> None:
    secret = given(agency, site).rpartition("/")[2].removesuffix(".ics")
    assert got(f"{site}/api/v1/me", authorization=f"Bearer {secret}").status_code == 401
    assert got(f"{site}/lich/{token(agency, 'an', 'read')}.ics").status_code == 404
    assert [one.scope for one in Tokens(agency.store).all()] == ["calendar", "read"]
