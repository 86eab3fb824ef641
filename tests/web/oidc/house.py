"""A provider of sign-ins on this machine: it keeps to OpenID Connect, unless a test tells it to lie."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.responses import JSONResponse, RedirectResponse, Response

from tests.web.serving import served

CLIENT, SECRET = "quytrinh", "bi-mat-cua-trang"


@dataclass
class House:
    """Who it says somebody is, and how it lies."""

    now: datetime
    address: str = ""
    account: str = "an"
    more: dict[str, Any] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)  # told instead of the truth
    issuer: str | None = None
    algorithm: str = "RS256"
    refuses: bool = False
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "một", "use": "sig"}))
    signs_with: RSAKey | OctKey | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def metadata(self) -> Response:
        base = self.address
        return JSONResponse(
            {
                "issuer": self.issuer or base,
                "authorization_endpoint": f"{base}/authorize",
                "token_endpoint": f"{base}/token",
                "jwks_uri": f"{base}/jwks",
                "response_types_supported": ["code"],
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    def jwks(self) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, request: Request) -> Response:
        """Let somebody in who has a session here already, as single sign-on does."""
        told = dict(request.query_params)
        self.asked.append(told)
        assert told["client_id"] == CLIENT
        assert told["response_type"] == "code"
        assert told["code_challenge_method"] == "S256"
        if self.refuses:
            back = {"error": "access_denied", "state": told["state"]}
        else:
            code = token_urlsafe(16)
            self.codes[code] = told
            back = {"code": code, "state": told["state"], "iss": self.issuer or self.address}
        return RedirectResponse(f"{told['redirect_uri']}?{urlencode(back)}", 303)

    async def token(self, request: Request) -> Response:
        """Change a code, once, for whoever proves to have asked for it."""
        import base64

        form = await request.form()
        told = self.codes.pop(str(form["code"]), None)
        basic = base64.b64decode(request.headers["authorization"].partition(" ")[2]).decode()
        proven = told is not None and (
            create_s256_code_challenge(str(form["code_verifier"])) == told["code_challenge"]
            and form["redirect_uri"] == told["redirect_uri"]
        )
        if not proven or told is None or basic != f"{CLIENT}:{SECRET}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        at = int(self.now.timestamp())
        claims = {
            "iss": self.address,
            "sub": f"số {self.account}",
            "aud": CLIENT,
            "iat": at,
            "exp": at + 300,
            "nonce": told["nonce"],
            "preferred_username": self.account,
            **self.more,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.key.kid}
        signed = jwt.encode(header, claims, self.signs_with or self.key, algorithms=["RS256", "HS256"])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed, "expires_in": 300})

    def app(self) -> FastAPI:
        made = FastAPI()
        made.add_api_route("/.well-known/openid-configuration", self.metadata, methods=["GET"])
        made.add_api_route("/jwks", self.jwks, methods=["GET"])
        made.add_api_route("/authorize", self.authorize, methods=["GET"])
        made.add_api_route("/token", self.token, methods=["POST"])
        return made


@contextmanager
def opened(now: datetime) -> Iterator[House]:
    """Open a provider on loopback."""
    house = House(now)
    with served(house.app()) as address:
        house.address = address
        yield house


def settings(house: House, site: str, **more: object) -> str:
    """What `quytrinh.toml` says of it."""
    told = {"issuer": house.address, "client_id": CLIENT, "client_secret_file": "oidc-secret", "address": site} | more
    return "[oidc]\n" + "".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items())
