"""Refusals about the time of a case: supplements, extensions, opinions, parts of steps, early ends."""

from dataclasses import dataclass
from datetime import datetime

from engine.refusal import Refusal
from procedures.words import Words


@dataclass(frozen=True)
class SupplementAwaited(Refusal):
    """{case} waits for a supplement since {when}; record the answer first."""

    nature = "conflict"
    case: str
    when: datetime


@dataclass(frozen=True)
class NoSupplementAwaited(Refusal):
    """{case} waits for no supplement."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class TooManySupplements(Refusal):
    """{case}: supplements were already asked for {count} times; the procedure allows no more."""

    case: str
    count: int


@dataclass(frozen=True)
class NothingLacking(Refusal):
    """Say what is lacking: at least one thing, each of them once."""

    nature = "incomplete"


@dataclass(frozen=True)
class NoteNeeded(Refusal):
    """Say what is still lacking."""

    nature = "incomplete"


@dataclass(frozen=True)
class NotExpired(Refusal):
    """The time for it has not run out: it is due at {when}."""

    nature = "conflict"
    when: datetime


@dataclass(frozen=True)
class BasisNeeded(Refusal):
    """Step “{step}” is only paused on the basis of a document; name it."""

    nature = "incomplete"
    step: str


@dataclass(frozen=True)
class NotALength(Refusal):
    """The length of time cannot be used: {fault}."""

    nature = "incomplete"
    fault: Words


@dataclass(frozen=True)
class NoLimitToExtend(Refusal):
    """{case} has no time limit that could be extended."""

    nature = "conflict"
    case: str


@dataclass(frozen=True)
class ExtensionOpen(Refusal):
    """{case}: {who} asked for an extension at {when}, and nobody has decided on it yet."""

    nature = "conflict"
    case: str
    who: str
    when: datetime


@dataclass(frozen=True)
class TooManyExtensions(Refusal):
    """{case}: the limit was already extended {count} times; the procedure allows no more."""

    case: str
    count: int


@dataclass(frozen=True)
class ExtensionTooLong(Refusal):
    """{case}: an extension may be at most {most}."""

    case: str
    most: str


@dataclass(frozen=True)
class ExtensionTooLate(Refusal):
    """{case} is due at {due}; an extension has to be asked for at least {ahead} before."""

    case: str
    due: datetime
    ahead: str


@dataclass(frozen=True)
class UnknownExtension(Refusal):
    """{case} has no request for extension {extension}."""

    nature = "unknown"
    case: str
    extension: int


@dataclass(frozen=True)
class ExtensionDecided(Refusal):
    """The request for extension {extension} was decided by {who} at {when}."""

    nature = "conflict"
    extension: int
    who: str
    when: datetime | None


@dataclass(frozen=True)
class OwnRequest(Refusal):
    """{who} asked for this extension; somebody else decides on it."""

    who: str


@dataclass(frozen=True)
class NotYoursToDecide(Refusal):
    """{who} may not decide this: it is for {role}."""

    who: str
    role: str | Words


@dataclass(frozen=True)
class NobodyToAsk(Refusal):
    """There is no unit or person “{of}” who could be asked."""

    nature = "unknown"
    of: str


@dataclass(frozen=True)
class AskedAlready(Refusal):
    """{of} was asked at {when}, and the opinion is still awaited."""

    nature = "conflict"
    of: str
    when: datetime


@dataclass(frozen=True)
class QuestionNeeded(Refusal):
    """Say what the opinion is to be about."""

    nature = "incomplete"


@dataclass(frozen=True)
class OpinionNeeded(Refusal):
    """Say what the opinion is."""

    nature = "incomplete"


@dataclass(frozen=True)
class DeadlineNeeded(Refusal):
    """Say until when: the procedure declares no time for opinions."""

    nature = "incomplete"


@dataclass(frozen=True)
class UnknownConsultation(Refusal):
    """{case} has no request for an opinion {consultation}."""

    nature = "unknown"
    case: str
    consultation: int


@dataclass(frozen=True)
class OpinionGivenAlready(Refusal):
    """{of} gave the opinion at {when}."""

    nature = "conflict"
    of: str
    when: datetime | None


@dataclass(frozen=True)
class NotYoursToSay(Refusal):
    """{who} may not give this opinion: {of} was asked."""

    who: str
    of: str


@dataclass(frozen=True)
class OpinionsAwaited(Refusal):
    """Step “{step}” waits for the opinion of {of} until {until}."""

    nature = "conflict"
    step: str
    of: str
    until: datetime


@dataclass(frozen=True)
class UnknownPart(Refusal):
    """Step “{step}” has no part “{part}” with a limit; it has: {parts}."""

    nature = "unknown"
    step: str
    part: str
    parts: str


@dataclass(frozen=True)
class PartDone(Refusal):
    """The part “{part}” was done at {when}."""

    nature = "conflict"
    part: str
    when: datetime | None
