"""Decisions about opinions: asked of units and people beside the flow, given, or late; none of it moves the case."""

from engine import clocks
from engine.case import Item
from engine.commands import MACHINE, AskOpinion, GiveOpinion, LapseConsultation
from engine.course import Course, Length, length
from engine.decisions.extensions import length_of
from engine.decisions.family import decide_on
from engine.decisions.looking import in_other_hands, step_of, who, workable
from engine.draft import Draft
from engine.events import OpinionAsked, OpinionGiven, OpinionLapsed
from engine.matters import Consultation
from engine.posts import person_of, person_post
from engine.refusal import Refusal
from engine.refusals.access import OnlyTheSystem, UnknownPerson
from engine.refusals.time import (
    AskedAlready,
    DeadlineNeeded,
    NobodyToAsk,
    NotExpired,
    NotYoursToSay,
    OpinionGivenAlready,
    OpinionNeeded,
    OpinionsAwaited,
    QuestionNeeded,
    UnknownConsultation,
)
from engine.rights import able_in, acting, told


@decide_on.register
def _(command: AskOpinion, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if not isinstance(item, Item):
        return item
    able = in_other_hands(draft, item, command.actor) or acting(draft, item, command.actor)
    if isinstance(able, Refusal):
        return able
    if not command.question.strip():
        return QuestionNeeded()
    within, posts = _within(draft, command.within), _asked_of(draft, command.of)
    if not isinstance(within, Length):
        return within
    if not posts:
        return NobodyToAsk(command.of)
    asked = (one for one in draft.case.consultations if one.open and one.item == item.number)
    before = next((one for one in asked if one.of == command.of), None)
    if before is not None:
        return AskedAlready(_shown(draft, before), before.asked_at)
    declared = draft.rules.procedure.consultation
    draft.happen(
        OpinionAsked(
            consultation=len(draft.case.consultations) + 1,
            item=item.number,
            by=command.actor,
            of=command.of,
            posts=posts,
            question=command.question,
            due=clocks.course_due(Course(since=draft.now, within=within), draft.rules.calendar),
            waits=command.waits,
            counted=declared is None or declared.counted,
            within=within,
            **told(able),
        )
    )
    clocks.keep(draft)
    return None


def _within(draft: Draft, written: str | None) -> Length | Refusal:
    """Return how long there is for an opinion: as asked, or as the procedure declares."""
    if written is not None:
        return length_of(written)
    declared = draft.rules.procedure.consultation
    return (length(declared.within) if declared is not None else None) or DeadlineNeeded()


def _asked_of(draft: Draft, of: str) -> tuple[str, ...]:
    """Return the posts that may answer: that of a person, or all that are held in a unit today."""
    organisation, today = draft.rules.organisation, draft.today
    if person_of(organisation, of) is not None:
        return (person_post(of),)
    unit = organisation.standing(of, today)
    posts = (post for person in organisation.people for post in person.posts if post.unit == unit and post.held(today))
    return tuple(sorted({f"{post.position}@{post.unit}" for post in posts}))


@decide_on.register
def _(command: GiveOpinion, draft: Draft) -> Refusal | None:
    asked = _consultation(draft, command.consultation)
    if not isinstance(asked, Consultation):
        return asked
    person = person_of(draft.rules.organisation, command.actor)
    if person is None:
        return UnknownPerson(command.actor)
    able = able_in(draft, asked.posts, command.actor)
    if not able:
        return NotYoursToSay(person.name, _shown(draft, asked))
    if not command.opinion.strip():
        return OpinionNeeded()
    late = asked.lapsed_at is not None or draft.now.replace(second=0) > asked.due
    said = {"opinion": command.opinion, "late": late, **told(able[0])}
    draft.happen(OpinionGiven(consultation=asked.number, by=command.actor, **said))
    clocks.keep(draft)
    return None


@decide_on.register
def _(command: LapseConsultation, draft: Draft) -> Refusal | None:
    if command.actor != MACHINE:
        return OnlyTheSystem(who(draft, command.actor))
    asked = _consultation(draft, command.consultation)
    if not isinstance(asked, Consultation):
        return asked
    if draft.now.replace(second=0) <= asked.due:
        return NotExpired(asked.due)
    if asked.open:
        draft.happen(OpinionLapsed(consultation=asked.number, of=asked.of, due=asked.due))
        clocks.keep(draft)
    return None


def _consultation(draft: Draft, number: int) -> Consultation | Refusal:
    found = next((one for one in draft.case.consultations if one.number == number), None)
    if found is None:
        return UnknownConsultation(draft.case_id, number)
    return found if found.answerable else OpinionGivenAlready(_shown(draft, found), found.answered_at)


def awaited(draft: Draft, item: Item) -> OpinionsAwaited | None:
    """Return why an item cannot be finished yet: an opinion that it waits for."""
    for one in draft.case.consultations:
        if one.item == item.number and one.waits and one.open:
            return OpinionsAwaited(step_of(draft, item).name, _shown(draft, one), one.due)
    return None


def _shown(draft: Draft, asked: Consultation) -> str:
    """Return the unit, or the name of the person, that was asked."""
    return who(draft, asked.of)
