"""Moving the database of an agency up to the tables of this release, with a copy of the file kept beside it."""

from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from engine.agency import read_settings, where_of
from engine.stores.database import Told, database_at
from engine.stores.schema import TODAY, version
from engine.stores.sql import SqlStore
from engine.stores.sqlite import copied


@dataclass(frozen=True, slots=True)
class Upgraded:
    """From which version of the tables to which; `kept` is the copy of the file as it was, None on a server."""

    before: str | None
    after: str
    kept: Path | None = None


def upgrade(root: Path) -> Upgraded:
    """Move the database of an agency's folder up; all of it or nothing. Raises Trouble when that cannot be done."""
    where = where_of(root, read_settings(root))
    before = _version(where)
    kept = None
    if isinstance(where, Path) and before not in {None, TODAY}:
        kept = _as_it_was(where, before)
    SqlStore(where, upgrade=True).close()
    return Upgraded(before, TODAY, kept)


def _as_it_was(where: Path, before: str) -> Path:
    """Copy a file beside itself, whole or not at all; where somebody has moved it up meanwhile, their copy stays."""
    kept = where.with_name(f"{where.name}.{before}")
    fresh = kept.with_name(f"{kept.name}.{token_hex(4)}.new")
    try:
        if _version(copied(where, fresh)) == before:
            fresh.replace(kept)
    finally:
        fresh.unlink(missing_ok=True)
    return kept


def _version(where: Path | str) -> str | None:
    if isinstance(where, Path) and not where.exists():
        return None
    database = database_at(where, durable=True)
    with Told(database), database.reading.connect() as connection:
        found = version(connection)
    database.reading.dispose()
    return found
