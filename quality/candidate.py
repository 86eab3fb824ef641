"""Candidates: a met policy opens a case of the handling procedure, once, with the evidence frozen in its fields."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from weakref import WeakKeyDictionary

from engine.case import Case
from engine.commands import MACHINE, OpenCase
from engine.events import BreachRecorded, WorkOpened
from engine.log import Recorded
from engine.rules import Ground
from engine.salts import fresh_salt
from engine.store import Reader, Store
from procedures.model import BreachRule, Procedure
from procedures.shelf import NotOnShelf, ShelfRefusal
from procedures.values import ValueSaid, parse_entered
from procedures.words import Words, say
from quality import questions
from quality.deadlines import explained
from quality.facts import BreachFact
from quality.fields import FROM_CASES, Evidence
from quality.periods import parse
from quality.policy import HANDLING, Met, met, rules_of
from quality.together import carry_out

#: The prefix of the numbers of nonconformities.
SERIES = "KPH"
#: So many deadlines are explained in full; the others are named by their events.
_EXPLAINED = 10
_NAMED = 200


#: How many breaches each store had when every policy met by them had its candidate: there is nothing to do before there
#: are more. It lasts as long as the process; without it a sweep only takes longer.
_SETTLED: WeakKeyDictionary[Store, int] = WeakKeyDictionary()


def settled(store: Store, reader: Reader) -> bool:
    """Tell whether every policy met by the breaches on record is known to have its candidate."""
    return _SETTLED.get(store) == questions.breach_count(reader)


def open_candidates(store: Store, ground: Ground, now: datetime) -> int:
    """Open a candidate for every met policy that has none yet; return how many were opened."""
    with store.reading() as reader:
        count = questions.breach_count(reader)
        if _SETTLED.get(store) == count:
            return 0
        policy = Policies(ground)
        found = met(questions.breaches(reader), policy.of, ground.calendar.zone)
        there = questions.openings(reader, HANDLING) if found else set()
        wanted = [one for one in found if one.key not in there]
        commands = [command for one in wanted if (command := _opening(reader, ground, one, now)) is not None]
    opened = len(carry_out(commands, store=store, ground=ground, now=now))
    if opened == len(wanted) and not policy.unread:
        _SETTLED[store] = count
    return opened


@dataclass(slots=True)
class Policies:
    """The rules of issues, read once each; `unread` are those that cannot be read, and ask for nothing."""

    ground: Ground
    known: dict[tuple[str, int], tuple[BreachRule, ...]] = field(default_factory=dict)
    unread: set[tuple[str, int]] = field(default_factory=set)

    def of(self, code: str, issue: int) -> tuple[BreachRule, ...]:
        """Return the rules of an issue."""
        if (code, issue) not in self.known:
            self.known[code, issue] = self._read(code, issue)
        return self.known[code, issue]

    def _read(self, code: str, issue: int) -> tuple[BreachRule, ...]:
        try:
            return rules_of(self.ground.shelf.release(code, issue).procedure)
        except ShelfRefusal:
            self.unread.add((code, issue))
            return ()


@dataclass(frozen=True, slots=True)
class _Seen:
    """A breach with all that tells about it."""

    breach: BreachFact
    case: Case
    log: tuple[Recorded, ...]
    procedure: Procedure


def _opening(reader: Reader, ground: Ground, one: Met, now: datetime) -> OpenCase | None:
    try:
        handling = ground.shelf.current(HANDLING, now.astimezone(ground.calendar.zone).date()).procedure
    except NotOnShelf:
        return None
    seen = [_seen(reader, ground, breach) for breach in one.breaches[:_NAMED]]
    procedure = seen[0].procedure
    title = _title(one, procedure, ground, _lacks(seen)).into("vi")
    return OpenCase(
        id=one.key,
        actor=MACHINE,
        procedure=HANDLING,
        title=title,
        unit=procedure.owner_unit,
        series=SERIES,
        fields=accepted(handling, _evidence(one, seen, title, ground)),
        salt=fresh_salt(),
    )


def accepted(handling: Procedure, evidence: Evidence) -> dict[str, str]:
    """Return the fields that the first step of the issue in force collects and can read, as text."""
    fields = {}
    for name, text in evidence.fields().items():
        spec = handling.field(name)
        if spec is None or name not in handling.start.collect:
            continue
        try:
            parse_entered(spec, text)
        except ValueSaid:
            continue
        fields[name] = text
    return fields


def _seen(reader: Reader, ground: Ground, breach: BreachFact) -> _Seen:
    held = reader.held(breach.case)
    if held is None:
        raise LookupError(breach.case)
    procedure = ground.shelf.release(breach.procedure, breach.issue).procedure
    return _Seen(breach, held.case, tuple(reader.log(breach.case)), procedure)


def _evidence(one: Met, seen: list[_Seen], title: str, ground: Ground) -> Evidence:
    deadlines = [
        explained(each.breach, each.case, each.procedure, ground.calendars.of).into("vi")
        for each in seen[:_EXPLAINED]
        if each.breach.due is not None
    ]
    events = [event for each in seen for event in _events(each)]
    if len(one.breaches) > len(seen):
        events.append(say("and {count} more breaches", count=len(one.breaches) - len(seen)).into("vi"))
    return Evidence(
        source=FROM_CASES,
        description=title,
        procedure=one.procedure,
        issue=", ".join(str(issue) for issue in sorted({breach.issue for breach in one.breaches})),
        case=", ".join(dict.fromkeys(each.breach.case for each in seen)),
        rule=one.rule.text,
        step=one.step or "",
        events=", ".join(events),
        deadline="\n".join(deadlines),
        calendar=ground.calendar.version.hash,
    )


def _events(seen: _Seen) -> list[str]:
    """Return the ids of the events behind a breach: what began the time, and what recorded the breach."""
    number = seen.breach.number
    began = 1
    for record in seen.log:
        if isinstance(record.event, WorkOpened) and record.event.item == number:
            began = record.seq
    return [f"{seen.breach.case}#{began}", f"{seen.breach.case}#{seen.breach.seq}"]


def _lacks(seen: Sequence[_Seen]) -> tuple[str, ...]:
    """Return what the breaches say is missing, each once."""
    told = (each.log[each.breach.seq - 1].event for each in seen)
    lacks = (paper for event in told if isinstance(event, BreachRecorded) for paper in event.lacks)
    return tuple(dict.fromkeys(lacks))


def _title(one: Met, procedure: Procedure, ground: Ground, lacks: tuple[str, ...]) -> Words:
    first, count = one.breaches[0], len(one.breaches)
    what = _kind(one, procedure)
    if lacks:
        what = say("{what} ({lacks})", what=what, lacks="; ".join(lacks))
    if one.period is not None:
        when = parse(one.period, ground.calendar.zone).words
        return say(
            "{procedure}: {what}, {count} times in {period}",
            procedure=one.procedure,
            what=what,
            count=count,
            period=when,
        )
    if count > 1:
        return say(
            "{procedure}: {what}, {count} times in {case}",
            procedure=one.procedure,
            what=what,
            count=count,
            case=first.case,
        )
    return say("{procedure}: {what}, {case}", procedure=one.procedure, what=what, case=first.case)


def _kind(one: Met, procedure: Procedure) -> Words:
    step = next((step.name for step in procedure.steps if step.key == one.step), one.step or "")
    if one.rule.breach == "late_step":
        return say("step “{step}” late", step=step) if step else say("steps late")
    if one.rule.breach == "late_part":
        return say("part of step “{step}” late", step=step) if step else say("parts of steps late")
    return _KINDS[one.rule.breach]


_KINDS = {
    "late_case": say("case overdue"),
    "late_phase": say("phase late"),
    "returned": say("returned too often"),
    "skipped": say("step skipped"),
    "wrong_performer": say("done by the wrong performer"),
    "missing_record": say("record missing"),
    "extended_beyond_cap": say("extended beyond what is allowed"),
}
