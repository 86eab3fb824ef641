"""The version of the tables: a fresh database gets those of today, an older one is moved up in one piece."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel

from engine.trouble import NewerTables, OlderTables

#: The version of the tables of today: the newest revision in `migrations/versions`.
TODAY = "0.2.0"
#: What a database is called that has tables and no version: that release did not write one.
UNVERSIONED = "0.1.0"
_FOLDER = Path(__file__).parent / "migrations"


def version(connection: Connection) -> str | None:
    """Return the version of the tables of a database, or None where there are none yet."""
    there = set(inspect(connection).get_table_names())
    if "alembic_version" in there:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        return str(found) if found is not None else None
    return UNVERSIONED if "event" in there else None


def prepare(connection: Connection, *, upgrade: bool) -> None:
    """Make the tables of a fresh database, or move those of an earlier release up when that is asked for.

    Raises OlderTables when it is not, and NewerTables for what a later release has made.
    """
    found = version(connection)
    if found == TODAY:
        return
    if found is None:
        SQLModel.metadata.create_all(connection)
        connection.execute(text("INSERT INTO alembic_version (version_num) VALUES (:today)"), {"today": TODAY})
    elif _parts(found) > _parts(TODAY):
        raise NewerTables(found)
    elif not upgrade:
        raise OlderTables(found)
    else:
        _move_up(connection)


def _move_up(connection: Connection) -> None:
    """Let Alembic go through the revisions, inside the transaction that is open: a kill leaves all as it was."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
