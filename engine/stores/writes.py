"""What a commit writes: rows that are new and columns that changed, as statements that the driver takes as they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Table

from engine.case import Case, Item
from engine.draft import EnteredValue
from engine.log import Recorded
from engine.rows import (
    Row,
    asked_rows,
    breach_rows,
    case_row,
    case_standing,
    erasures,
    holders_of,
    item_row,
    moving_columns,
    watched_item,
    word_rows,
)
from engine.stores.erasable import KEPT_FORM, TEXT_OF
from engine.stores.errand_tables import ERRAND
from engine.stores.tables import ASKED, BREACH, CASE, ENTERED, EVENT, HOLDER, ITEM, WORD
from engine.stores.written import event_rows
from engine.texts import Written

#: A statement with `?` for each value, and the values.
Write = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Shape:
    """What a statement does, for a database that can do it to many rows at once: rows put in, or columns changed.

    `columns` are new values, `where` those of the key, in the order of the values; rows that a statement puts in
    follow one another.
    """

    table: Table
    columns: tuple[str, ...]
    where: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """The number of values of one row."""
        return len(self.columns) + len(self.where)


#: The shapes of the statements that have been made; what is not here is carried out as it is.
SHAPES: dict[str, Shape] = {}
#: More rows in one statement than a command ever writes, and fewer than any database takes.
_MANY = 200


def writes(
    before: Case | None,
    after: Case,
    records: Sequence[Recorded],
    entered: Sequence[EnteredValue],
    head: str | None = None,
) -> list[Write]:
    """Return everything that a commit writes; the first of it is the row of the case, which must be there to change.

    It is there where the case has the version that it had before and, if `head` is given, the last record of that hash,
    and where no command of that id is known that had nothing to write: nobody has looked before.
    """
    found = [_case(before, after, records[-1], head), *insert(EVENT, event_rows(records))]
    if before is None:
        found += insert(WORD, word_rows(after))
    elif before.title != after.title:  # it was erased: the case is found by fewer words
        left = word_rows(after)
        found += [delete(WORD, row) for row in word_rows(before) if row not in left]
    found += _items(before, after)
    found += _asked(before, after)
    if breaches := breach_rows(records):
        found += insert(BREACH, breaches)
    if entered:
        found += insert(ENTERED, [_entered_row(after, records[0].command, value) for value in entered])
    if texts := [_text_row(record.case, one) for record in records for one in record.texts]:
        found += insert(TEXT_OF, texts)
    found += _erased(after, records)
    return found


def insert(table: Table, rows: Sequence[Row]) -> Iterator[Write]:
    """Yield the statements that put new rows into a table."""
    for start in range(0, len(rows), _MANY):
        some = rows[start : start + _MANY]
        values = some[0].values() if len(some) == 1 else [value for row in some for value in row.values()]
        yield _insert(table, tuple(some[0]), len(some)), _plain(values)


def update(table: Table, changed: Row, where: Row) -> Write:
    """Return the statement that changes columns of the row that is at `where`."""
    return _update(table, tuple(changed), tuple(where)), _plain([*changed.values(), *where.values()])


def delete(table: Table, where: Row) -> Write:
    """Return the statement that takes the row at `where` away."""
    return _delete(table, tuple(where)), tuple(where.values())


@cache
def _insert(table: Table, columns: tuple[str, ...], rows: int) -> str:
    one = f"({', '.join('?' for _ in columns)})"
    told = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES {', '.join([one] * rows)}"  # noqa: S608 - own names
    SHAPES[told] = Shape(table, columns)
    return told


@cache
def _update(table: Table, changed: tuple[str, ...], where: tuple[str, ...]) -> str:
    told = f"UPDATE {table.name} SET {', '.join(f'{name} = ?' for name in changed)}{_where(where)}"  # noqa: S608
    SHAPES[told] = Shape(table, changed, where)
    return told


@cache
def _delete(table: Table, where: tuple[str, ...]) -> str:
    return f"DELETE FROM {table.name}{_where(where)}"  # noqa: S608 - our own names


def _where(names: tuple[str, ...]) -> str:
    return f" WHERE {' AND '.join(f'{name} = ?' for name in names)}"


def _case(before: Case | None, after: Case, last: Recorded, behind: str | None) -> Write:
    if before is None:
        return next(insert(CASE, [case_row(after, last.hash)]))
    changed = _changed(moving_columns(before), moving_columns(after)) | case_standing(after, last.hash)
    where: Row = {"id": after.id, "version": before.version}
    if behind is None:
        return update(CASE, changed, where)
    told, values = update(CASE, changed, {**where, "head": behind})
    return f"{told} AND NOT EXISTS (SELECT 1 FROM quiet_command WHERE command = ?)", (*values, last.command)  # noqa: S608 - our own names


def _items(before: Case | None, after: Case) -> list[Write]:
    """Write the items that are new or differ, and who may do them."""
    known: tuple[Item, ...] = before.items if before else ()
    found: list[Write] = []
    if before is not None:
        alike = _watched_alike(before, after)
        for old, new in zip(known, after.items, strict=False):
            if old is not new:
                found += _item(before, old, after, new)
            elif not alike:
                found += _watch(before, after, new)
    if fresh := after.items[len(known) :]:
        found += insert(ITEM, [item_row(after, item) for item in fresh])
        found += insert(HOLDER, [row for item in fresh for row in holders_of(after.id, item)])
    return found


def _watched_alike(before: Case, after: Case) -> bool:
    """Tell whether what hangs on the case, not on the item, is the same for every item."""
    return before.work_stopped_at == after.work_stopped_at and before.breaches == after.breaches


def _watch(before: Case, after: Case, item: Item) -> Iterator[Write]:
    """Write what a sweep still has to watch of an item that is as it was."""
    watched = watched_item(after, item)
    if watched_item(before, item) != watched:
        yield update(ITEM, {"watch": watched}, {"case_id": after.id, "number": item.number})


def _item(before: Case, old: Item, after: Case, new: Item) -> Iterator[Write]:
    if changed := _changed(item_row(before, old), item_row(after, new)):
        yield update(ITEM, changed, {"case_id": after.id, "number": new.number})
    if old.live and not new.live:
        yield delete(HOLDER, {"case_id": after.id, "number": new.number})
    elif new.live:
        yield from _holders(after.id, old, new)


def _holders(case: str, old: Item, new: Item) -> Iterator[Write]:
    """Write who may do an item that is live and differs."""
    could, can = old.listed_for if old.live else (), new.listed_for
    for post in could:
        where = {"case_id": case, "number": new.number, "post": post}
        if post not in can:
            yield delete(HOLDER, where)
        elif old.due != new.due:
            yield update(HOLDER, {"due": new.due}, where)
    yield from insert(HOLDER, [row for row in holders_of(case, new) if row["post"] not in could])


def _asked(before: Case | None, after: Case) -> Iterator[Write]:
    """Write who is asked for an opinion now, and take away who no longer is."""
    if not after.consultations:
        return
    could, can = asked_rows(before) if before is not None else [], asked_rows(after)
    yield from (delete(ASKED, row) for row in could if row not in can)
    yield from insert(ASKED, [row for row in can if row not in could])


def _erased(after: Case, records: Sequence[Recorded]) -> Iterator[Write]:
    """Delete what was erased, and the forms that somebody had begun to fill in: the case is over.

    What went wrong with its errands goes too: whoever told it may have quoted anything.
    """
    mine: Row = {"case_id": after.id}
    for _, erased in erasures(records):
        yield delete(KEPT_FORM, mine)
        yield update(ERRAND, {"fault": None}, mine)
        if erased.whole:
            yield from (delete(table, mine) for table in (ENTERED, TEXT_OF))
            continue
        yield from (delete(ENTERED, mine | {"name": name}) for name in erased.names)
        for place in erased.texts:
            seq, _, field = place.partition(".")
            yield delete(TEXT_OF, mine | {"seq": int(seq), "field": field})


def _changed(before: Row, after: Row) -> Row:
    return {
        name: now
        for name, was in before.items()
        if (now := after[name]) is not was and now != was  # most are the same
    }


def _entered_row(case: Case, command: str, value: EnteredValue) -> Row:
    return {
        "case_id": case.id,
        "name": value.name,
        "seq": case.version,
        "command": command,
        "value": value.text,
        "salt": value.salt,
    }


def _text_row(case: str, one: Written) -> Row:
    return {"case_id": case, "seq": one.seq, "field": one.field, "text": one.text, "salt": bytes.fromhex(one.salt)}


def _plain(values: Iterable[object]) -> tuple[object, ...]:
    """Return values as they are kept: an instant as whole seconds since 1970."""
    return tuple([int(value.timestamp()) if type(value) is datetime else value for value in values])
