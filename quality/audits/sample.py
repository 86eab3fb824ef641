"""The sample of cases that an audit looks at: drawn by a seed, in strata, and drawn again from its record."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from engine.log import stamp
from engine.store import Reader
from procedures.values import ValueSaid
from procedures.words import say
from quality import questions
from quality.columns import NEVER, Behind, Cases, Flags, marked
from quality.facts import Facts

_RECORD = re.compile(
    r"hạt giống (?P<seed>\S+); mốc (?P<at>\S+); từ (?P<since>\S+); cỡ mẫu (?P<size>\d+); đơn vị (?P<units>[^;]*); "
    r"quy trình (?P<codes>[^;]*); chọn (?P<drawn>\d+)/(?P<of>\d+): ?(?P<cases>[^;]*)"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw from: cases of these procedures and units, opened from `since` and before `cut_off` (aware)."""

    units: frozenset[str]
    codes: tuple[str, ...]
    since: datetime
    cut_off: datetime
    size: int
    seed: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """One part of the population: a procedure, and how its cases stood; `drawn` are those that were chosen."""

    procedure: str
    standing: str
    cases: tuple[str, ...]
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with all that is needed to draw it again."""

    wanted: Wanted
    strata: tuple[Stratum, ...]

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that were chosen, in order."""
        return tuple(sorted(case for stratum in self.strata for case in stratum.drawn))

    @property
    def population(self) -> int:
        """How many cases were drawn from."""
        return sum(len(stratum.cases) for stratum in self.strata)

    @property
    def record(self) -> str:
        """The sample in one line, as the case of the audit keeps it."""
        wanted = self.wanted
        return (
            f"hạt giống {wanted.seed}; mốc {stamp(wanted.cut_off)}; từ {stamp(wanted.since)}; cỡ mẫu {wanted.size}; "
            f"đơn vị {', '.join(sorted(wanted.units))}; quy trình {', '.join(wanted.codes)}; "
            f"chọn {len(self.cases)}/{self.population}: {', '.join(self.cases)}"
        )


def draw(reader: Reader, wanted: Wanted) -> Sample:
    """Draw a sample: every stratum gives at least one case, the larger ones more; the seed alone decides which."""
    facts = questions.facts_before(reader, wanted.cut_off).of_series("HS")
    cases = facts.cases.take(_meant(facts, wanted))
    standing = _standing(cases, facts.as_of)
    strata = [
        ((procedure, name), list(Behind(facts.ids, cases.place[(cases.procedure.codes == code) & rows])))
        for procedure, code in cases.procedure.present()
        for name, rows in standing.items()
    ]
    found = sorted((key, drawn_from) for key, drawn_from in strata if drawn_from)
    return Sample(wanted, tuple(_stratum(key, drawn_from, len(cases), wanted) for key, drawn_from in found))


def redraw(reader: Reader, record: str) -> Sample:
    """Draw the sample that a record tells of again; raises ValueSaid for a text that is no such record."""
    found = _RECORD.match(record.strip())
    if found is None:
        raise ValueSaid(say("“{text}” is not the record of a sample", text=record[:60]))
    wanted = Wanted(
        units=frozenset(filter(None, found["units"].split(", "))),
        codes=tuple(filter(None, found["codes"].split(", "))),
        since=_instant(found["since"]),
        cut_off=_instant(found["at"]),
        size=int(found["size"]),
        seed=found["seed"],
    )
    return draw(reader, wanted)


def _meant(facts: Facts, wanted: Wanted) -> Flags:
    """Tell which cases are of the wanted procedures, and were opened or handled by the wanted units."""
    cases, items = facts.cases, facts.items
    meant: Flags = cases.opened_at >= wanted.since.timestamp()
    if wanted.codes:
        meant &= cases.procedure.are(*wanted.codes)
    if wanted.units:
        touched = marked(items.case[items.unit.are(*wanted.units)], len(facts.ids))
        meant &= cases.unit.are(*wanted.units) | touched[cases.place]
    return meant


def _standing(cases: Cases, as_of: int) -> dict[str, Flags]:
    ended = cases.ended_at != NEVER
    overdue = ~ended & (cases.due != NEVER) & (cases.due < as_of)
    late = cases.late | overdue
    return {"quá hạn": late, "đã giải quyết": ended & ~late, "đang giải quyết": ~ended & ~late}


def _stratum(key: tuple[str, str], cases: list[str], total: int, wanted: Wanted) -> Stratum:
    share = min(len(cases), max(1, ceil(wanted.size * len(cases) / total))) if wanted.size else 0
    ranked = sorted(cases, key=lambda case: hashlib.sha256(f"{wanted.seed}/{case}".encode()).digest())
    return Stratum(*key, tuple(sorted(cases)), tuple(sorted(ranked[:share])))


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
