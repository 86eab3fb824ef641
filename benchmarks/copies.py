"""A store with up to a million open cases: a thousand that were played command by command, and copies of their rows."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from benchmarks.w1 import NOW, Ground, command_id, ground, name_of
from engine.commands import ClaimWork, FinishWork, OpenCase
from engine.handle import Done, handle
from engine.packing import pack
from engine.state import kept, plain, read_case
from engine.stores.erasable import TEXT_OF
from engine.stores.sql import SqlStore
from engine.stores.tables import CASE, ENTERED, EVENT, PICTURE, WORD, table
from engine.stores.writers import driver_of
from procedures.organisation import Organisation, OrgUnit, Person, Post

#: So many cases are played; they are four-digit numbers, so that no copy has a number with a zero before it.
PLAYED = 1_000
UNITS, EACH = 60, 3
_CLERKS, _ACCOUNTANTS = 8, 3
#: How many minutes of working time a step takes on average: half a day.
_MINUTES = 240
_SINCE = datetime(2026, 1, 5, 1, tzinfo=UTC)
_AT_ONCE = 20_000
_TABLES = (EVENT, ENTERED, TEXT_OF, *map(table, PICTURE))
_LAST = name_of(PLAYED)
_STATES = f"SELECT id, state FROM case_file WHERE id <= '{_LAST}'"
#: The words of a case that come from its number, whatever it is about.
_OWN_WORDS = "lower(original), substr(lower(original), 4), substr(original, 9), ltrim(substr(original, 9), '0')"
_THINGS = ("máy in", "máy chiếu", "giấy", "bàn ghế", "mực in", "phần mềm", "điều hoà", "máy ảnh", "xe đẩy", "tủ hồ sơ")
_ROOMS = tuple(f"phòng họp {number}" for number in range(1, 41))
#: At which step cases stand, of a hundred.
_STANDING = {"tiếp nhận": 30, "kiểm tra": 25, "khảo giá": 20, "dự thảo": 10, "ký": 7, "ban hành": 5, "lưu": 3}
_OUTCOMES = {"kiểm tra": "Đủ", "ký": "Ký"}
_BEFORE = {
    "kiểm tra": ("tiếp nhận",),
    "khảo giá": ("tiếp nhận", "kiểm tra"),
    "dự thảo": ("tiếp nhận", "kiểm tra", "khảo giá", "thẩm định nguồn"),
}
_BEFORE["ký"] = (*_BEFORE["dự thảo"], "dự thảo")
_BEFORE["ban hành"] = (*_BEFORE["ký"], "ký")
_BEFORE["lưu"] = (*_BEFORE["ban hành"], "ban hành")
_BY = {"dự thảo": "dung", "ký": "em", "ban hành": "binh", "lưu": "binh", "thẩm định nguồn": "chi"}


def agency() -> Ground:
    """Return the ground of W1 with sixty more units of four, and eleven more people in the office."""
    on = ground()
    names = [f"Phòng {number}" for number in range(1, UNITS + 1)]
    office = [("quan.tri", "Chuyên viên quản trị", _CLERKS), ("ke.toan", "Kế toán", _ACCOUNTANTS)]
    held = [(f"{short}.{n}", Post(title, "Văn phòng")) for short, title, many in office for n in range(many)]
    for number, name in enumerate(names, 1):
        held += [(f"cv.{number}.{n}", Post("Chuyên viên", name)) for n in range(EACH)]
        held.append((f"truong.{number}", Post("Trưởng phòng", name)))
    units = (*on.organisation.units, *(OrgUnit(name, parent="Sở A") for name in names))
    people = (*on.organisation.people, *(Person(id_, id_, (post,)) for id_, post in held))
    return replace(on, organisation=Organisation(units=units, people=people))


@dataclass
class Player:
    """Plays cases as an agency has them: opened in the last weeks, each where it stands for some hours or days."""

    store: SqlStore
    on: Ground
    chance: random.Random
    commands: "count[int]" = field(default_factory=partial(count, 1))

    def play(self, many: int) -> None:
        """Open so many cases, the oldest first, and bring each to where it stands."""
        stands = self.chance.choices(list(_STANDING), list(_STANDING.values()), k=many)
        ages = sorted((self._age(step) for step in stands), key=sum, reverse=True)
        for nth, steps in enumerate(ages, 1):
            self._case(nth, steps)

    def _age(self, step: str) -> list[float]:
        """Return the working minutes that each step before took, and at the end how long the case stands already."""
        return [self.chance.expovariate(1 / _MINUTES) for _ in (*_BEFORE.get(step, ()), step)]

    def _case(self, nth: int, stretches: list[float]) -> None:
        left = sum(stretches)
        at = self._ago(left)
        unit = self.chance.randrange(1, UNITS + 1)
        opener = f"cv.{unit}.{self.chance.randrange(EACH)}"
        title = f"Mua {self.chance.choice(_THINGS)} cho {self.chance.choice(_ROOMS)} của {unit}, đợt {nth}"
        case = self._give(OpenCase(id=self._id(), actor=opener, procedure="QT-W1", title=title), at).case
        for stretch in stretches[:-1]:
            left -= stretch
            at = self._ago(left)
            item = self._live(case)[0]
            outcome, by = _OUTCOMES.get(item.step), _BY.get(item.step, opener)
            by = f"quan.tri.{self.chance.randrange(_CLERKS)}" if item.step in {"kiểm tra", "khảo giá"} else by
            self._give(FinishWork(id=self._id(), actor=by, case=case, item=item.number, outcome=outcome), at)
        for item in self._live(case):
            if item.step in {"kiểm tra", "khảo giá", "ban hành", "lưu"} and self.chance.random() < 1 / 3:
                clerk = f"quan.tri.{self.chance.randrange(_CLERKS)}"
                self._give(ClaimWork(id=self._id(), actor=clerk, case=case, item=item.number), at)

    def _ago(self, minutes: float) -> datetime:
        calendar = self.on.calendar
        return calendar.add_working_minutes(_SINCE, calendar.working_minutes(_SINCE, NOW) - int(minutes))

    def _live(self, case: str) -> Any:
        with self.store.reading() as reader:
            held = reader.held(case)
        assert held is not None
        return held.case.live_items

    def _give(self, command: Any, at: Any) -> Done:
        answer = handle(command, store=self.store, ground=self.on, now=at)
        assert isinstance(answer, Done), answer
        return answer

    def _id(self) -> str:
        return command_id(0, next(self.commands))


def grow(where: Path | str, cases: int) -> None:
    """Make a store with so many open cases; the copies of one case follow one another, as do the cases."""
    store = SqlStore(where)
    Player(store, agency(), random.Random(1)).play(min(cases, PLAYED))  # noqa: S311 - which cases, not a secret
    originals = [name_of(1 + at * PLAYED // (cases - PLAYED)) for at in range(cases - PLAYED)]
    for first in range(0, len(originals), _AT_ONCE):
        with store.writing() as writer:
            _copy(writer.connection, PLAYED + 1 + first, originals[first : first + _AT_ONCE])
    with store.writing() as writer:
        writer.connection.exec_driver_sql("ANALYZE")
    store.close()


def _copy(connection: Connection, first: int, originals: list[str]) -> None:
    """Copy the rows of cases that were played, set by set; only the states are made one by one."""
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:
        connection.exec_driver_sql("PRAGMA cache_size = -262144")
    text, binary = ("TEXT", "BLOB") if sqlite else ('TEXT COLLATE "C"', "BYTEA")
    told = f"id {text}, number INTEGER, original {text}, state {binary}"
    connection.exec_driver_sql(f"CREATE TEMPORARY TABLE copied ({told})")
    states = {name: plain(bytes(state)) for name, state in connection.exec_driver_sql(_STATES)}
    _put(driver_of(connection), _renamed(states, first, originals), sqlite=sqlite)
    for one in _TABLES:
        key = "id" if one is CASE else "case_id"
        new = {key: "copied.id"}
        if one is CASE:
            new |= {"number": "copied.number", "state": "copied.state"}
        if one is EVENT:
            new["command"] = "randomblob(16)" if sqlite else "uuid_send(gen_random_uuid())"
        columns = ", ".join(new.get(column, f"played.{column}") for column in one.columns.keys())  # noqa: SIM118
        own = f"played.word NOT IN ({_OWN_WORDS})" if one is WORD else "true"
        connection.exec_driver_sql(
            f"CREATE TEMPORARY TABLE played AS SELECT * FROM {one.name} WHERE {key} <= '{_LAST}'"
        )
        connection.exec_driver_sql(
            f"INSERT INTO {one.name} ({', '.join(one.columns.keys())}) SELECT {columns}"
            f" FROM copied JOIN played ON played.{key} = copied.original WHERE {own}"
        )
        connection.exec_driver_sql("DROP TABLE played")
    for word in ("lower(id)", "substr(lower(id), 4)", "substr(id, 9)"):
        connection.exec_driver_sql(f"INSERT INTO case_word (case_id, word) SELECT id, {word} FROM copied")
    connection.exec_driver_sql("DROP TABLE copied")


def _renamed(states: dict[str, bytes], first: int, originals: list[str]) -> Iterator[tuple[str, int, str, bytes]]:
    for number, original in enumerate(originals, first):
        name = name_of(number)
        said = states[original].replace(original.encode(), name.encode())
        state = pack(said)
        assert number > first or state == kept(read_case(said)), "a state is kept in another way"
        yield name, number, original, state


def _put(driver: Any, rows: Iterator[tuple[str, int, str, bytes]], *, sqlite: bool) -> None:
    if sqlite:
        driver.executemany("INSERT INTO copied VALUES (?, ?, ?, ?)", rows)
        return
    with driver.cursor().copy("COPY copied FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
