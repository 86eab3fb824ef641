"""The inputs of a management review, clause by clause: what live data can say for each."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import numpy as np

from engine.posts import ANY_UNIT
from procedures.vietnamese import day
from procedures.words import Words, say
from quality import fields
from quality import inputs_registers as registers
from quality.columns import Behind, open_at
from quality.effect import effect_of
from quality.figure import Figure, counted
from quality.indicators import case_figures
from quality.listings import (
    cause_listing,
    effect_listing,
    life_listing,
    nonconformity_listing,
    owed_listing,
    target_listing,
)
from quality.material import Material
from quality.owing import Kind
from quality.pareto import pareto
from quality.section import Listing, Part, Series, Topic
from quality.steps import step_figures
from quality.targets import targets
from quality.traces import by_month
from quality.xmr import xmr

#: So many steps are named where work waits longest or comes back most often.
_WORST = 5
#: Fewer times than this a step says little.
_ENOUGH = 5


def _a(known: Material) -> Iterator[Part]:
    """List the conclusions of previous reviews with what became of them, and what was put before the management."""
    before = [one for one in known.reviews if one.case.opened_at < known.period.start]
    rows = [
        (
            one.case.id,
            one.values.get(fields.REVIEWED, ""),
            one.values.get(name, ""),
            one.values.get(fields.FOLLOWED, ""),
        )
        for one in before
        for name in fields.CONCLUSIONS
        if one.values.get(name)
    ]
    yield Listing(
        say("conclusions of previous reviews"),
        (say("case"), say("period"), say("conclusion"), say("what became of it")),
        tuple(rows),
        tuple(dict.fromkeys(row[0] for row in rows)),
        say("there is no previous review"),
    )
    yield from registers.actions(known)
    sent = [one for one in known.register if one.result == "chuyển xem xét của lãnh đạo"]
    yield nonconformity_listing(say("nonconformities put before the management"), sent, known.named)


def _b(known: Material) -> Iterator[Part]:
    """Name the changes inside that the system knows of: procedures issued."""
    issued = [one for one in known.issued if known.period.has(int(one.issued_at.timestamp()))]
    rows = [(one.code, str(one.issue), one.procedure.name, day(one.effective_from), one.approved_by) for one in issued]
    header = (say("procedure"), say("issue"), say("name"), say("in force from"), say("approved by"))
    none = say("no procedure was issued in the period")
    yield Listing(say("procedures issued in the period"), header, tuple(rows), (), none)
    yield from _owed(known, say("changes of law that procedures are late to follow"), "law")
    yield from registers.context(known)


def _c1(known: Material) -> Iterator[Part]:
    """List complaints and feedback received as cases."""
    yield life_listing(say("complaints and feedback in the period"), known.complaints, known.period)
    scored = [
        (one.case.id, float(one.values[fields.SATISFACTION].replace(",", ".")))
        for one in known.complaints
        if one.values.get(fields.SATISFACTION) and one.case.ended_at and _within(known, one.case.ended_at)
    ]
    if scored:
        yield Topic(say("satisfaction"), (_satisfaction(known, scored),))
    yield from registers.satisfaction(known)


def _satisfaction(known: Material, scored: list[tuple[str, float]]) -> Figure:
    cases = tuple(case for case, _ in scored)
    value = sum(score for _, score in scored) / len(scored)
    what = say("mean of the scores entered when complaints and feedback were closed in the period")
    return Figure("feedback.score", say("satisfaction score"), what, value, "number", cases, len(cases), _of(known))


def _within(known: Material, at: datetime) -> bool:
    return known.period.start <= at < known.period.end


def _c2(known: Material) -> Iterator[Part]:
    """Measure the targets that procedures declare."""
    found = []
    for group in known.groups:
        release = known.release(group.procedure, group.issues[0][0])
        if release is not None:
            found += targets(group, release.procedure, known.period, known.worked)
    yield from registers.objectives(known)
    yield target_listing(found)


def _c3(known: Material) -> Iterator[Part]:
    """Tell how processes did: the figures of each issue of each procedure."""
    for group in known.groups:
        release = known.release(group.procedure, group.issues[0][0])
        name = say("{group}: {name}", group=group.words, name=release.procedure.name) if release else group.words
        yield Topic(name, tuple(case_figures(group, known.period, known.worked)))
    yield from _owed(known, say("declarations to be made, procedures to be reviewed"), "declaration", "review")


def _c4(known: Material) -> Iterator[Part]:
    """Count nonconformities, list each that was open in the period, and measure what its action changed."""
    start, end = known.period.start, known.period.end
    touched = [
        one for one in known.register if one.opened_at < end and (one.closed_at is None or one.closed_at >= start)
    ]
    told: tuple[tuple[str, Words, list[str]], ...] = (
        ("nc.opened", say("opened in the period"), [one.id for one in touched if one.opened_at >= start]),
        (
            "nc.closed",
            say("closed in the period"),
            [one.id for one in touched if one.closed_at and one.closed_at < end],
        ),
        ("nc.open", say("not closed"), [one.id for one in touched if one.closed_at is None or one.closed_at >= end]),
        ("nc.overdue", say("not closed and overdue"), [one.id for one in touched if not one.closed and one.overdue]),
    )
    what = say("cases of the procedure that handles nonconformities")
    scope = (("period", known.period.key),)
    yield Topic(say("nonconformities"), tuple(counted(key, name, what, cases, scope) for key, name, cases in told))
    yield nonconformity_listing(say("nonconformities in the period"), touched, known.named)
    yield cause_listing(pareto([one for one in touched if one.opened_at >= start], "cause"))
    effects = [(one, effect_of(one, known.facts, known.calendar)) for one in touched]
    yield effect_listing([(one, seen) for one, seen in effects if seen is not None])


def _c5(known: Material) -> Iterator[Part]:
    """Follow the on-time rate of each procedure month by month, with its control chart."""
    for group in known.together:
        filled = tuple(by_month(group, known.period))
        rates = [100 * figure.value for _, figure in filled if figure.value is not None]
        name = say("on-time rate by month: {group}", group=group.words)
        if filled:
            yield Series(name, filled, xmr(rates, clip=(0, 100)) if len(rates) > 1 else None)


def _c6(known: Material) -> Iterator[Part]:
    """List audits held as cases and what they found."""
    yield life_listing(say("internal audits in the period"), known.audits, known.period)
    yield from _owed(known, say("units to be audited, and inspections not answered in time"), "audit", "inspection")
    found = [
        one for one in known.register if "đánh giá" in one.source.casefold() or "kiểm tra" in one.source.casefold()
    ]
    yield nonconformity_listing(say("nonconformities from audits and inspections"), found, known.named)


def _c7(known: Material) -> Iterator[Part]:
    """List the providers that were evaluated; what nobody has evaluated is asked."""
    yield from registers.providers(known)


def _d(known: Material) -> Iterator[Part]:
    """Count the work that lay open in each unit at the end."""
    end = min(known.period.until, known.facts.as_of)
    items = known.facts.items
    still = items.take(open_at(items.opened_at, items.finished_at, end))
    named = [(still.unit.name(code) or ANY_UNIT, code) for code in np.unique(still.unit.codes).tolist()]
    what = say("cases with open work of the unit at the end of the period")
    yield Topic(
        say("open work by unit"),
        tuple(
            counted(
                "unit.open",
                say("open work"),
                what,
                Behind(known.facts.ids, still.case[still.unit.codes == code]).once(),
                _of(known, unit=unit),
            )
            for unit, code in sorted(named)
        ),
    )
    yield from registers.resources(known)


def _e(known: Material) -> Iterator[Part]:
    """List risks and opportunities held as cases."""
    yield life_listing(say("risks and opportunities in the period"), known.risks, known.period)
    yield from registers.risk_actions(known)


def _f(known: Material) -> Iterator[Part]:
    """Name the steps where work waits longest, and those that send it back most often."""
    figures = [figure for group in known.groups for figure in step_figures(group, known.period, known.worked)]
    for key, name in (
        ("step.waiting.p85", say("steps where work waits longest")),
        ("step.returned", say("steps that send work back most often")),
    ):
        found = [figure for figure in figures if figure.key == key and figure.value and figure.measured >= _ENOUGH]
        worst = sorted(found, key=lambda figure: (-(figure.value or 0), figure.scope))[:_WORST]
        yield Topic(name, tuple(worst))
    yield from registers.improvements(known)


def _owed(known: Material, name: Words, *kinds: Kind) -> Iterator[Part]:
    """List what the system itself owes at the cut-off, where it owes anything."""
    found = [one for one in known.owed if one.kind in kinds]
    if found:
        yield owed_listing(name, found)


def _of(known: Material, **more: str) -> tuple[tuple[str, str], ...]:
    return (*more.items(), ("period", known.period.key))


#: What fills each input, by the id of its clause.
BUILDERS: Mapping[str, Callable[[Material], Iterator[Part]]] = {
    "a": _a,
    "b": _b,
    "c1": _c1,
    "c2": _c2,
    "c3": _c3,
    "c4": _c4,
    "c5": _c5,
    "c6": _c6,
    "c7": _c7,
    "d": _d,
    "e": _e,
    "f": _f,
}
