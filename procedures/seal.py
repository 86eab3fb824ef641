"""Sealed records: JSON text that carries the hash of all it says."""

import json
from typing import Any

from pydantic import ValidationError

from procedures.canonical import text_hash

#: What reading a text that is no longer what was written may raise.
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, ValidationError)


def sealed(body: dict[str, Any]) -> str:
    """Return a record as text, with a seal over everything in it."""
    whole = {**body, "seal": text_hash(_counted(body))}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def unsealed(text: str) -> tuple[dict[str, Any], bool]:
    """Return a record and whether its seal holds; raises one of UNREADABLE for what is no record."""
    body = json.loads(text)
    seal = body.pop("seal")
    return body, seal == text_hash(_counted(body))


def _counted(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
