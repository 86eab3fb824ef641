"""Rows of cases read straight into columns, thousands of cases at a time: little more than these is held."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.types import String

from engine.stores.sql import SqlReader
from engine.stores.tables import BREACH, CASE, EVENT, ITEM
from quality.columns import NEVER, Breaches, Cases, Codes, Items, Names, Numbers, Text, names
from quality.facts import Facts
from quality.joining import alike
from quality.questions_rows import BREACH_AT, of_breaches, plain, seconds

#: Series, first and last number of a stretch of cases.
Run = tuple[str, int, int]
#: So many numbers of cases are read at a time; their rows as objects of Python take some ten megabytes.
_AT_A_TIME = 5_000
#: In a key the place of a case stands so many bits before the number of an item or a record.
_BITS = 32
_SMALL, _LARGE = np.int32, np.int64


class _Said(GenericFunction[str]):
    """Several texts of a row as one, a JSON array: few rows say anything new, and one value is read instead of many."""

    type = String()
    inherit_cache = True


@compiles(_Said, "sqlite")
def _in_sqlite(said: _Said, compiler: Any, **options: Any) -> str:
    return f"json_array({compiler.process(said.clauses, **options)})"


@compiles(_Said, "postgresql")
def _in_postgres(said: _Said, compiler: Any, **options: Any) -> str:
    return f"CAST(json_build_array({compiler.process(said.clauses, **options)}) AS text)"


@dataclass(frozen=True, slots=True)
class Fresh:
    """Facts as they stand; the other columns go with their ids. `moved_at` is when the last record was written."""

    facts: Facts
    moved_at: Numbers
    series: Text
    number: Codes


class _Table:
    """Columns of one table as they come: numbers, and a code for what is said in a row."""

    def __init__(self, *kinds: type[np.signedinteger[Any]]) -> None:
        self._kinds = kinds
        self._numbers: list[list[Any]] = [[] for _ in kinds]
        self._said: list[Codes] = []
        self._known: dict[str, int] = {}

    def add(self, columns: Sequence[Any], said: Sequence[str]) -> None:
        """Add the numbers of some rows, column by column, and what is said in each."""
        for parts, column, kind in zip(self._numbers, columns, self._kinds, strict=True):
            parts.append(np.asarray(column, kind))
        known = self._known
        for one in dict.fromkeys(said):
            known.setdefault(one, len(known))
        self._said.append(np.fromiter(map(known.__getitem__, said), np.int32, len(said)))

    def column(self, place: int) -> Any:
        """Return a column of numbers."""
        return np.concatenate([np.empty(0, self._kinds[place]), *self._numbers[place]])

    def taken(self, place: int, order: Any) -> Any:
        """Return a column of numbers in an order, and let go of its parts."""
        whole, self._numbers[place] = self.column(place), []
        return whole[order]

    def texts(self, count: int, order: Any) -> list[Text]:
        """Return the columns of texts, so many, in an order."""
        told = [json.loads(said) for said in self._known]
        codes = np.concatenate([np.empty(0, np.int32), *self._said])[order]
        found = [Text.of(row[place] for row in told) for place in range(count)]
        return [Text(text.codes[codes], text.names) for text in found]


def read(reader: SqlReader, runs: Iterable[Run]) -> Fresh:
    """Return the facts about every case of some stretches."""
    cases = _Table(_SMALL, _SMALL, *[_LARGE] * 4, _SMALL, _LARGE)
    items = _Table(*[_SMALL] * 3, *[_LARGE] * 4)
    breaches = _Table(_SMALL, _SMALL, _SMALL, _LARGE)
    ids: list[Names] = []
    count = 0
    for wanted in _parts(runs):
        rows = list(zip(*plain(reader, _CASES.where(wanted).order_by(CASE.c.number)), strict=True))
        if not rows:
            continue
        named, number, *told, said = rows
        ids.append(names(named))
        cases.add((number, *told), said)
        known = np.asarray(number, np.int32)
        _behind(items, plain(reader, _ITEMS.where(wanted)), known, count)
        _behind(breaches, plain(reader, _BREACHES.where(wanted)), known, count)
        count += len(known)
    return _fresh(np.concatenate([names([]), *ids]), cases, items, breaches)


def _parts(runs: Iterable[Run]) -> Iterator[ColumnElement[bool]]:
    """Yield what picks the cases of some stretches of one series, not too many of them together."""
    case, of, many = CASE.c, "", 0
    so_far: list[ColumnElement[bool]] = []
    for series, begin, end in runs:
        for first in range(begin, end + 1, _AT_A_TIME):
            last = min(end, first + _AT_A_TIME - 1)
            if so_far and (series != of or many + last - first >= _AT_A_TIME):
                yield and_(case.series == of, or_(*so_far))
                so_far, many = [], 0
            so_far.append(case.number.between(first, last))
            of, many = series, many + last - first + 1
    if so_far:
        yield and_(case.series == of, or_(*so_far))


def _behind(table: _Table, found: Sequence[Any], known: Codes, before: int) -> None:
    """Add rows that begin with the number of their case, told as places; what is of none is left out."""
    if not found:
        return
    said: Sequence[str]
    number, *told, said = zip(*found, strict=True)
    columns, of = list[Any](told), np.asarray(number, np.int32)
    place = np.minimum(np.searchsorted(known, of), len(known) - 1)
    there = known[place] == of
    if not there.all():
        columns = [np.asarray(column)[there] for column in columns]
        place, said = place[there], [one for one, is_there in zip(said, there.tolist(), strict=True) if is_there]
    table.add((place + before, *columns), said)


def _fresh(ids: Names, cases: _Table, items: _Table, breaches: _Table) -> Fresh:
    order = _ascending(ids)
    place = np.empty(len(ids), np.int32)
    place[order] = np.arange(len(ids), dtype=np.int32)
    number, issue, opened, due, promised, ended, supplements, moved = (cases.taken(one, order) for one in range(8))
    procedure, unit, status, series = cases.texts(4, order)
    standing = Cases(
        np.arange(len(ids), dtype=np.int32),
        *(procedure, issue, unit, status, opened, due, promised, ended, supplements),
    )
    facts = Facts(0, ids[order], standing, _items(items, place), _breaches(breaches, place))
    return Fresh(facts, moved, series, number)


def _items(table: _Table, place: Codes) -> Items:
    of, order = _by_case(table, place)
    number, attempt, opened, begun, finished, due = (table.taken(one, order) for one in range(1, 7))
    step, status, waits_for, unit, returned, performer, outcome = table.texts(7, order)
    step, returned = alike(step, returned)
    told = step, attempt, status, waits_for, unit, opened, begun, finished, due, returned, performer, outcome
    return Items(of, number, *told)


def _breaches(table: _Table, place: Codes) -> Breaches:
    of, order = _by_case(table, place)
    number, at = table.taken(2, order), table.taken(3, order)
    (kind,) = table.texts(1, order)
    return Breaches(of, number, kind, at)


def _by_case(table: _Table, place: Codes) -> tuple[Codes, Any]:
    """Return the places of the cases of rows in their order, and that order: by case and the number behind it."""
    of = place[table.taken(0, ...)]
    order = _ascending((of.astype(np.int64) << _BITS) | table.column(1))
    return of[order], order


def _ascending(keys: Any) -> Any:
    """Return the order in which keys, no two of them alike, ascend; they mostly do already."""
    return ... if bool((keys[1:] > keys[:-1]).all()) else np.argsort(keys, kind="stable")


def _at(column: Any) -> ColumnElement[int]:
    """Read an instant; one that has not come is a number too, so that a column has no gaps."""
    return func.coalesce(seconds(column), NEVER)


_CASES = select(
    *(CASE.c.id, CASE.c.number, CASE.c.issue, seconds(CASE.c.opened_at), _at(CASE.c.due), _at(CASE.c.promised)),
    *(_at(CASE.c.ended_at), CASE.c.supplements, seconds(EVENT.c.at)),
    _Said(CASE.c.procedure, CASE.c.unit, CASE.c.status, CASE.c.series),
).join(EVENT, and_(EVENT.c.case_id == CASE.c.id, EVENT.c.seq == CASE.c.version))
_ITEMS = select(
    *(CASE.c.number, ITEM.c.number, ITEM.c.attempt, seconds(ITEM.c.opened_at)),
    *(_at(func.coalesce(ITEM.c.started_at, ITEM.c.claimed_at)), _at(ITEM.c.finished_at), _at(ITEM.c.due)),
    _Said(
        *(ITEM.c.step, ITEM.c.status, ITEM.c.waits_for, ITEM.c.unit, ITEM.c.returned_to),
        *(sql_case((ITEM.c.status == "done", ITEM.c.assignee)), ITEM.c.outcome),
    ),
).join(CASE, CASE.c.id == ITEM.c.case_id)
_BREACHES = of_breaches(CASE.c.number, BREACH.c.seq, BREACH.c.number, BREACH_AT, _Said(BREACH.c.kind))
