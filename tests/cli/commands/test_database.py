"""`quytrinh db upgrade` says what it did, and an older database says how it is opened."""

import sqlite3

from tests.cli.office import Office
from tests.engine.test_upgrade import RELEASE


def test_an_older_database_says_what_to_do_and_is_then_opened(office: Office) -> None:
    for path in office.root.glob("quytrinh.db*"):
        path.unlink()
    connection = sqlite3.connect(office.root / "quytrinh.db")
    connection.executescript(RELEASE.read_text(encoding="utf-8"))
    connection.close()
    refused = office.say("case", "list")
    assert refused.code == 5
    assert "quytrinh db upgrade" in refused.err
    came = office.say("db", "upgrade")
    assert came.code == 0
    assert "0.1.0" in came.err
    assert "quytrinh.db.0.1.0" in came.err
    assert office.say("case", "list").code == 0
    assert "đã có các bảng của bản này" in office.say("db", "upgrade").err
