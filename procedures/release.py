"""A release: one approved issue of a procedure, its record, and the sealed text it is kept in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from procedures.canonical import canonical_json, content_hash, from_canonical, text_hash
from procedures.model import Acceptance, Procedure
from procedures.net import Net, compile_net
from procedures.words import Words, say

FORMAT_VERSION = "1.0"
AGENCY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class ShelfRefusal(Exception):  # noqa: N818 - refusals are clauses
    """The shelf will not do what was asked; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


class NotOnShelf(ShelfRefusal):
    """No such release has been issued."""


class AlteredRelease(ShelfRefusal):
    """A stored release no longer matches its own hash."""


@dataclass(frozen=True)
class Release:
    """One issue of a procedure, as it was approved. `hash` names the content; `issued_at` is an aware instant."""

    code: str
    issue: int
    hash: str
    effective_from: date
    approved_by: str
    issued_at: datetime
    procedure: Procedure
    accepted: tuple[Acceptance, ...] = ()

    @cached_property
    def net(self) -> Net:
        """The compiled net of the procedure."""
        return compile_net(self.procedure)

    @property
    def name(self) -> str:
        """How people and files call it: QT-VP-05@3."""
        return f"{self.code}@{self.issue}"


def release(
    procedure: Procedure,
    *,
    approved_by: str,
    issued_at: datetime,
    effective_from: date | None = None,
    accepted: Iterable[Acceptance] = (),
) -> Release:
    """Make a release of a procedure; without `effective_from` the procedure's own date, else the day of issue, applies.

    The warnings accepted in the definition itself are part of the record, followed by those given here.
    Raises ShelfRefusal when `issued_at` has no time zone.
    """
    if issued_at.tzinfo is None:
        raise ShelfRefusal(say("the instant of issue of {name} has no time zone", name=procedure.code))
    day = effective_from or procedure.effective_from or issued_at.astimezone(AGENCY_ZONE).date()
    reasons = {acceptance.code: acceptance for acceptance in (*procedure.accepted, *accepted)}
    return Release(
        code=procedure.code,
        issue=procedure.issue,
        hash=content_hash(procedure),
        effective_from=day,
        approved_by=approved_by,
        issued_at=issued_at,
        procedure=procedure,
        accepted=tuple(reasons.values()),
    )


def to_text(one: Release) -> str:
    """Return the text in which a release is kept: its record, its content, and a seal over both."""
    body = {
        "format_version": FORMAT_VERSION,
        "release": {
            "code": one.code,
            "issue": one.issue,
            "hash": one.hash,
            "effective_from": one.effective_from.isoformat(),
            "approved_by": one.approved_by,
            "issued_at": one.issued_at.isoformat(),
            "accepted": [acceptance.model_dump() for acceptance in one.accepted],
        },
        "procedure": json.loads(canonical_json(one.procedure)),
    }
    return json.dumps({**body, "seal": text_hash(_sealed(body))}, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def from_text(text: str, name: str) -> Release:
    """Return the release kept in `text`; raises AlteredRelease, naming `name`, when seal, hash or form do not hold."""
    try:
        body = json.loads(text)
        seal = body.pop("seal")
        one = _from_body(body)
    except (ValueError, KeyError, TypeError, AttributeError, ValidationError) as broken:
        raise AlteredRelease(say("the release {name} cannot be read any more", name=name)) from broken
    if seal != text_hash(_sealed(body)) or one.hash != content_hash(one.procedure) or one.name != name:
        raise AlteredRelease(say("the release {name} was altered after it was issued", name=name))
    return one


def _sealed(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _from_body(body: dict[str, Any]) -> Release:
    record = body["release"]
    return Release(
        code=record["code"],
        issue=record["issue"],
        hash=record["hash"],
        effective_from=date.fromisoformat(record["effective_from"]),
        approved_by=record["approved_by"],
        issued_at=datetime.fromisoformat(record["issued_at"]),
        procedure=from_canonical(json.dumps(body["procedure"])),
        accepted=tuple(Acceptance.model_validate(acceptance) for acceptance in record["accepted"]),
    )
