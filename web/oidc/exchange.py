"""Talking to a provider: where to send somebody, and who they are when they come back, proven by its signature."""

import json
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from engine.accounts import fingerprint
from procedures.words import Words, say
from web.oidc.settings import Provider

#: How long a provider may take for one answer, and how far its clock may be off, in seconds.
_SECONDS, _LEEWAY = 5, 60
#: What a provider tells of itself is asked again after so long, in seconds; its keys whenever one is not known.
_FRESH = 3600.0
#: Signatures that only the provider can make. One made with a secret that both have would prove nothing.
_ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_WELL_KNOWN = "/.well-known/openid-configuration"
#: More than any of these answers has, in bytes.
_LARGEST = 1_000_000


class NotSignedIn(Exception):  # noqa: N818 - said to people
    """The provider did not say who somebody is; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of coming in: everything in it follows from the secret `state`, so that none of it needs to be kept."""

    state: str

    @property
    def nonce(self) -> str:
        """What the provider must put into the token."""
        return fingerprint(f"nonce {self.state}")

    @property
    def verifier(self) -> str:
        """What proves that whoever changes the code is who asked for it (RFC 7636)."""
        return fingerprint(f"verifier {self.state}")


class Exchange:
    """A provider as this program knows it."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._lock = Lock()
        self._metadata: tuple[float, dict[str, Any]] | None = None
        self._keys: dict[str, Any] | None = None

    def begin(self, turn: Turn) -> str:
        """Return where to send somebody who wants to come in; raises NotSignedIn when the provider does not answer."""
        metadata = self.metadata()
        with self._session() as session:
            url, _ = session.create_authorization_url(
                str(metadata["authorization_endpoint"]), turn.state, code_verifier=turn.verifier, nonce=turn.nonce
            )
        return str(url)

    def finish(self, turn: Turn, code: str, now: datetime) -> dict[str, Any]:
        """Return what the provider says of whoever brings this code; raises NotSignedIn for what proves nothing."""
        metadata = self.metadata()
        try:
            with self._session() as session:
                token = session.fetch_token(
                    str(metadata["token_endpoint"]), code=code, code_verifier=turn.verifier, timeout=_SECONDS
                )
        except (AuthlibBaseError, requests.RequestException, ValueError) as fault:
            raise NotSignedIn(say("the provider does not accept the answer it gave; begin again")) from fault
        if not isinstance(token.get("id_token"), str):
            raise NotSignedIn(say("the provider does not say who you are"))
        return self._proven(token, turn, metadata, now)

    def _proven(self, token: dict[str, Any], turn: Turn, metadata: dict[str, Any], now: datetime) -> dict[str, Any]:
        told = set(metadata.get("id_token_signing_alg_values_supported") or ["RS256"])
        registry = JWSRegistry(algorithms=sorted(told & _ALGORITHMS), strict_check_header=False)
        asked = {"iss": {"essential": True, "value": self.provider.issuer}}
        about = {"nonce": turn.nonce, "client_id": self.provider.client, "access_token": token.get("access_token")}
        try:
            try:
                read = jwt.decode(token["id_token"], self._key_set(metadata), registry=registry)
            except InvalidKeyIdError:  # the provider has changed its keys
                read = jwt.decode(token["id_token"], self._key_set(metadata, again=True), registry=registry)
            claims = CodeIDToken(read.claims, read.header, asked, about)
            claims.validate(int(now.timestamp()), _LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as fault:
            raise NotSignedIn(say("what the provider says of you is not proven; begin again")) from fault
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if self.provider.client not in audience:
            raise NotSignedIn(say("what the provider says of you is meant for another site"))
        return dict(claims)

    def metadata(self) -> dict[str, Any]:
        """Return what the provider tells of itself; raises NotSignedIn when it does not, or is another."""
        with self._lock:
            if self._metadata is not None and monotonic() - self._metadata[0] < _FRESH:
                return self._metadata[1]
            found = self._fetch(self.provider.issuer.rstrip("/") + _WELL_KNOWN)
            needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            if found.get("issuer") != self.provider.issuer or not all(self._ours(found.get(name)) for name in needed):
                raise NotSignedIn(say("{issuer} is not the provider that it should be", issuer=self.provider.issuer))
            self._metadata = (monotonic(), found)
            return found

    def _ours(self, url: object) -> bool:
        """Tell whether an address is no less safe than that of the issuer."""
        parts, issuer = urlsplit(str(url)), urlsplit(self.provider.issuer)
        return parts.scheme == "https" or (parts.scheme == issuer.scheme and parts.hostname == issuer.hostname)

    def _key_set(self, metadata: dict[str, Any], *, again: bool = False) -> KeySet:
        with self._lock:
            if self._keys is None or again:
                self._keys = self._fetch(str(metadata["jwks_uri"]))
            return KeySet.import_key_set(self._keys)  # type: ignore[arg-type]

    def _fetch(self, url: str) -> dict[str, Any]:
        try:
            with requests.get(url, timeout=_SECONDS, allow_redirects=False, stream=True) as answer:
                answer.raise_for_status()
                read = answer.raw.read(_LARGEST, decode_content=True)
            found = json.loads(read)
        except (requests.RequestException, ValueError, OSError) as fault:
            raise NotSignedIn(
                say("{host} does not answer; try again soon", host=urlsplit(url).hostname or url)
            ) from fault
        if not isinstance(found, dict):
            raise NotSignedIn(say("{host} does not answer; try again soon", host=urlsplit(url).hostname or url))
        return found

    def _session(self) -> OAuth2Session:
        how = "client_secret_basic" if self.provider.secret else "none"
        return OAuth2Session(
            self.provider.client,
            self.provider.secret or None,
            token_endpoint_auth_method=how,
            scope="openid profile email",
            redirect_uri=self.provider.returns,
            code_challenge_method="S256",
        )
