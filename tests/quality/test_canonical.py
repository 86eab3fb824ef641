"""Whatever stands in it, canonical JSON is to the byte what `json.dumps` says of the same with lists."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from quality.canonical import canonical
from quality.columns import Behind, distinct, names

HS = names(["HS-2026-0001", "HS-2026-0002", "HS-2026-10003"])
ODD = names(['A"B-2026-1', "a\\b-1", "tab\t-1", "Hồ sơ-1"])


def behind(ids: Any, *places: int) -> Behind:
    return Behind(ids, np.array(places, np.int64))


def listed(told: Any) -> Any:
    if isinstance(told, dict):
        return {key: listed(value) for key, value in told.items()}
    return [listed(one) for one in told] if isinstance(told, Sequence) and not isinstance(told, str) else told


@pytest.mark.parametrize(
    "told",
    [
        {"b": behind(HS, 2, 0, 0), "a": {"cases": behind(HS), "part": behind(HS, 1)}},
        [behind(ODD, 0, 1, 2, 3), behind(HS, 1), ("HS-2026-0009",), 1.5, None, "Ấn"],
        {"cases": behind(HS, 1), "text": "\x000\x00", "another": '"\\u00001\\u0000"'},
        {"nothing": []},
    ],
    ids=["sets", "odd names", "texts that look like a set", "none"],
)
def test_it_is_what_lists_would_be(told: Any) -> None:
    expected = json.dumps(listed(told), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(told) == expected


def test_what_is_no_value_of_json_is_refused() -> None:
    with pytest.raises(TypeError):
        canonical({"a": object()})


def test_cases_of_several_sets_are_each_named_once() -> None:
    other = names(["KPH-2026-0001", "HS-2026-0001"])
    sets = [behind(HS, 0, 1, 1), behind(HS, 1), ("HS-2026-0009", "HS-2026-0001"), behind(other, 0, 1), behind(HS)]
    assert distinct(sets) == {one for told in sets for one in told}
    assert len(distinct(sets)) == 4
    assert distinct([]) == set()


def test_sets_are_alike_when_their_cases_are_wherever_these_come_from() -> None:
    same = names(["HS-2026-0002", "HS-2026-0001"])
    assert behind(HS, 0, 1) == behind(HS, 0, 1) == behind(same, 1, 0) == ("HS-2026-0001", "HS-2026-0002")
    assert behind(HS, 0, 1) != behind(HS, 1, 0)
    assert behind(HS, 0, 1) != behind(HS, 0, 2)
    assert behind(HS, 0, 1) != behind(same, 0, 1)
    assert behind(HS, 0) != behind(HS, 0, 0)
