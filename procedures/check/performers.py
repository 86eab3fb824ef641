"""Rules on steps that several do together and on time-outs: what comes of them is always decided (QT318 to QT333)."""

from collections.abc import Iterator

from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import BackTo, FieldType, Outcome, Step
from procedures.several import Several
from procedures.words import Words, say


def somebody_decides_a_bounded_return(subject: Subject) -> Iterator[Finding]:
    """QT318: a return that votes or a time-out bring about has no bound, because nobody could choose another way."""
    for step in subject.procedure.steps:
        for outcome in _decided_by_nobody(step):
            for number, branch in enumerate(outcome.branches):
                if isinstance(branch.target, BackTo) and branch.target.at_most is not None:
                    yield Finding(
                        "QT318",
                        Severity.ERROR,
                        say("nobody decides the return of step “{step}”, but it has a bound", step=step.key),
                        subject.places.at("steps", step.key, "outcomes", outcome.label, number, "target"),
                        label=say("after the last allowed return the case would stand here for ever"),
                        help=say("lead to a step where a person decides to return, or take the bound away"),
                    )


def _decided_by_nobody(step: Step) -> tuple[Outcome, ...]:
    if step.several is not None:
        return step.outcomes
    timed_out = step.timeout.outcome if step.timeout is not None else None
    return tuple(outcome for outcome in step.outcomes if outcome.label == timed_out)


def time_outs_have_a_time(subject: Subject) -> Iterator[Finding]:
    """QT319: a step with a time-out waits for somebody, and has a measured time to do it in."""
    for step in subject.procedure.steps:
        fault = _time_out_fault(step)
        if fault is not None:
            message, help_ = fault
            yield Finding("QT319", Severity.ERROR, message, subject.places.at("steps", step.key, "timeout"), help=help_)


def _time_out_fault(step: Step) -> tuple[Words, Words] | None:
    if step.timeout is None:
        return None
    if step.kind in {"route", "delay"}:
        return (
            say("step “{step}” waits for nobody who could be too late", step=step.key),
            say("take “quá thời hạn” away"),
        )
    limit = step.timeout.after or (step.norm.within if step.norm is not None else None)
    if limit is None or not limit.measured:
        return (
            say("the time-out of step “{step}” has no time", step=step.key),
            say("add a line:  thời hạn: 3 ngày làm việc"),
        )
    if step.timeout.outcome is None and step.several is None:
        return (
            say("at step “{step}” there are not several of whom one could be absent", step=step.key),
            say("write:  quá thời hạn: kết thúc … — or add:  mỗi: người"),
        )
    return None


def several_come_to_one_outcome(subject: Subject) -> Iterator[Finding]:
    """QT330: what several do together comes out in one way, or in two that a vote decides between."""
    for step in subject.procedure.steps:
        if step.several is not None:
            fault = _outcome_fault(step, step.several)
            if fault is not None:
                at = subject.places.at("steps", step.key, "several")
                yield Finding("QT330", Severity.ERROR, fault[0], at, help=fault[1])


def _outcome_fault(step: Step, several: Several) -> tuple[Words, Words] | None:
    labels = [outcome.label for outcome in step.choices]
    if step.kind not in {"work", "call"}:
        return say("nobody does step “{step}” together", step=step.key), say(
            "add “trách nhiệm: …” or “gọi quy trình: …”"
        )
    if step.kind == "call" and several.each == "person":
        return say("step “{step}” is done by units, not by persons", step=step.key), say("write:  mỗi: đơn vị trong …")
    if several.vote is None and len(labels) > 1:
        return (
            say("step “{step}” is done by several, but nothing says which outcome counts", step=step.key),
            say("add a line:  biểu quyết: {outcome} khi quá nửa", outcome=labels[0]),
        )
    if several.vote is not None and (several.vote not in labels or len(labels) != 2):  # noqa: PLR2004 - for and against
        return (
            say("a vote decides between two outcomes, of which one is “{outcome}”", outcome=several.vote),
            say("let “chọn” have two outcomes: one for enough votes, one for too few"),
        )
    return None


