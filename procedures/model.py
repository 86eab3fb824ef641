"""What a procedure is, as immutable data: the one model behind YAML, JSON, net, engine and drawing."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from procedures.allowances import CountedFrom, Extensions, Supplements, Variant
from procedures.base import Model
from procedures.breaches import BreachRule as BreachRule
from procedures.condition import Condition
from procedures.handover import Handover
from procedures.joins import Join as Join
from procedures.joins import JoinKind as JoinKind
from procedures.lengths import Duration as Duration
from procedures.lengths import Unit as Unit
from procedures.several import Several
from procedures.timeout import LATE as LATE
from procedures.timeout import Timeout as Timeout

# Source positions are kept beside the model (`procedures.load.Loaded.places`), never in it, so that equal procedures
# are equal. Names are English; the Vietnamese surface is a matter of `procedures.vocabulary`.

#: The outcome label of a step that has only one way on.
DONE = "Xong"


class Kind(StrEnum):
    """The four kinds of procedure an agency keeps."""

    SERVICE = "service"  # giải quyết TTHC
    INTERNAL_SERVICE = "internal_service"  # TTHC nội bộ
    INTERNAL_WORK = "internal_work"  # công việc nội bộ
    SYSTEM = "system"  # quy trình hệ thống


class SubLimit(Model):
    """A limit on a part of a step ("trả lời tính hợp lệ trong 05 ngày làm việc")."""

    name: str
    within: Duration


class Norm(Model):
    """The time a step may take; `counted=False` makes the case clock stand while the step is open.

    The first of `variants` whose condition holds replaces `within`.
    """

    within: Duration
    counted: bool = True
    variants: tuple[Variant, ...] = ()


class Holder(Model):
    """Who holds a role: a position in a unit.

    `unit` is the name of a unit, or None for a position wherever it exists.
    `relative` is a unit told by the case: the opener's unit, the unit above it, or the procedure's owner unit.
    `opener` means the very person who opened the case.
    """

    position: str | None = None
    unit: str | None = None
    relative: Literal["opener_unit", "parent_of_opener_unit", "owner_unit"] | None = None
    opener: bool = False


class Role(Model):
    """A name for a performer; `external` means somebody outside acts and a holder records it for them."""

    name: str
    holders: tuple[Holder, ...]
    external: bool = False
    text: str


class Form(Model):
    """A form (biểu mẫu) by code and name."""

    code: str
    name: str


#: What parts the entries of a list that is entered.
LIST = "; "


class FieldType(StrEnum):
    """Types of entered values."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    PEOPLE = "people"  # accounts, parted by LIST
    UNITS = "units"  # names of units, parted by LIST


#: Types whose values are lists.
LISTS = frozenset({FieldType.PEOPLE, FieldType.UNITS})


def entries_of(text: str) -> tuple[str, ...]:
    """Return the entries of a list as it is kept."""
    return tuple(one for one in text.split(LIST) if one)


class FieldSpec(Model):
    """A value that is entered while a case runs."""

    name: str
    type: FieldType
    required: bool = False
    choices: tuple[str, ...] = ()


class ReturnClock(StrEnum):
    """What a return does to the case clock: stand while rework lasts, start afresh after it, or run on."""

    PAUSE = "pause"
    RESTART = "restart"
    CONTINUE = "continue"


class Go(Model):
    """Go on to one step, or to several at once; with `race` the first of them that is done withdraws the others."""

    type: Literal["go"] = "go"
    steps: tuple[str, ...]
    race: bool = False


class BackTo(Model):
    """Return to an earlier step, at most `at_most` times (None: undeclared)."""

    type: Literal["back_to"] = "back_to"
    step: str
    at_most: int | None = None
    clock: ReturnClock = ReturnClock.CONTINUE


class End(Model):
    """End the case with a result; `cancel_rest` cancels the work still open elsewhere."""

    type: Literal["end"] = "end"
    result: str
    cancel_rest: bool = False


Target = Annotated[Go | BackTo | End, Field(discriminator="type")]


class Branch(Model):
    """A way on: taken when `when` holds; the last one of an outcome with conditions has none ("còn lại")."""

    when: Condition | None = None
    target: Target


class Outcome(Model):
    """A result that a performer may choose, and where it leads."""

    label: str = DONE
    branches: tuple[Branch, ...]


class Handling(Model):
    """How a machine is asked to do a step: what it is given, how long one try may take, how it is tried again.

    `pause` is the seconds before the first further try, twice as long before each one after; `limit` is in seconds.
    """

    given: tuple[tuple[str, str], ...] = ()
    retries: int = 5
    pause: int = 60
    limit: int = 30


