"""What a procedure is asked again and again is what it declares."""

from procedures.plan import plan_of
from tests.procedures.building import end, go, procedure, work


def test_steps_are_found_by_key_and_by_the_place_in_which_they_are_reached() -> None:
    made = procedure(work("một", go("hai")), work("hai", end("xong")))
    plan = plan_of(made)
    assert plan.steps == {step.key: step for step in made.steps}
    assert plan.places == (("ready:một", made.steps[0]), ("ready:hai", made.steps[1]))


def test_who_is_kept_apart_or_bound_is_so_whichever_step_declares_it() -> None:
    made = procedure(
        work("một", go("hai")),
        work("hai", go("ba"), not_same_as=("một", "danh sách")),
        work("ba", end("xong"), same_as=("một",)),
    )
    plan = plan_of(made)
    assert plan.apart == {"một": ("hai",), "hai": ("một",), "ba": ()}  # a list of people is no step
    assert plan.bound == {"một": ("ba",), "hai": (), "ba": ("một",)}
