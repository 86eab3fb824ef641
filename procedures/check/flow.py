"""Rules on how a case moves: it is never stuck, opens nothing twice, and leaves nothing behind (QT320 to QT329)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from procedures.check.graph import joins_know_their_steps, never_ends, way_to
from procedures.check.proof import Fault, prove
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, Span, Stop, Trace
from procedures.joins import Join, JoinKind
from procedures.net import Net, Transition, arrived, compile_net, expected, ready
from procedures.words import Words, say


def cases_end_properly(subject: Subject) -> Iterator[Finding]:
    """QT320 to QT329: search all situations of a case; joins that do not know their steps are mended first."""
    if subject.unknown or next(joins_know_their_steps(subject), None) is not None:
        return
    proof = prove(compile_net(subject.procedure), subject.cap)
    report = _Report(subject, proof.faults)
    found = list(report.findings())
    yield from found
    if not proof.complete:
        yield _not_proven(subject)


def _not_proven(subject: Subject) -> Finding:
    return Finding(
        "QT329",
        Severity.ERROR,
        say("it is not proven that every case ends: there are more than {cap} situations", cap=subject.cap),
        subject.places.at("steps"),
        help=say("make it simpler: fewer branches at the same time, or a part of it as a procedure of its own"),
    )


@dataclass(frozen=True)
class _Report:
    """Turns faults of the net into one finding for each cause."""

    subject: Subject
    faults: tuple[Fault, ...]

    @cached_property
    def net(self) -> Net:
        return compile_net(self.subject.procedure)

    @cached_property
    def joins(self) -> dict[str, Join]:
        return {step.key: step.join for step in self.subject.procedure.steps if step.join is not None}

    @cached_property
    def step_of(self) -> dict[str, str]:
        """The step that a place belongs to."""
        places = {ready(step.key): step.key for step in self.subject.procedure.steps}
        late = {expected(name, key): name for key, join in self.joins.items() for name in join.steps}
        return places | late | {arrived(name, key): key for key, join in self.joins.items() for name in join.steps}

    def findings(self) -> Iterator[Finding]:
        doubled = self.doubled()
        yield from doubled.values()
        # What comes after a step that is open twice goes wrong because of it, and is not told again.
        after = {step for key in doubled for step in (key, *self.subject.forward.reach(key))}
        told: dict[object, Finding] = {}
        for fault in self.faults:
            for key, finding in self.told(fault, after):
                told.setdefault(key, finding)
        yield from told.values()
        if not doubled and not told:
            yield from self.silent_faults()

    def told(self, fault: Fault, after: set[str]) -> Iterator[tuple[object, Finding]]:
        if fault.kind == "left" and fault.way[-1].step not in after:
            key, finding = self.left(fault)
            yield key, finding
        elif fault.kind == "stuck" and all(place.startswith("late:") for place in fault.marked):
            yield "nothing", self.emptied(fault)
        elif fault.kind == "stuck":
            yield from (self.stuck(fault, join) for join in self.waiting(fault) if join not in after)

    def silent_faults(self) -> Iterator[Finding]:
        known = bool(self.subject.caught)
        for fault in self.faults:
            if fault.kind == "astray" and not known:
                yield self.astray(fault)
        for fault in self.never_done():
            step = self.step_of[fault.places[-1]]
            yield self.never(step, fault) if fault.places[:-1] else self.unopened(step)

    def never_done(self) -> Iterator[Fault]:
        """Yield the steps that no case gets to do though ways lead there, without those that only come after one."""
        faults = {self.step_of[fault.places[-1]]: fault for fault in self.faults if fault.kind == "never"}
        faults = {step: fault for step, fault in faults.items() if step in self.subject.reachable}
        causes = [step for step in faults if len(self.sources(step) - faults.keys()) >= self.needed(step)]
        yield from (faults[step] for step in causes or list(faults)[:1])

    def sources(self, step: str) -> set[str]:
        return {source for source, targets in self.subject.all_ways.after.items() if step in targets}

    def needed(self, step: str) -> int:
        return self.joins[step].needed if step in self.joins else 1

    def unopened(self, step: str) -> Finding:
        """Tell of a step that is cancelled in the moment that opens it."""
        label = say("its work is always cancelled before it begins")
        mend = say("lead to it where nothing cancels it, or delete it")
        for source, join in self.cancelling(step):
            label = say("“{source}” opens “{join}” too, which cancels this step at once", source=source, join=join)
            mend = say("do not lead from “{source}” to “{join}” and here at the same time", source=source, join=join)
        return Finding(
            "QT311",
            Severity.ERROR,
            say("no case ever gets to step “{step}”", step=step),
            self.subject.places.at("steps", step),
            label=label,
            help=mend,
            trace=Trace(way_to(self.subject, step), (step,), say("cancelled at once")),
        )

    def cancelling(self, step: str) -> Iterator[tuple[str, str]]:
        """Yield (source, join) where what leads to a step also opens a join that cancels it."""
        for source in sorted(self.sources(step)):
            for join in self.subject.forward.after[source]:
                cancels = join in self.joins and self.joins[join].kind is not JoinKind.ALL
                if cancels and join in self.subject.forward.reach(step):
                    yield source, join

    def doubled(self) -> dict[str, Finding]:
        """Tell of a step that may be open twice, unless a step before it is: that is the cause.

        What is open twice only because a case went back has its cause where ways met without a return, if they did.
        """
        firsts: dict[str, Fault] = {}
        for fault in sorted(
            (fault for fault in self.faults if fault.kind == "double"), key=lambda f: bool(went_back(f))
        ):
            firsts.setdefault(self.step_of[fault.places[0]], fault)
        meeting = {key for key, fault in firsts.items() if not went_back(fault)}
        known = {step for key in meeting for step in self.subject.all_ways.reach(key)} - meeting
        firsts = {key: fault for key, fault in firsts.items() if key not in known}
        reach = self.subject.forward.reach
        causes = [k for k in firsts if not any(k in reach(o) and o not in reach(k) for o in firsts if o != k)]
        rounds = {k: next(o for o in causes if o == k or (o in reach(k) and k in reach(o))) for k in causes}
        return {key: self.double(key, firsts[key]) for key in dict.fromkeys(rounds.values())}

    def double(self, key: str, fault: Fault) -> Finding:
        sources = [source for source, targets in self.subject.forward.after.items() if key in targets]
        back = went_back(fault)
        label, mend = (
            say("a case gets here a second time before the first is done"),
            say("see that only one way at a time leads here"),
        )
        span = self.subject.places.at("steps", key)
        if back is not None:
            label = say("the return opens “{step}” again while another branch still runs", step=key)
            mend = say("return to a step of the same branch, or let the branches meet (chờ đủ) before this step")
            span = self.at(back)
        elif key not in self.joins and len(sources) > 1:
            mend = say("let it wait:  chờ đủ: [{steps}]", steps=", ".join(sources))
        return Finding(
            "QT323",
            Severity.ERROR,
            say("step “{step}” can be open twice at the same time", step=key),
            span,
            label=label,
            help=mend,
            notes=(self.seen(fault.way),),
            trace=self.trace(fault, (key,), say("opened a second time")),
        )

    def left(self, fault: Fault) -> tuple[object, Finding]:
        """Tell of an end with work left over: a join that waits for the ending step is the cause to name."""
        ending = fault.way[-1]
        waits = self.robbed(ending.step, fault.marked)
        if waits is not None:
            join, name = waits
            label = say(
                "if this step ends with “{result}”, the case stands for ever at “{join}”", result=ending.end, join=join
            )
            mend = say(
                "remove the end from “{step}”, or write:  kết thúc {result}, huỷ việc còn lại",
                step=ending.step,
                result=ending.end,
            )
            return (join, name), self.may_wait(
                fault, join, label, mend, self.subject.places.at("steps", join, "join", name)
            )
        # Two branches that end beside each other leave each other behind, for one cause.
        return frozenset({ending.step, *self.held(fault)}), self.left_behind(fault, ending)

    def robbed(self, ending: str, marked: frozenset[str]) -> tuple[str, str] | None:
        """Return the (join, its step) that will never come because `ending` ended the case, if others wait there."""
        reach = self.subject.forward.reach
        open_steps = {self.step_of[place] for place in marked if place.startswith("ready:")}
        for key, join in self.joins.items():
            if join.kind is not JoinKind.ALL:
                continue
            mine = [name for name in join.steps if name == ending or name in reach(ending, avoiding=key)]
            others = [name for name in join.steps if name not in mine]
            here = {n for n in others if arrived(n, key) in marked or any(n == s or n in reach(s) for s in open_steps)}
            if mine and here:
                return key, mine[0]
        return None

    def left_behind(self, fault: Fault, ending: Transition) -> Finding:
        left = ", ".join(self.held(fault))
        return Finding(
            "QT322",
            Severity.ERROR,
            say("“kết thúc {result}” at step “{step}” leaves work behind", result=ending.end, step=ending.step),
            self.at(ending),
            label=say("still open: {steps}", steps=left),
            help=say(
                "let the branches meet in one step (chờ đủ: …), or write:  kết thúc {result}, huỷ việc còn lại",
                result=ending.end,
            ),
            notes=(self.seen(fault.way),),
            trace=self.trace(fault, self.held(fault), say("still open")),
        )

    def held(self, fault: Fault) -> tuple[str, ...]:
        """Return the steps at which a case still stands."""
        return tuple(dict.fromkeys(self.step_of[place] for place in sorted(fault.marked) if place in self.step_of))

    def waiting(self, fault: Fault) -> list[str]:
        """Return the joins at which a case is stuck, without those that only wait for another one of them."""
        waiting = (place for place in sorted(fault.marked) if place.startswith("from:") and place in self.step_of)
        held = list(dict.fromkeys(self.step_of[place] for place in waiting))
        reach = self.subject.forward.reach
        free = [
            j
            for j in held
            if not all(any(n == o or n in reach(o) for o in held if o != j) for n in self.missing(j, fault))
        ]
        return free or list(held[:1])

    def missing(self, join: str, fault: Fault) -> list[str]:
        return [name for name in self.joins[join].steps if arrived(name, join) not in fault.marked]

    def stuck(self, fault: Fault, join: str) -> tuple[object, Finding]:
        """Tell of a join at which a case stands: no case ever gets on, or some do not."""
        if any(other.kind == "never" and self.step_of[other.places[-1]] == join for other in self.faults):
            return join, self.never(join, fault)
        name = self.missing(join, fault)[0]
        label = say("if “{step}” does not happen, the case stands for ever at “{join}”", step=name, join=join)
        mend = say("let every way lead to “{join}”, or write:  chờ một trong: […]", join=join)
        span = self.subject.places.at("steps", join, "join", name)
        return (join, name), self.may_wait(fault, join, label, mend, span)

    def may_wait(self, fault: Fault, join: str, label: Words, mend: Words, span: Span) -> Finding:
        count = self.joins[join].needed
        return Finding(
            "QT321",
            Severity.ERROR,
            say("step “{join}” waits for {count} things, but one of them may never happen", join=join, count=count),
            span,
            label=label,
            help=mend,
            notes=(self.seen(fault.way, join),),
            trace=self.trace(fault, (join,), say("waits for ever")),
        )

    def never(self, join: str, fault: Fault) -> Finding:
        return Finding(
            "QT320",
            Severity.ERROR,
            say("step “{join}” waits for things that never happen together", join=join),
            self.subject.places.at("steps", join, "join"),
            label=say("every case that gets here is stuck"),
            help=say("let the steps run at the same time (đồng thời …), or do not wait for all of them"),
            notes=(self.seen(fault.way, join),) if fault.way else (),
            trace=self.trace(fault, (join,), say("waits for ever")),
        )

    def astray(self, fault: Fault) -> Finding:
        reached = (g for g in self.subject.endless if any(self.subject.leads_to(key, g) for key in self.held(fault)))
        group = next(reached, None)
        if group is not None:
            return never_ends(self.subject, group, stops(fault.way))
        step = fault.way[-1].step if fault.way else self.subject.procedure.start.key
        return Finding(
            "QT310",
            Severity.ERROR,
            say("from step “{step}” the case can never end", step=step),
            self.subject.places.at("steps", step),
            label=say("the other branches wait for each other"),
            notes=(self.seen(fault.way),),
            trace=self.trace(fault, self.held(fault) or (step,), say("never gets on")),
        )

    def emptied(self, fault: Fault) -> Finding:
        step = fault.way[-1].step if fault.way else self.subject.procedure.start.key
        return Finding(
            "QT310",
            Severity.ERROR,
            say("from step “{step}” the case can never end", step=step),
            self.subject.places.at("steps", step),
            label=say("nothing is left to do, and the case has not ended"),
            help=say("let this step lead on, or end with “đến: kết thúc …”"),
            notes=(self.seen(fault.way),),
            trace=self.trace(fault, (step,), say("never gets on")),
        )

    def trace(self, fault: Fault, at: tuple[str, ...], what: Words) -> Trace:
        return Trace(stops(fault.way), at, what)

    def at(self, made: Transition) -> Span:
        path = ("steps", made.step, "outcomes", made.outcome or "", made.branch or 0, "target")
        return self.subject.places.at(*path)

    def seen(self, way: Iterable[Transition], waits: str | None = None) -> Words:
        path = " → ".join(self.stop(transition) for transition in way)
        if waits is None:
            return say("seen on the way: {path}", path=path)
        return say("seen on the way: {path} → {join} (waits)", path=path, join=waits)

    def stop(self, transition: Transition) -> str:
        several = len(self.subject.procedure.step(transition.step).outcomes) > 1
        return f"{transition.step} ({transition.outcome})" if several else transition.step


def stops(way: Iterable[Transition]) -> tuple[Stop, ...]:
    """Return the finished steps of a way."""
    return tuple(Stop(made.step, made.outcome) for made in way)


def went_back(fault: Fault) -> Transition | None:
    """Return the last return on the way to a fault, if there is one."""
    return next((made for made in reversed(fault.way) if made.returns_to is not None), None)
