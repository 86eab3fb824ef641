"""What people write stands in no log: it can be erased, and then it is nowhere, while everything else still agrees."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import select
from sqlmodel import SQLModel

from engine import commands, events
from engine.audit import chain_fault
from engine.commands import AnyCommand, EraseValues
from engine.evolve import fold
from engine.handle import Done
from engine.log import Recorded
from engine.packing import unpack
from engine.state import plain
from engine.stores.audit import verify
from engine.stores.rebuild import compare
from engine.stores.sql import SqlStore
from engine.texts import ERASED, text_fields
from tests.engine.house import Office, at
from tests.engine.playing import player
from tests.postgres import server

LATER = at(1, 8, month=6)
#: What a text field is not: codes, accounts, posts, units, bases in law, names of steps, fields and outcomes.
KNOWN = {
    *("procedure", "release", "calendar", "before", "opener", "unit", "units", "marking", "parent", "series", "case"),
    *("post", "posts", "head", "head_on_behalf_of", "on_behalf_of", "mandate", "by", "of", "to", "told", "decisions"),
    *("step", "part", "outcome", "returned_to", "role", "member", "assignee", "renames", "result", "breach", "kind"),
    *("names", "texts", "basis", "digest", "type", "entered", "checked", "closing", "clock", "waits_for", "name"),
    *("parts", "id", "actor", "salt", "fields", "within", "length", "form", "lacks"),
}
#: The reason of an erasure stays: it says why something is gone.
STAYS = {("ValuesErased", "reason"), ("EraseValues", "reason")}


def said(kind: type) -> set[str]:
    """The fields of a kind that hold texts of any sort."""
    return {name for name, hint in get_type_hints(kind).items() if "str" in str(hint) and not name.startswith("_")}


@pytest.mark.parametrize("kind", [*get_args(events.Event), *get_args(commands.AnyCommand)], ids=lambda k: k.__name__)
def test_every_field_that_people_write_into_is_declared(kind: type) -> None:
    own = said(kind) - {"model_config", "model_fields", "model_computed_fields"}
    unknown = {name for name in own - KNOWN - set(text_fields(kind)) if (kind.__name__, name) not in STAYS}
    assert not unknown, f"{kind.__name__}: is it a Text, or known to be none?"
    assert not KNOWN & set(text_fields(kind))


def own_words(command: AnyCommand, number: int) -> AnyCommand:
    """The command with texts that nobody else writes."""
    told: dict[str, object] = {}
    for name in text_fields(type(command)):
        text = getattr(command, name)
        if isinstance(text, tuple):
            told[name] = tuple(f"{one} lời{number}{name}{place}." for place, one in enumerate(text))
        elif text:
            told[name] = f"{text} lời{number}{name}."
    return command.model_copy(update=told)


Asked = list[tuple[AnyCommand, datetime]]


def played(seed: int) -> tuple[Office, Asked]:
    """Play random commands with texts of their own."""
    one = player(seed)
    for _ in range(60):
        one.step()
    plain_office = Office(one.office.shelf, one.office.organisation)
    return plain_office, [(own_words(command, number), now) for number, (command, now) in enumerate(one.given)]


def on(store: SqlStore | None, like: Office, asked: Asked) -> Office:
    more = {} if store is None else {"store": store}
    office = Office(like.shelf, like.organisation, numbers=count(), **more)  # type: ignore[arg-type]
    for command, now in asked:
        office.give(command, now)
    return office


def erasures(office: Office, rng: random.Random) -> Asked:
    """Ask for some of the texts of every case that is over, one at a time and several at once."""
    asked: Asked = []
    with office.store.reading() as reader:
        over = [case.id for case in reader.cases() if case.over]
    for case in over:
        places = [text.place for record in office.log(case) for text in record.texts]
        some = rng.sample(places, rng.randint(1, len(places)))
        cut = rng.randint(0, len(some) - 1)
        for number, part in enumerate((some[:cut], some[cut:])):
            if part:
                told = {"id": f"x/{case}/{number}", "case": case, "texts": tuple(part)}
                asked.append((EraseValues(actor="em", reason="theo đơn", basis="Luật 91/2025", **told), LATER))
    return asked


def gone(log: Sequence[Recorded], asked: Asked) -> set[str]:
    """The texts of a log that these commands erase."""
    places = {place for command, _ in asked for place in getattr(command, "texts", ()) if command.case == log[0].case}  # type: ignore[union-attr]
    return {text.text for record in log for text in record.texts if text.place in places}


def words_of(store: SqlStore) -> Iterator[str]:
    """Every cell of every table, with what is packed in it."""
    with store.reading() as reader:
        for table in SQLModel.metadata.sorted_tables:
            for row in reader.connection.execute(select(table)):
                for cell in row:
                    yield opened(cell) if isinstance(cell, bytes) else str(cell)


def opened(cell: bytes) -> str:
    try:
        return unpack(cell).decode()
    except ValueError:
        return plain(cell).decode(errors="replace")


@pytest.mark.parametrize("seed", [40, 42, 54, 59, 79, 85])
def test_whatever_is_erased_is_gone_and_all_the_rest_agrees(seed: int, tmp_path: Path) -> None:
    like, asked = played(seed)
    stores = {"sqlite": SqlStore(tmp_path / "a.db"), "postgres": SqlStore(server().database())}
    offices = {"memory": on(None, like, asked)} | {name: on(store, like, asked) for name, store in stores.items()}
    erasing = erasures(offices["memory"], random.Random(seed))  # noqa: S311 (play, not secrets)
    assert erasing, "nothing ended in this play"
    before = {case: offices["memory"].log(case) for case in {command.case for command, _ in erasing}}  # type: ignore[union-attr]
    left = set().union(*(gone(log, erasing) for log in before.values()))
    assert left
    answers: dict[str, list[Any]] = {name: [one.give(*order) for order in erasing] for name, one in offices.items()}
    assert all(isinstance(answer, Done) for answer in answers["memory"]), answers["memory"]
    assert answers["memory"] == answers["sqlite"] == answers["postgres"]
    for case in before:
        logs = [office.log(case) for office in offices.values()]
        assert logs[0] == logs[1] == logs[2]
        assert chain_fault(case, logs[0]) is None
        assert {office.case(case) == fold(office.log(case)) for office in offices.values()} == {True}
    for store in stores.values():
        verdict, drawn = verify(store), compare(store)
        assert verdict.sound, verdict.faults
        assert drawn.same, drawn.faults
        everything = "\n".join(words_of(store))
        assert [text for text in left if text in everything] == []
        assert ERASED in everything
        store.close()
    assert [text for text in left if text.encode() in bytes_of(tmp_path)] == []


def bytes_of(folder: Path) -> bytes:
    connection = dbapi2.connect(folder / "a.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return b"".join(path.read_bytes() for path in sorted(folder.glob("a.db*")))


@pytest.mark.parametrize("seed", range(50, 53))
def test_no_log_has_a_word_of_what_people_wrote(seed: int, tmp_path: Path) -> None:
    like, asked = played(seed)
    office = on(SqlStore(tmp_path / "a.db"), like, asked)
    with office.store.reading() as reader:
        logs = [reader.log(case) for case in reader.case_ids()]
    bodies = "\n".join(record.body for log in logs for record in log)
    texts = {text.text for log in logs for record in log for text in record.texts}
    assert len(texts) > 10
    assert [text for text in texts if text in bodies] == []
    office.store.close()  # type: ignore[attr-defined]
