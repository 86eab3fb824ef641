"""Rules on procedures that call one another: what is called counts for what waits for it (QT401, QT411, QT412)."""

from collections.abc import Iterator, Mapping
from itertools import islice

from procedures.calendar import Calendar
from procedures.check.amounts import own_time, said, scale, size
from procedures.check.norms import longer
from procedures.check.overrun import measured
from procedures.check.subject import Subject
from procedures.check.time import steps_fit_into_the_limit
from procedures.finding import Finding, Severity
from procedures.model import Duration, Norm, Procedure, Step
from procedures.places import Places
from procedures.words import Words, say


def calls_fit(
    procedure: Procedure, places: Places, others: Mapping[str, Procedure], calendar: Calendar | None = None
) -> Iterator[Finding]:
    """QT411: a called procedure may not take longer than the step that waits for it, or else the whole case.

    Where a call declares no time of its own, the limit of what it calls counts into the sum of QT401; where that is
    not known, it is told that nothing is proven (QT412). `others` are the procedures that are known, by code.
    """
    alone = False
    for step in procedure.steps:
        called = others.get(step.call) if step.call is not None else None
        takes = measured(called.within) if called is not None else None
        waits = measured(step.norm.within if step.norm is not None else procedure.within)
        if called is not None and takes is not None and waits is not None and longer(takes, waits):
            alone = alone or step.norm is None
            yield _too_long(step, called, takes, waits, places)
        elif takes is None and _is_open(step) and waits is not None:
            yield _not_known(step, called is not None, places)
    if not alone:
        yield from _sum(procedure, places, others, calendar)


def reckoned(procedure: Procedure, others: Mapping[str, Procedure]) -> Procedure:
    """Return the procedure with the limit of what is called as the time of each call that declares none."""
    return procedure.model_copy(update={"steps": tuple(_with_time(step, others) for step in procedure.steps)})


def _with_time(step: Step, others: Mapping[str, Procedure]) -> Step:
    called = others.get(step.call or "") if _is_open(step) else None
    takes = measured(called.within) if called is not None else None
    return step if takes is None else step.model_copy(update={"norm": Norm(within=takes)})


def _is_open(step: Step) -> bool:
    """Tell whether a step calls and says nothing of how long it may take."""
    return step.call is not None and step.norm is None and own_time(step) is None


def _sum(
    procedure: Procedure, places: Places, others: Mapping[str, Procedure], calendar: Calendar | None
) -> Iterator[Finding]:
    """Yield what the sum of all is too long for, unless the steps alone are."""
    whole = reckoned(procedure, others)
    if whole != procedure and not any(steps_fit_into_the_limit(Subject(procedure, places, calendar=calendar))):
        yield from islice(steps_fit_into_the_limit(Subject(whole, places, calendar=calendar)), 1)


def _not_known(step: Step, there: bool, places: Places) -> Finding:  # noqa: FBT001 -- it is said, or nothing is known
    code = step.call or ""
    why = (
        say("{code} declares no limit", code=code)
        if there
        else say("there is no {code} to be looked at here", code=code)
    )
    return Finding(
        "QT412",
        Severity.HINT,
        say(
            "it is not proven that the case fits into its limit: how long step “{step}” takes is not known",
            step=step.key,
        ),
        places.at("steps", step.key, "call"),
        label=why,
        help=say("give this step a time (thời hạn), or {code} a limit", code=code),
    )


def _too_long(step: Step, called: Procedure, takes: Duration, waits: Duration, places: Places) -> Finding:
    told = {"code": called.code, "takes": _said(takes), "waits": _said(waits), "step": step.key}
    own = step.norm is not None
    return Finding(
        "QT411",
        Severity.WARNING,
        say("{code} may take {takes}, but step “{step}” waits for it only {waits}", **told)
        if own
        else say("{code}, which step “{step}” calls, may take {takes}, but this whole case only {waits}", **told),
        places.at("steps", step.key, "norm") if own else places.at("steps", step.key, "call"),
        label=say("late here, though there everything is on time"),
        help=say("give this step more time, or shorten the limit of {code}", code=called.code),
        data={"called": called.code, "takes": takes.text, "waits": waits.text},
    )


def _said(duration: Duration) -> Words:
    return said(size(duration), scale(duration))
