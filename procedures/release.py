"""A release: one approved issue of a procedure, its record, and the sealed text it is kept in."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from procedures.appraisal import Appraisal, read_appraisal
from procedures.canonical import canonical_json, content_hash, from_canonical
from procedures.ending import Ending
from procedures.model import Acceptance, Procedure
from procedures.net import Net, compile_net
from procedures.seal import UNREADABLE, sealed, unsealed
from procedures.words import Words, say

FORMAT_VERSION = "1.1"
AGENCY_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class ShelfRefusal(Exception):  # noqa: N818 - refusals are clauses
    """The shelf will not do what was asked; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


class NotOnShelf(ShelfRefusal):
    """No such release has been issued."""


class Abolished(NotOnShelf):
    """The procedure was ended: no new case of it can be opened; `ending` is the record."""

    def __init__(self, ending: Ending) -> None:
        day = f"{ending.since:%d/%m/%Y}"
        super().__init__(
            say("{code} was abolished from {day}: {reason}", code=ending.code, day=day, reason=ending.reason)
        )
        self.ending = ending


class AlteredRelease(ShelfRefusal):
    """A stored release no longer matches its own hash."""


@dataclass(frozen=True)
class Release:
    """One issue of a procedure, as it was approved. `hash` names the content; `issued_at` is an aware instant.

    `drafted_by` is empty in records from before it was asked for; `replaces` is a procedure that ends with it.
    """

    code: str
    issue: int
    hash: str
    effective_from: date
    approved_by: str
    issued_at: datetime
    procedure: Procedure
    accepted: tuple[Acceptance, ...] = ()
    drafted_by: str = ""
    appraisal: Appraisal | None = None
    replaces: str | None = None

    @cached_property
    def net(self) -> Net:
        """The compiled net of the procedure."""
        return compile_net(self.procedure)

    @property
    def name(self) -> str:
        """How people and files call it: QT-VP-05@3."""
        return f"{self.code}@{self.issue}"


def release(  # noqa: PLR0913 - one argument for each thing the record keeps
    procedure: Procedure,
    *,
    approved_by: str,
    issued_at: datetime,
    effective_from: date | None = None,
    accepted: Iterable[Acceptance] = (),
    drafted_by: str = "",
    appraisal: Appraisal | None = None,
    replaces: str | None = None,
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
        drafted_by=drafted_by,
        appraisal=appraisal,
        replaces=replaces,
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
            "drafted_by": one.drafted_by,
            "appraisal": one.appraisal and one.appraisal.model_dump(mode="json"),
            "replaces": one.replaces,
        },
        "procedure": json.loads(canonical_json(one.procedure)),
    }
    return sealed(body)


def from_text(text: str, name: str) -> Release:
    """Return the release kept in `text`; raises AlteredRelease, naming `name`, when seal, hash or form do not hold."""
    try:
        body, whole = unsealed(text)
        one = _from_body(body)
    except UNREADABLE as broken:
        raise AlteredRelease(say("the release {name} cannot be read any more", name=name)) from broken
    if not whole or one.hash != content_hash(one.procedure) or one.name != name:
        raise AlteredRelease(say("the release {name} was altered after it was issued", name=name))
    return one


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
        drafted_by=record.get("drafted_by", ""),
        appraisal=read_appraisal(record.get("appraisal")),
        replaces=record.get("replaces"),
    )
