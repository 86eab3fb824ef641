"""Given a running case, when it is paused, refused or stopped, then with a reason, by who may, and time is just."""

import pytest

from engine.case import CaseStatus
from engine.commands import OnCase, PauseCase, RefuseCase, StopCase, WithdrawCase
from engine.refusals.access import UnknownPerson
from engine.refusals.entering import ReasonNeeded
from engine.refusals.life import CaseIsOver
from engine.refusals.time import BasisNeeded, NotYoursToDecide
from quality.sweep import sweep
from tests.engine.house import Office, at
from tests.engine.timed import done, lacking, opened, refused, timed
from tests.procedures.building import end, norm, procedure, work

ENDS = (RefuseCase, StopCase)


def ending(kind: type[RefuseCase | StopCase], office: Office, case: str, **more: object) -> OnCase:
    return kind(**({"id": office.id(), "actor": "em", "case": case, "reason": "vì vậy"} | more))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ENDS)
def test_a_case_ends_with_a_reason_by_those_who_are_declared_and_only_while_it_has_no_result(
    kind: type[RefuseCase | StopCase],
) -> None:
    office = timed()
    case = opened(office)
    assert refused(office, ending(kind, office, case, reason=" "), at(3, 9)) == ReasonNeeded()
    assert isinstance(refused(office, ending(kind, office, case, actor="an"), at(3, 9)), NotYoursToDecide)
    assert isinstance(refused(office, ending(kind, office, case, actor="nobody"), at(3, 9)), UnknownPerson)
    done(office, ending(kind, office, case), at(3, 9))
    found = office.case(case)
    wanted = {RefuseCase: (CaseStatus.ENDED, "từ chối"), StopCase: (CaseStatus.STOPPED, "dừng giải quyết")}
    assert (found.status, found.result, found.live_items) == (*wanted[kind], ())
    assert refused(office, ending(kind, office, case), at(3, 10)) == CaseIsOver(case)


def test_a_stop_keeps_its_basis() -> None:
    office = timed()
    case = opened(office)
    done(office, ending(StopCase, office, case, basis="Đơn ngày 03/03"), at(3, 9))
    assert office.log(case)[-1].event.basis == "Đơn ngày 03/03"  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", [*ENDS, WithdrawCase])
@pytest.mark.parametrize("held", ["pause", "supplement"])
def test_what_was_not_late_when_its_work_stopped_does_not_become_late_by_ending(
    kind: type[RefuseCase | StopCase], held: str
) -> None:
    office = timed()
    case = opened(office)
    if held == "pause":
        done(office, PauseCase(id="p", actor="an", case=case, reason="chờ"), at(2, 9))
    else:
        done(office, lacking(office, case), at(2, 9))
    done(office, ending(kind, office, case, actor="an" if kind is WithdrawCase else "em"), at(20, 9))
    found = sweep(office.store, office, at(30, 9))
    assert (found.late_steps, found.late_cases, found.late_parts) == (0, 0, 0)
    assert (office.case(case).stopped_at, office.case(case).paused_at, office.case(case).supplement) == (None,) * 3


def test_a_pause_needs_its_basis_where_that_is_declared() -> None:
    office = Office.with_(procedure(work("mở", end(), norm=norm("1"), may_pause=True, pause_needs_basis=True)))
    case = office.open(at(2, 8), procedure="QT-01")
    without = PauseCase(id="p", actor="an", case=case, reason="chờ giám định")
    assert refused(office, without, at(2, 9)) == BasisNeeded("Mở")
    assert refused(office, without.model_copy(update={"basis": "  "}), at(2, 9)) == BasisNeeded("Mở")
    done(office, without.model_copy(update={"basis": "QĐ 12"}), at(2, 9))
