"""The proof that a case can always end properly, or the ways on which it cannot."""

from dataclasses import dataclass
from typing import Literal

from procedures.check.bits import Space, bits_of, search
from procedures.check.reduce import reduce
from procedures.net import END, Marking, Net, Transition, ready

#: Situations visited one by one before a smaller net with the same verdict is tried.
AT_ONCE = 3_000
#: Situations visited in all before the proof is given up.
CAP = 200_000

FaultKind = Literal["stuck", "left", "double", "astray", "never"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way on which a case goes wrong.

    stuck: nothing can happen in `marked`. left: `way` ends the case with `marked` left over. double: the last move of
    `way` puts a second token into `places`. astray: after `way` the case can never end. never: no case ever gets to do
    the step whose place is the last of `places`; those before it never come together to open it. `way` are the finished
    steps in order, the fewest there are.
    """

    kind: FaultKind
    way: tuple[Transition, ...]
    marked: frozenset[str]
    places: tuple[str, ...] = ()

    @property
    def about(self) -> tuple[str, object]:
        """Tell what is at fault: faults about the same thing are one fault, met on several ways."""
        return (self.kind, self.way[-1].id if self.kind == "left" else self.places or self.marked)


@dataclass(frozen=True, slots=True)
class Proof:
    """The faults of a net, the shortest way first within a kind; `complete` is False when the search was cut off."""

    faults: tuple[Fault, ...]
    complete: bool = True


def prove(net: Net, cap: int = CAP) -> Proof:
    """Prove that from every situation a case can end, with nothing left and nothing open twice.

    Small nets are searched as they are. A large one is first made smaller by rules that keep its verdict; if that
    finds faults, shorter ways to them are looked for in the net itself.
    """
    bits = bits_of(net)
    small = search(bits, min(AT_ONCE, cap))
    if small.complete:
        return Proof(faults_in(net, small))
    reduced = search(reduce(bits), cap)
    worse = faults_in(net, reduced)
    if reduced.complete and not worse:
        return Proof(())
    whole = search(bits, cap // 10)
    faults = faults_in(net, whole)
    known = {fault.about for fault in faults}
    more = () if whole.complete else (_shortest(net, fault) for fault in worse if fault.about not in known)
    return Proof((*faults, *more), complete=whole.complete or reduced.complete)


def faults_in(net: Net, space: Space) -> tuple[Fault, ...]:
    """Read the faults off a search of `net`."""
    teller = _Teller(net, space)
    told = [teller.double(), teller.left(), teller.stuck()]
    faults = [fault for some in told for fault in some]
    if space.complete and not faults:
        faults = teller.astray()
    if space.complete:
        faults += teller.never()
    return tuple(faults)


class _Teller:
    def __init__(self, net: Net, space: Space) -> None:
        self.net, self.space = net, space
        inputs = {place: t.step for t in net.transitions if t.silent for place in t.consumes}
        #: The join that each arrival waits for, by the bit of its place.
        self.waiting = {1 << n: inputs[place] for n, place in enumerate(net.places) if place in inputs}

    def way(self, situation: int, path: tuple[int, ...] = ()) -> tuple[Transition, ...]:
        made = (self.net.transitions[number] for number in (*self.space.way(situation), *path))
        return tuple(transition for transition in made if not transition.silent)

    def marked(self, marking: int) -> frozenset[str]:
        return frozenset(place for number, place in enumerate(self.net.places) if marking >> number & 1)

    def double(self) -> list[Fault]:
        """Tell each doubled set of places once, by the first way to it."""
        firsts = {clash: (at, path) for at, path, clash in reversed(self.space.double)}
        return [
            Fault("double", self.way(at, path), self.marked(self.space.found[at]), tuple(sorted(self.marked(clash))))
            for clash, (at, path) in sorted(firsts.items(), key=lambda item: item[1][0])
        ]

    def left(self) -> list[Fault]:
        """Tell each end once by itself, and once for every join that is left waiting by it."""
        firsts: dict[tuple[int, str | None], Fault] = {}
        for at, path, marking in self.space.left:
            joins = {self.waiting[bit] for bit in self.waiting if marking & bit}
            new = [key for key in ((path[-1], join) for join in (None, *joins)) if key not in firsts]
            if new:
                fault = Fault("left", self.way(at, path), self.marked(marking) - {END})
                firsts.update(dict.fromkeys(new, fault))
        return list({id(fault): fault for fault in firsts.values()}.values())

    def stuck(self) -> list[Fault]:
        return [Fault("stuck", self.way(at), self.marked(self.space.found[at])) for at in self.space.dead]

    def astray(self) -> list[Fault]:
        return [Fault("astray", self.way(at), self.marked(self.space.found[at])) for at in self.space.astray()[:1]]

    def never(self) -> list[Fault]:
        """Tell of every step that no case gets to do, also where it is opened but cancelled in the same moment."""
        moves = self.net.transitions
        made: set[tuple[str, str]] = {(moves[number].step, moves[number].kind) for number in self.space.fired}
        steps = dict.fromkeys(move.step for move in moves if move.kind == "finish")
        return [
            Fault("never", (), frozenset(), (*self.lacking(step, made), ready(step)))
            for step in steps
            if (step, "finish") not in made
        ]

    def lacking(self, step: str, made: set[tuple[str, str]]) -> tuple[str, ...]:
        """Return the arrivals that a step waits for; none if so many as it needs have ever come together."""
        openings = [m for m in self.net.transitions if m.step == step and m.kind in {"join", "some"}]
        if any((step, opening.kind) in made for opening in openings):
            return ()
        return tuple(dict.fromkeys(place for opening in openings for place in opening.consumes))


def _shortest(net: Net, fault: Fault) -> Fault:
    """Drop one finished step after another from the way as long as it still goes wrong in the same manner."""
    way, number = _until_double(net, fault.way), 0
    while number < len(way):
        fewer = way[:number] + way[number + 1 :]
        if _goes_wrong(net, fewer, fault):
            way = fewer
        else:
            number += 1
    reached = _play(net, way)
    marked = fault.marked if reached is None else frozenset(place for place, _ in reached) - {END}
    return Fault(fault.kind, tuple(way), marked, fault.places)


def _until_double(net: Net, way: tuple[Transition, ...]) -> list[Transition]:
    # A way through the reduced net may go on a little after the second token is there.
    going = (list(way[:length]) for length in range(1, len(way)))
    return next((some for some in going if any(count > 1 for _, count in _play(net, some) or ())), list(way))


def _goes_wrong(net: Net, way: list[Transition], fault: Fault) -> bool:
    marking = _play(net, way)
    if marking is None:
        return False
    doubled = {place for place, count in marking if count > 1}
    if fault.kind == "double":
        return bool(doubled.intersection(fault.places))
    ended = any(place == END for place, _ in marking)
    if fault.kind == "left":
        return ended and len(marking) > 1 and way[-1:] == list(fault.way[-1:]) and not doubled
    return fault.kind == "stuck" and not ended and not doubled and not net.enabled(marking)


def _play(net: Net, way: list[Transition]) -> Marking | None:
    """Return the marking after `way`, silent moves included; None if it cannot be gone."""
    marking = net.start
    for transition in way:
        able = all((place, 1) in marking for place in transition.consumes)
        if not able or any(place == END or count > 1 for place, count in marking):
            return None
        marking = net.fire(marking, transition)
        while (silent := net.silent(marking)) is not None:
            marking = net.fire(marking, silent)
    return marking
