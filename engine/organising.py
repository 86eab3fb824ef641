"""Decisions about people, recorded in the files that declare them: checked first, in force at once, logged."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from engine.agency import Agency
from engine.refusal import Refusal
from engine.refusals.organising import AlreadyHeld, AlreadyPassedOn, DecisionNotSound
from engine.stores.access import note
from procedures.deciding import with_mandate, with_post
from procedures.finding import errors
from procedures.organisation import Mandate, Organisation, Post, load_organisation
from procedures.reading.organisation import MANDATES, PEOPLE
from procedures.shelf import flush, write_flushed
from procedures.term import common
from procedures.words import Words, say

FOLDER = "organisation.d"


def pass_on(agency: Agency, one: Mandate, by: str, now: datetime, address: str = "") -> Refusal | None:
    """Record a substitution or a delegation; the same one again changes nothing."""
    with _locked(agency.root) as folder:
        there = _declared(folder)
        if one in there.mandates:
            return None
        for other in there.mandates:
            if _same_duty(one, other) and common((one.since, one.until), (other.since, other.until)) is not None:
                return AlreadyPassedOn(one.principal, one.agent, other.decision)
        refusal = _write(folder, MANDATES, with_mandate(_text(folder / MANDATES), one))
    if refusal is None:
        _note(agency, one.manner, one.agent, by, now, address)
    return refusal


def appoint(agency: Agency, account: str, one: Post, by: str, now: datetime, address: str = "") -> Refusal | None:
    """Record that somebody holds a post from a day on; the same again changes nothing."""
    with _locked(agency.root) as folder:
        for held in _declared(folder).person(account).posts:
            if held == one:
                return None
            same = (held.position, held.unit) == (one.position, one.unit)
            if same and common((one.since, one.until), (held.since, held.until)) is not None:
                return AlreadyHeld(account, one.position, one.unit)
        refusal = _write(folder, PEOPLE, with_post(_text(folder / PEOPLE), account, one))
    if refusal is None:
        _note(agency, "appointed", account, by, now, address)
    return refusal


def _same_duty(one: Mandate, other: Mandate) -> bool:
    return (one.manner, one.principal, one.agent, one.posts, one.procedures) == (
        other.manner,
        other.principal,
        other.agent,
        other.posts,
        other.procedures,
    )


def _write(folder: Path, name: str, text: str) -> Refusal | None:
    """Let the text take the place of a file, once all files read without a fault together."""
    with tempfile.TemporaryDirectory() as aside:
        trial = shutil.copytree(folder, Path(aside) / FOLDER)
        (trial / name).write_text(text, encoding="utf-8")
        _, findings = load_organisation(trial)
    faults = errors(findings)
    if faults:
        return DecisionNotSound(_said(faults[0].message, faults[0].help))
    write_flushed(folder / f"{name}.new", text)
    (folder / f"{name}.new").replace(folder / name)
    flush(folder)
    return None


def _said(message: Words, mend: Words | None) -> Words:
    return say("{message}; {mend}", message=message, mend=mend) if mend is not None else message


def _declared(folder: Path) -> Organisation:
    return load_organisation(folder)[0]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _note(agency: Agency, kind: str, person: str, by: str, now: datetime, address: str) -> None:
    with agency.store.writing() as writer:
        note(writer.connection, now, kind, person, by, address)


@contextmanager
def _locked(root: Path) -> Iterator[Path]:
    """Keep other processes from recording a decision at the same time."""
    folder = root / FOLDER
    with (folder / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder
