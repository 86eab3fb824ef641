"""The sweep: what is past due becomes a breach, breaches that meet a policy become candidates, each exactly once."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from weakref import WeakKeyDictionary

from engine.commands import BreachKind, RecordBreach
from engine.events import BreachRecorded
from engine.lateness import breach, late_cases, record_late
from engine.rules import Ground
from engine.store import Reader, Store
from procedures.model import Procedure
from quality import questions
from quality.candidate import open_candidates, settled
from quality.policy import of_whole_case, rules_of
from quality.questions_performers import lapsed
from quality.quiet import uncollected
from quality.together import carry_out


@dataclass(frozen=True, slots=True)
class Swept:
    """What one look newly wrote; one that finds nothing new writes nothing. A sweep alone passes no delay or call."""

    late_steps: int = 0
    late_cases: int = 0
    late_phases: int = 0
    late_parts: int = 0
    returned: int = 0
    wrong_performers: int = 0
    candidates: int = 0
    delays: int = 0
    lapsed: int = 0
    calls: int = 0


def sweep(store: Store, ground: Ground, now: datetime) -> Swept:
    """Record what is past due at `now`, then open the candidates that declared policies ask for.

    However many sweeps run, at once or one after the other, each breach and each candidate comes to be once:
    a command's id says what it is about, and the store does the same id once.
    """
    with store.reading() as reader:  # one for all that there may be to do: most sweeps find nothing
        cases, like = late_cases(reader, now), _like(reader, ground, now)
        if not cases and _SETTLED.get(store) == like and settled(store, reader):
            return Swept()
    with uncollected():
        late = Counter(event.breach for event in record_late(store, ground, now, cases))
    deeds = Counter() if _SETTLED.get(store) == like else _deeds(store, ground, now, like)
    opened = open_candidates(store, ground, now)
    return Swept(
        late_steps=late["late_step"],
        late_cases=late["late_case"],
        late_phases=late["late_phase"],
        late_parts=late["late_part"],
        returned=deeds["returned"],
        wrong_performers=deeds["wrong_performer"],
        candidates=opened,
    )


#: What each store and its agency were like when every deed in breach was on record: before that changes there is
#: nothing to look for. It lasts as long as the process; without it a sweep only takes longer.
_SETTLED: WeakKeyDictionary[Store, tuple[object, ...]] = WeakKeyDictionary()


def _deeds(store: Store, ground: Ground, now: datetime, like: tuple[object, ...]) -> Counter[BreachKind]:
    """Record what was returned beyond what is allowed, and who had no right to what he did; return how many of each.

    The first comes of a return alone; the second of a decision on posts or mandates that is entered later, and is
    looked for once a day in any case. `like` is what the store was like before: what comes meanwhile is looked at anew.
    """
    with store.reading() as reader:
        seen = list(_returned(reader, ground))
        seen += [breach(case, item, "wrong_performer") for case, item in lapsed(reader, ground)]
    done = carry_out(seen, store=store, ground=ground, now=now)
    if len(done) == len(seen):
        _SETTLED[store] = like
    events = (record.event for answer in done for record in answer.records)
    return Counter(event.breach for event in events if isinstance(event, BreachRecorded))


def _like(reader: Reader, ground: Ground, now: datetime) -> tuple[object, ...]:
    return questions.return_count(reader), ground.organisation, now.astimezone(ground.calendar.zone).date()


def _returned(reader: Reader, ground: Ground) -> Iterator[RecordBreach]:
    """Yield the returns that a policy asks about: the whole case beyond a count, or each return by itself."""
    issued = {(one.code, one.issue): one.procedure for one in ground.shelf.all()}
    asking = sorted({code for (code, _), procedure in issued.items() if _asks(procedure)})
    known = questions.breaches(reader) if asking else []
    recorded = {(fact.case, fact.number) for fact in known if fact.kind == "returned"}
    for code in asking:
        counts: dict[str, int] = {}
        for case, issue, item in questions.returned_work(reader, code):
            counts[case] = counts.get(case, 0) + 1
            whole, single = _wanted(issued.get((code, issue)), counts[case])
            if whole and (case, 0) not in recorded:
                recorded.add((case, 0))
                yield breach(case, None, "returned")
            if single and (case, item) not in recorded:
                yield breach(case, item, "returned")


def _asks(procedure: Procedure) -> bool:
    return any(rule.breach == "returned" for rule in rules_of(procedure))


def _wanted(procedure: Procedure | None, count: int) -> tuple[bool, bool]:
    rules = [rule for rule in rules_of(procedure) if rule.breach == "returned"] if procedure else []
    whole = [rule for rule in rules if of_whole_case(rule)]
    return any(count >= rule.at_least for rule in whole), len(whole) < len(rules)
