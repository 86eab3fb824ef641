"""A unit ends and another takes over: open work goes with it, case by case, once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.commands import AskOpinion, GiveOpinion, RehomeCase
from engine.handle import Done
from engine.refusals.access import NotYours, OnlyTheSystem
from engine.refusals.time import NotYoursToSay
from engine.rehoming import moved, rehomings
from engine.store import Store
from engine.stores.audit import verify
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from procedures.model import Holder, Role
from procedures.organisation import Organisation, OrgUnit, Person, Post
from quality.together import carry_out
from tests.engine.house import Office, at
from tests.procedures.building import end, go, procedure, work

NOW, AFTER = at(2, 8), at(3, 8, month=4)
LAST = date(2026, 3, 31)


def agency() -> Organisation:
    """Phòng B is merged into Phòng C at the end of March; its people go over."""
    units = (
        OrgUnit("Sở A"),
        OrgUnit("Phòng B", parent="Sở A", until=LAST, successor="Phòng C", decision="QĐ 9"),
        OrgUnit("Phòng C", parent="Sở A"),
        OrgUnit("Phòng D", parent="Sở A"),
    )
    b, c = Post("Chuyên viên", "Phòng B"), Post("Chuyên viên", "Phòng C")
    over = Post("Chuyên viên", "Phòng C", since=date(2026, 4, 1))
    people = (
        Person("an", "An", (b, over)),
        Person("bình", "Bình", (c,)),
        Person("dung", "Dung", (Post("Chuyên viên", "Phòng D"),)),
    )
    return Organisation(units, people)


@pytest.fixture(params=["memory", "sql"])
def given(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    store: Store = MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "a.db")
    holders = (Holder(position="Chuyên viên", relative="opener_unit"),)
    roles = (Role(name="cán bộ", holders=holders, text=""),)
    made = Office.with_(
        procedure(work("mở", go("làm")), work("làm", go("xong")), work("xong", end()), roles=roles), store=store
    )
    made.organisation = agency()
    return made


def rehome(given: Office) -> list[str]:
    homes = moved(given.organisation, AFTER.date())
    with given.store.reading() as reader:
        commands = rehomings(reader, given.organisation, homes)
    return [done.case for done in carry_out(commands, store=given.store, ground=given, now=AFTER)]


def test_open_work_of_a_unit_that_ended_goes_to_the_one_that_took_over(given: Office) -> None:
    mine, other = given.open(NOW, by="an", procedure="QT-01"), given.open(NOW, by="dung", procedure="QT-01")
    given.do(mine, "mở", "an", NOW)
    assert isinstance(given.finish(mine, 2, "an", AFTER), NotYours), "work of a unit that is gone waits for nobody"
    assert rehome(given) == [mine]
    held = given.case(mine)
    assert (held.unit, held.items[1].unit, held.items[1].posts) == ("Phòng C", "Phòng C", ("Chuyên viên@Phòng C",))
    assert held.items[0].posts == ("Chuyên viên@Phòng B",), "what is done stays as it was"
    event = given.log(mine)[-1].event
    assert (event.units, event.decisions) == ((("Phòng B", "Phòng C"),), ("QĐ 9",))  # type: ignore[union-attr]
    assert given.case(other).unit == "Phòng D"
    assert rehome(given) == [], "it is done once"
    with given.store.reading() as reader:
        assert [one.case for one in reader.work(frozenset({"Chuyên viên@Phòng C"}))] == [mine]
        assert reader.work(frozenset({"Chuyên viên@Phòng B"})) == []
    given.do(mine, "làm", "bình", AFTER)
    if isinstance(given.store, SqlStore):
        assert verify(given.store).sound


def test_work_goes_to_the_position_that_the_decision_names_and_so_does_what_opens_later(given: Office) -> None:
    units = tuple(
        replace(unit, positions=(("Chuyên viên", "Chuyên viên chính"),)) if unit.name == "Phòng B" else unit
        for unit in given.organisation.units
    )
    chief = Person("giang", "Giang", (Post("Chuyên viên chính", "Phòng C"),))
    given.organisation = Organisation(units, (*given.organisation.people, chief))
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    assert rehome(given) == [case]
    assert given.live(case)["làm"].posts == ("Chuyên viên chính@Phòng C",)
    assert isinstance(given.finish(case, 2, "bình", AFTER), NotYours)
    given.do(case, "làm", "giang", AFTER)
    if isinstance(given.store, SqlStore):
        assert verify(given.store).sound


def test_before_the_last_day_is_over_nothing_moves(given: Office) -> None:
    given.open(NOW, by="an", procedure="QT-01")
    assert moved(given.organisation, LAST) == {}
    assert moved(given.organisation, date(2026, 4, 1)) == {"Phòng B": "Phòng C"}


def test_steps_that_are_reached_afterwards_open_in_the_new_unit_by_themselves(given: Office) -> None:
    case = given.open(NOW, by="an", procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    rehome(given)
    given.do(case, "làm", "an", AFTER)
    assert given.live(case)["xong"].posts == ("Chuyên viên@Phòng C",)


def test_nobody_moves_cases_but_the_system_by_what_the_organisation_declares(given: Office) -> None:
    case = given.open(NOW, by="an", procedure="QT-01")
    answer = given.give(RehomeCase(id="r", actor="an", case=case), AFTER)
    assert answer == OnlyTheSystem("An")
    before = given.give(RehomeCase(id="s", actor="hệ thống", case=case), NOW)
    assert isinstance(before, Done)
    assert before.records == ()


def test_an_opinion_that_a_unit_was_asked_for_is_given_by_the_one_that_took_over(given: Office) -> None:
    case = given.open(NOW, by="dung", procedure="QT-01")
    asked = {"actor": "dung", "case": case, "item": 1, "within": "30 ngày làm việc"}
    assert isinstance(given.give(AskOpinion(id="1", of="Phòng B", question="Có ý kiến gì?", **asked), NOW), Done)
    assert isinstance(given.give(AskOpinion(id="2", of="an", question="Còn ông?", **asked), NOW), Done)
    opinion = GiveOpinion(id="3", actor="bình", case=case, consultation=1, opinion="Nhất trí")
    assert isinstance(given.give(opinion, AFTER), NotYoursToSay)
    assert rehome(given) == [case]
    found = given.case(case).consultations
    assert [(one.of, one.posts) for one in found] == [
        ("Phòng C", ("Chuyên viên@Phòng C",)),
        ("an", ("person:an",)),
    ]
    with given.store.reading() as reader:
        assert [one.number for one in reader.asked(frozenset({"Chuyên viên@Phòng C"}))] == [1]
    assert isinstance(given.give(opinion.model_copy(update={"id": "4"}), AFTER), Done)
    if isinstance(given.store, SqlStore):
        assert verify(given.store).sound


def test_a_unit_that_is_gone_is_asked_where_its_work_is_now(given: Office) -> None:
    case = given.open(NOW, by="dung", procedure="QT-01")
    asked = AskOpinion(
        id="1", actor="dung", case=case, item=1, of="Phòng B", question="Có ý kiến gì?", within="5 ngày làm việc"
    )
    assert isinstance(given.give(asked, AFTER), Done)
    assert given.case(case).consultations[0].posts == ("Chuyên viên@Phòng C",)
