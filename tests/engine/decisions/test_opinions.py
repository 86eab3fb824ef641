"""Given work, when opinions are asked for, then nothing moves, each has its time, and the late are on record."""

from pathlib import Path

from engine.commands import MACHINE, ClaimWork, FinishPart, LapseConsultation, PauseCase, ReopenCase, WithdrawCase
from engine.handle import Done
from engine.refusals.access import NotYours, OnlyTheSystem, UnknownPerson
from engine.refusals.time import (
    AskedAlready,
    DeadlineNeeded,
    NobodyToAsk,
    NotALength,
    NotExpired,
    NotYoursToSay,
    OpinionGivenAlready,
    OpinionNeeded,
    OpinionsAwaited,
    QuestionNeeded,
    UnknownConsultation,
)
from engine.refusals.work import AlreadyTaken
from engine.stores.sql import SqlStore
from engine.timers import lapse
from tests.engine.handling import headed
from tests.engine.house import Office, at, working_time
from tests.engine.timed import asking, done, lacking, length, opened, refused, saying, timed
from tests.procedures.building import end, go, norm, procedure, race, work

ASKED, DUE = at(3, 9), at(6, 17)  # three working days after 3 March, by the law
OFFICE = frozenset({"Kế toán@Văn phòng"})


def asked(office: Office, posts: frozenset[str] | None = None) -> list[str]:
    with office.store.reading() as reader:
        return [one.of for one in reader.asked(posts)]


def test_asking_moves_nothing_and_those_who_are_asked_find_it_on_their_list() -> None:
    office = timed()
    case = opened(office)
    before = office.case(case)
    done(office, asking(office, case), ASKED)
    after = office.case(case)
    assert (after.marking, after.items, after.due) == (before.marking, before.items, before.due)
    assert after.consultations[0].due == DUE
    assert (asked(office, OFFICE), asked(office, frozenset({"Giám đốc@Sở A"})), asked(office)) == (
        ["Văn phòng"],
        [],
        ["Văn phòng"],
    )
    done(office, saying(office, case), at(4, 8))
    given = office.case(case).consultations[0]
    assert (given.answered_by, given.opinion, asked(office)) == ("chi", "Được", [])


def test_several_are_asked_at_once_units_and_people_each_in_its_own_time() -> None:
    office = timed()
    case = opened(office)
    done(office, asking(office, case), ASKED)
    done(office, asking(office, case, of="em", within="1 ngày làm việc"), ASKED)
    assert isinstance(refused(office, asking(office, case), ASKED), AskedAlready)
    assert [one.due for one in office.case(case).consultations] == [DUE, at(4, 17)]
    assert asked(office) == ["em", "Văn phòng"]
    assert isinstance(refused(office, saying(office, case, consultation=2), ASKED), NotYoursToSay)
    done(office, saying(office, case, by="em", consultation=2), ASKED)
    done(office, asking(office, case, of="em"), at(4, 9))  # asked again once it was answered


def test_whoever_asks_may_wait_or_go_on() -> None:
    office = timed()
    case = opened(office)
    done(office, asking(office, case), ASKED)
    done(office, asking(office, case, of="em", waits=True), ASKED)
    assert office.refuse(case, "xét", "an", at(4, 9)) == OpinionsAwaited("Xét", "Em", DUE)
    done(office, saying(office, case, by="em", consultation=2), at(5, 9))
    office.do(case, "xét", "an", at(5, 9))
    assert office.case(case).over
    assert asked(office) == []


def test_when_the_time_is_over_the_flow_goes_on_and_the_late_are_named() -> None:
    office = timed()
    case = opened(office)
    done(office, asking(office, case, waits=True), ASKED)
    over = LapseConsultation(id="l", actor=MACHINE, case=case, consultation=1)
    assert refused(office, over, DUE) == NotExpired(DUE)
    assert isinstance(refused(office, over.model_copy(update={"actor": "an"}), at(9, 8)), OnlyTheSystem)
    assert lapse(office.store, office, DUE) == []
    assert len(lapse(office.store, office, at(6, 17, 1))) == 1
    assert lapse(office.store, office, at(9, 8)) == []
    told = office.log(case)[-1].event
    assert (told.kind, told.of, told.due) == ("OpinionLapsed", "Văn phòng", DUE)  # type: ignore[union-attr]
    done(office, saying(office, case), at(9, 8))  # late, and told so
    assert office.log(case)[-1].event.late  # type: ignore[union-attr]
    office.do(case, "xét", "an", at(9, 9))
    assert office.case(case).over


