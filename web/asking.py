"""Which cases an address asks for: by words, procedure, standing, unit, person and days; what was asked stays in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from engine.finding import words_asked
from procedures.text import fold
from procedures.values import ValueSaid, parse_date
from procedures.vietnamese import MINUTES_A_DAY
from procedures.words import Words, say
from quality.questions_cases import STANDINGS, Standing, Wanted
from web import visit as v
from web.parts import Option
from web.visit import Missing, Visit

UNIT, PERSON, SINCE, UNTIL, BY, OPENED, ENDED = "don-vi", "nguoi", "tu", "den", "moc", "mo", "xong"
#: What is asked for to find the cases of no unit.
NOWHERE = "-"
NAMES = (v.SEARCH, v.PROCEDURE, v.STANDING, UNIT, PERSON, SINCE, UNTIL)
SAID: dict[Standing, Words] = {
    "open": say("In progress"),
    "late": say("In progress and overdue"),
    "slow": say("In progress and behind schedule"),
    "near": say("In progress and due soon"),
    "safe": say("In progress and in time"),
    "paused": say("Paused"),
    "ended": say("Ended"),
    "ended_in_time": say("Ended in time"),
    "ended_late": say("Ended late"),
    "withdrawn": say("Withdrawn"),
    "stopped": say("Stopped"),
}
_BY: dict[str, Words] = {OPENED: say("the case was opened"), ENDED: say("the case ended")}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted, or what is wrong with how it was asked: sentences and the fields they are about."""

    wanted: Wanted
    faults: tuple[tuple[str, str], ...] = field(default=())


def near(visit: Visit) -> datetime:
    """Return the instant before which what is due is due soon: what has at most one working day left."""
    return visit.agency.calendar.add_working_minutes(visit.now, MINUTES_A_DAY + 1)


def asked_cases(visit: Visit) -> Asked:
    """Return which cases the address asks for; raises Missing for what no form of ours sends."""
    days: dict[str, datetime | None] = {}
    faults = []
    for name, later in ((SINCE, 0), (UNTIL, 1)):
        try:
            days[name] = _day(visit, visit.asked(name), later)
        except ValueSaid as fault:
            days[name] = None
            faults.append((visit.text(fault.words), name))
    person, unit = visit.asked(PERSON), visit.asked(UNIT)
    wanted = Wanted(
        visit.now,
        near(visit),
        visit.scope,
        procedure=visit.asked(v.PROCEDURE),
        standings=_standings(visit),
        unit="" if unit == NOWHERE else unit,
        people=_people(visit, person) if person else None,
        words=words_asked(visit.asked(v.SEARCH) or ""),
        since=days[SINCE],
        until=days[UNTIL],
        by_end=visit.asked(BY) == ENDED,
    )
    return Asked(wanted, tuple(faults))


def said(visit: Visit) -> str:
    """Return what the address asks for in one line, for paper; empty when it asks for everything."""
    return "; ".join(_said(visit))


def options(visit: Visit) -> dict[str, list[Option]]:
    """Return what can be chosen in each field of the form, what is asked for marked."""
    codes = dict.fromkeys(release.code for release in visit.agency.shelf.all())
    units = [unit.name for unit in visit.agency.organisation.units]
    return {
        "procedures": [Option(code, code, code == visit.asked(v.PROCEDURE)) for code in codes],
        "standings": [Option(visit.text(SAID[one]), one, one == visit.asked(v.STANDING)) for one in STANDINGS],
        "units": [Option(unit, unit, unit == visit.asked(UNIT)) for unit in units],
        "days": [Option(visit.text(words), key, key == visit.asked(BY)) for key, words in _BY.items()],
    }


def _said(visit: Visit) -> Iterator[str]:
    for name in NAMES:
        asked = visit.asked(name)
        if asked is None:
            continue
        if name == SINCE:
            yield visit.text(say("from {day}", day=asked))
        elif name == UNTIL:
            yield visit.text(say("until {day}", day=asked))
        else:
            standings = _standings(visit) if name == v.STANDING else ()
            yield ", ".join(visit.text(SAID[one]) for one in standings) or asked


def _standings(visit: Visit) -> tuple[Standing, ...]:
    """Return the standings that are asked for, one or several with commas between; raises Missing for any other."""
    told = [one.strip() for one in (visit.asked(v.STANDING) or "").split(",") if one.strip()]
    for one in told:
        if one not in STANDINGS:
            raise Missing(say("“{text}” is no standing of a case", text=one))
    return tuple(one for one in STANDINGS if one in told)


def _day(visit: Visit, text: str | None, later: int) -> datetime | None:
    if text is None:
        return None
    return datetime.combine(parse_date(text) + timedelta(days=later), time(), visit.agency.calendar.zone)


def _people(visit: Visit, text: str) -> frozenset[str]:
    """Return the accounts of everybody in whose name, or whose account, all of these words are."""
    words = fold(text).split()
    named = ((one.id, f"{fold(one.name)} {fold(one.id)}") for one in visit.agency.organisation.people)
    return frozenset(account for account, name in named if all(word in name for word in words))
