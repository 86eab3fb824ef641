"""The sample of cases that an audit looks at: drawn by a seed, in strata, and drawn again from its record."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil

from engine.log import stamp
from engine.store import Reader
from procedures.values import ValueSaid
from procedures.words import say
from quality import questions
from quality.facts import CaseFact, ItemFact

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
    strata: dict[tuple[str, str], list[str]] = {}
    facts = questions.facts_before(reader, wanted.cut_off)
    units = _units_of(facts.items, wanted.units)
    for case in facts.cases:
        if _meant(case, wanted, units):
            strata.setdefault((case.procedure, _standing(case, facts.as_of)), []).append(case.id)
    total = sum(map(len, strata.values()))
    return Sample(wanted, tuple(_stratum(key, cases, total, wanted) for key, cases in sorted(strata.items())))


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


def _meant(case: CaseFact, wanted: Wanted, touched: frozenset[str]) -> bool:
    ours = not wanted.codes or case.procedure in wanted.codes
    theirs = not wanted.units or case.unit in wanted.units or case.id in touched
    return case.id.startswith("HS-") and ours and theirs and case.opened_at >= wanted.since.timestamp()


def _units_of(items: Sequence[ItemFact], units: frozenset[str]) -> frozenset[str]:
    return frozenset(item.case for item in items if item.unit in units)


def _standing(case: CaseFact, as_of: int) -> str:
    if case.ended_at is not None:
        return "quá hạn" if case.late else "đã giải quyết"
    return "quá hạn" if case.due is not None and case.due < as_of else "đang giải quyết"


def _stratum(key: tuple[str, str], cases: list[str], total: int, wanted: Wanted) -> Stratum:
    share = min(len(cases), max(1, ceil(wanted.size * len(cases) / total))) if wanted.size else 0
    ranked = sorted(cases, key=lambda case: hashlib.sha256(f"{wanted.seed}/{case}".encode()).digest())
    return Stratum(*key, tuple(sorted(cases)), tuple(sorted(ranked[:share])))


def _instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
