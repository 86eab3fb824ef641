"""Random organisations, cases of every kind in them, and a plain reading of who may read one: nothing is looked up."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import insert

from engine.case import Case, CaseStatus, Item, ItemStatus
from engine.matters import Consultation
from engine.posts import posts_of
from engine.rows import Row, asked_rows, case_row, holder_rows, item_rows, word_rows
from engine.stores.sql import SqlStore
from engine.stores.tables import ASKED, CASE, HOLDER, ITEM, WORD
from engine.tasks import Task
from procedures.candidates import ANY_UNIT, person_post, post_key
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post
from tests.engine.house import at

NOW = at(20, 8)
TODAY = NOW.date()
GONE = TODAY - timedelta(days=30)
POSITIONS = ("Chuyên viên", "Trưởng phòng", "Kế toán")
PEOPLE = tuple(f"p{number}" for number in range(9))
TITLES = ("Mua máy in", "Mua máy chiếu", "Sửa đường ống", "Mua hoa", "In giấy mời")


@dataclass(frozen=True)
class Crowd:
    """People in units, and cases of theirs, all by chance."""

    organisation: Organisation
    cases: tuple[Case, ...]

    @classmethod
    def of(cls, seed: int, many: int) -> "Crowd":
        """Return always the same for a seed."""
        chance = random.Random(seed)  # noqa: S311 - a game, not a secret
        organisation = _organisation(chance)
        return cls(organisation, tuple(_case(chance, organisation, number) for number in range(1, many + 1)))

    def put(self, store: SqlStore) -> None:
        """Write the rows of the cases, without a log."""
        with store.writing() as writer:
            for case in self.cases:
                rows: Sequence[tuple[object, list[Row]]] = (
                    (CASE, [case_row(case, "")]),
                    (WORD, word_rows(case)),
                    (ITEM, item_rows(case)),
                    (HOLDER, holder_rows(case)),
                    (ASKED, asked_rows(case)),
                )
                for table, some in rows:
                    if some:
                        writer.connection.execute(insert(table), some)  # type: ignore[call-overload]

    def may_read(self, person: str, case: Case, on: date = TODAY) -> bool:
        """Tell by the words of the rule whether somebody may read a case."""
        units = set(self._units(person, on))
        posts = posts_of(self.organisation, person, on)
        if case.opener == person or case.unit in units:
            return True
        for item in case.items:
            if person in {item.assignee, item.on_behalf_of} or item.unit in units:
                return True
            waits = item.status in {ItemStatus.OPEN, ItemStatus.CLAIMED}
            if waits and (posts & set(item.posts) or posts & {person_post(one.to) for one in item.open_tasks}):
                return True
        running = case.status in {CaseStatus.OPEN, CaseStatus.PAUSED}
        return running and any(one.open and posts & set(one.posts) for one in case.consultations)

    def _units(self, person: str, on: date) -> Iterator[str]:
        """Yield the units in which somebody holds a post, and all below them."""
        posts = [post for one in self.organisation.people if one.id == person for post in one.posts]
        below = [post.unit for post in posts if post.held(on)]
        while below:
            yield below[0]
            below = [*below[1:], *(unit.name for unit in self.organisation.units if unit.parent == below[0])]


def _organisation(chance: random.Random) -> Organisation:
    names = [f"Phòng {number}" for number in range(7)]
    units = tuple(OrgUnit(name, parent=chance.choice([None, *names[:place]])) for place, name in enumerate(names))

    def post() -> Post:
        return Post(chance.choice(POSITIONS), chance.choice(names), until=chance.choice([None, None, GONE]))

    people = tuple(Person(one, one, tuple(post() for _ in range(chance.choice([0, 1, 1, 2])))) for one in PEOPLE)
    mandates = tuple(
        Mandate(f"{number}/QĐ", chance.choice(["substitution", "delegation"]), *chance.sample(PEOPLE, 2))  # type: ignore[arg-type]
        for number in range(3)
    )
    return Organisation(units=units, people=people, mandates=mandates)


def _case(chance: random.Random, organisation: Organisation, number: int) -> Case:
    units = [None, *(unit.name for unit in organisation.units)]
    status = chance.choice(list(CaseStatus))
    # several are opened in one second, and not always in the order of their numbers
    opened = NOW - timedelta(hours=chance.randrange(40))
    series = chance.choice(["HS", "HS", "HS", "HS", "KPH"])
    over = status not in {CaseStatus.OPEN, CaseStatus.PAUSED}
    return Case(
        id=f"{series}-2026-{number:04d}",
        version=1,
        procedure=chance.choice(["QT-A", "QT-B"]),
        issue=1,
        release="",
        title=f"{chance.choice(TITLES)} đợt {chance.randrange(20)}",
        opener=chance.choice(PEOPLE),
        unit=chance.choice(units),
        status=status,
        opened_at=opened,
        changed_at=opened,
        due=chance.choice([None, NOW - timedelta(days=1), NOW + timedelta(days=9)]),
        promised=None,
        marking=(),
        items=tuple(_item(chance, units, nth, live=not over) for nth in range(1, chance.randrange(1, 4))),
        ended_at=NOW if over else None,
        consultations=tuple(_asked(chance, units) for _ in range(chance.choice([0, 0, 1]))),
    )


def _item(chance: random.Random, units: Sequence[str | None], number: int, *, live: bool) -> Item:
    someone: list[str | None] = [None, *PEOPLE]
    return Item(
        number=number,
        step="một bước",
        attempt=1,
        status=chance.choice(list(ItemStatus)) if live else ItemStatus.DONE,
        waits_for="work",
        opened_at=NOW,
        due=None,
        counted=True,
        restarts_clock=False,
        posts=_posts(chance, units),
        unit=chance.choice(units),
        assignee=chance.choice(someone),
        on_behalf_of=chance.choice(someone),
        tasks=tuple(
            Task(number=1, to=chance.choice(PEOPLE), what="xem", given_at=NOW) for _ in range(chance.choice([0, 0, 1]))
        ),
    )


def _task(chance: random.Random) -> Task:
    return Task(number=1, to=chance.choice(PEOPLE), what="xem", given_at=NOW, done_at=chance.choice([None, NOW]))


def _asked(chance: random.Random, units: Sequence[str | None]) -> Consultation:
    told = {"number": 1, "item": 1, "by": PEOPLE[0], "asked_at": NOW, "of": "", "question": "", "due": NOW}
    return Consultation(**told, posts=_posts(chance, units), answered_at=chance.choice([None, NOW]))  # type: ignore[arg-type]


def _posts(chance: random.Random, units: Sequence[str | None]) -> tuple[str, ...]:
    every = [person_post(one) for one in PEOPLE]
    every += [post_key(one, unit or ANY_UNIT) for one in POSITIONS for unit in units]
    return tuple(chance.sample(every, chance.randrange(3)))
