"""Given a limit, when more time is asked for, then somebody else grants it, counted from what was due, by the cap."""

from datetime import datetime

import pytest

from engine.case import Case
from engine.clocks.explaining import explained
from engine.refusals.access import NotAParty, UnknownPerson
from engine.refusals.entering import ReasonNeeded
from engine.refusals.time import (
    ExtensionDecided,
    ExtensionOpen,
    ExtensionTooLate,
    ExtensionTooLong,
    NoLimitToExtend,
    NotALength,
    NotYoursToDecide,
    OwnRequest,
    TooManyExtensions,
    UnknownExtension,
)
from procedures.allowances import Extensions
from procedures.organisation import Organisation, OrgUnit
from tests.engine.house import Office, at, people, working_time
from tests.engine.timed import decided, done, lacking, length, longer, opened, received, refused, timed

ASKED = at(4, 9)


def extended(office: Office, case: str, now: datetime = ASKED) -> Case:
    done(office, longer(office, case), now)
    done(office, decided(office, case, extension=len(office.case(case).extensions)), now)
    return office.case(case)


def test_an_extension_counts_from_the_date_before_it_and_the_promise_stays() -> None:
    office = timed()
    case = opened(office)
    found = extended(office, case)
    assert (found.promised, found.due) == (at(16, 17), at(23, 17))
    assert [record.event.kind for record in office.log(case)][-2:] == ["ExtensionAsked", "ExtensionGranted"]
    assert found.extensions[0].decided_by == "em"
    assert found.breaches == ()


def test_what_stood_before_and_after_an_extension_is_explained_up_to_the_date_that_is_kept() -> None:
    from engine.commands import PauseCase, ResumeCase

    office = timed(extensions=Extensions(decided_by=("lãnh đạo",)))
    case = opened(office)
    for since, until in ((at(3, 9), at(4, 8)), (at(5, 9), at(6, 9))):
        if since.day == 5:
            extended(office, case, at(5, 8))
        done(office, PauseCase(id=office.id(), actor="an", case=case, reason="chờ"), since)
        done(office, ResumeCase(id=office.id(), actor="an", case=case), until)
    found = office.case(case)
    assert found.course is not None
    told = [words.into("vi") for words in explained(found.course, working_time())]
    assert len(told) > 1
    assert f"{found.due.astimezone(at(2, 8).tzinfo):%d/%m/%Y %H:%M}" in told[-1]


def test_a_request_has_a_reason_an_apology_and_an_amount_of_time() -> None:
    office = timed()
    case = opened(office)
    assert refused(office, longer(office, case, reason=" "), ASKED) == ReasonNeeded()
    assert refused(office, longer(office, case, apology=""), ASKED) == ReasonNeeded()
    for text in ("lâu", "0 ngày làm việc", "không quy định"):
        assert isinstance(refused(office, longer(office, case, by=text), ASKED), NotALength)
    assert isinstance(refused(office, longer(office, case, actor="em"), ASKED), NotAParty)


def test_it_is_asked_for_at_least_a_working_day_before_expiry() -> None:
    office = timed()
    case = opened(office)  # due Monday 16 March at 17:00
    assert isinstance(refused(office, longer(office, case), at(16, 8)), ExtensionTooLate)
    assert isinstance(refused(office, longer(office, case), at(17, 8)), ExtensionTooLate)
    done(office, longer(office, case), at(13, 16))


@pytest.mark.parametrize(("ahead", "day", "allowed"), [("3", 11, True), ("3", 12, False), ("0", 16, True)])
def test_how_long_before_is_declared(ahead: str, day: int, allowed: bool) -> None:  # noqa: FBT001
    office = timed(extensions=Extensions(ahead=length(ahead), decided_by=("lãnh đạo",)))
    case = opened(office)
    answer = office.give(longer(office, case), at(day, 9))
    assert isinstance(answer, ExtensionTooLate) is not allowed