class Step(Model):
    """A step. With `responsible` it is work for people; otherwise automatic, a delay, a call, or pure routing.

    `when_late` are the roles that are told when it is late, where they are not those of the procedure.
    With `needs_file` it goes on only once a file is attached to it.
    """

    key: str
    name: str
    responsible: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    following: tuple[str, ...] = ()
    when_late: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    norm: Norm | None = None
    sublimits: tuple[SubLimit, ...] = ()
    hand_over_cut_off: str | None = None  # "15:00": received later counts from the next working day
    phase: str | None = None
    collect: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    checklist: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    may_pause: bool = False
    pause_needs_basis: bool = False
    may_skip: bool = False
    reason_required: bool = False
    needs_file: bool = False
    return_reasons: tuple[str, ...] = ()
    required_checks: tuple[str, ...] = ()
    join: Join | None = None
    outcomes: tuple[Outcome, ...]
    automatic: str | None = None
    handling: Handling | None = None
    delay: Duration | None = None
    delay_until: str | None = None
    call: str | None = None
    handover: Handover | None = None
    several: Several | None = None
    timeout: Timeout | None = None
    renamed_from: str | None = None
    note: str | None = None

    @property
    def kind(self) -> Literal["work", "automatic", "delay", "call", "route"]:
        """Tell what the step is, from what it declares."""
        if self.responsible:
            return "work"
        if self.automatic is not None:
            return "automatic"
        if self.delay is not None or self.delay_until is not None:
            return "delay"
        return "call" if self.call is not None else "route"

    @property
    def papers(self) -> tuple[str, ...]:
        """What a file that is attached to the step can be: a form by its code, or a result."""
        return tuple(dict.fromkeys((*self.forms, *self.outputs)))

    @property
    def leaves(self) -> tuple[str, ...]:
        """The papers that the step leaves as files: its results, and forms that what is entered does not fill in."""
        return self.outputs if self.collect else self.papers

    @property
    def choices(self) -> tuple[Outcome, ...]:
        """The outcomes that whoever does the step may choose: all but the way of a time-out."""
        timed_out = self.timeout is not None and self.timeout.outcome == LATE
        return tuple(outcome for outcome in self.outcomes if not (timed_out and outcome.label == LATE))

    def outcome(self, label: str) -> Outcome | None:
        """Return the outcome called `label`, if declared."""
        return next((outcome for outcome in self.outcomes if outcome.label == label), None)

    def goes_on(self, outcome: Outcome) -> bool:
        """Tell whether an outcome that sends nothing back does the step: what is merely judged need not be complete."""
        ends = all(isinstance(branch.target, End) for branch in outcome.branches)
        return not ends or len(self.outcomes) == 1


class Phase(Model):
    """A group of steps under one shared limit (giai đoạn)."""

    name: str
    within: Duration | None = None
    steps: tuple[str, ...] = ()


class Indicator(Model):
    """A quality target: `measure` over `period`, at least or at most `bound` (a share, 0 to 1, or a count)."""

    key: str
    measure: Literal["on_time", "returned", "step_on_time", "cycle_time"]
    direction: Literal["at_least", "at_most"]
    bound: Decimal
    unit: Literal["share", "count", "working_day"] = "share"
    period: Literal["month", "quarter", "year"]
    text: str


class Record(Model):
    """A kept record (hồ sơ lưu): where and for how long."""

    name: str
    place: str
    retention: str


class Term(Model):
    """A defined word."""

    name: str
    meaning: str


class Expected(Model):
    """One stop on a scenario's path: the steps that are open at the same time, in order."""

    steps: tuple[str, ...]


class Scenario(Model):
    """A declared example: with these values the case passes these steps and ends so."""

    name: str
    given: tuple[tuple[str, str], ...] = ()
    path: tuple[Expected, ...] = ()
    end: str
    text: str = ""


class Acceptance(Model):
    """A warning that the process owner accepts, with the reason that goes into the release record."""

    code: str
    reason: str


class Procedure(Model):
    """A declared procedure. Order of `steps` is the order in the file, in the flowchart and the TT number.

    `when_late` are the roles that are told when a case, or a step that names no others, is late.
    The first of `variants` whose condition holds replaces `within`; `consultation` is how long those have who are asked
    for an opinion, and whether the time counts. `refused_by` and `stopped_by` are roles; none: heads of the unit.
    """

    code: str
    name: str
    kind: Kind
    issue: int = 1
    effective_from: date | None = None
    owner_unit: str
    purpose: str | None = None
    scope: str | None = None
    source: str | None = None
    references: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    within: Duration | None = None
    when_late: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    counted_from: CountedFrom = CountedFrom()
    supplements: Supplements = Supplements()
    extensions: Extensions = Extensions()
    consultation: Norm | None = None
    refused_by: tuple[str, ...] = ()
    stopped_by: tuple[str, ...] = ()
    published_total: Duration | None = None
    roles: tuple[Role, ...] = ()
    forms: tuple[Form, ...] = ()
    fields: tuple[FieldSpec, ...] = ()
    phases: tuple[Phase, ...] = ()
    steps: tuple[Step, ...]
    indicators: tuple[Indicator, ...] = ()
    risks: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    breach_policy: tuple[BreachRule, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    note: str | None = None

    @property
    def start(self) -> Step:
        """The first declared step, where every case begins."""
        return self.steps[0]

    def step(self, key: str) -> Step:
        """Return the step called `key`; raises KeyError."""
        found = next((step for step in self.steps if step.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def role(self, name: str) -> Role:
        """Return the role called `name`; raises KeyError."""
        found = next((role for role in self.roles if role.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def field(self, name: str) -> FieldSpec | None:
        """Return the entered value called `name`, if declared."""
        return next((spec for spec in self.fields if spec.name == name), None)

    def told_when_late(self, step: Step | None = None) -> tuple[str, ...]:
        """Return the roles that are told when a step (None: the whole case) is late; with none `told_of` tells who."""
        return (step.when_late if step is not None else ()) or self.when_late

    def number(self, key: str) -> int:
        """Return the TT number of a step, from 1."""
        return next(number for number, step in enumerate(self.steps, 1) if step.key == key)
