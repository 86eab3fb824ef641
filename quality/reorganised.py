"""After a merger, a new name or an end of units: what still names the one that is gone, and what to issue anew."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from engine.commands import MACHINE, OpenCase
from engine.handle import Done
from engine.rehoming import moved, rehomings
from engine.rules import Ground
from engine.salts import fresh_salt
from engine.store import Reader, Store
from procedures.organisation import Organisation
from procedures.release import Release
from procedures.rows import rows
from procedures.text import fold
from procedures.words import Words, say
from quality import questions
from quality.declarations.declared import declarations, last_of
from quality.declarations.in_force import in_force
from quality.declarations.reviews import AFTER_REORGANISATION, REVIEW, REVIEWED
from quality.declarations.reviews import WHY as REVIEW_WHY
from quality.together import carry_out

#: The case that follows a reorganisation.
CASE = "QT-HT-37"
MANNER, OLD, NEW, DECISION, DAY, DUTIES = (
    "hình thức",
    "đơn vị cũ",
    "đơn vị mới",
    "số quyết định",
    "ngày sắp xếp",
    "việc phải làm",
)
_FILE = Path(__file__).with_name("reissue.csv")


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that the unit that took over has to issue or do anew, by a day; `procedure` is that of its case."""

    what: str
    by: date
    procedure: str


@dataclass(frozen=True, slots=True)
class Aftermath:
    """What one unit that is gone has left. `home` has its work now, None where nobody does; `on` is its last day.

    `idle` are positions that open work waits for and that nobody holds in its home; `posts` are (account, position)
    that still last in it.
    """

    unit: str
    home: str | None
    on: date
    decision: str
    cases: tuple[str, ...]
    posts: tuple[tuple[str, str], ...]
    idle: tuple[str, ...]
    owned: tuple[str, ...]
    named: tuple[str, ...]
    declared: str
    duties: tuple[Duty, ...]

    @property
    def manner(self) -> str:
        """How the unit ended, as the case of the reorganisation calls it."""
        return "Giải thể" if self.home is None else "Hợp nhất"


def aftermath(reader: Reader, ground: Ground, on: date) -> list[Aftermath]:
    """Return what every unit that has ended by a day has left, in the order of the file."""
    organisation = ground.organisation
    homes = moved(organisation, on)
    releases = in_force(ground.shelf, on)
    found = []
    for unit in organisation.units:
        if unit.until is None or unit.until >= on:
            continue
        home = homes.get(unit.name)
        cases = tuple(one.case for one in rehomings(reader, organisation, {unit.name: home or unit.name}))
        last = last_of(declarations(reader), unit.name)
        found.append(
            Aftermath(
                unit=unit.name,
                home=home,
                on=unit.until,
                decision=unit.decision or "",
                cases=cases,
                posts=tuple(_posts(organisation, unit.name, on)),
                idle=tuple(_idle(reader, organisation, unit.name, home, cases, on)),
                owned=tuple(one.code for one in releases if one.procedure.owner_unit == unit.name),
                named=tuple(one.code for one in releases if unit.name in _units_named(one)),
                declared=last.id if last is not None else "",
                duties=tuple(duties(unit.until)) if home is not None else (),
            )
        )
    return found


def duties(since: date) -> Iterator[Duty]:
    """Yield what has to be issued anew after a reorganisation, each with its day."""
    for row in rows(_FILE):
        yield Duty(row["duty"], since + timedelta(days=1 + int(row["days"])), row["procedure"])


def open_reviews(found: Iterable[Aftermath], *, store: Store, ground: Ground, now: datetime) -> list[Done]:
    """Open a review for each procedure that still belongs to a unit that is gone, or names it, once; return the new.

    The issue in force is what is reviewed, as part of the reorganisation: it is to be kept, amended, merged, replaced
    or abolished by the unit that has the work now.
    """
    on = now.astimezone(ground.calendar.zone).date()
    releases = {one.code: one for one in in_force(ground.shelf, on)}
    if REVIEW not in releases:
        return []
    first = releases[REVIEW].procedure.start
    commands = []
    for one in found:
        for code in dict.fromkeys((*one.owned, *one.named)):
            told = {REVIEWED: releases[code].name, REVIEW_WHY: AFTER_REORGANISATION}
            title = say("Review of {code} after {unit} ended", code=code, unit=one.unit).into("vi")
            commands.append(
                OpenCase(
                    id=f"reorganised/{one.unit}/{one.on.isoformat()}/{code}",
                    actor=MACHINE,
                    procedure=REVIEW,
                    title=title,
                    fields={name: text for name, text in told.items() if name in first.collect},
                    salt=fresh_salt(),
                )
            )
    return carry_out(commands, store=store, ground=ground, now=now)


def followed(reader: Reader, found: Iterable[Aftermath]) -> list[Aftermath]:
    """Return those units that are gone whose reorganisation somebody has opened a case for."""
    named = {fold(unit.strip()) for values in questions.entered(reader, CASE).values()
             for unit in values.get(OLD, "").replace("\n", ";").split(";")}  # fmt: skip
    return [one for one in found if fold(one.unit) in named]


def left_behind(found: list[Aftermath]) -> Iterator[Words]:
    """Yield a sentence for each thing that a unit that is gone still holds."""
    for one in found:
        if one.home is None and one.cases:
            yield say(
                "{unit} is gone, nobody took over, and {count} open cases name it", unit=one.unit, count=len(one.cases)
            )
        elif one.cases:
            yield say(
                "{count} open cases name {unit}: quytrinh organisation rehome", count=len(one.cases), unit=one.unit
            )
        for position in one.idle:
            yield say(
                "nobody is {position} in {unit}, which work of {old} waits for",
                position=position,
                unit=one.home or "—",
                old=one.unit,
            )
        if one.posts:
            yield say("{count} posts in {unit} still last", count=len(one.posts), unit=one.unit)
        if one.owned:
            yield say("{codes} still belong to {unit}; issue them anew", codes=", ".join(one.owned), unit=one.unit)


def _posts(organisation: Organisation, unit: str, on: date) -> Iterator[tuple[str, str]]:
    for person in organisation.people:
        yield from ((person.id, post.position) for post in person.posts if post.unit == unit and post.held(on))


def _idle(
    reader: Reader, organisation: Organisation, unit: str, home: str | None, cases: tuple[str, ...], on: date
) -> Iterator[str]:
    """Yield the positions of open work of a unit that nobody holds where the work goes."""
    waited: dict[str, None] = {}
    for case in cases:
        held = reader.held(case)
        for item in held.case.live_items if held is not None else ():
            for post in item.posts:
                position, _, where = post.partition("@")
                if where in {unit, home}:
                    waited.setdefault(organisation.position_after(position, where, on))
    held_there = {
        post.position for person in organisation.people for post in person.posts if post.unit == home and post.held(on)
    }
    yield from (position for position in waited if position not in held_there)


def _units_named(one: Release) -> set[str]:
    return {holder.unit for role in one.procedure.roles for holder in role.holders if holder.unit}
