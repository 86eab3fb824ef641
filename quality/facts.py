"""What happened, as plain rows for counting: cases, work items and breaches, instants as seconds since 1970 UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from engine.case import Case, CaseStatus
from engine.events import BreachRecorded
from engine.log import Recorded
from engine.rows import WHOLE_CASE


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

    @property
    def open(self) -> bool:
        """Tell whether the case still runs, paused or not."""
        return self.ended_at is None

    @property
    def completed(self) -> bool:
        """Tell whether the case reached a result; a withdrawn one did not."""
        return self.status == CaseStatus.ENDED.value

    @property
    def late(self) -> bool:
        """Tell whether the case ended after its due minute."""
        return self.due is not None and self.ended_at is not None and past(self.ended_at, self.due)


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

    @property
    def done(self) -> bool:
        """Tell whether somebody or something finished it; a cancelled item was not."""
        return self.status == "done"

    @property
    def late(self) -> bool:
        """Tell whether it was finished after its due minute."""
        return self.due is not None and self.finished_at is not None and past(self.finished_at, self.due)


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
    """Rows that belong together. Items are those of the cases, breaches too; `as_of` is when they were true."""

    as_of: int
    cases: tuple[CaseFact, ...]
    items: tuple[ItemFact, ...]
    breaches: tuple[BreachFact, ...] = ()


def past(at: int, due: int) -> bool:
    """Tell whether an instant lies after a due minute; the due minute itself is on time."""
    return at - at % 60 > due


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