def test_a_lapse_that_finds_nothing_to_do_finds_nothing_again(tmp_path: Path) -> None:
    office = timed()
    office.store = store = SqlStore(tmp_path / "a.db", durable=False)
    case = opened(office)
    done(office, asking(office, case, waits=True), ASKED)
    assert len(lapse(office.store, office, at(6, 17, 1))) == 1
    over = LapseConsultation(id="l", actor=MACHINE, case=case, consultation=1)
    first, again = office.give(over, at(9, 8)), office.give(over, at(9, 8))
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert (first.records, again.records, again.repeated) == ((), (), True)
    store.close()


def test_the_clock_stands_for_whoever_waits_where_that_is_declared() -> None:
    for waits in (True, False):
        office = timed(consultation=norm("2", counted=False))
        case = opened(office)
        done(office, asking(office, case, within=None, waits=waits), ASKED)
        assert office.case(case).stopped_at == (ASKED if waits else None)
        done(office, saying(office, case), at(4, 9))
        time = working_time()
        stood = time.working_minutes(ASKED, at(4, 9)) if waits else 0
        assert office.case(case).due == time.add_working_minutes(at(16, 17), stood)
        assert office.case(case).items[1].due == at(5, 8)


def test_an_opinion_has_a_question_a_time_and_somebody_to_ask() -> None:
    office = timed()
    case = opened(office)
    assert refused(office, asking(office, case, question=" "), ASKED) == QuestionNeeded()
    assert refused(office, asking(office, case, within=None), ASKED) == DeadlineNeeded()
    assert isinstance(refused(office, asking(office, case, within="mai"), ASKED), NotALength)
    assert refused(office, asking(office, case, of="Phòng X"), ASKED) == NobodyToAsk("Phòng X")
    assert isinstance(refused(office, asking(office, case, by="em"), ASKED), NotYours)


def test_an_opinion_is_given_once_by_those_who_were_asked() -> None:
    office = timed()
    case = opened(office)
    assert refused(office, saying(office, case), ASKED) == UnknownConsultation(case, 1)
    done(office, asking(office, case), ASKED)
    assert isinstance(refused(office, saying(office, case, by="an"), ASKED), NotYoursToSay)
    assert isinstance(refused(office, saying(office, case, by="nobody"), ASKED), UnknownPerson)
    assert refused(office, saying(office, case, opinion=" "), ASKED) == OpinionNeeded()
    done(office, saying(office, case), ASKED)
    assert isinstance(refused(office, saying(office, case), ASKED), OpinionGivenAlready)


def test_a_pause_of_the_case_keeps_nobody_from_giving_an_opinion() -> None:
    office = timed()
    case = opened(office)
    done(office, asking(office, case), ASKED)
    done(office, PauseCase(id="p", actor="an", case=case, reason="chờ"), at(4, 8))
    done(office, saying(office, case), at(4, 9))
    assert office.case(case).paused_at == at(4, 8)


def test_nobody_waits_for_an_opinion_about_work_that_is_no_longer_needed() -> None:
    steps = (work("mở", race("này", "kia")), work("này", go("xong")), work("kia", go("xong")), work("xong", end()))
    office = Office.with_(procedure(*steps, within=length("10"), consultation=norm("5", counted=False)))
    case = office.open(at(2, 8), procedure="QT-01")
    office.do(case, "mở", "an", at(2, 8))
    done(office, asking(office, case, item=2, of="Văn phòng", waits=True), at(2, 8))
    assert office.case(case).stopped_at == at(2, 8)
    office.do(case, "kia", "an", at(3, 8))
    assert office.case(case).stopped_at is None
    assert office.case(case).due == at(17, 17)


def test_the_same_is_asked_once_about_one_piece_of_work_and_again_about_another() -> None:
    office = timed()
    case = opened(office)
    done(office, asking(office, case), ASKED)
    assert isinstance(refused(office, asking(office, case), ASKED), AskedAlready)
    office.organisation = headed(office.organisation)
    done(office, WithdrawCase(id="w", actor="an", case=case, reason="rút"), ASKED)
    done(office, ReopenCase(id="r", actor="dung", case=case, reason="nhầm"), ASKED)
    done(office, asking(office, case, item=3, waits=True), ASKED)
    assert asked(office, OFFICE) == ["Văn phòng", "Văn phòng"]


def test_what_somebody_has_in_hand_nobody_else_asks_about() -> None:
    office = timed()
    case = opened(office)
    done(office, ClaimWork(id="c", actor="an", case=case, item=2), ASKED)
    assert isinstance(refused(office, asking(office, case, by="dung"), ASKED), AlreadyTaken)
    assert isinstance(refused(office, lacking(office, case, by="dung"), ASKED), AlreadyTaken)
    part = FinishPart(id="p", actor="dung", case=case, item=2, part="trả lời")
    assert isinstance(refused(office, part, ASKED), AlreadyTaken)
    done(office, part.model_copy(update={"id": "q", "actor": "an"}), ASKED)
