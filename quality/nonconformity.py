"""The register of nonconformities (10.2): each with its source, where it stands, its cause and its action."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine.case import Case, is_late
from engine.commands import MACHINE, OpenCase
from engine.handle import Done, handle
from engine.log import Recorded
from engine.refusal import Refusal
from engine.rules import Ground
from engine.store import Reader, Store
from procedures.shelf import NotOnShelf
from procedures.text import fold
from quality import fields, questions
from quality.candidate import SERIES, accepted
from quality.policy import HANDLING

#: Which source a record speaks of by its procedure.
_SOURCES = {"QT-HT-02": fields.FROM_AUDITS[0], "QT-HT-06": fields.FROM_COMPLAINTS}
#: Within so many days of its closing the same at the same place asks anew whether the action worked.
RECURS_WITHIN = 365


@dataclass(frozen=True, slots=True)
class Nonconformity:
    """One nonconformity. `stage` are the keys of its open steps, empty when closed; `result` is how it was closed.

    `owner` is who answers for the action; before that is entered whoever has the open work, or the role it waits for.
    `acted_at` is when its corrective action was last carried out. What nobody has entered is empty.
    """

    id: str
    title: str
    source: str
    source_procedure: str
    source_case: str
    step: str
    rule: str
    evidence: str
    grade: str
    stage: str
    owner: str
    correction: str
    cause: str
    action: str
    action_due: str
    merged_into: str
    opened_at: datetime
    due: datetime | None
    closed_at: datetime | None
    result: str
    overdue: bool
    acted_at: datetime | None = None
    unit: str = ""
    category: str = ""
    method: str = ""
    elsewhere: str = ""
    measure: str = ""

    @property
    def closed(self) -> bool:
        """Tell whether its case has ended."""
        return self.closed_at is not None


def register(reader: Reader, now: datetime | None = None) -> list[Nonconformity]:
    """Return every nonconformity in the order they were opened.

    Without `now` only what a sweep has recorded as late, or what ended late, is overdue.
    """
    began = questions.opened_with(reader, HANDLING)
    entered, cases = questions.entered(reader, HANDLING), reader.cases(procedure=HANDLING)
    return [told(case, _frozen(case, entered.get(case.id, {}), began), now) for case in cases]


def register_before(reader: Reader, cut_off: datetime) -> list[Nonconformity]:
    """Return the register as it stood just before `cut_off`."""
    began = questions.opened_with(reader, HANDLING)
    cases = questions.frozen(reader, HANDLING, cut_off)
    return [told(one.case, _frozen(one.case, one.values, began), cut_off) for one in cases]


def told(case: Case, values: Mapping[str, str], now: datetime | None) -> Nonconformity:
    """Return what a case of the handling procedure tells."""
    live = case.live_items
    return Nonconformity(
        id=case.id,
        title=case.title,
        source=values.get(fields.SOURCE, ""),
        source_procedure=values.get(fields.PROCEDURE, ""),
        source_case=values.get(fields.CASE, ""),
        step=values.get(fields.STEP, ""),
        rule=values.get(fields.RULE, ""),
        evidence=values.get(fields.EVENTS, ""),
        grade=values.get(fields.GRADE, ""),
        stage=", ".join(item.step for item in live),
        owner=values.get(fields.OWNER) or ", ".join(dict.fromkeys(item.assignee or item.role or "" for item in live)),
        correction=values.get(fields.CORRECTION, ""),
        cause=values.get(fields.CAUSE, ""),
        action=values.get(fields.ACTION, ""),
        action_due=values.get(fields.ACTION_DUE, ""),
        merged_into=values.get(fields.MERGED, ""),
        opened_at=case.opened_at,
        due=case.due,
        closed_at=case.ended_at,
        result=case.result or "",
        overdue=_overdue(case, now),
        acted_at=max((item.finished_at for item in case.attempts(fields.ACTING) if item.finished_at), default=None),
        unit=case.unit or "",
        category=values.get(fields.CATEGORY, ""),
        method=values.get(fields.METHOD, ""),
        elsewhere=values.get(fields.ELSEWHERE, ""),
        measure=values.get(fields.MEASURE, ""),
    )


def open_by_hand(
    asked: OpenCase, evidence: fields.Evidence, *, store: Store, ground: Ground, now: datetime
) -> Done | Refusal:
    """Open a nonconformity from an audit, an inspection, a complaint or any record.

    Of `asked` the id under which it is done once, the actor, the title, the unit and the salt count; see `by_hand`.
    What the first step does not collect is left out.
    """
    try:
        handling = ground.shelf.current(HANDLING, now.astimezone(ground.calendar.zone).date()).procedure
        taken = accepted(handling, evidence)
    except NotOnShelf:
        taken = {}
    return handle(asked.model_copy(update={"fields": taken}), store=store, ground=ground, now=now)


def from_record(
    case: Case, log: Sequence[Recorded], description: str, source: str = "", step: str = ""
) -> fields.Evidence:
    """Return the evidence that a record gives: its procedure and issue, and the last event that was there to see.

    Without `source` an audit or a complaint tells itself what it is.
    """
    return fields.Evidence(
        source=source or _SOURCES.get(case.procedure, fields.FROM_ELSEWHERE),
        description=description,
        procedure=case.procedure,
        issue=str(case.issue),
        case=case.id,
        step=step,
        events=f"{case.id}#{log[-1].seq} {log[-1].hash[:16]}",
        calendar=case.calendar,
    )


def by_hand(command: str, actor: str, title: str, unit: str | None = None, salt: str = "") -> OpenCase:
    """Return the command that opens a nonconformity in the name of a person, still without its evidence."""
    return OpenCase(id=command, actor=actor, procedure=HANDLING, title=title, unit=unit, series=SERIES, salt=salt)


def recurring(
    register: Sequence[Nonconformity], within_days: int = RECURS_WITHIN
) -> list[tuple[Nonconformity, Nonconformity]]:
    """Return pairs of (closed, opened again): same procedure, step and cause, within so many days of the closing."""
    found = []
    for earlier in register:
        for later in register:
            if (
                earlier.closed_at is None
                or not earlier.cause
                or later.opened_at <= earlier.closed_at
                or not _alike(earlier, later)
            ):
                continue
            if (later.opened_at - earlier.closed_at).days < within_days:
                found.append((earlier, later))
    return found


def _alike(one: Nonconformity, other: Nonconformity) -> bool:
    same_place = (one.source_procedure, one.step) == (other.source_procedure, other.step)
    return same_place and bool(one.source_procedure) and (not other.cause or fold(one.cause) == fold(other.cause))


def _frozen(case: Case, values: Mapping[str, str], began: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return the values of a case; evidence that a policy has frozen stays what it was, whoever enters it anew."""
    first = began.get(case.id, {}) if case.opener == MACHINE else {}
    return {**values, **{name: text for name, text in first.items() if name in fields.FROZEN}}


def _overdue(case: Case, now: datetime | None) -> bool:
    if "late_case/case" in case.breaches:
        return True
    at = case.ended_at or case.stopped_at or now
    return case.due is not None and at is not None and is_late(at, case.due)
