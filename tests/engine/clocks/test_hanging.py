"""Given that time hangs on entered values, when one is corrected, then everything is due by what it says now."""

from engine.clocks import dues_of
from engine.commands import CorrectValues
from engine.handle import Done
from engine.timers import fire
from procedures.allowances import CountedFrom
from procedures.model import FieldSpec, FieldType, Outcome, Step
from tests.engine.clocks.test_limits import BIG, entered, office
from tests.engine.house import Office, at
from tests.engine.timed import NOW, done, lacking, received
from tests.procedures.building import branches, end, go, procedure, work


def corrected(given: Office, case: str, now: object = NOW, **fields: str) -> Done:
    told = {name.replace("_", " "): text for name, text in fields.items()}
    asked = CorrectValues(id=given.id(), actor="an", case=case, fields=told, reason="gõ nhầm", salt="m")
    answer = given.give(asked, now)  # type: ignore[arg-type]
    assert isinstance(answer, Done), answer
    held = given.case(case)
    rules = given.shelf.release("QT-01", 1).procedure
    assert dues_of(held, rules, lambda _: given.calendar).case == held.due, "what is kept follows from its course"
    return answer


def test_a_limit_by_condition_is_the_one_that_holds_now_and_the_promise_stays() -> None:
    given = office(variants=(BIG,))
    case = entered(given, tổng_tiền="5 triệu")
    assert (given.case(case).due, given.case(case).items[1].due) == (at(16, 17), at(3, 8))
    corrected(given, case, at(3, 7), tổng_tiền="60 triệu")
    found = given.case(case)
    assert (found.due, found.items[1].due, found.promised) == (at(23, 17), at(6, 8), at(16, 17))
    assert found.items[1].variant == 0
    corrected(given, case, at(3, 7), tổng_tiền="6 triệu")
    assert (given.case(case).due, given.case(case).items[1].due) == (at(16, 17), at(3, 8))


def test_a_correction_that_no_time_hangs_on_moves_nothing() -> None:
    given = office(variants=(BIG,))
    case = entered(given, tổng_tiền="5 triệu")
    (record,) = corrected(given, case, tổng_tiền="6 triệu").records
    assert {"course", "due", "variants", "dues", "parts"}.isdisjoint(
        name for name in ("course", "due", "variants", "dues", "parts") if getattr(record.event, name)
    )


def test_a_limit_from_a_day_counts_from_the_right_day_unless_it_was_counted_anew() -> None:
    given = office(counted_from=CountedFrom(event="date", name="ngày hiệu lực"))
    case = entered(given, ngày_hiệu_lực="02/03/2026")
    assert given.case(case).due == at(16, 17)
    corrected(given, case, ngày_hiệu_lực="09/03/2026")
    assert given.case(case).due == at(23, 17)
    done(given, lacking(given, case, item=2), at(10, 8))
    done(given, received(given, case), at(12, 8))
    assert given.case(case).due == at(26, 17)
    corrected(given, case, at(12, 9), ngày_hiệu_lực="03/03/2026")
    assert given.case(case).due == at(26, 17)


def test_a_step_that_waits_until_a_day_waits_until_the_right_one() -> None:
    waiting = Step(key="chờ", name="Chờ", delay_until="ngày họp", outcomes=(Outcome(branches=branches(go("họp"))),))
    fields = (FieldSpec(name="ngày họp", type=FieldType.DATE),)
    steps = (work("mời", go("chờ"), collect=("ngày họp",)), waiting, work("họp", end()))
    given = Office.with_(procedure(*steps, fields=fields))
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mời", "an", NOW, fields={"ngày họp": "10/03/2026"}, salt="s")
    corrected(given, case, ngày_họp="20/03/2026")
    assert given.live(case)["chờ"].expires == at(20, 0)
    assert fire(given.store, given, at(10, 8)) == []
    corrected(given, case, at(10, 9), ngày_họp="05/03/2026")
    assert len(fire(given.store, given, at(10, 10))) == 1, "a day that is past is waited for no more"
