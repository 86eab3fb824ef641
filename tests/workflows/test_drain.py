"""One drain over an agency's folder."""

from datetime import UTC, datetime, timedelta

from engine.agency import Agency
from engine.errands.drain import Drained
from engine.errands.duty import ask_for
from engine.stores.leases import leases
from workflows.drain import empty
from workflows.nudge import waiting


def test_what_is_free_is_done_once_and_nobody_is_left_holding_anything(overdue: Agency) -> None:
    ask_for(overdue, datetime.now(UTC) - timedelta(days=1))
    assert empty(overdue.root, "another duty") == Drained()
    assert empty(overdue.root) == Drained(done=1)
    assert empty(overdue.root) == Drained()
    with overdue.store.reading() as reader:
        assert leases(reader.connection) == []


def test_a_nudge_is_due_when_an_errand_has_waited_and_nobody_took_it(overdue: Agency) -> None:
    night = datetime(2026, 3, 2, 2, tzinfo=UTC)
    assert not waiting(overdue, night)
    assert ask_for(overdue, night) == 1
    assert not waiting(overdue, night + timedelta(seconds=1))
    assert waiting(overdue, night + timedelta(seconds=2))
    empty(overdue.root)
    assert not waiting(overdue, night + timedelta(days=1))
