"""One try: its answer, or one sentence about why there is none."""

from datetime import timedelta
from threading import Event

import pytest

from engine.errands.attempt import told, within
from engine.errands.task import Answer, Hopeless, TryAgain
from procedures.words import say

SECOND = timedelta(seconds=5)


def test_an_answer_comes_through() -> None:
    assert within(SECOND, lambda: Answer("Được")) == Answer("Được")


def test_whoever_hangs_is_left_behind() -> None:
    never = Event()

    def hang() -> Answer:
        never.wait()
        return Answer()

    with pytest.raises(TryAgain, match="no answer within 0 seconds"):
        within(timedelta(seconds=0.05), hang)
    never.set()


def test_what_is_hopeless_stays_hopeless() -> None:
    def refuse() -> Answer:
        raise Hopeless(say("the case or its work is gone"))

    with pytest.raises(Hopeless):
        within(SECOND, refuse)


@pytest.mark.parametrize("fault", [ZeroDivisionError("x"), SystemExit(3), KeyboardInterrupt()])
def test_whatever_goes_wrong_is_tried_again(fault: BaseException) -> None:
    def fail() -> Answer:
        raise fault

    with pytest.raises(TryAgain, match=type(fault).__name__):
        within(SECOND, fail)


def test_a_fault_tells_no_address_and_not_all() -> None:
    assert told(ValueError("550 <an.nv@so-a.vn> is full")) == "ValueError: 550 <…@…> is full"
    assert len(told(ValueError("x" * 1000))) == 301
