"""Rules on people: every role has a holder, nobody approves what he asked for, and two people see every case."""

from collections.abc import Iterator

from procedures.check.separation import rules_of
from procedures.check.staff import Opening, Staff
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import BackTo, End, Step
from procedures.organisation import Mandate
from procedures.words import Words, say


def roles_have_holders(subject: Subject) -> Iterator[Finding]:
    """QT510: somebody in the organisation holds each role that a step needs."""
    staff = subject.staff
    if staff is None:
        return
    for name in dict.fromkeys(name for step in subject.procedure.steps for name in step.responsible):
        if name in staff.roles and not staff.held(name):
            yield Finding(
                "QT510",
                Severity.ERROR,
                say("nobody holds the role “{role}” on {day}", role=name, day=subject.on),
                subject.places.at("roles", name),
                label=say("cases would wait here for nobody"),
                help=say("correct the position or unit, or give somebody this post in organisation.d"),
            )


def nobody_approves_his_own_request(subject: Subject) -> Iterator[Finding]:
    """QT501: who did the first step cannot decide on it, unless `khác người` keeps them apart."""
    start = subject.procedure.start
    if not start.responsible:
        return
    for step in subject.procedure.steps:
        apart = start.key in step.not_same_as or step.key in start.not_same_as
        if step.key != start.key and _decides(step) and not apart and start.key not in step.same_as:
            reason = _shared(subject, start, step)
            if reason is not None:
                yield _own_request(subject, start, step, reason)


def _decides(step: Step) -> bool:
    """Tell whether somebody here says yes or no: there is a choice, and one way of it refuses or returns."""
    targets = [branch.target for outcome in step.outcomes for branch in outcome.branches]
    refuses = any(isinstance(target, BackTo | End) for target in targets)
    return step.kind == "work" and len(step.choices) > 1 and refuses and not all(isinstance(t, End) for t in targets)


def _shared(subject: Subject, start: Step, step: Step) -> Words | None:
    """Say why somebody may do both steps of one case: by his posts first, else on behalf of another."""
    staff = subject.staff
    if staff is None:
        both = next((role for role in step.responsible if role in start.responsible), None)
        return say("the same role “{role}” does both steps", role=both) if both is not None else None
    for opening in staff.openings:
        if opening.who in staff.accounts(step.responsible, opening):
            there, here = start.responsible[0], step.responsible[0]
            if there == here:
                return say("{person} holds the role “{role}” of both steps", person=opening.person.name, role=here)
            return say("{person} is both “{there}” and “{here}”", person=opening.person.name, there=there, here=here)
    acting = ((opening, staff.acting_for(step, opening).get(opening.who)) for opening in staff.openings)
    return next((_acts_for(staff, opening, mandate) for opening, mandate in acting if mandate is not None), None)


def _acts_for(staff: Staff, opening: Opening, mandate: Mandate) -> Words:
    principal = staff.organisation.person(mandate.principal).name
    return say(
        "{person} acts for {principal} by {decision}",
        person=opening.person.name,
        principal=principal,
        decision=mandate.decision,
    )


def _own_request(subject: Subject, start: Step, step: Step, reason: Words) -> Finding:
    return Finding(
        "QT501",
        Severity.WARNING,
        say("who did “{start}” may also decide at “{step}” on his own request", start=start.key, step=step.key),
        subject.places.at("steps", step.key, "responsible"),
        help=say("add to step “{step}”:  khác người: {start}", step=step.key, start=start.key),
        notes=(reason,),
    )


def two_people_see_a_case(subject: Subject) -> Iterator[Finding]:
    """QT601: no case that goes beyond its first step is taken to its end by one person alone."""
    work = [step for step in subject.procedure.steps if step.kind == "work"]
    if not work:
        return
    staff = subject.staff
    if staff is None or not staff.openings:
        alone = [name for name in dict.fromkeys(work[0].responsible) if _ends_alone(subject, _of_role(subject, name))]
        if alone:
            yield _one_role(subject, alone[0])
        return
    own = {opening: _of_person(staff, opening) for opening in staff.openings}
    alike = {steps: _ends_alone(subject, steps) for steps in set(own.values())}
    openings = [opening for opening in staff.openings if alike[own[opening]]]
    if openings:
        yield _one_person(subject, staff, openings)


def _ends_alone(subject: Subject, own: frozenset[str]) -> bool:
    """Tell whether whoever does only the steps `own` can bring a case to an end beyond its first step."""
    work = frozenset(step.key for step in subject.procedure.steps if step.kind == "work")
    if subject.procedure.start.key in work - own:
        return False
    others = frozenset(step.key for step in subject.procedure.steps) - work
    apart = [both for both in rules_of(subject.procedure).apart if own.issuperset(both)]
    further = work - {subject.procedure.start.key}
    return subject.together.can_end(own | others, further or work, apart)


def _of_role(subject: Subject, name: str) -> frozenset[str]:
    """Return the steps that are done within one role, with nobody else taking part."""
    outside = {role.name for role in subject.procedure.roles if role.external}
    return frozenset(
        step.key
        for step in subject.procedure.steps
        if name in step.responsible and name not in outside and set(step.participants) <= {name}
    )


def _of_person(staff: Staff, opening: Opening) -> frozenset[str]:
    """Return the steps that whoever opens a case may do himself or for others, with nobody else taking part."""
    person, does = opening.who, staff.does(opening)
    return frozenset(
        step.key
        for step in staff.procedure.steps
        if (person in does.get(step.key, ()) and _by_himself(staff, step, opening))
        or (step.responsible and not step.participants and person in staff.acting_for(step, opening))
    )


def _by_himself(staff: Staff, step: Step, opening: Opening) -> bool:
    """Tell whether it takes nobody else, neither beside him nor outside."""
    outside = [name for name in (*step.responsible, *step.participants) if name in staff.roles_outside]
    inside = tuple(name for name in step.responsible if name not in outside)
    if outside and (outside[-1] in step.participants or opening.who not in staff.accounts(inside, opening)):
        return False
    return not step.participants or staff.accounts(step.participants, opening) <= {opening.who}


def _one_role(subject: Subject, name: str) -> Finding:
    return Finding(
        "QT601",
        Severity.WARNING,
        say("one role alone may take a case from its start to its end"),
        subject.places.at("roles"),
        label=say("nobody else sees the work of “{role}”", role=name),
        help=say("let somebody else check or approve; otherwise a work instruction is enough"),
    )


def _one_person(subject: Subject, staff: Staff, openings: list[Opening]) -> Finding:
    first = openings[0]
    steps = [step for step in subject.procedure.steps if step.responsible]
    mandates = (staff.acting_for(step, first).get(first.who) for step in steps)
    used = {(one.principal, one.decision): one for one in mandates if one is not None}
    return Finding(
        "QT601",
        Severity.WARNING,
        say("one person alone may take a case from its start to its end"),
        subject.places.at("roles"),
        label=say("for example {person}, in a case of {unit}", person=first.person.name, unit=first.unit),
        help=say("let somebody else check or approve, or keep two steps apart with “khác người”"),
        notes=tuple(_acts_for(staff, first, one) for one in used.values()),
        data={"openers": [(one.person.id, one.unit) for one in openings]},
    )
