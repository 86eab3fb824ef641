"""An outside package comes in by its own door only."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.tree import Source, modules, said

#: Outside package → where it may be imported: a path, or the beginning of one.
DOORS: dict[str, tuple[str, ...]] = {
    "yaml": ("procedures/source.py",),
    "ruamel": ("procedures/source.py", "procedures/rewrite.py"),
    "numpy": ("procedures/", "quality/"),
    "networkx": ("procedures/net.py", "procedures/check/"),
    "babel": ("procedures/words.py", "procedures/vietnamese.py"),
    "holidays": ("procedures/calendar/", "cli/"),
    "smtplib": ("engine/errands/mail.py",),
    "icalendar": ("visualize/",),
    "sqlmodel": ("engine/stores/", "quality/questions"),
    "sqlalchemy": ("engine/stores/", "quality/questions"),
    "sqlite3": ("engine/stores/",),
    "pysqlite3": ("engine/stores/",),
    "psycopg": ("engine/stores/",),
    "alembic": ("engine/stores/",),
    "cryptography": ("engine/ledger/keys.py",),
    "msgspec": ("engine/fact.py",),
    "zstandard": ("engine/packing.py",),
    "graphviz": ("visualize/",),
    "pygraphviz": ("visualize/",),
    "docx": ("visualize/",),
    "xlsxwriter": ("visualize/xlsx.py",),
    "lxml": ("visualize/",),
    "jinja2": ("web/", "visualize/"),
    "prefect": ("workflows/",),
    "fastapi": ("web/",),
    "prometheus_client": ("web/watching.py",),
    "starlette": ("web/",),
    "uvicorn": ("web/", "cli/"),
    "argon2": ("engine/accounts.py",),
    "authlib": ("web/oidc/exchange.py",),
    "joserfc": ("web/oidc/exchange.py",),
    "requests": ("web/oidc/exchange.py",),
    "typer": ("cli/",),
    "click": ("cli/",),
    "rich": ("cli/",),
}


def imported(source: Source) -> Iterator[tuple[str, str]]:
    """Each top-level package that a module imports, at its place; imports inside functions count too."""
    for node in source.nodes(ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((source.at(node), alias.name.split(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield source.at(node), node.module.split(".")[0]


def through_the_wall(source: Source) -> Iterator[str]:
    for place, name in imported(source):
        doors = DOORS.get(name)
        if doors is not None and not source.path.startswith(doors):
            yield f"{place}: {name} is imported; its door is {', '.join(doors)}"


def test_outside_packages_come_in_by_their_doors() -> None:
    said(fault for source in modules() for fault in through_the_wall(source))


@pytest.mark.parametrize(
    "text", ["import yaml\n", "from sqlalchemy.orm import Session\n", "def f():\n    import prefect.flows as p\n"]
)
def test_an_import_beside_its_door_is_seen(text: str) -> None:
    assert list(through_the_wall(Source("engine/decide.py", text)))


def test_a_store_may_speak_sql() -> None:
    assert not list(through_the_wall(Source("engine/stores/sql.py", "from sqlalchemy import insert\n")))


def test_nothing_is_imported_from_a_file_above_by_dots() -> None:
    dotted = [
        source.at(node)
        for source in modules()
        for node in source.nodes(ast.ImportFrom)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    said(dotted)
