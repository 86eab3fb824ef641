"""Many cases moved one after the other; a run that was cut off is started again and does the rest."""

from datetime import date

from engine.bulk import Moved, movable, move
from procedures.shelf import MemoryShelf, release
from tests.engine.house import ISSUED, Office, at, purchase

NOW = at(2, 8)


def two_issues() -> Office:
    """The purchase with its second issue in force since 3 March."""
    first = purchase()
    second = first.model_copy(update={"issue": first.issue + 1, "effective_from": date(2026, 3, 3), "note": "x"})
    shelf = MemoryShelf()
    shelf.publish(release(first, approved_by="Giám đốc", issued_at=ISSUED))
    given = Office(shelf)
    given.shelf.publish(release(second, approved_by="Giám đốc", issued_at=at(2, 7)))  # type: ignore[attr-defined]
    return given


def test_every_running_case_on_an_earlier_issue_is_moved_once() -> None:
    given = two_issues()
    issue = purchase().issue + 1
    cases = [given.open(NOW) for _ in range(3)]
    assert movable(given.store, "QT-VP-05", issue) == cases
    for case in [*cases, *cases[:1]]:
        assert move(given.store, given, Moved(case, issue, "an", "biểu mẫu mới"), at(3, 9)) is None
    assert movable(given.store, "QT-VP-05", issue) == []
    for case in cases:
        assert given.case(case).issue == issue
        assert [record.event.kind for record in given.log(case)].count("CaseMigrated") == 1


def test_why_a_case_cannot_be_moved_is_told() -> None:
    given = two_issues()
    case = given.open(NOW)
    why = move(given.store, given, Moved(case, 99, "an", "x"), at(3, 9))
    assert why is not None
    assert "99" in why.into("vi")
    assert given.case(case).issue == purchase().issue
