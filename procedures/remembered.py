"""Answers that are kept for as long as what they were asked about lives."""

import weakref
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K")

#: So many answers to changing questions are kept; no sound procedure has as many ways to stand.
_MOST = 4_096


class Answers(dict[K, R]):
    """Answers by question; where there are more than a few thousand, they begin anew."""

    def __setitem__(self, question: K, answer: R) -> None:
        """Keep an answer."""
        if len(self) >= _MOST:
            self.clear()
        super().__setitem__(question, answer)


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function of immutable objects answer at once when it is asked again about the same ones.

    They are told apart by identity, because hashing a whole procedure costs more than most answers. Nothing is kept
    of an object that is gone; so an answer may not refer to what it was asked about.
    """
    known: dict[tuple[int, ...], tuple[R, tuple[weakref.ref[object], ...]]] = {}

    @wraps(function)
    def asked(*about: P.args, **named: P.kwargs) -> R:
        if named:
            raise TypeError(f"{function.__name__} is asked without names")
        key = tuple(map(id, about))
        found = known.get(key)
        if found is not None:
            return found[0]
        answer = function(*about, **named)
        living = (one for one in about if one is not None)
        known[key] = (answer, tuple(weakref.ref(one, lambda _: known.pop(key, None)) for one in living))
        return answer

    return asked
