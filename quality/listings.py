"""The lists of a review pack: nonconformities, targets, and the lives of cases of the system procedures."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from procedures.model import LIST
from procedures.vietnamese import day, percent
from procedures.words import Words, say
from quality.effect import Effect
from quality.naming import Named
from quality.nonconformity import Nonconformity
from quality.owing import Owed
from quality.pareto import Bar
from quality.periods import Period
from quality.questions import Frozen
from quality.section import Listing
from quality.targets import Target


def nonconformity_listing(name: Words, found: Sequence[Nonconformity], named: Named) -> Listing:
    """Return nonconformities with their source, where they stand, cause, action and owner."""
    header = (say("number"), say("content"), say("source"), say("stands at"), say("cause"), say("action"), say("owner"))
    rows = tuple(
        (one.id, one.title, one.source, one.stage or one.result, one.cause, one.action, _names(one.owner, named))
        for one in found
    )
    return Listing(name, header, rows, tuple(one.id for one in found), say("none"))


def _names(text: str, named: Named) -> str:
    """Return people by name; a role that nobody has taken up yet stands as it is."""
    told = (part.strip() for part in text.replace(LIST, ", ").split(", "))
    return ", ".join(named.person(one) if one in named.people else one for one in told)


def effect_listing(found: Sequence[tuple[Nonconformity, Effect]]) -> Listing:
    """Return what corrective actions changed: the same indicator on cases before and after, each with its count."""
    header = (say("number"), say("indicator"), say("before"), say("cases"), say("after"), say("cases"))
    rows = tuple(
        (one.id, seen.before.name, seen.before, str(seen.before.count), seen.after, str(seen.after.count))
        for one, seen in found
    )
    cases = tuple(one.id for one, _ in found)
    return Listing(say("effect of corrective actions"), header, rows, cases, say("no action has been carried out"))


def cause_listing(bars: Sequence[Bar]) -> Listing:
    """Return the groups of causes, the most frequent first, with the cumulated share."""
    header = (say("group of causes"), say("nonconformities"), say("cumulated share"))
    rows = tuple((bar.name, str(bar.count), percent(bar.cumulated, "vi")) for bar in bars)
    cases = tuple(case for bar in bars for case in bar.cases)
    return Listing(
        say("causes of the nonconformities opened in the period"), header, rows, cases, say("none found yet")
    )


def life_listing(name: Words, found: Iterable[Frozen], period: Period) -> Listing:
    """Return the cases that were open at some time in a period: when opened, due and ended, with what result."""
    cases = [
        one.case
        for one in found
        if one.case.opened_at < period.end and (one.case.ended_at is None or one.case.ended_at >= period.start)
    ]
    header = (say("case"), say("title"), say("opened"), say("due"), say("ended on"), say("result"))
    rows = tuple(
        (
            case.id,
            case.title,
            _day(case.opened_at, period),
            _day(case.due, period),
            _day(case.ended_at, period),
            case.result or ", ".join(item.step for item in case.live_items),
        )
        for case in cases
    )
    return Listing(name, header, rows, tuple(case.id for case in cases), say("none in the period"))


def target_listing(found: Sequence[Target]) -> Listing:
    """Return declared targets with what was measured, over how many cases, and whether they were met."""
    header = (say("procedure"), say("target"), say("period"), say("measured"), say("cases"), say("met"))
    rows = tuple(
        (
            _scope(target, "procedure") + "@" + _scope(target, "issue"),
            target.indicator.text,
            target.period.words,
            target.figure,
            str(target.figure.count),
            _met(target),
        )
        for target in found
    )
    cases = tuple(dict.fromkeys(case for target in found for case in target.figure.cases))
    return Listing(say("quality targets"), header, rows, cases, say("no procedure in use declares a target"))


def _met(target: Target) -> Words:
    if target.met is None:
        return say("nothing to measure")
    return say("met") if target.met else say("not met")


def _scope(target: Target, name: str) -> str:
    return dict(target.figure.scope).get(name, "")


def _day(at: datetime | None, period: Period) -> str:
    return "" if at is None else day(at.astimezone(period.start.tzinfo).date())


def owed_listing(name: Words, found: Sequence[Owed]) -> Listing:
    """Return what the system itself owes, one thing a line, with the case that it is about."""
    rows = tuple((one.words, one.case) for one in found)
    cases = tuple(one.case for one in found if one.case)
    return Listing(name, (say("what is owed"), say("case")), rows, cases, say("nothing is owed"))
