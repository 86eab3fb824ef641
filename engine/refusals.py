"""Why a command is refused: each class is a sentence, its docstring is the message."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from procedures.words import Words


@dataclass(frozen=True)
class Refusal:
    """The command is refused."""

    #: What kind of refusal it is for a door: not found, not allowed, in conflict, or not complete.
    nature: ClassVar[str] = "forbidden"

    @property
    def code(self) -> str:
        """The stable name of the refusal, for JSON and tests."""
        return type(self).__name__

    @property
    def words(self) -> Words:
        """The sentence, with its values."""
        return Words(type(self).__doc__ or "", dict(vars(self)))


@dataclass(frozen=True)
class UnknownCase(Refusal):
    """There is no case {case}."""

    nature = "unknown"
    case: str


@dataclass(frozen=True)
class UnknownProcedure(Refusal):
    """No issue of procedure {procedure} is in force."""

    nature = "unknown"
    procedure: str


@dataclass(frozen=True)
class UnknownPerson(Refusal):
    """Nobody in the organisation has the account {person}."""

    person: str


@dataclass(frozen=True)
class UnknownUnit(Refusal):
    """{person} does not belong to {unit}."""

    person: str
    unit: str


@dataclass(frozen=True)
class NotYoursToOpen(Refusal):
    """{who} may not open {procedure}: its first step is for {role}."""

    who: str
    procedure: str
    role: str


@dataclass(frozen=True)
class UnknownItem(Refusal):
    """{case} has no work item {item}."""

    nature = "unknown"
    case: str
    item: int


@dataclass(frozen=True)
class AlreadyDone(Refusal):
    """Step “{step}” was already finished by {who} at {when}."""

    nature = "conflict"
    step: str
    who: str
    when: datetime | None


@dataclass(frozen=True)
class NoLongerNeeded(Refusal):
    """Step “{step}” is no longer needed: it was cancelled at {when}."""

    nature = "conflict"
    step: str
    when: datetime | None


@dataclass(frozen=True)
class AlreadyTaken(Refusal):
    """Step “{step}” was taken by {who} at {when}."""

    nature = "conflict"
    step: str
    who: str
    when: datetime | None


@dataclass(frozen=True)
class NotClaimed(Refusal):
    """Nobody has taken step “{step}” yet."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class NotYours(Refusal):
    """{who} may not do step “{step}”: it is for {role}."""

    who: str
    step: str
    role: str


@dataclass(frozen=True)
class SamePerson(Refusal):
    """{who} may not do step “{step}”: whoever did “{other}” must not also do this one."""

    who: str
    step: str
    other: str


@dataclass(frozen=True)
class AnotherPerson(Refusal):
    """{who} may not do step “{step}”: it is for the person who did “{other}”."""

    who: str
    step: str
    other: str


@dataclass(frozen=True)
class NotForPeople(Refusal):
    """Step “{step}” waits for a machine or a timer, not for a person."""

    step: str


@dataclass(frozen=True)
class OnlyTheSystem(Refusal):
    """Only the system itself may answer for a machine or a timer, not {who}."""

    who: str


@dataclass(frozen=True)
class NotWaitingForThis(Refusal):
    """Step “{step}” does not wait for this."""

    nature = "conflict"
    step: str


@dataclass(frozen=True)
class TooEarly(Refusal):
    """The time of step “{step}” has not come: it is due at {when}."""

    nature = "conflict"
    step: str
    when: datetime | None


@dataclass(frozen=True)
class CaseIsOver(Refusal):
    """{case} has ended; nothing can be done to it any more."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class CaseIsPaused(Refusal):
    """{case} is paused; resume it first."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class CaseIsNotPaused(Refusal):
    """{case} is not paused."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class MayNotPause(Refusal):
    """{case} may not be paused at its present step; the procedure does not declare it."""

    case: str


@dataclass(frozen=True)
class NotAParty(Refusal):
    """{who} may not do this: only who opened {case} or has its present work may."""

    who: str
    case: str


@dataclass(frozen=True)
class StaleVersion(Refusal):
    """{case} has changed: it is at version {version}, not {expected}. Look again, then repeat."""

    nature = "conflict"
    case: str
    version: int
    expected: int


@dataclass(frozen=True)
class CommandReused(Refusal):
    """The command id {command} was already used for something else."""

    nature = "conflict"
    command: str


@dataclass(frozen=True)
class IssueAltered(Refusal):
    """Issue {issue} of {procedure} is not the one that {case} was opened under; the shelf was altered."""

    nature = "conflict"
    procedure: str
    issue: int
    case: str


@dataclass(frozen=True)
class UnknownOutcome(Refusal):
    """Step “{step}” has no outcome “{outcome}”; choose one of: {choices}."""

    nature = "incomplete"
    step: str
    outcome: str
    choices: str


@dataclass(frozen=True)
class OutcomeNeeded(Refusal):
    """Step “{step}” needs an outcome; choose one of: {choices}."""

    nature = "incomplete"
    step: str
    choices: str


@dataclass(frozen=True)
class TooManyReturns(Refusal):
    """“{outcome}” was already used {count} times at step “{step}”; the procedure allows no more."""

    step: str
    outcome: str
    count: int


@dataclass(frozen=True)
class NotWritable(Refusal):
    """A text holds characters that cannot be kept; type it again."""

    nature = "incomplete"


@dataclass(frozen=True)
class ReasonNeeded(Refusal):
    """A reason is needed."""

    nature = "incomplete"


@dataclass(frozen=True)
class ValueMissing(Refusal):
    """Step “{step}” needs “{field}”."""

    nature = "incomplete"
    step: str
    field: str


@dataclass(frozen=True)
class ValueUnknown(Refusal):
    """Step “{step}” does not collect “{field}”."""

    nature = "incomplete"
    step: str
    field: str


@dataclass(frozen=True)
class NotOnChecklist(Refusal):
    """“{entry}” is not on the checklist of step “{step}”."""

    nature = "incomplete"
    step: str
    entry: str


@dataclass(frozen=True)
class ValueWrong(Refusal):
    """“{field}”: {fault}."""

    nature = "incomplete"
    field: str
    fault: Words


@dataclass(frozen=True)
class NotInBreach(Refusal):
    """{case} is not in this breach."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class NoSuchIssue(Refusal):
    """{procedure} has no issue {issue} in force."""

    nature = "unknown"
    procedure: str
    issue: int


@dataclass(frozen=True)
class NotALaterIssue(Refusal):
    """{case} runs under issue {own} already; a case only moves to a later one."""

    nature = "conflict"
    case: str
    own: int


@dataclass(frozen=True)
class MayNotMigrate(Refusal):
    """{case} cannot move to issue {issue}: {why}."""

    nature = "conflict"
    case: str
    issue: int
    why: Words


@dataclass(frozen=True)
class ProcedureAbolished(Refusal):
    """{procedure} was abolished from {day}: {reason}. No new case of it can be opened."""

    nature = "conflict"
    procedure: str
    day: date
    reason: str
