"""Where nonconformities come from: counted by one trait, the most frequent first, and how they come and go by month."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from procedures.words import say
from quality.figure import Figure, counted
from quality.nonconformity import Nonconformity
from quality.periods import Period

#: What nonconformities can be counted by.
Trait = Literal["cause", "procedure", "step", "unit", "source", "grade"]
TRAITS: tuple[Trait, ...] = get_args(Trait)
WORDS = {
    "cause": say("group of causes"),
    "procedure": say("procedure"),
    "step": say("step"),
    "unit": say("unit"),
    "source": say("source"),
    "grade": say("grade"),
}
_READ: Mapping[Trait, Callable[[Nonconformity], str]] = {
    "cause": lambda one: one.category or one.cause,
    "procedure": lambda one: one.source_procedure,
    "step": lambda one: " · ".join(part for part in (one.source_procedure, one.step) if part and one.step),
    "unit": lambda one: one.unit,
    "source": lambda one: one.source,
    "grade": lambda one: one.grade,
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One value of the trait: the nonconformities that have it, and the share of all up to and with this bar."""

    name: str
    cases: tuple[str, ...]
    cumulated: float

    @property
    def count(self) -> int:
        """The number of nonconformities."""
        return len(self.cases)


@dataclass(frozen=True, slots=True)
class Month:
    """What came, went and was left of nonconformities in one stretch of time."""

    period: Period
    opened: Figure
    closed: Figure
    left: Figure


def pareto(found: Sequence[Nonconformity], trait: Trait) -> list[Bar]:
    """Return a bar for each value of a trait that is known, the longest first; those not told yet are left out."""
    groups: dict[str, list[str]] = {}
    for one in found:
        if name := _READ[trait](one):
            groups.setdefault(name, []).append(one.id)
    total, so_far, bars = sum(len(cases) for cases in groups.values()), 0, []
    for name, cases in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        so_far += len(cases)
        bars.append(Bar(name, tuple(cases), float(Fraction(so_far, total))))
    return bars


def untold(found: Sequence[Nonconformity], trait: Trait) -> tuple[str, ...]:
    """Return those of which the trait is not known: a cause that nobody has found yet."""
    return tuple(one.id for one in found if not _READ[trait](one))


def trend(found: Sequence[Nonconformity], periods: Sequence[Period]) -> list[Month]:
    """Return what came, went and was left in each period; what was left and what comes is what goes and is left."""
    return [_month(found, period) for period in periods]


def _month(found: Sequence[Nonconformity], period: Period) -> Month:
    opened = [one.id for one in found if period.start <= one.opened_at < period.end]
    closed = [one.id for one in found if one.closed_at is not None and period.start <= one.closed_at < period.end]
    left = [
        one.id for one in found if one.opened_at < period.end and (one.closed_at is None or one.closed_at >= period.end)
    ]
    what, scope = say("cases of the procedure that handles nonconformities"), (("period", period.key),)
    return Month(
        period,
        counted("nc.opened", say("opened in the period"), what, opened, scope),
        counted("nc.closed", say("closed in the period"), what, closed, scope),
        counted("nc.open", say("not closed"), what, left, scope),
    )
