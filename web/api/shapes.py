"""What a program is told: the shapes of every answer, as the OpenAPI document shows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """An answer, or a part of one; instants are UTC, texts are as they were entered."""

    model_config = ConfigDict(frozen=True)


class Me(Shape):
    """Who the token speaks for, and how far it reaches."""

    person: str
    name: str
    token: str
    scope: str
    expires_at: datetime


class CaseLine(Shape):
    """A case on a list. `steps` are the keys of what is open; `late` says whether it is past due now."""

    id: str
    procedure: str
    issue: int
    title: str
    status: str
    result: str | None
    opener: str
    unit: str | None
    opened_at: datetime
    due: datetime | None
    promised: datetime | None
    ended_at: datetime | None
    late: bool
    steps: tuple[str, ...]
    version: int


class Cases(Shape):
    """A page of cases, the newest first; `next` is what to ask for `after` to get the next one."""

    cases: list[CaseLine]
    next: str | None


class FurtherTask(Shape):
    """What somebody was asked to do before work can be finished."""

    number: int
    to: str
    what: str
    due: datetime | None
    open: bool


class Piece(Shape):
    """One attempt at one step. `yours` says whether whoever asks may do it now; `outcomes` are what it may end with."""

    number: int
    step: str
    name: str
    attempt: int
    status: str
    waits_for: str
    yours: bool
    role: str | None
    unit: str | None
    member: str | None
    assignee: str | None
    on_behalf_of: str | None
    opened_at: datetime
    claimed_at: datetime | None
    started_at: datetime | None
    finished_at: datetime | None
    due: datetime | None
    outcome: str | None
    outcomes: tuple[str, ...]
    collects: tuple[str, ...]
    checklist: tuple[str, ...]
    tasks: list[FurtherTask]


class FileLine(Shape):
    """A file of a case."""

    number: int
    item: int
    name: str | None
    form: str | None
    type: str
    size: int
    sha256: str
    by: str
    at: datetime


class Opinion(Shape):
    """An opinion that was asked for."""

    number: int
    item: int
    of: str
    by: str
    question: str
    due: datetime
    opinion: str | None


class Extension(Shape):
    """A request for a longer limit."""

    number: int
    by: str
    length: str
    reason: str
    open: bool
    granted: bool


class Lacking(Shape):
    """A request for supplements that is open."""

    number: int
    lacking: tuple[str, ...]
    reason: str
    expires: datetime | None


class CaseWhole(CaseLine):
    """A case with its work, its entered values by name, its files and what goes on beside its steps."""

    items: list[Piece]
    values: dict[str, str]
    files: list[FileLine]
    opinions: list[Opinion]
    extensions: list[Extension]
    supplement: Lacking | None


class Record(Shape):
    """An event of a case: when, who, what kind, the same in words, and the hash that chains it to the one before."""

    seq: int
    at: datetime
    actor: str
    kind: str
    says: str
    hash: str


class Log(Shape):
    """The events of a case in order."""

    case: str
    events: list[Record]


class WorkLine(Shape):
    """Open work on a list: `stands` is late, slow, near, safe or paused."""

    case: str
    item: int
    procedure: str
    title: str
    step: str
    attempt: int
    role: str | None
    unit: str | None
    assignee: str | None
    opened_at: datetime
    due: datetime | None
    case_due: datetime | None
    stands: str


class WorkList(Shape):
    """A page of open work, what is due first on top."""

    work: list[WorkLine]
    next: str | None


class ProcedureLine(Shape):
    """The issue of a procedure that applies, or the first one that will."""

    code: str
    name: str
    kind: str
    owner_unit: str
    issue: int
    effective_from: date
    sha256: str


class Procedures(Shape):
    """Every procedure that has been issued."""

    procedures: list[ProcedureLine]


class ProcedureWhole(ProcedureLine):
    """One issue of a procedure, with every issue there is and its whole definition."""

    issues: list[int]
    definition: dict[str, Any]


class Entry(Shape):
    """A line of a register: a case as it stood, and its entered values by name."""

    case: CaseLine
    values: dict[str, bool | Decimal | date | str]


class RegisterWhole(Shape):
    """The register of a procedure: its cases touched in a period, as they stood at `as_of`; `fields` name columns."""

    code: str
    name: str
    period: str | None
    as_of: datetime
    fields: tuple[str, ...]
    entries: list[Entry]


class Finding(Shape):
    """A nonconformity: its source, where it stands, its cause and its action."""

    id: str
    title: str
    source: str
    source_procedure: str
    source_case: str
    step: str
    rule: str
    grade: str
    stage: str
    owner: str
    correction: str
    cause: str
    action: str
    action_due: str
    opened_at: datetime
    due: datetime | None
    closed_at: datetime | None
    result: str
    overdue: bool


class Findings(Shape):
    """The register of nonconformities, the newest first."""

    nonconformities: list[Finding]


class Measured(Shape):
    """A figure: its definition, its value (none when nothing was measured), and how many cases are behind it.

    `cases` is the page that lists exactly these cases.
    """

    key: str
    name: str
    definition: str
    value: float | None
    unit: str
    count: int
    measured: int
    scope: dict[str, str]
    cases: str


class Figures(Shape):
    """The figures of a period."""

    period: str
    figures: list[Measured]


class Written(Shape):
    """An event that a command wrote."""

    seq: int
    kind: str
    at: datetime


class Outcome(Shape):
    """What came of a command: the case, its version after it, and what it wrote; nothing when there was nothing to do.

    The same answer is given again when the same command is.
    """

    case: str
    version: int
    events: list[Written]


class Since(Shape):
    """What somebody did to a case since a version."""

    seq: int
    at: datetime
    who: str
    what: str


class Wrong(Shape):
    """What is wrong in a request, and where."""

    where: str
    what: str


class Told(Shape):
    """A problem (RFC 9457): `code` is stable, `detail` is a sentence for people.

    `since` tells who changed a case meanwhile, `errors` where a request is wrong, `number` which line of the log of the
    program knows more.
    """

    type: str
    title: str
    status: int
    code: str
    detail: str
    since: list[Since] | None = None
    errors: list[Wrong] | None = None
    number: str | None = None
