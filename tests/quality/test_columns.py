"""Given columns, when some rows are taken, then they are those rows, and only what is looked at is copied."""

from dataclasses import fields

import numpy as np
import pytest

from quality.columns import Breaches, Text

FIVE = Breaches(
    case=np.array([0, 0, 1, 2, 2], np.int32),
    number=np.array([1, 2, 0, 1, 3], np.int32),
    kind=Text.of(["late_step", "returned", "late_case", "late_step", None]),
    at=np.array([50, 40, 30, 20, 10]),
)


def said(some: Breaches) -> list[tuple[object, ...]]:
    kinds = [some.kind.name(code) for code in some.kind.codes.tolist()]
    return list(zip(some.case.tolist(), some.number.tolist(), kinds, some.at.tolist(), strict=True))


@pytest.mark.parametrize("rows", [[4, 0, 0], [False, True, False, True, True], slice(1, 3), []], ids=str)
def test_rows_that_are_taken_are_those_rows(rows: object) -> None:
    chosen = rows if isinstance(rows, slice) else np.array(rows, np.bool_ if True in rows else np.int64)  # type: ignore[operator]
    expected = [said(FIVE)[place] for place in np.arange(5)[chosen].tolist()]
    taken = FIVE.take(chosen)
    assert said(taken) == expected
    assert len(taken) == len(expected)
    assert said(taken.take(slice(None, None, -1))) == expected[::-1]
    assert [one.name for one in fields(taken)] == ["case", "number", "kind", "at"]


def test_a_column_is_copied_once_when_it_is_looked_at() -> None:
    class Counted(np.ndarray):
        taken = 0

        def __getitem__(self, rows: object) -> object:
            Counted.taken += 1
            return np.asarray(self)[rows]  # type: ignore[index]

    columns = Breaches(FIVE.case, FIVE.number, FIVE.kind, FIVE.at.view(Counted))
    taken = columns.take(np.array([1, 2]))
    assert (len(taken), Counted.taken) == (2, 0)
    assert taken.at.tolist() == taken.at.tolist() == [40, 30]
    assert Counted.taken == 1


def test_what_is_no_column_is_not_there() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = FIVE.take(slice(None)).nothing  # type: ignore[attr-defined]
