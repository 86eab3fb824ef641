"""How cases really went, held against their procedure: ways with their times, and deviations with their cases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.case import ItemStatus
from procedures.model import Procedure
from procedures.net import END, Marking, Net, compile_net
from procedures.words import Words, say
from quality.columns import NEVER, Behind, Codes, Flags, Numbers, marked
from quality.figure import Figure, share
from quality.groups import Group
from quality.indicators import completed, working_times
from quality.meter import Worked
from quality.periods import Period
from quality.spread import percentile

#: What can differ: left out with a reason, done otherwise than the procedure leads, by the wrong performer, too late.
DEVIATIONS: dict[str, Words] = {
    "skipped": say("left out"),
    "reordered": say("done otherwise than the procedure leads"),
    "wrong_performer": say("by the wrong performer"),
    "late_step": say("step late"),
    "late_case": say("case late"),
}
#: One work: its step, and how it ended; None where that is not one person's word.
Move = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class Deviation:
    """Cases that differ in one way at one step; a step of None is the whole case. `times` counts occurrences."""

    kind: str
    step: str | None
    times: int
    cases: Behind


@dataclass(frozen=True, slots=True)
class Variant:
    """One way through a procedure: the steps in the order in which they were finished, and the cases that went so.

    `median` is the median of their working time in minutes, `on_time` the share that ended by the due minute, None
    where none had one. `fits` tells whether the procedure leads so.
    """

    path: tuple[str, ...]
    cases: Behind
    median: float | None
    on_time: float | None
    fits: bool


@dataclass(frozen=True, slots=True)
class Conformity:
    """The completed cases of a group in a period: how many conform, in what the others differ, which ways they went."""

    rate: Figure
    deviations: tuple[Deviation, ...]
    variants: tuple[Variant, ...]


def conformity(group: Group, procedure: Procedure | None, period: Period, worked: Worked) -> Conformity:
    """Return how the cases of one issue that were completed in a period went.

    A case conforms when nothing on record differs, and its steps were finished as the procedure leads. An issue that
    is no longer known (None) judges no ways.
    """
    done = completed(group, period)
    wrong: dict[str, list[Numbers]] = {}
    ways: dict[tuple[tuple[str, ...], bool], list[Numbers]] = {}
    for path, rows in _ways(group, done).items():
        fault = stray(procedure, path) if procedure is not None else None
        if fault is not None:
            wrong.setdefault(fault, []).append(rows)
        ways.setdefault((tuple(step for step, _ in path), fault is None), []).append(rows)
    variants = [_variant(group, way, np.sort(np.concatenate(rows)), worked) for way, rows in ways.items()]
    strays = [_stray(group, step, np.sort(np.concatenate(rows))) for step, rows in sorted(wrong.items())]
    deviations = [*_recorded(group, done), *strays]
    bad = marked(np.concatenate([np.empty(0, np.int32), *(one.cases.places for one in deviations)]), len(group.ids))
    right = done[~bad[group.cases.place[done]]]
    return Conformity(
        share(
            "conform.rate",
            say("conformity"),
            say("completed cases that went as the procedure leads, by the right people and in time, of all completed"),
            (group.behind(right), group.behind(done)),
            group.about(period),
        ),
        tuple(sorted(deviations, key=lambda one: (list(DEVIATIONS).index(one.kind), -one.times, one.step or ""))),
        tuple(sorted(variants, key=lambda one: (-len(one.cases), one.path, one.fits))),
    )


def _variant(group: Group, way: tuple[tuple[str, ...], bool], rows: Numbers, worked: Worked) -> Variant:
    path, fits = way
    middle = percentile(working_times(group, rows, worked), 50)
    due = rows[group.cases.due[rows] != NEVER]
    on_time = float((~group.cases.late[due]).mean()) if len(due) else None
    return Variant(path, group.behind(rows), None if middle is None else middle / 60, on_time, fits)


def _ways(group: Group, done: Numbers) -> dict[tuple[Move, ...], Numbers]:
    """Return the rows of cases that went the same way."""
    items, cases = group.items, group.cases
    wanted = items.status.are(ItemStatus.DONE.value) & marked(cases.place[done], len(group.ids))[items.case]
    rows = np.flatnonzero(wanted)
    rows = rows[_last_of_each(group, rows)]
    rows = rows[np.lexsort((items.number[rows], items.finished_at[rows], items.case[rows]))]
    width = len(items.outcome.names) + 1
    codes = (items.step.codes[rows].astype(np.int64) * width + items.outcome.codes[rows] + 1).tolist()
    ends = np.searchsorted(items.case[rows], cases.place[done], "right").tolist()
    begins = np.searchsorted(items.case[rows], cases.place[done], "left").tolist()
    found: dict[tuple[int, ...], list[int]] = {}
    for row, begin, end in zip(done.tolist(), begins, ends, strict=True):
        found.setdefault(tuple(codes[begin:end]), []).append(row)

    def told(code: int) -> Move:
        step, outcome = divmod(code, width)
        return items.step.names[step], items.outcome.name(outcome - 1)

    return {tuple(map(told, path)): np.array(rows) for path, rows in found.items()}


def _last_of_each(group: Group, rows: Numbers) -> Flags:
    """Tell which items finished their step: of those of several who do one step together, the last."""
    items = group.items
    order = np.lexsort(
        (items.number[rows], items.finished_at[rows], items.attempt[rows], items.step.codes[rows], items.case[rows])
    )
    keys = np.stack((items.case[rows], items.step.codes[rows], items.attempt[rows]))[:, order]
    last = np.ones(len(rows), np.bool_)
    last[order[:-1]] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    return last


def stray(procedure: Procedure, path: Iterable[Move]) -> str | None:
    """Return the first step of a way that the procedure does not lead to there; None for a way that it leads."""
    net = compile_net(procedure)
    routing = frozenset(step.key for step in procedure.steps if step.kind == "route")
    reached = _settled(net, routing, {net.start})
    for step, outcome in path:
        reached = _settled(net, routing, _after(net, reached, step, outcome))
        if not reached:
            return step
    ended = any((END, 1) in marking for marking in reached)
    return None if ended else _NOT_ENDED


#: Where a way stops before the procedure lets it end.
_NOT_ENDED = ""


def _after(net: Net, reached: Iterable[Marking], step: str, outcome: str | None) -> set[Marking]:
    """Return where the case may stand after a step; an outcome that the step does not know may be any of its own."""
    known = any(one.step == step and one.outcome == outcome for one in net.transitions)
    return {
        net.fire(marking, one)
        for marking in reached
        for one in net.enabled(marking)
        if one.step == step and not one.silent and (one.outcome == outcome or not known)
    }


def _settled(net: Net, routing: frozenset[str], reached: set[Marking]) -> set[Marking]:
    """Add where a case may stand after what happens by itself."""
    waiting, found = list(reached), set(reached)
    while waiting:
        marking = waiting.pop()
        for one in net.enabled(marking):
            if one.silent or one.step in routing:
                after = net.fire(marking, one)
                if after not in found:
                    found.add(after)
                    waiting.append(after)
    return found


def _stray(group: Group, step: str, rows: Numbers) -> Deviation:
    return Deviation("reordered", step or None, len(rows), group.behind(rows))


def _recorded(group: Group, done: Numbers) -> list[Deviation]:
    """Return what is on record as a breach of the completed cases, by kind and step."""
    breaches, items = group.breaches, group.items
    ours = marked(group.cases.place[done], len(group.ids))[breaches.case]
    place = np.searchsorted(_key(items.case, items.number), _key(breaches.case, breaches.number))
    step = (
        np.where(breaches.number > 0, items.step.codes[np.minimum(place, max(len(items) - 1, 0))], -1)
        if len(items)
        else np.full(len(breaches), -1)
    )
    found = []
    for kind in DEVIATIONS:
        rows = np.flatnonzero(ours & breaches.kind.are(kind))
        for code in np.unique(step[rows]).tolist():
            of = rows[step[rows] == code]
            cases = Behind(group.ids, breaches.case[of]).once()
            found.append(Deviation(kind, items.step.name(code), len(of), cases))
    return found


def _key(case: Codes, number: Codes) -> Numbers:
    key: Numbers = (case.astype(np.int64) << 32) | number
    return key


def figures_of(group: Group, found: Conformity, period: Period) -> Iterator[Figure]:
    """Yield the rate, each deviation and each way as figures of their own, so that each leads to its cases."""
    yield found.rate
    for one in found.deviations:
        scope = group.about(period, **({"step": one.step} if one.step else {}))
        what = say("completed cases of the period that differ so")
        yield Figure(f"conform.{one.kind}", DEVIATIONS[one.kind], what, float(one.times), "count", one.cases,
                     one.times, scope)  # fmt: skip
    for place, way in enumerate(found.variants, 1):
        name, what = say("way {number}", number=place), say("completed cases of the period that went this way")
        count = len(way.cases)
        yield Figure(f"conform.way.{place}", name, what, float(count), "count", way.cases, count, group.about(period))
