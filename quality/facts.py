"""What happened, as plain rows for counting: cases, work items and breaches, instants as seconds since 1970 UTC."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import numpy as np

from engine.case import Case, ItemStatus
from engine.events import BreachRecorded
from engine.log import Recorded
from engine.rows import WHOLE_CASE
from quality.columns import Behind, Breaches, Cases, Codes, Flags, Items, Names, Text, counts, instants, names


class CaseFact(NamedTuple):
    """A case: `due` is the instant it had to end by after every pause, `promised` what was first promised.

    `supplements` counts the requests for what its dossier lacked.
    """

    id: str
    procedure: str
    issue: int
    unit: str | None
    status: str
    opened_at: int
    due: int | None
    promised: int | None
    ended_at: int | None
    supplements: int = 0


class ItemFact(NamedTuple):
    """A work item: one attempt at one step."""

    case: str
    number: int
    step: str
    attempt: int
    status: str
    waits_for: str
    unit: str | None
    opened_at: int
    claimed_at: int | None  # when it was begun; where nobody said so, when it was taken
    finished_at: int | None
    due: int | None
    returned_to: str | None
    performer: str | None = None
    outcome: str | None = None


class BreachFact(NamedTuple):
    """A recorded breach. `number` 0 is the whole case; `at` is when the deadline passed or the thing was done.

    `part` names a phase, or a part of a step.
    """

    case: str
    number: int
    kind: str
    step: str | None
    due: int | None
    at: int
    seq: int
    procedure: str
    issue: int
    part: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns that belong together: items and breaches are those of the cases; `as_of` is when they were true.

    `ids` are the ids of the cases, ascending, and `place` in every column is one of them.
    """

    as_of: int
    ids: Names
    cases: Cases
    items: Items
    breaches: Breaches

    @classmethod
    def of(
        cls,
        as_of: int,
        cases: Iterable[CaseFact],
        items: Iterable[ItemFact] = (),
        breaches: Iterable[BreachFact] = (),
    ) -> "Facts":
        """Return the columns of these rows, whatever order they come in; rows of unknown cases are left out."""
        ordered = sorted(cases, key=lambda case: case.id)
        place = {case.id: number for number, case in enumerate(ordered)}
        known = sorted((item for item in items if item.case in place), key=lambda item: (item.case, item.number))
        seen = sorted((one for one in breaches if one.case in place), key=lambda one: (one.case, one.seq))
        return cls(
            as_of,
            names([case.id for case in ordered]),
            case_columns(ordered, counts(range(len(ordered)))),
            item_columns(known, counts(place[item.case] for item in known)),
            breach_columns(seen, counts(place[one.case] for one in seen)),
        )

    def of_series(self, series: str, *, others: bool = False) -> "Facts":
        """Return the part about the cases of a series, or about those of all others."""
        mine = self.is_of(series)
        return self.of_cases(~mine if others else mine)

    def is_of(self, series: str) -> Flags:
        """Tell of each id whether it is of a series."""
        mine: Flags = np.char.startswith(self.ids, f"{series}-".encode())
        return mine

    def units(self) -> dict[str, str]:
        """Return the unit of each case that has one, by id."""
        told = zip(Behind(self.ids, self.cases.place), self.cases.unit.codes.tolist(), strict=True)
        return {case: unit for case, code in told if (unit := self.cases.unit.name(code))}

    def of_cases(self, wanted: Flags) -> "Facts":
        """Return the part about the wanted cases."""
        items, breaches = wanted[self.items.case], wanted[self.breaches.case]
        return replace(
            self,
            cases=self.cases.take(wanted[self.cases.place]),
            items=self.items if items.all() else self.items.take(items),
            breaches=self.breaches.take(breaches),
        )


def case_columns(rows: Sequence[CaseFact], place: Codes) -> Cases:
    """Return rows of cases as columns."""
    return Cases(
        place=place,
        procedure=Text.of(row.procedure for row in rows),
        issue=counts(row.issue for row in rows),
        unit=Text.of(row.unit for row in rows),
        status=Text.of(row.status for row in rows),
        opened_at=instants(row.opened_at for row in rows),
        due=instants(row.due for row in rows),
        promised=instants(row.promised for row in rows),
        ended_at=instants(row.ended_at for row in rows),
        supplements=counts(row.supplements for row in rows),
    )


def item_columns(rows: Sequence[ItemFact], place: Codes) -> Items:
    """Return rows of work items as columns; where work was sent back to is coded as the steps are."""
    step = Text.of(row.step for row in rows)
    returned = Text.of((row.returned_to for row in rows), step.names)
    return Items(
        case=place,
        number=counts(row.number for row in rows),
        step=Text(step.codes, returned.names),
        attempt=counts(row.attempt for row in rows),
        status=Text.of(row.status for row in rows),
        waits_for=Text.of(row.waits_for for row in rows),
        unit=Text.of(row.unit for row in rows),
        opened_at=instants(row.opened_at for row in rows),
        claimed_at=instants(row.claimed_at for row in rows),
        finished_at=instants(row.finished_at for row in rows),
        due=instants(row.due for row in rows),
        returned_to=returned,
        performer=Text.of(row.performer for row in rows),
        outcome=Text.of(row.outcome for row in rows),
    )


def breach_columns(rows: Sequence[BreachFact], place: Codes) -> Breaches:
    """Return rows of breaches as columns."""
    return Breaches(
        case=place,
        number=counts(row.number for row in rows),
        kind=Text.of(row.kind for row in rows),
        at=instants(row.at for row in rows),
    )


def seconds(at: datetime | None) -> int | None:
    """Return an aware instant in whole seconds since 1970 UTC."""
    return None if at is None else int(at.timestamp())


def case_fact(case: Case) -> CaseFact:
    """Return the row of a case."""
    return CaseFact(
        id=case.id,
        procedure=case.procedure,
        issue=case.issue,
        unit=case.unit,
        status=case.status.value,
        opened_at=int(case.opened_at.timestamp()),
        due=seconds(case.due),
        promised=seconds(case.promised),
        ended_at=seconds(case.ended_at),
        supplements=len(case.supplements),
    )


def item_facts(case: Case) -> list[ItemFact]:
    """Return the rows of the work items of a case."""
    return [
        ItemFact(
            case=case.id,
            number=item.number,
            step=item.step,
            attempt=item.attempt,
            status=item.status.value,
            waits_for=item.waits_for,
            unit=item.unit,
            opened_at=int(item.opened_at.timestamp()),
            claimed_at=seconds(item.started_at or item.claimed_at),
            finished_at=seconds(item.finished_at),
            due=seconds(item.due),
            returned_to=item.returned_to,
            performer=item.assignee if item.status is ItemStatus.DONE else None,
            outcome=item.outcome,
        )
        for item in case.items
    ]


def breach_facts(case: Case, log: Iterable[Recorded]) -> list[BreachFact]:
    """Return the rows of the breaches that a log of the case records."""
    return [_breach_fact(case, record, record.event) for record in log if isinstance(record.event, BreachRecorded)]


def _breach_fact(case: Case, record: Recorded, event: BreachRecorded) -> BreachFact:
    item = case.item(event.item) if event.item is not None else None
    done = seconds(item.finished_at) if item is not None else None
    found, due = int(record.at.timestamp()), seconds(event.due)
    return BreachFact(
        case=case.id,
        number=event.item or WHOLE_CASE,
        kind=event.breach,
        step=event.step,
        due=due,
        at=next(at for at in (due, done, found) if at is not None),
        seq=record.seq,
        procedure=case.procedure,
        issue=case.issue,
        part=event.part or "",
    )
