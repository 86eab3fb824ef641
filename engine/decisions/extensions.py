"""Decisions about extensions: asked for in time with an apology, decided by somebody else, counted by the cap."""

from engine.clocks import course_due
from engine.commands import DecideExtension, RequestExtension
from engine.course import Length, length
from engine.decisions.family import decide_on
from engine.decisions.looking import who
from engine.draft import Draft
from engine.events import BreachRecorded, ExtensionAsked, ExtensionGranted, ExtensionRefused
from engine.matters import ExtensionRequest
from engine.powers import deciding, of_another
from engine.refusal import Refusal
from engine.refusals.access import NotAParty
from engine.refusals.entering import ReasonNeeded
from engine.refusals.time import (
    ExtensionDecided,
    ExtensionOpen,
    ExtensionTooLate,
    ExtensionTooLong,
    NoLimitToExtend,
    NotALength,
    OwnRequest,
    TooManyExtensions,
    UnknownExtension,
)
from engine.rights import may_steer, told
from procedures.candidates import Candidate
from procedures.values import ValueSaid, parse_duration
from procedures.words import say


@decide_on.register
def _(command: RequestExtension, draft: Draft) -> Refusal | None:
    if not command.reason.strip() or not command.apology.strip():
        return ReasonNeeded()
    asked = length_of(command.by)
    if isinstance(asked, Refusal):
        return asked
    if not may_steer(draft, command.actor):
        return NotAParty(who(draft, command.actor), draft.case_id)
    refusal = _not_open(draft) or (None if command.beyond else _not_allowed(draft, asked))
    if refusal is not None:
        return refusal
    draft.happen(
        ExtensionAsked(
            extension=len(draft.case.extensions) + 1,
            by=command.actor,
            length=asked,
            reason=command.reason,
            apology=command.apology,
            beyond=command.beyond and _not_allowed(draft, asked) is not None,
        )
    )
    return None


def length_of(text: str) -> Length | Refusal:
    """Read a length of time of some amount as people write it."""
    try:
        found = length(parse_duration(text))
    except ValueSaid as said:
        return NotALength(said.words)
    if found is None or found.duration.amount <= 0:
        return NotALength(say("“{text}” is no amount of time", text=text))
    return found


def _not_open(draft: Draft) -> Refusal | None:
    case = draft.case
    if case.course is None or case.due is None:
        return NoLimitToExtend(case.id)
    asked = next((one for one in case.extensions if one.open), None)
    return ExtensionOpen(case.id, who(draft, asked.by), asked.asked_at) if asked is not None else None


def _not_allowed(draft: Draft, asked: Length) -> Refusal | None:
    """Return why an extension goes beyond what the procedure allows: too many, too long, or asked for too late."""
    case, rule, calendar = draft.case, draft.rules.procedure.extensions, draft.rules.calendar
    granted = sum(one.granted for one in case.extensions)
    if granted >= rule.at_most:
        return TooManyExtensions(case.id, granted)
    if case.course is None or case.due is None:
        return NoLimitToExtend(case.id)
    most = length(rule.each)
    if most is not None:
        by, bound = (course_due(case.course.extended(one), calendar) for one in (asked, most))
        if by > bound:
            return ExtensionTooLong(case.id, most.text)
    # while the time stands, what is due has not moved yet by what has stood
    due = case.due if case.stopped_at is None else course_due(case.course.stood(case.stopped_at, draft.now), calendar)
    in_time = calendar.due(draft.now, rule.ahead, "C1") <= due
    return None if in_time else ExtensionTooLate(case.id, due, rule.ahead.text)


@decide_on.register
def _(command: DecideExtension, draft: Draft) -> Refusal | None:
    asked = _asked(draft, command.extension)
    if isinstance(asked, Refusal):
        return asked
    able = deciding(draft, draft.rules.procedure.extensions.decided_by, command.actor)
    if isinstance(able, Refusal):
        return able
    one = of_another(draft, able, asked.by)
    if one is None:
        return OwnRequest(who(draft, command.actor))
    if not command.grant:
        if not (command.reason or "").strip():
            return ReasonNeeded()
        said = {"reason": command.reason or "", **told(one)}
        draft.happen(ExtensionRefused(extension=asked.number, by=command.actor, **said))
        return None
    return _grant(draft, asked, one)


def _asked(draft: Draft, number: int) -> ExtensionRequest | Refusal:
    found = next((one for one in draft.case.extensions if one.number == number), None)
    if found is None:
        return UnknownExtension(draft.case_id, number)
    if not found.open:
        return ExtensionDecided(number, who(draft, found.decided_by), found.decided_at)
    return found


def _grant(draft: Draft, asked: ExtensionRequest, one: Candidate) -> Refusal | None:
    course = draft.case.course
    if course is None:
        return NoLimitToExtend(draft.case_id)
    due = course_due(course.extended(asked.length), draft.rules.calendar)
    draft.happen(ExtensionGranted(extension=asked.number, by=one.account, due=due, **told(one)))
    if asked.beyond:
        draft.happen(BreachRecorded(breach="extended_beyond_cap", part=str(asked.number)))
    return None
