"""An inspection of one unit as its case tells it, what it looks at, and by when what was not met must be put right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from engine.case import Case
from engine.store import Reader
from procedures.calendar.durations import month_later
from procedures.rows import Bilingual, rows
from quality import questions
from quality.audits.requirements import Judgement, judged
from quality.fields import listed
from quality.house_rules import rule

INSPECTION, YEAR_PLAN = "QT-HT-32", "QT-HT-31"
YEAR, UNIT, MANNER, JOINT, TEAM = "năm kiểm tra", "đơn vị được kiểm tra", "hình thức", "lồng ghép", "đoàn kiểm tra"
DECISION, HELD, RESULTS, ADVICE = "số quyết định", "ngày kiểm tra", "kết quả theo nội dung", "kiến nghị"
SIGNED, REPORTED = "ngày ký biên bản", "báo cáo khắc phục"
#: How an inspection is held.
BY_DOSSIER, AT_HEADQUARTERS = "Qua hồ sơ", "Tại trụ sở"
#: The result of an inspection in which everything was met.
ALL_MET = "đạt"
_FILE = Path(__file__).with_name("contents.csv")


@dataclass(frozen=True, slots=True)
class Content(Bilingual):
    """One content of an inspection (TT 26/2014, Điều 36), in one of two groups."""

    code: str
    group: str
    vi: str
    en: str


@cache
def contents() -> tuple[Content, ...]:
    """Return the contents in order."""
    return tuple(Content(**row) for row in rows(_FILE))


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection; what nobody has entered is empty."""

    id: str
    year: int | None
    unit: str
    manner: str
    joint: bool
    team: tuple[str, ...]
    decision: str
    held: date | None
    results: str
    advice: str
    signed: date | None
    reported: str
    stage: str
    result: str

    @property
    def corrective_by(self) -> date | None:
        """By when the unit reports how it put things right: two months from the signing; None where all was met."""
        if self.signed is None or self.result == ALL_MET:
            return None
        return month_later(self.signed, rule("corrective_months").value)

    @property
    def judged(self) -> Mapping[str, Judgement]:
        """How each content was judged; raises ValueSaid for a text that says it otherwise."""
        return judged(self.results, tuple(one.code for one in contents()))

    def late(self, on: date) -> bool:
        """Tell whether the report of the unit is overdue."""
        by = self.corrective_by
        return by is not None and not self.result and not self.reported and on > by


def inspections(reader: Reader, year: int | None = None) -> list[Inspection]:
    """Return the inspections of a year, or all, in the order they were opened."""
    entered = questions.entered(reader, INSPECTION)
    found = (told(case, entered.get(case.id, {})) for case in reader.cases(procedure=INSPECTION))
    return [one for one in found if year is None or one.year == year]


def visited(found: list[Inspection]) -> dict[str, date]:
    """Return when each unit was last visited at its headquarters."""
    last: dict[str, date] = {}
    for one in found:
        if one.manner == AT_HEADQUARTERS and one.held is not None:
            last[one.unit] = max(one.held, last.get(one.unit, one.held))
    return last


def told(case: Case, values: Mapping[str, str]) -> Inspection:
    """Return what a case of the inspection procedure tells."""
    year = values.get(YEAR, "").split(".")[0]
    return Inspection(
        id=case.id,
        year=int(year) if year.isdigit() else None,
        unit=values.get(UNIT, ""),
        manner=values.get(MANNER, ""),
        joint=values.get(JOINT) == "true",
        team=listed(values.get(TEAM, "")),
        decision=values.get(DECISION, ""),
        held=_day(values.get(HELD)),
        results=values.get(RESULTS, ""),
        advice=values.get(ADVICE, ""),
        signed=_day(values.get(SIGNED)),
        reported=values.get(REPORTED, ""),
        stage=", ".join(item.step for item in case.live_items),
        result=case.result or "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
