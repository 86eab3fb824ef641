"""Rules on automatic steps: something that is installed does them (QT617)."""

from collections.abc import Iterator
from functools import cache
from importlib.metadata import entry_points

from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.text import nearest, nfc
from procedures.words import say

#: The group of entry points under which what does automatic steps is found.
HANDLERS = "quytrinh.errands"


@cache
def installed() -> frozenset[str]:
    """Return the names of what does automatic steps here."""
    return frozenset(nfc(point.name).replace("_", " ") for point in entry_points(group=HANDLERS))


def something_does_every_automatic_step(subject: Subject) -> Iterator[Finding]:
    """QT617: whoever is named after `tự động` is installed; a case would wait at the step for nobody."""
    known = installed()
    for step in subject.procedure.steps:
        name = step.automatic
        if name is None or name in known:
            continue
        meant = nearest(name, known)
        mend = (
            say("did you mean “{name}”?", name=meant)
            if meant
            else say("installed are: {known}; more come with a package", known=", ".join(sorted(known)))
        )
        yield Finding(
            "QT617",
            Severity.WARNING,
            say("nothing that is installed here does “{task}”", task=name),
            subject.places.at("steps", step.key, "automatic"),
            help=mend,
        )
