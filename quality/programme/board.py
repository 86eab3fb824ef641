"""How a plan stands: every task of every unit with its case, and who is done, in time, late or has not begun."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.case import Case, CaseStatus, is_late
from engine.rules import Ground
from engine.store import Reader
from procedures.words import Words, say
from quality.programme.occurrences import Occurrence, by_hand
from quality.programme.opening import PREFIX, Due, all_due
from quality.programme.plan import Issued
from quality.questions_programme import cases_of, opened_by

#: The result of a case that says a task is no longer to be done.
DROPPED = "không thực hiện"


class Standing(StrEnum):
    """Where one task of one unit stands."""

    ON_TIME = "on_time"  # done in time
    DONE_LATE = "done_late"
    IN_WINDOW = "in_window"  # its case is open and not late
    LATE = "late"  # past its day and not done
    NOT_BEGUN = "not_begun"  # its first day has not come
    DROPPED = "dropped"  # no longer to be done
    ON_OCCASION = "on_occasion"  # when there is cause; there has been none

    @property
    def words(self) -> Words:
        """How people call it."""
        return _WORDS[self]

    @property
    def done(self) -> bool:
        """Tell whether its result is there."""
        return self in {Standing.ON_TIME, Standing.DONE_LATE}


_WORDS = {
    Standing.ON_TIME: say("done in time"),
    Standing.DONE_LATE: say("done late"),
    Standing.IN_WINDOW: say("being done"),
    Standing.LATE: say("late"),
    Standing.NOT_BEGUN: say("not begun"),
    Standing.DROPPED: say("no longer to be done"),
    Standing.ON_OCCASION: say("when there is cause"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One task for one unit and period. `due` is by the agency's clock; `case` is empty before it is opened."""

    number: str
    name: str
    unit: str
    window: str
    result: str
    period: str
    due: datetime | None
    standing: Standing
    case: str = ""
    ended: datetime | None = None
    demands_plan: bool = False


def board(reader: Reader, ground: Ground, issued: Issued, now: datetime) -> list[Row]:
    """Return how every task of a plan stands, in the order of the plan, then of its units."""
    today = now.astimezone(ground.calendar.zone).date()
    procedures = {task.procedure for _, _, task in issued.plan.tasks}
    opened = opened_by(reader, f"{PREFIX}{issued.plan.code}/", procedures)
    cases = cases_of(reader, procedures) if opened else {}
    rows = [
        _row(due, cases.get(opened.get(due.command, "")), ground, now)
        for due in all_due([issued], ground.organisation, today)
    ]
    known = {row.case for row in rows}
    by_cause = [_by_cause(issued, command, cases[case], now) for command, case in opened.items() if case not in known]
    rows += [row for row in by_cause if row is not None]
    told = {(row.number) for row in rows}
    rows += [
        Row(number, task.name, "", task.window.text, task.result, "", None, Standing.ON_OCCASION)
        for number, _, task in issued.plan.tasks
        if by_hand(task.window) and number not in told
    ]
    order = {number: place for place, (number, _, _) in enumerate(issued.plan.tasks)}
    return sorted(rows, key=lambda row: order[row.number])


def counted(rows: Iterable[Row]) -> dict[str, Counter[Standing]]:
    """Return, for each unit, how many of its tasks stand where."""
    found: dict[str, Counter[Standing]] = {}
    for row in rows:
        if row.unit:
            found.setdefault(row.unit, Counter())[row.standing] += 1
    return found


def _row(due: Due, case: Case | None, ground: Ground, now: datetime) -> Row:
    at = due.occurrence.due(ground.calendar)
    return Row(
        number=due.number,
        name=due.task.name,
        unit=due.unit,
        window=due.task.window.text,
        result=due.task.result,
        period=due.occurrence.period,
        due=at,
        standing=standing_of(case, at, due.occurrence, ground, now),
        case=case.id if case is not None else "",
        ended=case.ended_at if case is not None else None,
        demands_plan=due.task.demands_plan,
    )


def _by_cause(issued: Issued, command: str, case: Case, now: datetime) -> Row | None:
    """Return the row of a case that was opened because there was cause, or whose unit leads the task no more."""
    number, _, rest = command.removeprefix(f"{PREFIX}{issued.plan.code}/").partition("/")
    unit, _, period = rest.rpartition("/")
    task = next((task for told, _, task in issued.plan.tasks if told == number), None)
    if task is None:
        return None
    standing = _of_case(case, case.due, now)
    return Row(
        number, task.name, unit, task.window.text, task.result, period, case.due, standing, case.id, case.ended_at
    )


def standing_of(case: Case | None, due: datetime | None, when: Occurrence, ground: Ground, now: datetime) -> Standing:
    """Return where something stands whose case is open, ended, or not there yet."""
    if case is not None:
        return _of_case(case, due, now)
    if due is not None and is_late(now, due):
        return Standing.LATE
    begun = when.opens <= now.astimezone(ground.calendar.zone).date()
    return Standing.IN_WINDOW if begun else Standing.NOT_BEGUN


def _of_case(case: Case, due: datetime | None, now: datetime) -> Standing:
    if not case.over:
        return Standing.LATE if due is not None and is_late(now, due) else Standing.IN_WINDOW
    if case.status is not CaseStatus.ENDED or case.result == DROPPED:
        return Standing.DROPPED
    late = due is not None and case.ended_at is not None and is_late(case.ended_at, due)
    return Standing.DONE_LATE if late else Standing.ON_TIME


@dataclass(frozen=True, slots=True)
class Filed:
    """Whether a unit has filed the plan that was asked of it: the plan it issued, or the case in which it was given."""

    unit: str
    due: datetime | None
    number: str  # of the decision that issued its own plan; empty where none is kept here
    row: Row

    @property
    def filed(self) -> bool:
        """Tell whether it is there."""
        return bool(self.number) or self.row.standing.done


def filed(rows: Sequence[Row], plan: str, issued: Iterable[Issued]) -> list[Filed]:
    """Return, for each unit of which a plan asks for one, whether it is there."""
    answers = {one.plan.unit: one.number for one in issued if one.plan.answers == plan}
    return [Filed(row.unit, row.due, answers.get(row.unit, ""), row) for row in rows if row.demands_plan]
