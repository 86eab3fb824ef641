"""Moving a running case to a later issue: only where nothing that has begun was changed and its run leads on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import clocks, moves
from engine.case import Case, CaseStatus
from engine.commands import MigrateCase
from engine.decide import not_now
from engine.draft import Draft
from engine.entering import typed_values
from engine.events import CaseMigrated, CaseReopened, Event, StepPassed, WorkFinished, WorkRecalled
from engine.log import Recorded
from engine.posts import name_of
from engine.refusal import Refusal
from engine.refusals.access import NotAParty
from engine.refusals.entering import ReasonNeeded
from engine.refusals.issues import MayNotMigrate, NotALaterIssue
from engine.refusals.stuck import Stuck
from engine.renaming import named_now, renamed, renamed_places
from engine.rights import may_steer
from engine.rules import Rules
from engine.store import Held
from procedures.canonical import plain
from procedures.differences.steps import ONLY_SAID, step_parts
from procedures.model import Procedure, Step
from procedures.net import Marking, Net, Transition
from procedures.release import Release
from procedures.renames import step_with_names, survivors
from procedures.shelf import Shelf
from procedures.words import Words, say


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a case can go on under `issue`. `obstacles` say why not; `names` are old key → key there."""

    case: str
    issue: int
    names: Mapping[str, str]
    obstacles: tuple[Words, ...] = ()

    @property
    def movable(self) -> bool:
        """Tell whether nothing stands in the way."""
        return not self.obstacles


@dataclass(frozen=True, slots=True)
class Move:
    """From where to where: the rules a case runs under, the later release, and all issues from the one to the other."""

    rules: Rules
    into: Release
    issues: tuple[Procedure, ...]


def judge(held: Held, log: Sequence[Recorded], issues: Sequence[Procedure], net: Net) -> Verdict:
    """Judge whether a case may move from the first of `issues` to the last, whose net is `net`.

    `issues` are all that were issued in between too, oldest first, so that a step renamed twice is followed.
    """
    case, before, after = held.case, issues[0], issues[-1]
    names = survivors(issues)
    told = named_now(log)
    found = [*_standing(case), *_begun(case, told, before, after, names)]
    if not found:
        found += _fields(held, before, after, names)
        found += _run(case, told, names, net, after)
    changed = {old: new for old, new in names.items() if old != new}
    return Verdict(case.id, after.issue, changed, tuple(found))


def issues_between(shelf: Shelf, code: str, first: int, last: int) -> list[Procedure]:
    """Return the procedures of these issues and of those between them, oldest first."""
    return [one.procedure for one in shelf.all() if one.code == code and first <= one.issue <= last]


def migrate(move: Move, held: Held, log: Sequence[Recorded], command: MigrateCase, now: datetime) -> Draft | Refusal:
    """Return the draft of a case that goes on under a later release, or why it is refused."""
    case, rules, into = held.case, move.rules, move.into
    refused = not_now(case, command) or _asked(rules, held, command, now)
    if refused is not None:
        return refused
    verdict = judge(held, log, move.issues, into.net)
    if not verdict.movable:
        return MayNotMigrate(case.id, into.issue, verdict.obstacles[0])
    follows = Rules(into, rules.organisation, rules.calendars)
    draft = Draft.on(follows, case, typed_values(into.procedure, held), now)
    clocks.follow(draft)
    draft.happen(
        CaseMigrated(
            issue=into.issue,
            release=into.hash,
            reason=command.reason,
            renames=tuple(sorted(verdict.names.items())),
            marking=renamed_places(case.marking, verdict.names),
        )
    )
    try:
        moves.settle(draft)
    except Stuck as stuck:
        return stuck.refusal
    return draft


def _asked(rules: Rules, held: Held, command: MigrateCase, now: datetime) -> Refusal | None:
    """Judge who asks for what; the case is still under its old issue."""
    case = held.case
    if not command.reason.strip():
        return ReasonNeeded()
    if command.issue <= case.issue:
        return NotALaterIssue(case.id, case.issue)
    draft = Draft.on(rules, case, typed_values(rules.procedure, held), now)
    if not may_steer(draft, command.actor):
        return NotAParty(name_of(rules.organisation, command.actor), case.id)
    return None


