"""An agency's folder opened: its organisation, calendar, shelf of issued procedures and store of cases."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.files import FileShelf
from engine.scope import Scope, scope_of
from engine.stores.database import on_server
from engine.stores.sql import SqlStore
from procedures.calendar import Calendar, Calendars, KeptCalendars, load_calendars
from procedures.finding import Finding, errors
from procedures.organisation import Organisation, load_organisation
from procedures.shelf import FolderShelf

#: The file that makes a folder an agency's folder.
SETTINGS = "quytrinh.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What `quytrinh.toml` says: the agency's names and place, a database file or `postgresql://…`, the language.

    With `guests = "read"` the pages may be read without signing in; `read_all` names positions, separated by `;`, whose
    holders may read every case, and `administrators` those whose holders look after accounts.
    Files are named from the agency's folder; the signing key and the checkpoints are safer elsewhere.
    `api_per_minute` is how often a minute a token of the HTTP API may ask.
    """

    agency: str = "Cơ quan mẫu"
    superior: str = ""
    place: str = ""
    database: str = "quytrinh.db"
    lang: str = "vi"
    guests: str = ""
    read_all: str = ""
    administrators: str = ""
    signing_key: str = "signing-key.pem"
    checkpoints: str = "checkpoints"
    api_per_minute: int = 1200


@dataclass(frozen=True, slots=True)
class Agency:
    """Everything that commands are handled with."""

    root: Path
    settings: Settings
    organisation: Organisation
    calendars: Calendars
    shelf: FolderShelf
    store: SqlStore

    @property
    def calendar(self) -> Calendar:
        """The agency's calendar."""
        return self.calendars.base

    @property
    def files(self) -> FileShelf:
        """Where the files of cases lie."""
        return FileShelf(self.root / "attachments")

    @property
    def kept_calendars(self) -> KeptCalendars:
        """Every calendar that its cases have counted by."""
        return _kept(self.root)

    def scope(self, person: str, at: datetime) -> Scope:
        """Return what a person may read at an aware instant; whoever the settings name reads every case."""
        everywhere = [one.strip() for one in self.settings.read_all.split(";") if one.strip()]
        return scope_of(self.organisation, person, at.astimezone(self.calendar.zone).date(), everywhere)


class Unusable(Exception):  # noqa: N818 - said to people, with the findings that explain it
    """The agency's folder cannot be used; `findings` say where and why."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("; ".join(str(finding.message) for finding in findings))
        self.findings = findings


def read_settings(root: Path) -> Settings:
    """Read `quytrinh.toml`; what it leaves out has a default. Raises ValueError for a file that is not TOML."""
    path = root / SETTINGS
    if not path.exists():
        return Settings()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    usual = Settings()
    known: dict[str, Any] = {
        name: type(getattr(usual, name))(told[name]) for name in Settings.__dataclass_fields__ if name in told
    }
    return Settings(**known)


def where_of(root: Path, settings: Settings) -> Path | str:
    """Return where the cases of an agency are: a file in its folder, or the address of a database."""
    return settings.database if on_server(settings.database) else root / settings.database


def open_agency(root: Path) -> Agency:
    """Open an agency's folder; raises Unusable with every finding when organisation or calendar is at fault."""
    settings = read_settings(root)
    organisation, calendars = _ground(root)
    store = SqlStore(where_of(root, settings))
    store.tells = _asked(root)
    return Agency(root, settings, organisation, calendars, FolderShelf(root / "releases"), store)


def reread(agency: Agency) -> Agency:
    """Return the agency with its people and calendar as the files say now, on the open store; raises Unusable."""
    organisation, calendars = _ground(agency.root)
    agency.store.tells = _asked(agency.root)
    return replace(agency, organisation=organisation, calendars=calendars)


def _asked(root: Path) -> Mapping[str, frozenset[str]]:
    """Return which systems are told of which kinds of events as they happen."""
    from engine.errands.world import subscriptions

    return subscriptions(root)


def _ground(root: Path) -> tuple[Organisation, Calendars]:
    organisation, about_people = load_organisation(root / "organisation.d")
    calendars, about_time = load_calendars(root / "calendar.d")
    faults = errors([*about_people, *about_time])
    if faults or organisation is None:
        raise Unusable(faults)
    placed = calendars.under(organisation.tree)
    _kept(root).keep(placed)
    return organisation, placed


def _kept(root: Path) -> KeptCalendars:
    return KeptCalendars(root / "calendars")
