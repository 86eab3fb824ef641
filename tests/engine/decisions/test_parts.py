"""Given a limit inside a step, when it passes undone, then that is a breach of its own, seen once."""

from engine.commands import FinishPart, PauseCase, ResumeCase
from engine.refusals.access import NotYours
from engine.refusals.time import PartDone, UnknownPart
from engine.refusals.work import UnknownItem
from quality.sweep import sweep
from tests.engine.house import Office, at
from tests.engine.timed import done, opened, refused, timed


def doing(office: Office, case: str, by: str = "an", **more: object) -> FinishPart:
    given = {"item": 2, "part": "trả lời"} | more
    return FinishPart(id=office.id(), actor=by, case=case, **given)  # type: ignore[arg-type]


def breached(office: Office, case: str) -> list[tuple[str, str | None]]:
    events = (record.event for record in office.log(case) if record.event.kind == "BreachRecorded")
    return [(event.breach, event.part) for event in events]  # type: ignore[union-attr]


def test_a_part_that_is_not_done_in_time_is_recorded_once_before_its_step_is_late() -> None:
    office = timed()
    case = opened(office)
    assert sweep(office.store, office, at(3, 8)).late_parts == 0
    assert sweep(office.store, office, at(3, 8, 1)).late_parts == 1
    assert sweep(office.store, office, at(3, 9)).late_parts == 0
    assert breached(office, case) == [("late_part", "trả lời")]


def test_a_part_that_is_done_in_time_is_no_breach_and_one_done_late_is() -> None:
    office = timed()
    first, second = opened(office), opened(office)
    done(office, doing(office, first), at(3, 8))
    done(office, doing(office, second), at(3, 9))
    sweep(office.store, office, at(4, 8))
    assert (breached(office, first), breached(office, second)) == ([], [("late_part", "trả lời")])


def test_a_step_finished_in_time_has_done_its_parts() -> None:
    office = timed()
    case = opened(office)
    office.do(case, "xét", "an", at(3, 8))
    sweep(office.store, office, at(9, 8))
    assert breached(office, case) == []


def test_a_pause_moves_what_is_due_within_a_step() -> None:
    office = timed()
    case = opened(office)
    done(office, PauseCase(id="p", actor="an", case=case, reason="chờ"), at(2, 9))
    assert sweep(office.store, office, at(4, 8)).late_parts == 0
    done(office, ResumeCase(id="r", actor="an", case=case), at(4, 9))
    assert office.case(case).items[1].parts[0].due == at(5, 8)


def test_a_part_is_done_once_by_who_does_the_step() -> None:
    office = timed()
    case = opened(office)
    assert isinstance(refused(office, doing(office, case, by="em"), at(2, 9)), NotYours)
    assert refused(office, doing(office, case, part="khác"), at(2, 9)) == UnknownPart("Xét", "khác", "trả lời")
    assert isinstance(refused(office, doing(office, case, item=9), at(2, 9)), UnknownItem)
    done(office, doing(office, case), at(2, 9))
    assert refused(office, doing(office, case), at(2, 10)) == PartDone("trả lời", at(2, 9))
