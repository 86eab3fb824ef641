"""Two parts of the facts put together into one."""

from dataclasses import fields
from typing import Any, TypeVar

import numpy as np

from quality.columns import Codes, Numbers, Text
from quality.facts import Facts

C = TypeVar("C")


def joined(one: Facts, other: Facts) -> tuple[Facts, Numbers]:
    """Return the facts of both, which have no case in common, and from where among theirs each case comes.

    Only cases that are in their columns are taken over.
    """
    ids = np.concatenate((one.ids[one.cases.place], other.ids[other.cases.place]))
    order = np.argsort(ids, kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    ours, theirs = _places(one, place[: len(one.cases)]), _places(other, place[len(one.cases) :])
    return Facts(
        max(one.as_of, other.as_of),
        ids[order],
        _stacked(one.cases, other.cases, order, place=place),
        _behind(one.items, other.items, ours, theirs),
        _behind(one.breaches, other.breaches, ours, theirs),
    ), order


def _behind(one: C, other: C, ours: Codes, theirs: Codes) -> C:
    """Return what is behind the cases of both, case by case, each in its order: ids have come to other places."""
    case = np.concatenate((ours[one.case], theirs[other.case]))  # type: ignore[attr-defined]
    return _stacked(one, other, np.argsort(case, kind="stable"), case=case)


def _places(facts: Facts, place: Codes) -> Codes:
    """Return where each of all ids of some facts comes to stand; what is in no column stands nowhere."""
    found = np.full(len(facts.ids), -1, np.int32)
    found[facts.cases.place] = place
    return found


def _stacked(one: C, other: C, order: Numbers, **given: Any) -> C:
    """Return the columns of both in an order, each put together and ordered before the next: little is held twice."""
    told = {
        name: (given[name] if name in given else _both(getattr(one, name), getattr(other, name)))[order]
        for name in _names(one)
    }
    if "returned_to" in told:  # coded as the steps are
        told["step"], told["returned_to"] = alike(told["step"], told["returned_to"])
    return type(one)(**told)


def _names(columns: object) -> list[str]:
    return [one.name for one in fields(columns)]  # type: ignore[arg-type]


def _both(one: Any, other: Any) -> Any:
    if not isinstance(one, Text):
        return np.concatenate((one, other))
    names = one.names + tuple(name for name in other.names if name not in set(one.names))
    return Text(np.concatenate((one.codes, recoded(other, names).codes)), names)


def alike(step: Text, returned: Text) -> tuple[Text, Text]:
    """Return two columns of texts coded by the same names."""
    names = step.names + tuple(name for name in returned.names if name not in set(step.names))
    return Text(step.codes, names), recoded(returned, names)


def recoded(text: Text, names: tuple[str, ...]) -> Text:
    """Return the same column with the codes of other names, among which are all of its own."""
    code = {name: place for place, name in enumerate(names)}
    table = np.array([*(code[name] for name in text.names), -1], np.int32)
    return Text(table[text.codes], names)
