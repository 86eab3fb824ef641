"""Answers are kept by the identity of what was asked about, and go with it."""

import gc
import weakref

import pytest

from procedures.remembered import Answers, remembered


class Thing:
    """Something to ask about; every one is equal to every other."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    def __hash__(self) -> int:
        return 0


def test_the_same_object_is_asked_about_once_and_an_equal_one_again() -> None:
    asked: list[Thing] = []
    answer = remembered(lambda thing: asked.append(thing) or object())
    one, other = Thing(), Thing()
    assert answer(one) is answer(one)
    assert answer(one) is not answer(other)
    assert len(asked) == 2


def test_of_several_objects_each_counts_and_nothing_is_one_of_them() -> None:
    answer = remembered(lambda _one, _other: object())
    one, other = Thing(), Thing()
    assert answer(one, None) is answer(one, None)
    assert len({id(answer(one, None)), id(answer(one, other)), id(answer(other, one))}) == 3


def test_nothing_is_kept_of_an_object_that_is_gone() -> None:
    class Answer:
        pass

    answer = remembered(lambda _: Answer())
    one = Thing()
    kept = weakref.ref(answer(one))
    assert kept() is not None
    del one
    gc.collect()
    assert kept() is None


def test_it_is_asked_without_names() -> None:
    answer = remembered(lambda thing: thing)
    with pytest.raises(TypeError, match="without names"):
        answer(thing=Thing())


def test_answers_begin_anew_where_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("procedures.remembered._MOST", 3)
    kept: Answers[int, str] = Answers()
    for number in range(4):
        kept[number] = str(number)
    assert kept == {3: "3"}
