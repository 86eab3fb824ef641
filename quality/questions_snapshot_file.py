"""The columns of a large database kept in a file beside it: a cache, never the truth, which may go at any time."""

import json
import os
from contextlib import suppress
from dataclasses import fields
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from zipfile import BadZipFile

import numpy as np
from sqlalchemy import and_, or_, select

from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, EVENT
from quality.columns import Breaches, Cases, Items, Text
from quality.facts import Facts
from quality.questions_snapshot import Snapshot

#: Whoever has fewer cases reads them anew as fast as from a file.
WORTH = 5_000
#: A file is written again when so small a share of its cases has moved.
_ONE_IN = 50
_FORM = 1
#: So many blocks, or up to twice as many, say which database it is.
_SAMPLE = 100
_TABLES: dict[str, type[Any]] = {"cases": Cases, "items": Items, "breaches": Breaches}


def place(reader: SqlReader) -> Path:
    """Return where the columns of a database are kept: beside its file, or, of a server, with what a user caches."""
    url = reader.connection.engine.url
    if url.get_backend_name() == "sqlite":
        return Path(f"{url.database}.columns")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    named = sha256(url.render_as_string(hide_password=True).encode()).hexdigest()[:16]
    return cache / "quytrinh" / f"{named}.columns"


def load(reader: SqlReader) -> Snapshot | None:
    """Return what an earlier process kept of this very database, or None."""
    try:
        with place(reader).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
            told = json.loads(file["told"].tobytes())
            if told["form"] != _FORM:
                return None
            found = _snapshot(file, told)
    except (EOFError, OSError, ValueError, KeyError, TypeError, BadZipFile):
        return None
    return found if _is_of(reader, told["heads"]) else None


def save(reader: SqlReader, found: Snapshot, moved: int) -> None:
    """Keep the columns of a large database when enough of it has moved; where nothing can be written, nothing is."""
    where = place(reader)
    if len(found.facts.ids) < WORTH or (where.exists() and moved * _ONE_IN < len(found.facts.ids)):
        return
    told: dict[str, Any] = {"form": _FORM, "heads": _heads(reader, found), "names": {}}
    told["stands"] = [[*block, *stand] for block, stand in sorted(found.stands.items())]
    arrays: dict[str, Any] = {"ids": found.facts.ids, "moved_at": found.moved_at, "block": found.block}
    for table in _TABLES:
        columns = getattr(found.facts, table)
        for one in fields(columns):
            column, name = getattr(columns, one.name), f"{table}.{one.name}"
            if isinstance(column, Text):
                told["names"][name], column = column.names, column.codes
            arrays[name] = column
    arrays["told"] = np.frombuffer(json.dumps(told).encode(), np.uint8)
    with suppress(OSError):
        where.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile(dir=where.parent, prefix=f".{where.name}", delete=False) as file:
            np.savez(file, **arrays)
        Path(file.name).replace(where)


def _snapshot(file: Any, told: dict[str, Any]) -> Snapshot:
    tables = {
        table: kind(**{one.name: _column(file, told, f"{table}.{one.name}") for one in fields(kind)})
        for table, kind in _TABLES.items()
    }
    stands = {(series, number): (count, total, last) for series, number, count, total, last in told["stands"]}
    facts = Facts(0, file["ids"], **tables)
    return Snapshot(facts, file["moved_at"], file["block"], stands)


def _column(file: Any, told: dict[str, Any], name: str) -> Any:
    names = told["names"].get(name)
    return file[name] if names is None else Text(file[name], tuple(names))


def _heads(reader: SqlReader, found: Snapshot) -> list[list[object]]:
    """Return (case, number, hash) of the last record of the newest case of some blocks.

    They tell databases apart: one that was put back from a copy, and went on otherwise, has other records.
    """
    blocks = sorted(found.stands.items())[:: max(1, len(found.stands) // _SAMPLE)]
    newest = or_(*(and_(CASE.c.series == series, CASE.c.number == last) for (series, _), (_, _, last) in blocks))
    asked = select(CASE.c.id, CASE.c.version, CASE.c.head).where(newest).order_by(CASE.c.id)
    return [list(row) for row in reader.connection.execute(asked)]


def _is_of(reader: SqlReader, heads: list[list[object]]) -> bool:
    """Tell whether a database has these records."""
    mine = or_(*(and_(EVENT.c.case_id == case, EVENT.c.seq == seq) for case, seq, _ in heads))
    asked = select(EVENT.c.case_id, EVENT.c.seq, EVENT.c.hash).where(mine).order_by(EVENT.c.case_id)
    return [list(row) for row in reader.connection.execute(asked)] == heads
