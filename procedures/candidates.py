"""Who may act in a post on a day: an index over dated posts and mandates, answered at the cost of the answer."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from procedures.term import common, lasts

if TYPE_CHECKING:
    from procedures.organisation import Mandate, OrgUnit, Person, Post

#: A post is `position@unit`, `position@*` (that position in any unit) or `person:<account>`.
ANY_UNIT = "*"
#: Terms are compared by the number of their days; nothing declared ends later than this.
_FIRST, _LAST = date.min.toordinal(), date.max.toordinal()


def person_post(account: str) -> str:
    """Return the post that only one person holds."""
    return f"person:{account}"


def post_key(position: str, unit: str) -> str:
    """Return the key of a position in a unit."""
    return f"{position}@{unit}"


def met_by(post: str) -> tuple[str, ...]:
    """Return the keys that somebody in a post answers to: its own, and that of the position in any unit."""
    position, at, _ = post.partition("@")
    return (post, f"{position}@{ANY_UNIT}") if at else (post,)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may act in a post: by holding it, or on behalf of `principal` by a mandate."""

    account: str
    post: str
    principal: str | None = None
    mandate: "Mandate | None" = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A candidate from one day to another, both included; None is open."""

    candidate: Candidate
    since: date | None
    until: date | None


@dataclass(slots=True)
class _Line:
    """What one key answers over time: `starts` are the first days (as numbers) of stretches with one answer each."""

    starts: list[int] = field(default_factory=list)
    answers: list[tuple[Candidate, ...]] = field(default_factory=list)

    def at(self, day: int) -> tuple[Candidate, ...]:
        return self.answers[bisect_right(self.starts, day) - 1]


class Candidates:
    """The index: by post and by account."""

    def __init__(self, found: Iterable[Entry]) -> None:
        posts: dict[str, list[Entry]] = {}
        accounts: dict[str, list[Entry]] = {}
        for entry in found:
            accounts.setdefault(entry.candidate.account, []).append(entry)
            for key in met_by(entry.candidate.post):
                posts.setdefault(key, []).append(entry)
        self._posts = {key: _line(of) for key, of in posts.items()}
        self._accounts = {key: _line(of) for key, of in accounts.items()}

    def of_post(self, post: str, on: date) -> tuple[Candidate, ...]:
        """Return who may act in a post on a day, holders first."""
        return _answer(self._posts, post, on)

    def of_account(self, account: str, on: date) -> tuple[Candidate, ...]:
        """Return what an account may act in on a day, its own posts first."""
        return _answer(self._accounts, account, on)


def entries(
    people: Iterable["Person"], units: Mapping[str, "OrgUnit"], mandates: Iterable["Mandate"]
) -> Iterator[Entry]:
    """Yield who may act in what from when to when: first everybody's own posts, then what mandates pass on."""
    known = {person.id: person for person in people}
    for person in known.values():
        yield from _own(person, units)
    for mandate in mandates:
        principal = known.get(mandate.principal)
        if principal is not None and mandate.agent in known:
            yield from _passed_on(mandate, principal, units)


def _own(person: "Person", units: Mapping[str, "OrgUnit"]) -> Iterator[Entry]:
    yield Entry(Candidate(person.id, person_post(person.id)), None, None)
    for post in person.posts:
        term = common((post.since, post.until), _standing(post, units))
        if term is not None:
            yield Entry(Candidate(person.id, post_key(post.position, post.unit)), *term)


def _passed_on(mandate: "Mandate", principal: "Person", units: Mapping[str, "OrgUnit"]) -> Iterator[Entry]:
    """Yield what a principal holds in person and the mandate is about; what others passed on to him is not his."""
    if mandate.manner == "substitution" and not mandate.posts:
        given = Candidate(mandate.agent, person_post(principal.id), principal.id, mandate)
        yield Entry(given, mandate.since, mandate.until)
    for post in principal.posts:
        term = common((mandate.since, mandate.until), (post.since, post.until), _standing(post, units))
        if term is not None and mandate.about(post):
            key = post_key(post.position, post.unit)
            yield Entry(Candidate(mandate.agent, key, principal.id, mandate), *term)


def _standing(post: "Post", units: Mapping[str, "OrgUnit"]) -> tuple[date | None, date | None]:
    unit = units.get(post.unit)
    return (unit.since, unit.until) if unit is not None else (None, None)


def _line(of: list[Entry]) -> _Line:
    ends = {_FIRST} | {entry.since.toordinal() for entry in of if entry.since is not None}
    lasts_until = {entry.until.toordinal() for entry in of if entry.until is not None}
    ends |= {day + 1 for day in lasts_until if day < _LAST}
    line = _Line()
    for start in sorted(ends):
        day = date.fromordinal(start)
        line.starts.append(start)
        line.answers.append(tuple(dict.fromkeys(one.candidate for one in of if lasts(one.since, one.until, day))))
    return line


def _answer(lines: Mapping[str, _Line], key: str, on: date) -> tuple[Candidate, ...]:
    line = lines.get(key)
    return line.at(on.toordinal()) if line is not None else ()
