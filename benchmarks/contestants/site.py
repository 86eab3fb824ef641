"""Django 5.2 for those that stand on it: one set of settings a process, pointed at one database after another."""

from functools import cache

from benchmarks.contestants.base import Place


@cache
def set_up() -> None:
    """Set Django up once."""
    import django
    from django.conf import settings

    settings.configure(
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "viewflow",
            "viewflow.workflow",
            "benchmarks.contestants",  # a flow is known by the application that it is in
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def point_at(place: Place) -> None:
    """Let every connection from now on go to this place; on a file each commit waits for the disk."""
    from django.db import connections

    told = connections.databases["default"]
    connections.close_all()
    if place.server:
        from psycopg.conninfo import conninfo_to_dict

        parts = conninfo_to_dict(str(place.url))
        engine = "django.db.backends.postgresql"
        told.update(ENGINE=engine, NAME=parts["dbname"], HOST=parts["host"], USER=parts["user"], OPTIONS={})
    else:
        once = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        told.update(
            ENGINE="django.db.backends.sqlite3",
            NAME=str(place.folder / "a.db"),
            OPTIONS={"transaction_mode": "IMMEDIATE", "timeout": 30, "init_command": once},
        )
    if hasattr(connections._connections, "default"):
        delattr(connections._connections, "default")
