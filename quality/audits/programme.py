"""The audit programme of a year: every unit that the system covers is audited at least so often, or it is told."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from procedures.words import Words, say
from quality.audits.audit import Audit
from quality.covered import Place, below
from quality.house_rules import rule

#: How a unit stands in the programme: nothing planned, planned, audited; and nothing planned though it is time.
Standing = Literal["unplanned", "planned", "audited", "overdue"]
STANDINGS: dict[Standing, Words] = {
    "unplanned": say("not in the programme yet"),
    "planned": say("planned"),
    "audited": say("audited"),
    "overdue": say("overdue: not audited"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A unit in the programme of a year: the audits that name it, or a unit above it, and when it was last audited."""

    unit: str
    audits: tuple[Audit, ...]
    last: date | None
    standing: Standing


def programme(units: Sequence[str], found: Sequence[Audit], ground: Place, year: int, today: date) -> list[Line]:
    """Return one line a unit; `found` are the audits of every year."""
    return [_line(unit, found, ground, year, today) for unit in units]


def alerts(lines: Sequence[Line], year: int) -> Iterator[Words]:
    """Yield a sentence for each unit that it is time to audit."""
    for line in lines:
        if line.standing == "overdue":
            yield say("{unit} has not been audited in {year}", unit=line.unit, year=year)


def _line(unit: str, found: Sequence[Audit], ground: Place, year: int, today: date) -> Line:
    zone = ground.calendar.zone
    ours = [one for one in found if not one.called_off and unit in below(ground.organisation, one.units)]
    done = sorted(one.audited_on.astimezone(zone).date() for one in ours if one.audited_on is not None)
    of_year = tuple(one for one in ours if one.year == year)
    held = sum(one.audited_on is not None for one in of_year)
    return Line(unit, of_year, done[-1] if done else None, _standing(len(of_year), held, year, today))


def _standing(planned: int, held: int, year: int, today: date) -> Standing:
    wanted = rule("at_least_a_year").value
    if held >= wanted:
        return "audited"
    if today.year > year:
        return "overdue"
    if planned >= wanted:
        return "planned"
    return "overdue" if today >= date(year, rule("warn_from_month").value, 1) else "unplanned"
