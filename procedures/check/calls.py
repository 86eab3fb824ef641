"""Rules on procedures that call one another: what is called is over before whoever waits for it is late (QT411)."""

from collections.abc import Iterator, Mapping

from procedures.check.amounts import said, scale, size
from procedures.check.norms import longer
from procedures.check.overrun import measured
from procedures.finding import Finding, Severity
from procedures.model import Duration, Procedure, Step
from procedures.places import Places
from procedures.words import Words, say


def calls_fit(procedure: Procedure, places: Places, others: Mapping[str, Procedure]) -> Iterator[Finding]:
    """QT411: a called procedure may not take longer than the step that waits for it, or else the whole case.

    `others` are the procedures that are known, by code; of one that is not among them nothing is said.
    """
    for step in procedure.steps:
        called = others.get(step.call) if step.call is not None else None
        takes = measured(called.within) if called is not None else None
        waits = measured(step.norm.within if step.norm is not None else procedure.within)
        if called is not None and takes is not None and waits is not None and longer(takes, waits):
            yield _too_long(step, called, takes, waits, places)


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
