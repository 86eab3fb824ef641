from datetime import date
from decimal import Decimal
from itertools import permutations

import pytest

from procedures.condition import All, Any, Compare, Condition, FieldRef, NumberLiteral
from procedures.judgement import MissingValue, evaluate, in_words

TODAY = date(2027, 1, 8)


def above(name: str, value: str) -> Condition:
    return Compare(left=FieldRef(name=name), op="gt", right=NumberLiteral(value=Decimal(value)))


def judged(condition: Condition, **values: str) -> bool:
    return evaluate(condition, {name: Decimal(value) for name, value in values.items()}, TODAY, lambda _a, _b: 0)


def test_figures_are_compared_exactly() -> None:
    assert judged(above("a", "0.1"), a="0.10000000000000000001")
    assert not judged(above("a", "0.3"), a="0.30")


def test_a_value_that_was_not_entered_is_named() -> None:
    with pytest.raises(MissingValue, match="b") as missing:
        judged(All(parts=(above("a", "1"), above("b", "1"))), a="2")
    assert missing.value.name == "b"


def test_a_missing_value_does_not_matter_when_the_rest_decides() -> None:
    for parts in permutations((above("a", "1"), above("b", "1"))):
        assert judged(Any(parts=parts), a="2")
        assert not judged(All(parts=parts), a="0")


def test_round_amounts_are_said_short() -> None:
    assert in_words(above("a", "50000000"), "vi") == "a trên 50 triệu"
    assert in_words(above("a", "1200000000"), "en") == "a above 1.2 billion"
    assert in_words(above("a", "12345678"), "vi") == "a trên 12.345.678"
