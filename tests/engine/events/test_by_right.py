"""Whatever somebody decides, asks or says for another is on record with both names and the decision."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from engine.commands import (
    AnyCommand,
    CorrectRecord,
    ReassignWork,
    RefuseCase,
    ReopenCase,
    StopCase,
    WithdrawCase,
)
from engine.events.by_right import ByRight
from engine.handle import Done
from procedures.organisation import Mandate, Organisation
from tests.engine.handling import headed
from tests.engine.house import Office, at, people
from tests.engine.timed import asking, decided, done, lacking, longer, opened, saying, timed
from visualize.timeline import entries

ASKED = at(3, 9)


def away() -> Organisation:
    """The director is away: Giang stands in for him, and for the specialist An."""
    there = headed(people())
    term = {"since": at(1, 0).date(), "until": at(30, 0).date()}
    mandates = tuple(Mandate("QĐ 7", "substitution", principal, "giang", **term) for principal in ("em", "an"))
    return Organisation(there.units, there.people, mandates)


def office() -> Office:
    given = timed()
    given.organisation = away()
    return given


Given = Callable[[Office, str], AnyCommand]
DEEDS: dict[str, Given] = {
    "refused": lambda given, case: RefuseCase(id=given.id(), actor="giang", case=case, reason="sai"),
    "stopped": lambda given, case: StopCase(id=given.id(), actor="giang", case=case, reason="sai"),
    "granted": lambda given, case: decided(given, case, by="giang"),
    "not granted": lambda given, case: decided(given, case, by="giang", grant=False, reason="chưa cần"),
    "opinion": lambda given, case: saying(given, case, by="giang"),
    "asked": lambda given, case: asking(given, case, by="giang", of="Phòng Kế hoạch"),
    "supplement": lambda given, case: lacking(given, case, by="giang"),
    "corrected": lambda given, case: CorrectRecord(
        id=given.id(), actor="giang", case=case, event=1, says="khác", reason="nhầm"
    ),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_both_names_are_on_record(deed: str) -> None:
    given = office()
    case = opened(given)
    done(given, longer(given, case), ASKED)
    done(given, asking(given, case, of="em"), ASKED)
    answer = given.give(DEEDS[deed](given, case), ASKED)
    assert isinstance(answer, Done), answer
    events = [record.event for record in answer.records if isinstance(record.event, ByRight)]
    assert [(one.on_behalf_of, one.mandate) for one in events] == [
        ("an" if deed in {"asked", "supplement"} else "em", "QĐ 7")
    ]


def test_a_head_who_opens_a_case_again_for_another_is_on_record_with_him() -> None:
    given = office()
    case = opened(given)
    done(given, WithdrawCase(id="w", actor="an", case=case, reason="rút"), ASKED)
    answer = given.give(ReopenCase(id="r", actor="giang", case=case, reason="nhầm"), ASKED)
    assert isinstance(answer, Done), answer
    event = answer.records[0].event
    assert isinstance(event, ByRight)
    assert (event.on_behalf_of, event.post) == ("em", "Giám đốc@Sở A")


def test_the_timeline_tells_both_names_and_the_decision() -> None:
    given = office()
    case = opened(given)
    done(given, longer(given, case), ASKED)
    done(given, decided(given, case, by="giang"), ASKED)
    by_order = ReassignWork(id="g", actor="giang", case=case, item=2, to="dung", reason="gấp")
    done(given, by_order, ASKED)
    reading: Any = SimpleNamespace(agency=given, lang="vi", now=ASKED)
    told = [entry.what.into("vi") for entry in entries(reading, given.case(case), given.log(case))]
    assert any(line.startswith("gia hạn") and line.endswith("thay Em (QĐ 7)") for line in told), told
    assert told[-1].endswith("theo lệnh thay cho Em")
