"""A report as data: own figures and those of the units below, frozen at a cut-off; built again it is the same."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from engine.case import Case
from engine.rules import Ground
from engine.store import Reader
from procedures.organisation import Organisation
from quality import questions
from quality.canonical import canonical
from quality.columns import distinct
from quality.figure import Figure
from quality.periods import Period, span
from quality.questions_programme import cases_of, opened_by
from quality.reports.figures import figures, summed
from quality.reports.kinds import REPORT, Kind
from quality.reports.owed import CUT_OFF, PREFIX, Owed, all_owed, told
from quality.review import figure_told

#: The result of a case whose report was sent.
SENT = "đã gửi"


@dataclass(frozen=True, slots=True)
class Part:
    """The figures of one unit below, from the report it sent: its case, and the last day its figures tell of."""

    unit: str
    case: str
    sent: datetime
    until: date
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A report: `own` are the unit's own figures, `parts` those that were sent from below, `missing` who sent none."""

    kind: Kind
    unit: str
    to: str
    period: Period
    until: date
    own: tuple[Figure, ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    evidence: tuple[tuple[str, int, str], ...]

    @property
    def total(self) -> tuple[Figure, ...]:
        """The sum of all that is there."""
        return summed([self.own, *(part.figures for part in self.parts)])

    @property
    def digest(self) -> str:
        """The hash of the whole report."""
        return "sha256:" + hashlib.sha256(to_json(self).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Known:
    reader: Reader
    ground: Ground
    owed: Sequence[Owed]
    cases: Mapping[str, Case]
    opened: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


def unit_report(
    reader: Reader, ground: Ground, owed: Owed, kinds: Sequence[Kind], agency: str, until: date
) -> UnitReport:
    """Build a report from what happened up to the end of a day that is over.

    A unit below counts with the report it had sent before then, by the figures up to its own last day.
    """
    everything = tuple(all_owed(kinds, ground.organisation, agency, int(owed.period[:4])))
    known = _Known(
        reader,
        ground,
        everything,
        cases_of(reader, (REPORT,)),
        opened_by(reader, PREFIX, (REPORT,)),
        questions.entered(reader, REPORT),
    )
    cut_off = _end_of(until, ground)
    parts, missing = [], []
    for below in _below(known, owed):
        part = _part(known, below, cut_off)
        if part is None:
            missing.append(below.unit)
        else:
            parts.append(part)
    own = _figures(known, owed, until)
    told_of = (figure for group in (own, *(part.figures for part in parts)) for figure in group)
    behind = distinct(figure.cases for figure in told_of)
    return UnitReport(
        kind=owed.kind,
        unit=owed.unit,
        to=owed.to,
        period=told(owed.period, ground),
        until=until,
        own=own,
        parts=tuple(parts),
        missing=tuple(missing),
        evidence=tuple(questions.heads_before(reader, behind, cut_off)),
    )


def own_units(organisation: Organisation, unit: str, reporting: frozenset[str]) -> frozenset[str]:
    """Return the unit and those below it, without those below that report themselves and what is below these."""
    found = set()
    for one in organisation.units:
        way = [above.name for above in organisation.chain(one.name)]
        nearest = next((name for name in way if name in reporting), None)
        if unit in way and (nearest == unit or way.index(unit) < way.index(nearest or unit)):
            found.add(one.name)
    return frozenset(found | {unit})


def to_json(report: UnitReport) -> str:
    """Return a report as canonical JSON, each figure with its cases."""
    told_ = {
        "kind": report.kind.code,
        "unit": report.unit,
        "to": report.to,
        "period": report.period.key,
        "until": report.until.isoformat(),
        "own": [figure_told(figure) for figure in report.own],
        "parts": [
            {
                "unit": part.unit,
                "case": part.case,
                "until": part.until.isoformat(),
                "figures": [figure_told(figure) for figure in part.figures],
            }
            for part in report.parts
        ],
        "missing": list(report.missing),
        "total": [figure_told(figure) for figure in report.total],
        "evidence": [list(line) for line in report.evidence],
    }
    return canonical(told_)


def _below(known: _Known, owed: Owed) -> Iterator[Owed]:
    for one in known.owed:
        if one.kind == owed.kind and one.period == owed.period and one.to == owed.unit and one.unit != owed.unit:
            yield one


def _part(known: _Known, below: Owed, cut_off: datetime) -> Part | None:
    case = known.cases.get(known.opened.get(below.command, ""))
    if case is None or case.result != SENT or case.ended_at is None or case.ended_at >= cut_off:
        return None
    said = known.values.get(case.id, {}).get(CUT_OFF, "")
    until = date.fromisoformat(said) if said else below.cut_off
    if until is None:
        return None
    lower = [_figures(known, below, until)]
    for further in _below(known, below):
        part = _part(known, further, cut_off)
        lower += [part.figures] if part is not None else []
    return Part(below.unit, case.id, case.ended_at, until, summed(lower))


def _figures(known: _Known, owed: Owed, until: date) -> tuple[Figure, ...]:
    reporting = frozenset(one.unit for one in known.owed if one.kind == owed.kind)
    units = own_units(known.ground.organisation, owed.unit, reporting)
    cut_off, period = _end_of(until, known.ground), told(owed.period, known.ground)
    within = span(period.start, max(period.start, min(period.end, cut_off)))
    facts = questions.facts_before(known.reader, cut_off, within.since)
    return figures(facts, units, within, int(cut_off.timestamp()))


def _end_of(day: date, ground: Ground) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ground.calendar.zone).astimezone(UTC)