def _standing(case: Case) -> Iterator[Words]:
    if case.over:
        yield say("it has ended")
    elif case.status is CaseStatus.PAUSED:
        yield say("it is paused; resume it first")
    elif case.supplement is not None:
        yield say("it waits for a supplement")


def _begun(
    case: Case, told: Iterable[Event], before: Procedure, after: Procedure, names: Mapping[str, str]
) -> Iterator[Words]:
    """Yield what was changed in steps that this case has reached, passed or left."""
    passed = (event.step for event in told if isinstance(event, StepPassed))
    reached = {item.step for item in case.items} | set(passed)
    for step in before.steps:
        if step.key not in reached:
            continue
        if step.key not in names:
            yield say("step “{step}” has begun and is not in issue {issue}", step=step.name, issue=after.issue)
            continue
        changed = _changed(before, after, step_with_names(step, names), after.step(names[step.key]))
        if changed is not None:
            yield say("step “{step}” has begun and was changed ({what})", step=step.name, what=changed)


def _changed(before: Procedure, after: Procedure, was: Step, now: Step) -> Words | None:
    """Return the first thing that works otherwise in a step."""
    for part in step_parts(was, now):
        if part.kind not in ONLY_SAID:
            return part.what
    for name in was.responsible:
        old, new = before.role(name), after.role(name)
        if (old.holders, old.external) != (new.holders, new.external):
            return say("who is “{role}”", role=name)
    return None


def _fields(held: Held, before: Procedure, after: Procedure, names: Mapping[str, str]) -> Iterator[Words]:
    """Yield values that the later issue reads otherwise, or decides by though this case is not asked for them again."""
    for name in held.values:
        was, now = before.field(name), after.field(name)
        if was is not None and now is not None and was.type is not now.type:
            yield say("the value “{field}” was entered and is declared otherwise", field=name)
    live = {names[item.step] for item in held.case.live_items}
    begun = {names[item.step] for item in held.case.items}
    to_come = {name for step in after.steps if step.key in live or step.key not in begun for name in step.collect}
    for name in dict.fromkeys(_decided_by(step for step in after.steps if step.key not in begun - live)):
        if name not in held.values and name not in to_come:
            yield say("the value “{field}” decides a way and was not entered", field=name)


def _decided_by(steps: Iterable[Step]) -> Iterator[str]:
    whens = (way.when for step in steps for outcome in step.outcomes for way in outcome.branches)
    return (name for when in whens if when is not None for name in _named(plain(when)))


def _named(data: object) -> Iterator[str]:
    """Yield the fields that a condition speaks of."""
    if isinstance(data, dict):
        if data.get("type") == "field":
            yield str(data["name"])
        data = list(data.values())
    if isinstance(data, list):
        for part in data:
            yield from _named(part)


def _run(case: Case, told: Iterable[Event], names: Mapping[str, str], net: Net, after: Procedure) -> Iterator[Words]:
    """Play what has happened on the later net: every move must be there and lead to the same place."""
    steps = {item.number: names[item.step] for item in case.items}
    marking = net.start
    for event in (renamed(one, names) for one in told):
        if isinstance(event, WorkRecalled | CaseReopened) and event.marking:  # a step back, that a person was allowed
            marking = tuple(sorted(Counter(event.marking).items()))
        if not isinstance(event, WorkFinished | StepPassed):
            continue
        key = steps[event.item] if isinstance(event, WorkFinished) else event.step
        after_it = tuple(sorted(Counter(event.marking).items()))
        led = (net.fire(marking, one) for one in _moves(net, marking, key, event))
        if after_it not in set(led):
            yield say("after step “{step}” it would stand elsewhere", step=after.step(key).name)
            return
        marking = after_it
    if marking != tuple(sorted(Counter(renamed_places(case.marking, names)).items())):
        yield say("its place is not in issue {issue}", issue=after.issue)


def _moves(net: Net, marking: Marking, step: str, event: WorkFinished | StepPassed) -> Iterator[Transition]:
    for one in net.enabled(marking):
        if one.step == step and (one.outcome, one.branch) == (event.outcome, event.branch):
            yield one
