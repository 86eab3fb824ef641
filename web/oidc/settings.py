"""Which provider signs people in, and how its claims become accounts: `[oidc]` in quytrinh.toml."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from engine.agency import SETTINGS
from procedures.text import nfc

_THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
#: The claim that names a person by the address that `organisation.d` has for them.
EMAIL = "email"
#: What is asked of a provider when nothing is said: the name of the account, and what stands on the button.
USERNAME, NAME = "preferred_username", "OpenID Connect"


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider: its issuer, what it calls this site, this site's own address, and the claim that names the account.

    `name` stands on the button. With `create`, who is in the organisation and has no account gets one.
    """

    issuer: str
    client: str
    address: str
    name: str = NAME
    claim: str = USERNAME
    create: bool = False
    secret: str = field(default="", repr=False)

    @property
    def returns(self) -> str:
        """The address to which the provider sends people back."""
        return f"{self.address}/dang-nhap/oidc/ve"


class Unusable(ValueError):  # noqa: N818 - said to whoever keeps the machine
    """What the settings say of the provider cannot be used."""


def read_provider(root: Path) -> Provider | None:
    """Return the provider of an agency's folder, or None; raises Unusable for settings that are not understood."""
    path = root / SETTINGS
    told: dict[str, Any] | None = tomllib.loads(path.read_text("utf-8")).get("oidc") if path.exists() else None
    if told is None:
        return None
    try:
        secret = (root / str(told["client_secret_file"])).read_text("utf-8").strip() if _has_secret(told) else ""
        return Provider(
            issuer=_address(told["issuer"], "issuer"),
            client=str(told["client_id"]),
            address=_address(told["address"], "address").rstrip("/"),
            name=nfc(str(told.get("name", NAME))),
            claim=str(told.get("claim", USERNAME)),
            create=bool(told.get("create", False)),
            secret=secret,
        )
    except (KeyError, OSError, AttributeError, TypeError) as fault:
        raise Unusable(f"[oidc]: {fault!r}") from fault


def _has_secret(told: dict[str, Any]) -> bool:
    return "client_secret_file" in told


def _address(said: object, name: str) -> str:
    """Return an address that nobody can listen in on: https, but for this machine."""
    parts = urlsplit(str(said))
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _THIS_MACHINE):
        raise Unusable(f"[oidc] {name}: {said}")
    return str(said)
