"""Pack the evidence of a case: log, values, texts, procedure, people, calendar, files, and the proof of all that."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.agency import Agency
from engine.events.life import CaseMigrated, CaseOpened
from engine.evidence import standalone
from engine.files import not_erased
from engine.ledger.checkpoint import Checkpoint
from engine.ledger.keys import SigningKey
from engine.ledger.merkle import Leaf, path_to
from engine.log import Recorded, stamp
from engine.stores.raw import one_case
from engine.texts import Written
from procedures.release import to_text

_README = "DOC-TRUOC.txt"
_STORY, _PEOPLE, _CALENDAR, _VERIFIER = "dien-bien.txt", "to-chuc.json", "lich/", "kiem_tra.py"
#: The same case under the same checkpoint makes the same file, to the byte.
_MOMENT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is packed: the case, its log, the story of it for people, and the checkpoint it is proved under."""

    case: str
    log: tuple[Recorded, ...]
    story: str
    checkpoint: Checkpoint


def pack(agency: Agency, subject: Subject, key: SigningKey, at: datetime, to: Path) -> None:
    """Write the evidence of a case into a zip file."""
    parts = dict(_parts(agency, subject, at))
    told = {
        "format": 1,
        "agency": agency.settings.agency,
        "case": subject.case,
        "events": len(subject.log),
        "made_at": stamp(at),
        "key": key.public,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(parts.items())},
    }
    manifest = _json(told)
    parts |= {standalone.MANIFEST: manifest, standalone.SIGNATURE: f"{key.sign(manifest)}\n".encode()}
    fresh = to.with_name(f".{to.name}.new")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), content, zipfile.ZIP_DEFLATED)
    fresh.replace(to)


def _parts(agency: Agency, subject: Subject, at: datetime) -> Iterator[tuple[str, bytes]]:
    yield _README, _readme(agency, subject, at).encode()
    yield _STORY, subject.story.encode()
    yield _VERIFIER, files("engine.evidence").joinpath("standalone.py").read_bytes()
    yield standalone.EVENTS, _lines(_event(record) for record in subject.log)
    yield standalone.VALUES, _lines(_values(agency, subject.case))
    yield standalone.TEXTS, _lines(_text(one) for record in subject.log for one in record.texts)
    for code, issue in _issues(subject.log):
        name = f"{standalone.PROCEDURES}{code}@{issue}.json"
        yield name, to_text(agency.shelf.release(code, issue)).encode()
    yield _PEOPLE, _json(_people(agency, subject.log))
    for path in sorted((agency.root / "calendar.d").rglob("*.yaml")):
        yield f"{_CALENDAR}{path.relative_to(agency.root / 'calendar.d').as_posix()}", path.read_bytes()
    for _, event in not_erased((record.seq, record.event) for record in subject.log):
        yield f"{standalone.FILES}{event.digest}", agency.files.path(event.digest).read_bytes()
    with subject.checkpoint.path.open("rb") as file:
        yield standalone.CHECKPOINT, file.readline() + file.readline()
    yield standalone.PROOF, _json(_proof(subject))


def _event(record: Recorded) -> dict[str, object]:
    names = ("case", "seq", "actor", "command", "digest", "body", "hash")
    return {**{name: getattr(record, name) for name in names}, "at": stamp(record.at)}


def _values(agency: Agency, case: str) -> Iterator[dict[str, object]]:
    with agency.store.reading() as reader:
        rows = one_case(reader.connection, case).values.get(case, [])
    for row in rows:
        yield {name: getattr(row, name) for name in ("name", "seq", "command", "value", "salt")}


def _text(one: Written) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("seq", "field", "text", "salt")}


def _issues(log: Iterable[Recorded]) -> Iterator[tuple[str, int]]:
    code = ""
    for record in log:
        if isinstance(record.event, CaseOpened | CaseMigrated):
            code = getattr(record.event, "procedure", code)
            yield code, record.event.issue


def _people(agency: Agency, log: Iterable[Recorded]) -> dict[str, object]:
    """Return who acted or was meant, by account: name and posts with their dates."""
    said = " ".join(record.body for record in log)
    accounts = {record.actor for record in log}
    known = [one for one in agency.organisation.people if one.id in accounts or f'"{one.id}"' in said]
    return {
        one.id: {
            "name": one.name,
            "posts": [
                {
                    "position": post.position,
                    "unit": post.unit,
                    "since": post.since and post.since.isoformat(),
                    "until": post.until and post.until.isoformat(),
                }
                for post in one.posts
            ],
        }
        for one in known
    }


def _proof(subject: Subject) -> dict[str, object]:
    """Return the leaf of the case in the checkpoint and the way from it to the root."""
    found: Leaf | None = None
    hashes: list[bytes] = []
    index = 0
    for leaf in subject.checkpoint.leaves():
        if leaf.case == subject.case:
            found, index = leaf, len(hashes)
        hashes.append(leaf.hash)
    if found is None:
        raise KeyError(subject.case)
    return {"seq": found.seq, "head": found.head, "path": path_to(hashes, index)}


def _json(told: dict[str, Any]) -> bytes:
    return f"{json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)}\n".encode()


def _lines(rows: Iterable[dict[str, object]]) -> bytes:
    return "".join(f"{json.dumps(row, ensure_ascii=False, sort_keys=True)}\n" for row in rows).encode()


def _readme(agency: Agency, subject: Subject, at: datetime) -> str:
    day = at.astimezone(agency.calendar.zone)
    text = files("engine.evidence").joinpath("readme.txt").read_text(encoding="utf-8")
    return text.format(
        agency=agency.settings.agency,
        case=subject.case,
        events=len(subject.log),
        made=f"{day:%d/%m/%Y %H:%M}",
        number=subject.checkpoint.heading.number,
        short=subject.checkpoint.heading.short,
    )
