"""Quality objectives (6.2): cases whose fields name an indicator; how far each is met is measured, never typed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from engine.case import Case
from procedures.model import LIST, Indicator
from quality.columns import Flags, marked
from quality.facts import Facts
from quality.groups import everything
from quality.meter import Worked
from quality.periods import Period
from quality.targets import Target, measure

#: The procedure whose cases are objectives.
OBJECTIVES = "QT-HT-09"
_Measure = Literal["on_time", "step_on_time", "returned", "cycle_time"]
#: Which indicator a choice of the field means; the others cannot be measured from cases.
_MEASURES: Mapping[str, _Measure] = {
    "Tỷ lệ hồ sơ đúng hạn": "on_time",
    "Tỷ lệ bước đúng hạn": "step_on_time",
    "Tỷ lệ hồ sơ bị trả lại": "returned",
    "Thời gian xử lý trung vị": "cycle_time",
}


@dataclass(frozen=True, slots=True)
class Objective:
    """One objective as its case tells it; `result` is what the year-end evaluation came to, empty before."""

    id: str
    unit: str
    stage: str
    result: str
    values: Mapping[str, str]

    def said(self, name: str) -> str:
        """Return what was entered under a name."""
        return self.values.get(name, "")

    @property
    def year(self) -> int | None:
        """The year it is for."""
        bound = _number(self.said("năm"))
        return None if bound is None else int(bound)

    @property
    def decided(self) -> bool:
        """Tell whether it was issued by a decision: before that it is a proposal."""
        return bool(self.said("số quyết định"))

    @property
    def indicator(self) -> Indicator | None:
        """The indicator it is bound to; None where it cannot be measured from cases."""
        kind, bound = _MEASURES.get(self.said("chỉ tiêu đo")), _number(self.said("mức mục tiêu"))
        if kind is None or bound is None:
            return None
        days = kind == "cycle_time"
        return Indicator(
            key=self.id,
            measure=kind,
            direction="at_most" if self.said("chiều") == "Không quá" else "at_least",
            bound=bound if days else bound / 100,
            unit="working_day" if days else "share",
            period="year",
            text=self.said("nội dung mục tiêu"),
        )


def objective(case: Case, values: Mapping[str, str]) -> Objective:
    """Return what a case of the procedure tells."""
    stage = ", ".join(item.step for item in case.live_items)
    return Objective(case.id, case.unit or "", stage, case.result or "", values)


def measured(one: Objective, facts: Facts, period: Period, worked: Worked, tree: Mapping[str, str]) -> Target | None:
    """Return an objective held against what was measured in a period; None where it cannot be measured from cases.

    `tree` names the unit above each unit: an objective of a unit is measured over the cases of it and those below it.
    """
    indicator = one.indicator
    if indicator is None:
        return None
    code = one.said("quy trình đo").strip()
    units = frozenset(unit for unit in one.said("đơn vị đo").split(LIST) if unit)
    found = facts.of_cases(_wanted(facts, code, units, tree))
    return measure(everything(found, code), indicator, period, worked)


def at_odds(one: Objective, target: Target | None) -> bool:
    """Tell whether the year-end evaluation says otherwise than what was measured."""
    return (
        target is not None
        and target.met is not None
        and one.result in {"đạt", "không đạt"}
        and (target.met != (one.result == "đạt"))
    )


def _wanted(facts: Facts, code: str, units: frozenset[str], tree: Mapping[str, str]) -> Flags:
    """Tell of each id whether its case is of the procedure (of any but those of the system), and of the units."""
    cases = facts.cases
    if code:
        wanted = cases.procedure.are(code)
    else:
        own = [name for name, _ in cases.procedure.present() if not name.startswith(_SYSTEM)]
        wanted = cases.procedure.are(*own) & facts.is_of("HS")[cases.place]
    if units:
        below = [name for name, _ in cases.unit.present() if any(unit in units for unit in _line(name, tree))]
        wanted &= cases.unit.are(*below)
    return marked(cases.place[wanted], len(facts.ids))


#: Codes of the procedures of the quality system itself begin so; an objective about all work leaves them out.
_SYSTEM = "QT-HT-"


def _line(unit: str | None, tree: Mapping[str, str]) -> Iterable[str]:
    seen: list[str] = []
    while unit and unit not in seen:
        seen.append(unit)
        unit = tree.get(unit)
    return seen


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        return None


def of_year(found: Sequence[Objective], period: Period) -> list[Objective]:
    """Return the objectives of the years that a period touches."""
    years = range(period.start.year, period.end.year + (period.end.month > 1 or period.end.day > 1))
    return [one for one in found if one.year is None or one.year in years]
