"""Rules on what an ISO procedure should contain (QT602 to QT609)."""

import re
from collections.abc import Iterator

from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import Kind, Step
from procedures.text import nearest
from procedures.words import Words, say

#: "không áp dụng — lý do: …": that risks were thought of and do not apply; what follows is the reason.
_NO_RISKS = re.compile(r"không áp dụng\b[\s\W]*(?:(?:với )?lý do|vì)?[\s\W]*(?P<reason>.*)", re.IGNORECASE | re.DOTALL)
#: Fewer words than these give no reason.
_REASON = 2


def names_risks(subject: Subject) -> Iterator[Finding]:
    """QT602: risks are thought of."""
    if not subject.procedure.risks:
        yield _hint(
            subject,
            "QT602",
            say("the procedure names no risks (ISO 9001:2015, clauses 6.1 and 8.1)"),
            say("add “rủi ro:”, or write  rủi ro: không áp dụng — with the reason"),
        )
    for number, risk in enumerate(subject.procedure.risks):
        excluded = _NO_RISKS.fullmatch(risk.strip())
        if excluded and len(excluded["reason"].split()) < _REASON:
            yield Finding(
                "QT602",
                Severity.WARNING,
                say("risks are excluded without a reason (ISO 9001:2015, clauses 6.1 and 8.1)"),
                subject.places.at("risks", number),
                help=say("write the reason:  rủi ro: không áp dụng — lý do …"),
            )


def names_records(subject: Subject) -> Iterator[Finding]:
    """QT603: it is said what is kept, where and for how long."""
    if not subject.procedure.records:
        yield _hint(
            subject,
            "QT603",
            say("the procedure does not say which records are kept (ISO 9001:2015, clause 7.5)"),
            say("add “hồ sơ lưu:” with the place and the time"),
        )


def has_scenarios(subject: Subject) -> Iterator[Finding]:
    """QT604: examples are declared."""
    if not subject.procedure.scenarios:
        yield _hint(
            subject,
            "QT604",
            say("the procedure has no sample cases"),
            say("add “thử:” with at least one case that is granted and one that is refused"),
        )


def has_indicators(subject: Subject) -> Iterator[Finding]:
    """QT605: quality targets are declared."""
    if not subject.procedure.indicators:
        yield _hint(
            subject,
            "QT605",
            say("the procedure has no quality targets (ISO 9001:2015, clause 6.2)"),
            say("add “chỉ tiêu:”, for example:  CT1: đúng hạn ít nhất 95% mỗi quý"),
        )


def owner_is_known(subject: Subject) -> Iterator[Finding]:
    """QT606: the unit that owns the procedure is a unit of the organisation."""
    known = [unit.name for unit in subject.organisation.units] if subject.organisation else []
    owner = subject.procedure.owner_unit
    if known and owner not in known:
        near = nearest(owner, known)
        yield Finding(
            "QT606",
            Severity.ERROR,
            say("the unit “{unit}”, which owns the procedure, is not in the organisation", unit=owner),
            subject.places.at("owner_unit"),
            label=say("nobody answers for the procedure"),
            help=say("did you mean “{name}”?", name=near)
            if near
            else say("correct the name, or add the unit in organisation.d"),
        )


def steps_have_norms(subject: Subject) -> Iterator[Finding]:
    """QT607: it is said how long each step may take; the first one is done before the case is handed in."""
    yield from _of_steps(
        subject,
        "QT607",
        [step for step in _work(subject) if step.norm is None and step.key != subject.procedure.start.key],
        say("it is not said how long these steps may take (ISO 9001:2015, clause 4.4.1 c)"),
        say("add “thời hạn:” to the step; where none is set, write  thời hạn: không quy định"),
    )


def steps_leave_something(subject: Subject) -> Iterator[Finding]:
    """QT608: each step leaves an output, a form, entered values, a checklist, or at least a decision."""
    yield from _of_steps(
        subject,
        "QT608",
        [step for step in _work(subject) if not _leaves_something(step)],
        say("nothing shows that these steps were done (ISO 9001:2015, clauses 4.4.1 a and 8.1)"),
        say("add “biểu mẫu:” or “kết quả:” to the step"),
    )


def names_its_grounds(subject: Subject) -> Iterator[Finding]:
    """QT609: a procedure for administrative services names the law that it follows."""
    services = {Kind.SERVICE, Kind.INTERNAL_SERVICE}
    if subject.procedure.kind in services and not subject.procedure.references:
        yield Finding(
            "QT609",
            Severity.WARNING,
            say("the procedure names no legal grounds"),
            subject.places.at("kind"),
            label=say("an administrative procedure follows what was published"),
            help=say("add “căn cứ:” with the decision that publishes the procedure and the decrees it follows"),
        )


def _work(subject: Subject) -> list[Step]:
    return [step for step in subject.procedure.steps if step.kind == "work"]


def _leaves_something(step: Step) -> bool:
    # The engine keeps who chose which outcome, so that a decision is a record by itself.
    return bool(step.outputs or step.forms or step.collect or step.checklist or len(step.outcomes) > 1)


def _of_steps(subject: Subject, code: str, steps: list[Step], message: Words, mend: Words) -> Iterator[Finding]:
    """Give one hint for all steps that lack the same thing, at the first of them."""
    if steps:
        yield Finding(
            code,
            Severity.HINT,
            message,
            subject.places.key("steps", steps[0].key),
            label=say("{count} steps: {steps}", count=len(steps), steps=", ".join(f"“{step.key}”" for step in steps)),
            help=mend,
            data={"steps": [step.key for step in steps]},
        )


def _hint(subject: Subject, code: str, message: Words, mend: Words) -> Finding:
    return Finding(code, Severity.HINT, message, subject.places.at("procedure"), help=mend)


def forms_are_used(subject: Subject) -> Iterator[Finding]:
    """QT615: the list of forms holds what steps use; a form that none uses is not under control."""
    used = {code for step in subject.procedure.steps for code in step.forms}
    for form in subject.procedure.forms:
        if form.code not in used:
            yield Finding(
                "QT615",
                Severity.HINT,
                say("no step uses the form “{code}”", code=form.code),
                subject.places.at("forms", form.code),
                help=say(
                    "add it to the step that fills it in (biểu mẫu: {code}), or take it out of the list", code=form.code
                ),
            )
