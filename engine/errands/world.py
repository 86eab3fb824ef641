"""How the world outside is reached: the mail server, the places that are told of things, and what may be reached."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any, get_args

from engine.agency import SETTINGS
from engine.errands.task import Hopeless
from engine.events import Event
from engine.journal import warn
from procedures.durations import parse_duration
from procedures.words import say

Network = IPv4Network | IPv6Network
#: Every kind of event that there is to be told of.
KINDS = frozenset(one.__name__ for one in get_args(Event))
#: A longer name of a system does not fit into the keys of its errands.
_LONGEST_NAME = 60
#: How many nights are kept when nothing is said: two weeks.
_KEPT = 14


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server; `security` is none, starttls or tls."""

    host: str
    port: int
    sender: str
    security: str = "starttls"
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Place:
    """A system that is told of things: its address, and the secret that signs what it is told.

    `events` are the kinds of events that it asked to be told of as they happen.
    """

    url: str
    secret: bytes = field(default=b"", repr=False)
    events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class World:
    """What `quytrinh.toml` says of it: `[mail]`, `[webhooks.NAME]`, and `allow` for addresses within the house.

    `remind`, of `[mail]`, are times before what is due at which people are reminded: "4 giờ làm việc". `[backup]` names
    the folder into which every night's backup goes, and how many of them are kept.
    """

    mail: Mail | None = None
    places: dict[str, Place] = field(default_factory=dict)
    allowed: tuple[Network, ...] = ()
    remind: tuple[str, ...] = ()
    backups: Path | None = None
    keep: int = _KEPT


def read_world(root: Path) -> World:
    """Read the settings, fresh at every try; raises Hopeless for what is not understood."""
    path = root / SETTINGS
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        hooks: dict[str, Any] = told.get("webhooks", {})
        return World(
            _mail(root, told["mail"]) if "mail" in told else None,
            {name: _place(root, name, hook) for name, hook in hooks.items() if isinstance(hook, dict)},
            tuple(ip_network(said) for said in hooks.get("allow", ())),
            tuple(_time(said) for said in told.get("mail", {}).get("remind", ())),
            root / str(told["backup"]["folder"]) if "backup" in told else None,
            int(told.get("backup", {}).get("keep", _KEPT)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Hopeless(say("{file} cannot be used: {fault}", file=SETTINGS, fault=f"{fault}")) from fault


def subscriptions(root: Path) -> Mapping[str, frozenset[str]]:
    """Return which kinds of events each system asked for; none while the settings cannot be used."""
    try:
        world = read_world(root)
    except Hopeless as fault:
        warn("webhooks", fault=str(fault))
        return {}
    return {name: place.events for name, place in world.places.items() if place.events}


def _place(root: Path, name: str, told: dict[str, Any]) -> Place:
    asked = frozenset(told.get("events", ()))
    unknown = asked - KINDS
    if unknown or not 0 < len(name) <= _LONGEST_NAME or "/" in name:
        raise ValueError(f"webhooks.{name}: {', '.join(sorted(unknown)) or name}")
    return Place(told["url"], _secret(root, told), asked)


def _mail(root: Path, told: dict[str, Any]) -> Mail:
    security = str(told.get("security", "starttls"))
    if security not in {"none", "starttls", "tls"}:
        raise ValueError(f"mail.security = {security}")
    usual = 465 if security == "tls" else 587 if security == "starttls" else 25
    password = _secret(root, told, "password_file").decode()
    user = str(told.get("user", ""))
    return Mail(str(told["host"]), int(told.get("port", usual)), str(told["sender"]), security, user, password)


def _time(said: object) -> str:
    parse_duration(str(said))
    return str(said)


def _secret(root: Path, told: dict[str, Any], name: str = "secret_file") -> bytes:
    """Read a secret from its own file, which needs other rights than the settings."""
    return (root / str(told[name])).read_bytes().strip() if name in told else b""
