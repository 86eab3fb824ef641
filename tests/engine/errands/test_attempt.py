"""One try: its answer, or one sentence about why there is none."""

import pytest

from engine.errands.attempt import told, tried
from engine.errands.task import Answer, Hopeless, TryAgain
from procedures.words import say


def test_an_answer_comes_through() -> None:
    assert tried(lambda: Answer("Được")) == Answer("Được")


def test_what_is_hopeless_stays_hopeless() -> None:
    def refuse() -> Answer:
        raise Hopeless(say("the case or its work is gone"))

    with pytest.raises(Hopeless):
        tried(refuse)


@pytest.mark.parametrize("fault", [ZeroDivisionError("x"), SystemExit(3), KeyboardInterrupt()])
def test_whatever_goes_wrong_is_tried_again(fault: BaseException) -> None:
    def fail() -> Answer:
        raise fault

    with pytest.raises(TryAgain, match=type(fault).__name__):
        tried(fail)


def test_a_fault_tells_no_address_and_not_all() -> None:
    assert told(ValueError("550 <an.nv@so-a.vn> is full")) == "ValueError: 550 <…@…> is full"
    assert len(told(ValueError("x" * 1000))) == 301
