"""Given a limit by condition or from a start event, when that is known, then the promise is made, once."""

from datetime import datetime

import pytest

from procedures.allowances import CountedFrom, Variant
from procedures.model import FieldSpec, FieldType, Norm
from tests.engine.decisions.test_opinions import asking, saying
from tests.engine.house import Office, at
from tests.engine.timed import NOW, ROLES, done, lacking, length, received, timed
from tests.procedures.building import end, go, over, procedure, work

FIELDS = (FieldSpec(name="tổng tiền", type=FieldType.MONEY), FieldSpec(name="ngày hiệu lực", type=FieldType.DATE))
BIG = Variant(when=over(50_000_000), within=length("15"))


def office(**more: object) -> Office:
    limit = Norm(within=length("1"), variants=(Variant(when=over(50_000_000), within=length("4")),))
    steps = (
        work("nhận", go("xét"), collect=("tổng tiền", "ngày hiệu lực")),
        work("xét", go("ký"), norm=limit),
        work("ký", end()),
    )
    given: dict[str, object] = {"within": length("10"), "fields": FIELDS, "roles": ROLES}
    return Office.with_(procedure(*steps, **(given | more)))


def entered(given: Office, now: datetime = NOW, **fields: str) -> str:
    case = given.open(now, procedure="QT-01")
    told = {name.replace("_", " "): text for name, text in fields.items()}
    given.do(case, "nhận", "an", now, fields=told, salt="s")
    return case


@pytest.mark.parametrize(
    ("amount", "promised", "norm"),
    [("60 triệu", at(23, 17), at(6, 8)), ("50 triệu", at(16, 17), at(3, 8)), ("1", at(16, 17), at(3, 8))],
)
def test_the_first_condition_that_holds_decides_the_limit_and_the_norm(
    amount: str, promised: datetime, norm: datetime
) -> None:
    given = office(variants=(BIG,))
    case = given.open(NOW, procedure="QT-01")
    assert (given.case(case).due, given.case(case).promised) == (None, None)  # nobody knows yet
    given.do(case, "nhận", "an", NOW, fields={"tổng tiền": amount}, salt="s")
    found = given.case(case)
    assert (found.due, found.promised, found.items[1].due) == (promised, promised, norm)
    assert found.course is not None
    assert found.course.since == NOW  # counted from the reception all the same


@pytest.mark.parametrize(
    ("start", "since"),
    [
        (CountedFrom(), NOW),
        (CountedFrom(event="complete"), at(3, 9)),
        (CountedFrom(event="step", name="xét"), at(5, 10)),
        (CountedFrom(event="date", name="ngày hiệu lực"), at(20, 0)),
    ],
)
def test_the_limit_counts_from_its_declared_event(start: CountedFrom, since: datetime) -> None:
    given = office(counted_from=start)
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "nhận", "an", at(3, 9), fields={"ngày hiệu lực": "20/03/2026"}, salt="s")
    given.do(case, "xét", "an", at(5, 10))
    found = given.case(case)
    assert found.course is not None
    assert found.course.since == since
    assert found.due == found.promised == given.calendar.due(since, length("10"), "C1")


def test_a_limit_from_opinions_begins_when_none_is_awaited_any_more() -> None:
    given = office(counted_from=CountedFrom(event="opinion"))
    case = entered(given)
    done(given, asking(given, case), at(3, 9))
    done(given, asking(given, case, of="em"), at(3, 9))
    done(given, saying(given, case), at(4, 9))
    assert given.case(case).due is None
    done(given, saying(given, case, by="em", consultation=2), at(5, 9))
    assert given.case(case).due == given.case(case).promised == at(19, 17)


def test_a_limit_that_has_begun_begins_no_second_time_and_a_supplement_counts_it_anew() -> None:
    given = timed(counted_from=CountedFrom(event="complete"))
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "nhận", "an", at(3, 9))
    done(given, lacking(given, case), at(4, 9))
    done(given, received(given, case), at(9, 9))
    found = given.case(case)
    assert (found.promised, found.due) == (at(17, 17), at(23, 17))
    assert [record.event.kind for record in given.log(case)].count("LimitBegan") == 1