def lists_are_lists(subject: Subject) -> Iterator[Finding]:
    """QT331: those who are called stand in a list of the right kind, or are units of the organisation."""
    for step in subject.procedure.steps:
        fault = _list_fault(subject, step.several) if step.several is not None else None
        if fault is not None:
            at = subject.places.at("steps", step.key, "several")
            yield Finding("QT331", Severity.ERROR, fault[0], at, help=fault[1])


def _list_fault(subject: Subject, several: Several) -> tuple[Words, Words] | None:
    spec = subject.procedure.field(several.field) if several.field is not None else None
    wanted = FieldType.PEOPLE if several.each == "person" else FieldType.UNITS
    kind = "danh sách người" if several.each == "person" else "danh sách đơn vị"
    if spec is not None and spec.type is not wanted:
        message = say("the value “{field}” is not a list of those who are called", field=spec.name)
        return message, say("declare it as:  {field}: {kind}", field=spec.name, kind=kind)
    units = {unit.name for unit in subject.organisation.units} if subject.organisation is not None else set[str]()
    unknown = [name for name in several.named if several.each == "unit" and units and name not in units]
    if unknown:
        message = say("unit “{name}” is not in the organisation", name=unknown[0])
        return message, say("correct the name, or list the units in a value:  danh sách đơn vị")
    return None


def enough_can_be_reached(subject: Subject) -> Iterator[Finding]:
    """QT332: no more are asked for than there are."""
    for step in subject.procedure.steps:
        wanted = step.several.enough.at_least if step.several is not None else None
        there = _there(subject, step)
        if wanted is not None and there is not None and wanted > there:
            yield Finding(
                "QT332",
                Severity.ERROR,
                say(
                    "step “{step}” needs {count}, but there are only {there}", step=step.key, count=wanted, there=there
                ),
                subject.places.at("steps", step.key, "several"),
                help=say("ask for fewer, or for a share of them:  ít nhất 2/3"),
            )


def _there(subject: Subject, step: Step) -> int | None:
    """Return how many there are at most; None where it is told only when a case runs."""
    several, people = step.several, subject.organisation
    if several is None or several.field is not None:
        return None
    if several.named:
        return len(several.named)
    if people is None:
        return None
    roles = [role for role in subject.procedure.roles if role.name in step.responsible]
    posts = {(holder.position, holder.unit) for role in roles for holder in role.holders}
    if any(holder.opener or holder.relative for role in roles for holder in role.holders):
        return None
    return sum(
        any(
            (post.position, unit) in posts
            for post in person.posts
            if post.held(subject.on)
            for unit in (post.unit, None)
        )
        for person in people.people
    )


def listed_units_have_holders(subject: Subject) -> Iterator[Finding]:
    """QT333: in each unit that is called somebody holds a role of the step; of a list that is entered it hints."""
    for step in subject.procedure.steps:
        if step.kind == "work" and step.several is not None and step.several.each == "unit":
            empty = _empty_units(subject, step, step.several)
            if empty:
                yield _nobody_there(subject, step, empty, step.several.field)


def _empty_units(subject: Subject, step: Step, several: Several) -> list[str]:
    """Return the units in which nobody could take the work of a step that any holder of a position there may do."""
    people = subject.organisation
    holders = [one for role in subject.procedure.roles if role.name in step.responsible for one in role.holders]
    elsewhere = any(one.opener or one.relative or one.unit for one in holders)  # they act for every unit
    if people is None or elsewhere:
        return []
    positions = {one.position for one in holders}
    posts = (post for person in people.people for post in person.posts if post.held(subject.on))
    manned = {post.unit for post in posts if post.position in positions}
    known = [unit.name for unit in people.units if several.field is not None or unit.name in several.named]
    return [name for name in known if name not in manned]


def _nobody_there(subject: Subject, step: Step, units: list[str], field: str | None) -> Finding:
    told = {"role": " / ".join(step.responsible), "units": ", ".join(units), "step": step.key}
    return Finding(
        "QT333",
        Severity.ERROR if field is None else Severity.HINT,
        say("nobody holds “{role}” in {units}, which step “{step}” calls", **told)
        if field is None
        else say("nobody holds “{role}” in {units}; listed in “{field}”, they would wait", field=field, **told),
        subject.places.at("steps", step.key, "several"),
        label=say("cases would wait here for nobody"),
        help=say("give somebody there the post in organisation.d, or let a further role do the step"),
        data={"units": units},
    )