def test_no_more_and_no_longer_than_declared() -> None:
    office = timed()
    case = opened(office)
    assert refused(office, longer(office, case, by="6 ngày làm việc"), ASKED) == ExtensionTooLong(
        case, "5 ngày làm việc"
    )
    extended(office, case)
    assert refused(office, longer(office, case), at(9, 9)) == TooManyExtensions(case, 1)
    twice = timed(extensions=Extensions(at_most=2, decided_by=("lãnh đạo",)))
    other = opened(twice)
    extended(twice, other)
    assert extended(twice, other, at(9, 9)).due == at(30, 17)
    assert isinstance(refused(twice, longer(twice, other), at(10, 9)), TooManyExtensions)


def test_what_is_asked_for_knowingly_beyond_the_cap_is_a_breach_once_it_is_granted() -> None:
    office = timed()
    case = opened(office)
    extended(office, case)
    done(office, longer(office, case, by="9 ngày làm việc", beyond=True), at(9, 9))
    assert office.case(case).extensions[1].beyond
    assert office.case(case).breaches == ()
    done(office, decided(office, case, extension=2), at(9, 10))
    told = [record.event for record in office.log(case) if record.event.kind == "BreachRecorded"]
    assert [event.breach for event in told] == ["extended_beyond_cap"]  # type: ignore[union-attr]


def test_a_request_within_the_cap_is_no_breach_even_when_it_asks_for_more_than_that() -> None:
    office = timed()
    case = opened(office)
    done(office, longer(office, case, beyond=True), ASKED)
    assert not office.case(case).extensions[0].beyond


def test_the_head_decides_once_and_nobody_on_his_own_request() -> None:
    office = timed(extensions=Extensions(at_most=9, decided_by=("lãnh đạo", "cán bộ")))
    case = opened(office)
    assert refused(office, decided(office, case), ASKED) == UnknownExtension(case, 1)
    done(office, longer(office, case), ASKED)
    assert isinstance(refused(office, longer(office, case), ASKED), ExtensionOpen)
    assert isinstance(refused(office, decided(office, case, by="an"), ASKED), OwnRequest)
    assert isinstance(refused(office, decided(office, case, by="giang"), ASKED), NotYoursToDecide)
    assert isinstance(refused(office, decided(office, case, by="nobody"), ASKED), UnknownPerson)
    assert refused(office, decided(office, case, grant=False), ASKED) == ReasonNeeded()
    before = office.case(case).due
    done(office, decided(office, case, grant=False, reason="Chưa cần"), ASKED)
    assert office.case(case).due == before
    assert isinstance(refused(office, decided(office, case), ASKED), ExtensionDecided)


def test_where_nobody_is_declared_the_head_of_the_owner_unit_decides() -> None:
    office = timed(extensions=Extensions())
    units = (OrgUnit("Sở A", heads=("Giám đốc",)), OrgUnit("Văn phòng", parent="Sở A", heads=("Chánh Văn phòng",)))
    others = tuple(unit for unit in people().units if unit.name == "Phòng Kế hoạch")
    office.organisation = Organisation(units=(*units, *others), people=people().people)
    case = opened(office)
    done(office, longer(office, case), ASKED)
    refusal = refused(office, decided(office, case, by="giang"), ASKED)
    assert refusal.words.into("vi") == "Giang không được quyết định việc này: việc này của người đứng đầu Văn phòng."
    done(office, decided(office, case, by="dung"), ASKED)


def test_what_has_no_limit_cannot_be_extended() -> None:
    office = timed(within=None)
    case = opened(office)
    assert refused(office, longer(office, case), ASKED) == NoLimitToExtend(case)


def test_time_that_stands_makes_no_request_late() -> None:
    office = timed("exclude")
    case = opened(office)  # due on the sixteenth
    done(office, lacking(office, case), at(3, 8))
    done(office, longer(office, case), at(18, 8))
    done(office, decided(office, case), at(18, 9))
    done(office, received(office, case), at(19, 8))
    due, stood = at(23, 17), working_time().working_minutes(at(3, 8), at(19, 8))
    assert office.case(case).due == working_time().add_working_minutes(due, stood)
