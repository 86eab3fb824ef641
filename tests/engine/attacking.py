"""Random organisations in which people act for one another, and every route to two steps that are kept apart."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from engine.case import Case, Item
from engine.commands import (
    AnyCommand,
    ClaimWork,
    CorrectValues,
    FinishWork,
    ReassignWork,
    RecallWork,
    ReleaseWork,
    ReopenCase,
    SkipWork,
    StartWork,
)
from engine.log import Recorded
from procedures.model import Procedure
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post
from tests.procedures.building import back, choose, end, go, procedure, role, work

ACCOUNTS = ("an", "bình", "chi", "dung", "em")
POSITIONS = ("Chuyên viên", "Trưởng phòng", "Văn thư")
UNITS = ("Phòng A", "Phòng B")
FIRST = date(2026, 3, 2)

posts = st.builds(Post, st.sampled_from(POSITIONS), st.sampled_from(UNITS))
days = st.integers(-1, 3).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def organisations(draw: st.DrawFn) -> Organisation:
    """Two units with heads, five accounts of which some may be one person's, and mandates in every direction."""
    units = (
        OrgUnit("Sở A", heads=("Trưởng phòng",)),
        *(OrgUnit(name, parent="Sở A", heads=("Trưởng phòng",)) for name in UNITS),
    )
    people = [Person(id_, id_.title(), tuple(draw(st.lists(posts, min_size=1, max_size=2)))) for id_ in ACCOUNTS]
    twin = draw(st.sampled_from((None, *ACCOUNTS[:2])))
    people[-1] = Person("em", "Em", people[-1].posts, same_as=twin)
    one = st.builds(
        Mandate,
        st.sampled_from(("QĐ 1", "QĐ 2", "QĐ 3")),
        st.sampled_from(("substitution", "delegation")),
        st.sampled_from(ACCOUNTS),
        st.sampled_from(ACCOUNTS),
        st.lists(posts, max_size=1).map(tuple),
        days,
        days.map(lambda day: day + timedelta(days=2)),
        st.sampled_from(((), ("QT-01",), ("QT-02",))),
    )
    return Organisation(units, tuple(people), tuple(draw(st.lists(one, min_size=2, max_size=6))))


def approval(*, skippable: bool = True) -> Procedure:
    """Draft, check and approval: who drafts neither checks nor approves; the last is declared the other way round."""
    ways = {"Đạt": go("duyệt"), "Chưa đạt": back("soạn", 3)}
    return procedure(
        work("soạn", go("soát"), role="ai cũng được", may_skip=skippable),
        choose("soát", ways, role="ai cũng được", not_same_as=("soạn",), may_skip=skippable),
        choose("duyệt", {"Ký": end(), "Trả": back("soát", 2)}, role="ai cũng được", not_same_as=("soạn", "soát")),
        roles=(role("ai cũng được", *POSITIONS[:2]),),
        owner_unit="Phòng A",
    )


def ways_in(case: Case, number: int, actor: str, other: str, rules: Procedure) -> Iterator[AnyCommand]:
    """Yield every command by which somebody might come to do, take or pass on an item."""
    one: dict[str, Any] = {"actor": actor, "case": case.id, "item": number}
    labels = [outcome.label for outcome in rules.step(case.items[number - 1].step).outcomes]
    for whom in (None, actor, other):
        yield ClaimWork(id="?", **one, on_behalf_of=whom)
        yield StartWork(id="?", **one, on_behalf_of=whom)
        for label in labels:
            yield FinishWork(id="?", **one, outcome=label, reason="vì vậy", on_behalf_of=whom)
    yield ReleaseWork(id="?", **one)
    yield ReassignWork(id="?", **one, to=other, reason="vì vậy")
    yield ReassignWork(id="?", **one, to=actor, reason="vì vậy")
    for label in labels:
        yield SkipWork(id="?", **one, outcome=label, reason="vì vậy")
    yield RecallWork(id="?", **one, reason="vì vậy")
    yield ReopenCase(id="?", actor=actor, case=case.id, reason="vì vậy")
    yield CorrectValues(id="?", actor=actor, case=case.id, fields={"x": "y"}, reason="vì vậy")


def one_did_two(log: list[Recorded], items: tuple[Item, ...], agency: Organisation, rules: Procedure) -> list[str]:
    """Say, from the log alone, who did two steps that are kept apart: by himself, for another, or through another."""
    persons = {person.id: person.same_as or person.id for person in agency.people}
    did: dict[str, set[str]] = {}
    for record in log:
        event = record.event
        if record.event.kind == "WorkFinished":
            both = {event.by, event.on_behalf_of}  # type: ignore[union-attr]
            step = items[event.item - 1].step  # type: ignore[union-attr]
            did.setdefault(step, set()).update(persons[who] for who in both if who is not None)
    pairs = [(step.key, other) for step in rules.steps for other in step.not_same_as]
    return [f"{one}/{other}" for one, other in pairs if did.get(one, set()) & did.get(other, set())]
