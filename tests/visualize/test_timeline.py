"""The timeline of a case names every kind of breach in a sentence of its own."""

from typing import get_args

from engine.commands import BreachKind
from visualize.timeline import _BREACHES


def test_every_kind_of_breach_has_its_own_words() -> None:
    told = [_BREACHES[kind].into("vi") for kind in get_args(BreachKind)]
    assert len(set(told)) == len(get_args(BreachKind))
    assert "bị trả lại quá số lần cho phép" in told
