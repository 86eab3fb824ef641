"""Who is told that something is late."""

from dataclasses import replace

import pytest

from engine.commands import MACHINE, RecordBreach
from engine.events import BreachRecorded
from engine.handle import Done
from procedures.model import Procedure
from procedures.organisation import Organisation
from tests.engine.house import Office, at, people, purchase

NOW = at(2, 8)


def led(**heads: str) -> Organisation:
    """The people of the house, in units of which some have a head."""
    named = {"so": "Sở A", "vp": "Văn phòng", "kh": "Phòng Kế hoạch"}
    positions = {named[short]: (position,) for short, position in heads.items()}
    units = tuple(replace(unit, heads=positions.get(unit.name, ())) for unit in people().units)
    return replace(people(), units=units)


def told(
    organisation: Organisation, procedure: Procedure, item: int | None, assignee: str | None = None
) -> tuple[str, ...]:
    given = Office.with_(procedure)
    given.organisation = organisation
    case = given.ordered(NOW)
    if assignee is not None:
        from engine.commands import ClaimWork

        assert isinstance(given.give(ClaimWork(id="k", actor=assignee, case=case, item=2), NOW), Done)
    kind = "late_step" if item else "late_case"
    done = given.give(RecordBreach(id="b", actor=MACHINE, case=case, item=item, breach=kind), at(30, 8))
    assert isinstance(done, Done), done
    (event,) = [record.event for record in done.records if isinstance(record.event, BreachRecorded)]
    return event.told


def test_the_head_of_the_unit_that_is_late_is_told() -> None:
    organisation = led(so="Giám đốc", vp="Chánh Văn phòng")
    assert told(organisation, purchase(), 2) == ("chi", "dung")


def test_where_a_unit_has_no_head_the_one_above_is_told() -> None:
    assert told(led(so="Giám đốc"), purchase(), 2) == ("em",)


def test_where_nobody_leads_nobody_is_told() -> None:
    assert told(people(), purchase(), 2) == ()


def test_a_head_who_is_late_is_not_told_of_it_but_the_one_above() -> None:
    organisation = led(so="Giám đốc", vp="Chuyên viên quản trị")
    assert told(organisation, purchase(), 2) == ("binh", "giang")
    assert told(organisation, purchase(), 2, "binh") == ("giang",)
    alone = replace(organisation, people=tuple(one for one in organisation.people if one.id != "giang"))
    assert told(alone, purchase(), 2, "binh") == ("em",)


@pytest.mark.parametrize(("item", "expected"), [(2, ("an",)), (None, ("em",))])
def test_whom_the_procedure_names_is_told_a_step_before_the_whole(item: int | None, expected: tuple[str, ...]) -> None:
    steps = tuple(
        step.model_copy(update={"when_late": ("người đề nghị",)}) if step.key == "kiểm tra" else step
        for step in purchase().steps
    )
    named = purchase().model_copy(update={"when_late": ("lãnh đạo",), "steps": steps})
    assert told(led(vp="Chánh Văn phòng"), named, item) == expected
