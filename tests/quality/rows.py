"""Short hands for facts in tests: cases and items in local time, and the groups made of them."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from quality.columns import Text
from quality.facts import BreachFact, CaseFact, Facts, ItemFact
from quality.groups import Group, by_issue
from quality.indicators import measured
from quality.meter import Worked
from quality.periods import Period, parse
from tests.quality.agency import ZONE, at, working_time

MARCH: Period = parse("2026-03", ZONE)
CALENDAR = working_time()


def second(when: datetime | None) -> int | None:
    return None if when is None else int(when.timestamp())


def case(
    id_: str, opened: datetime, ended: datetime | None = None, due: datetime | None = None, **more: object
) -> CaseFact:
    told = {"procedure": "QT-TT-01", "issue": 1, "unit": "Văn phòng", "status": "ended" if ended else "open", **more}
    return CaseFact(
        id=id_,
        opened_at=second(opened) or 0,
        due=second(due),
        promised=second(due),
        ended_at=second(ended),
        **told,  # type: ignore[arg-type]
    )


def item(
    of: str, number: int, step: str, opened: datetime, finished: datetime | None = None, **more: object
) -> ItemFact:
    told = {"attempt": 1, "waits_for": "work", "unit": "Văn phòng", "returned_to": None, **more}
    claimed, due = told.pop("claimed", None), told.pop("due", None)
    return ItemFact(
        case=of,
        number=number,
        step=step,
        status="done" if finished else "open",
        opened_at=second(opened) or 0,
        claimed_at=second(claimed),  # type: ignore[arg-type]
        finished_at=second(finished),
        due=second(due),  # type: ignore[arg-type]
        **told,  # type: ignore[arg-type]
    )


def breach(of: str, kind: str, due: datetime, number: int = 0) -> BreachFact:
    when = second(due) or 0
    return BreachFact(of, number, kind, None, when, when, 9, "QT-TT-01", 1)


def facts(cases: list[CaseFact], items: tuple[ItemFact, ...] = (), breaches: tuple[BreachFact, ...] = ()) -> Facts:
    return Facts.of(second(at(1, 0, month=4)) or 0, cases, items, breaches)


def group(*cases: CaseFact, items: tuple[ItemFact, ...] = (), breaches: tuple[BreachFact, ...] = ()) -> Group:
    [found] = by_issue(facts(list(cases), items, breaches))
    return found


def clock(known: Facts | Group) -> Worked:
    return measured(known, CALENDAR)


def plain(known: Facts) -> dict[str, list[tuple[object, ...]]]:
    """The columns as rows of plain values, cases by their ids, whatever codes stand for texts."""
    ids = [name.decode() for name in known.ids.tolist()]
    told: dict[str, list[tuple[object, ...]]] = {}
    for table in ("cases", "items", "breaches"):
        columns = getattr(known, table)
        values = [_values(getattr(columns, one.name), one.name, ids) for one in fields(columns)]
        told[table] = list(zip(*values, strict=True))
    return told


def _values(column: Any, name: str, ids: list[str]) -> list[object]:
    if isinstance(column, Text):
        return [column.name(code) for code in column.codes.tolist()]
    return [ids[place] if name in {"case", "place"} else place for place in column.tolist()]
