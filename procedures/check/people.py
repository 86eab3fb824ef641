"""Rules on people: every role has a holder, nobody approves what he asked for, and two people see every case."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import BackTo, End, Role, Step
from procedures.organisation import Organisation, Person
from procedures.words import say


@dataclass(frozen=True)
class _Staff:
    """Who may do what, for every person who may open a case."""

    subject: Subject
    organisation: Organisation

    @cached_property
    def roles(self) -> dict[str, Role]:
        return {role.name: role for role in self.subject.procedure.roles}

    @cached_property
    def openers(self) -> tuple[tuple[Person, str], ...]:
        """Everybody who may do the first step, with each unit he may open a case for."""
        pairs = ((p, unit) for p in self.organisation.people for unit in self.units(p))
        start = self.subject.procedure.start
        return tuple((p, unit) for p, unit in pairs if p in self.able(start.responsible, p, unit))

    def units(self, person: Person) -> tuple[str, ...]:
        return self.organisation.units_of(person.id, self.subject.on)

    def able(self, roles: tuple[str, ...], opener: Person, unit: str) -> tuple[Person, ...]:
        """Return who may act in one of `roles` in a case that `opener` opened for `unit`."""
        known = [self.roles[name] for name in roles if name in self.roles]
        found = (person for role in known for person in self.holders(role, opener, unit))
        return tuple(dict.fromkeys(found))

    def holders(self, role: Role, opener: Person, unit: str) -> tuple[Person, ...]:
        procedure = self.subject.procedure
        return self.organisation.holders(
            role, opener=opener.id, opener_unit=unit, owner_unit=procedure.owner_unit, on=self.subject.on
        )


def roles_have_holders(subject: Subject) -> Iterator[Finding]:
    """QT520: somebody in the organisation holds each role that a step needs."""
    if subject.organisation is None:
        return
    staff = _Staff(subject, subject.organisation)
    cases = [(person, unit) for person in subject.organisation.people for unit in staff.units(person)]
    for name in dict.fromkeys(name for step in subject.procedure.steps for name in step.responsible):
        role = staff.roles.get(name)
        if role is not None and not any(staff.holders(role, person, unit) for person, unit in cases):
            yield Finding(
                "QT520",
                Severity.ERROR,
                say("nobody holds the role “{role}” on {day}", role=name, day=f"{subject.on:%d/%m/%Y}"),
                subject.places.at("roles", name),
                label=say("cases would wait here for nobody"),
                help=say("correct the position or unit, or give somebody this post in organisation.d"),
            )


def other_people_can_be_found(subject: Subject) -> Iterator[Finding]:
    """QT521: where another person must act (`khác người`), there is one."""
    if subject.organisation is None:
        return
    staff = _Staff(subject, subject.organisation)
    known = {step.key: step for step in subject.procedure.steps}
    for step in subject.procedure.steps:
        for name in (name for name in step.not_same_as if name in known):
            blocked = [person for person, unit in staff.openers if _nobody_else(staff, step, known[name], person, unit)]
            if blocked:
                yield _nobody_left(subject, step, name, blocked, len(staff.openers))


def _nobody_else(staff: _Staff, step: Step, other: Step, opener: Person, unit: str) -> bool:
    """Tell whether both steps have people, but no two different ones."""
    first = staff.subject.procedure.start.key
    here, there = ((opener,) if s.key == first else staff.able(s.responsible, opener, unit) for s in (step, other))
    return bool(here) and bool(there) and not any(a != b for a in here for b in there)


def _nobody_left(subject: Subject, step: Step, name: str, blocked: list[Person], cases: int) -> Finding:
    always = len(blocked) == cases
    return Finding(
        "QT521",
        Severity.ERROR if always else Severity.WARNING,
        say("step “{step}” needs another person than “{other}”, but there is only one", step=step.key, other=name),
        subject.places.at("steps", step.key, "not_same_as"),
        label=say("a case opened by {person} could not go on", person=blocked[0].name),
        help=say("let a further role do one of the two steps"),
        data={"openers": [person.id for person in blocked]},
    )


def nobody_approves_his_own_request(subject: Subject) -> Iterator[Finding]:
    """QT501: who did the first step cannot decide on it, unless `khác người` keeps them apart."""
    start = subject.procedure.start
    if not start.responsible:
        return
    for step in subject.procedure.steps:
        apart = start.key in step.not_same_as or step.key in start.not_same_as
        if step.key != start.key and _decides(step) and not apart and start.key not in step.same_as:
            shared = _shared(subject, start, step)
            if shared is not None:
                yield _own_request(subject, start, step, *shared)


def _decides(step: Step) -> bool:
    """Tell whether somebody here says yes or no: there is a choice, and one way of it refuses or returns."""
    targets = [branch.target for outcome in step.outcomes for branch in outcome.branches]
    refuses = any(isinstance(target, BackTo | End) for target in targets)
    return step.kind == "work" and len(step.outcomes) > 1 and refuses and not all(isinstance(t, End) for t in targets)


def _shared(subject: Subject, start: Step, step: Step) -> tuple[str, str, str | None] | None:
    """Return (role there, role here, person) for the first who may do both steps of one case."""
    for role in step.responsible:
        if role in start.responsible and subject.organisation is None:
            return role, role, None
    if subject.organisation is None:
        return None
    staff = _Staff(subject, subject.organisation)
    for opener, unit in staff.openers:
        if opener in staff.able(step.responsible, opener, unit):
            return start.responsible[0], step.responsible[0], opener.name
    return None


def _own_request(subject: Subject, start: Step, step: Step, there: str, here: str, who: str | None) -> Finding:
    reason = say("the same role “{role}” does both steps", role=here)
    if who is not None:
        reason = say("{person} is both “{there}” and “{here}”", person=who, there=there, here=here)
    return Finding(
        "QT501",
        Severity.WARNING,
        say("who did “{start}” may also decide at “{step}” on his own request", start=start.key, step=step.key),
        subject.places.at("steps", step.key, "responsible"),
        help=say("add to step “{step}”:  khác người: {start}", step=step.key, start=start.key),
        notes=(reason,),
    )


def two_people_see_a_case(subject: Subject) -> Iterator[Finding]:
    """QT601: a procedure is for at least two people or two units."""
    work = [step for step in subject.procedure.steps if step.kind == "work"]
    roles = dict.fromkeys(name for step in work for name in (*step.responsible, *step.participants))
    alone = len(roles) == 1 or (len(roles) > 1 and _one_person(subject, tuple(roles)))
    if work and alone:
        yield Finding(
            "QT601",
            Severity.WARNING,
            say("only one role or person takes part in the whole procedure"),
            subject.places.at("roles"),
            label=say("nobody else sees the work of “{role}”", role=next(iter(roles))),
            help=say("let somebody else check or approve; otherwise a work instruction is enough"),
        )


def _one_person(subject: Subject, roles: tuple[str, ...]) -> bool:
    if subject.organisation is None or not subject.organisation.people:
        return False
    staff = _Staff(subject, subject.organisation)
    if any(role.external for role in staff.roles.values() if role.name in roles):
        return False
    people = {person for opener, unit in staff.openers for person in (opener, *staff.able(roles, opener, unit))}
    return len(people) == 1
