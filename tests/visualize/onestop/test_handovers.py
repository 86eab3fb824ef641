"""Hand-overs: whoever gave and whoever took, by the log alone."""

from engine.commands import ReassignWork, ReleaseWork
from tests.quality.agency import DECLARED as PLAIN
from tests.quality.agency import at
from tests.visualize.onestop.desk import finished, given, office, told
from visualize.onestop.handovers import handovers


def test_every_piece_of_work_and_the_result_are_handed_over_once() -> None:
    desk = office()
    found = told(desk, finished(desk))
    given_ = handovers(found.case, found.log, desk.calendar)
    assert [one.item for one in given_] == [1, 2, 3, None]
    assert [(one.giver, one.receiver) for one in given_] == [
        ("an", "an"),
        ("an", "binh"),
        ("binh", "chi"),
        ("chi", None),
    ]


def test_work_that_was_given_back_was_received_by_whoever_took_it_at_last() -> None:
    desk = office(PLAIN)
    case = desk.open(at(2))
    desk.finish(case, 1, "an", at(2, 9))
    desk.claim(case, 2, "binh", at(2, 10))
    given(desk, ReleaseWork(id="r", actor="binh", case=case, item=2), at(2, 11))
    found = told(desk, case)
    assert handovers(found.case, found.log, desk.calendar)[-1].receiver is None
    desk.claim(case, 2, "binh", at(2, 14))
    found = told(desk, case)
    last = handovers(found.case, found.log, desk.calendar)[-1]
    assert (last.receiver, last.taken_at) == ("binh", at(2, 14))


def test_work_that_a_head_gave_to_another_is_handed_over_again_with_the_reason() -> None:
    desk = office(PLAIN)
    case = desk.open(at(2), by="duc")
    told_ = ReassignWork(id="g", actor="chi", case=case, item=1, to="khoa", reason="Người cũ nghỉ")
    given(desk, told_, at(2, 9))
    found = told(desk, case)
    last = handovers(found.case, found.log, desk.calendar)[-1]
    assert (last.receiver, last.why) == ("khoa", "Người cũ nghỉ")
