"""The sentences of a timeline about time: supplements, extensions, opinions, phases, parts of steps."""

from engine import events as happened
from engine.case import Case
from procedures.model import Procedure
from procedures.words import Words, say
from visualize.case_words import Reading, name_of, shown
from visualize.said import said, step_of


@said.register
def _(event: happened.LimitBegan, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say(
        "the time limit ({limit}) counts from {since}; due {due}",
        limit=event.within.text,
        since=shown(reading, event.since),
        due=shown(reading, event.due),
    )


@said.register
def _(event: happened.PhaseEntered, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    limit = event.within.text
    return say(
        "phase “{phase}” began ({limit}), due {due}", phase=event.name, limit=limit, due=shown(reading, event.due)
    )


@said.register
def _(event: happened.PhaseLeft, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("phase “{phase}” ended", phase=case.phases[event.phase - 1].label)


@said.register
def _(event: happened.PhasesMoved, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    moved: Words | None = None
    for number, due in event.dues:
        one = say("phase “{phase}” is due {due} now", phase=case.phases[number - 1].label, due=shown(reading, due))
        moved = one if moved is None else say("{first}; {second}", first=moved, second=one)
    return moved or say("no phase was moved")


@said.register
def _(event: happened.SupplementAsked, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    lacking = "; ".join(event.lacking)
    asked = say("asked for supplements: {lacking} — {reason}", lacking=lacking, reason=event.reason)
    if event.expires is None:
        return asked
    return say("{said} (the case is closed after {until})", said=asked, until=shown(reading, event.expires))


@said.register
def _(event: happened.SupplementAnswered, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("a supplement came, still lacking: {note}", note=event.note)


@said.register
def _(event: happened.SupplementClosed, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    match event.closing:
        case "received":
            return say("the supplement came in full")
        case "lapsed":
            return say("the supplement did not come in time")
        case "dropped":
            return say("the supplement is no longer needed")


@said.register
def _(event: happened.ExtensionAsked, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    asked = say("asked to extend the limit by {length}: {reason}", length=event.length.text, reason=event.reason)
    return say("{said} (beyond what is allowed)", said=asked) if event.beyond else asked


@said.register
def _(event: happened.ExtensionGranted, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    asked = case.extensions[event.extension - 1]
    return say("extended the limit by {length}; due {due}", length=asked.length.text, due=shown(reading, event.due))


@said.register
def _(event: happened.ExtensionRefused, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("refused to extend the limit: {reason}", reason=event.reason)


@said.register
def _(event: happened.OpinionAsked, case: Case, procedure: Procedure, reading: Reading) -> Words:
    return say(
        "asked {of} for an opinion at “{step}” until {due}: {question}",
        of=name_of(reading, event.of),
        step=step_of(case, procedure, event.item),
        due=shown(reading, event.due),
        question=event.question,
    )


@said.register
def _(event: happened.OpinionGiven, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    of = name_of(reading, case.consultations[event.consultation - 1].of)
    given = say("opinion of {of}: {opinion}", of=of, opinion=event.opinion)
    return say("{said} (late)", said=given) if event.late else given


@said.register
def _(event: happened.OpinionLapsed, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    of = name_of(reading, event.of)
    return say("{of} gave no opinion until {due}; the case goes on", of=of, due=shown(reading, event.due))


@said.register
def _(event: happened.PartFinished, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("did “{part}” of “{step}”", part=event.part, step=step_of(case, procedure, event.item))
