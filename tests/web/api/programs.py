"""Programs that come in by tokens: one for each person, at an agency with three weeks of cases."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.agency import Agency
from engine.stores.accounts import ACCOUNT
from engine.stores.sql import SqlStore
from engine.stores.tokens import Reach, Tokens
from procedures.organisation import Person, Post
from tests.web.conftest import NOW, made, play
from tests.web.visitor import TestClient
from web.app import make_app

PEOPLE = ("an", "binh", "chi", "duc", "em", "giang", "ha", "khanh")
V1 = "/api/v1"


def staffed(folder: Path, store: SqlStore | None = None) -> Agency:
    """An agency with a second clerk, somebody who heads it, and an account for everybody."""
    agency = made(folder)
    if store is not None:
        agency.store.close()
        agency = replace(agency, store=store)
    people = (*agency.organisation.people, Person("khanh", "Khanh", (Post("Văn thư", "Văn phòng"),)))
    units = tuple(replace(one, heads=("Giám đốc",)) if one.name == "Sở A" else one for one in agency.organisation.units)
    agency = replace(agency, organisation=replace(agency.organisation, people=people, units=units))
    rows = [
        {"person": one, "password": "none", "must_change": False, "disabled": False, "changed_at": NOW}
        for one in PEOPLE
    ]
    with agency.store.writing() as writer:
        writer.connection.execute(ACCOUNT.insert(), rows)
    return agency


def played(folder: Path, store: SqlStore | None = None) -> tuple[Agency, dict[str, str]]:
    """The same with its cases played."""
    agency = staffed(folder, store)
    return agency, play(agency)


def token(agency: Agency, person: str, scope: Reach = "act", days: int = 30) -> str:
    """A token that speaks for a person."""
    shown = Tokens(agency.store).create(person, f"phần mềm của {person}", scope, "test", NOW, NOW + timedelta(days))
    assert isinstance(shown, str), shown
    return shown


class Program:
    """A program with a token of its own."""

    def __init__(self, agency: Agency, person: str, scope: Reach = "act", client: TestClient | None = None) -> None:
        self.agency, self.person = agency, person
        self.client = client or TestClient(make_app(agency, now=lambda: NOW))
        self.headers = {"Authorization": f"Bearer {token(agency, person, scope)}"}
        self.keys = 0

    def get(self, path: str, **query: Any) -> Any:
        """Ask; return the answer."""
        return self.client.get(f"{V1}{path}", params=query, headers=self.headers)

    def order(self, path: str, told: Mapping[str, object] | None = None, **headers: str) -> Any:
        """Give a command; return the answer."""
        self.keys += 1
        mine = {"Idempotency-Key": f"{self.person}-{self.keys}", **self.headers}
        return self.client.post(f"{V1}{path}", json=told or {}, headers=mine | named(headers))

    def open(self, title: str = "Mua giấy in") -> str:
        """Open a case."""
        answer = self.order("/cases", {"procedure": "QT-TT-01", "title": title})
        assert answer.status_code == 201, answer.text
        found: str = answer.json()["case"]
        return found


def named(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers by their names: `_` stands for `-`."""
    return {name.replace("_", "-"): value for name, value in headers.items()}
