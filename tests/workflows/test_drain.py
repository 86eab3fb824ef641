"""One drain over an agency's folder."""

from datetime import UTC, datetime, timedelta

from engine.agency import Agency
from engine.errands.drain import Drained
from engine.errands.duty import ask_for, duties
from engine.stores.leases import leases
from workflows.drain import empty
from workflows.nudge import mine, waiting


def test_what_is_free_is_done_once_and_nobody_is_left_holding_anything(overdue: Agency) -> None:
    night = datetime(2026, 3, 2, 2, tzinfo=UTC)  # any hour but the one after midnight, which has no night's work yet
    ask_for(overdue, night, {name: duties()[name] for name in ("việc đêm",)})
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


def test_while_a_drain_is_on_its_way_nobody_starts_another_and_one_that_died_on_it_is_not_waited_for(
    overdue: Agency,
) -> None:
    now = datetime.now(UTC)
    assert mine(overdue, "a", now)
    assert not mine(overdue, "b", now + timedelta(seconds=19))
    assert not mine(overdue, "a", now + timedelta(seconds=19))
    assert mine(overdue, "b", now + timedelta(seconds=21))
    empty(overdue.root, "another duty")  # which is no drain
    assert not mine(overdue, "a", now + timedelta(seconds=35))
    empty(overdue.root)  # it has begun: what still waits in a while is for another
    assert mine(overdue, "a", now + timedelta(seconds=35))
