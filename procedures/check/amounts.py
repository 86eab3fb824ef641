"""Sums of declared time: which durations can be added, and how a sum is said."""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce
from typing import Literal

from procedures.model import Duration, Step, Unit
from procedures.words import Words, say

#: Durations on one scale can be summed. Working days, calendar days and months cannot be mixed without a calendar.
Scale = Literal["working", "calendar", "month"]

_SIZES: dict[Unit, tuple[Scale, int]] = {
    # One working day is 8 working hours for arithmetic, whatever the sessions of the office add up to.
    Unit.WORKING_DAY: ("working", 480),
    Unit.SESSION: ("working", 240),
    Unit.WORKING_HOUR: ("working", 60),
    Unit.WORKING_MINUTE: ("working", 1),
    Unit.DAY: ("calendar", 1440),
    Unit.HOUR: ("calendar", 60),
    Unit.MONTH: ("month", 1),
}


def scale(duration: Duration) -> Scale:
    """Return the scale of a measured duration; KeyError for one that is not measured."""
    return _SIZES[duration.unit][0]


def size(duration: Duration) -> Decimal:
    """Return a measured duration in the smallest unit of its scale: minutes, or months."""
    return duration.amount * _SIZES[duration.unit][1]


def own_time(step: Step) -> Duration | None:
    """Return the measured time that a step takes out of the limit of the case, if it declares any."""
    if step.norm is not None:
        return step.norm.within if step.norm.counted and step.norm.within.measured else None
    limit = step.timeout.after if step.timeout is not None else step.delay
    return limit if limit is not None and limit.measured else None


def said(amount: Decimal, on: Scale, beside: Iterable[Decimal] = ()) -> Words:
    """Say a sum in the largest unit that gives at most two decimals, also of what is said `beside` it."""
    unit = _unit([amount, *beside], on)
    return _with_unit(_number(amount / unit), unit, on)


def said_as_sum(parts: Iterable[tuple[str, Decimal]], on: Scale, beside: Iterable[Decimal] = ()) -> Words:
    """Say steps with their times in one unit, also that of what is said `beside` them: `kiểm tra 1 + khảo giá 2`."""
    listed = list(parts)
    unit = _unit([*(amount for _, amount in listed), *beside], on)
    terms = [say("{step} {number}", step=step, number=_number(amount / unit)) for step, amount in listed]
    return reduce(lambda before, term: say("{before} + {term}", before=before, term=term), terms)


def _unit(amounts: list[Decimal], on: Scale) -> int:
    units = {"working": (480, 60), "calendar": (1440, 60), "month": ()}[on]
    fits = (unit for unit in units if all(_short(amount / unit) for amount in amounts))
    return next(fits, 1)


def _short(number: Decimal) -> bool:
    return number == round(number, 2)


def _number(number: Decimal) -> Words:
    text = f"{round(number, 2).normalize():f}"
    whole, _, part = text.partition(".")
    return say("{whole}.{part}", whole=whole, part=part) if part else say("{whole}", whole=whole)


def _with_unit(number: Words, unit: int, on: Scale) -> Words:
    if on == "month":
        return say("{number} months", number=number)
    if on == "calendar":
        return {
            1440: say("{number} calendar days", number=number),
            60: say("{number} hours", number=number),
            1: say("{number} minutes", number=number),
        }[unit]
    return {
        480: say("{number} working days", number=number),
        60: say("{number} working hours", number=number),
        1: say("{number} working minutes", number=number),
    }[unit]
