"""Everything that is wrong with a definition file in one go: what the reader found and what the checks found."""

from procedures.calendar import Calendar
from procedures.check import check
from procedures.finding import Finding, in_reading_order
from procedures.load import Loaded
from procedures.organisation import Organisation


def examine(
    loaded: Loaded, organisation: Organisation | None = None, calendar: Calendar | None = None
) -> list[Finding]:
    """Return the findings of the reader and of the checks, in reading order.

    A file with errors is checked for faults in its flow only, on the sketch of what it most likely means: whoever mends
    a name should hear of a dead end in the same run, and of nothing that only follows from the wrong name.
    """
    if loaded.procedure is not None:
        found = check(loaded.procedure, loaded.places, organisation, calendar)
    elif loaded.sketch is not None:
        found = [finding for finding in check(loaded.sketch, loaded.places) if _of_the_flow(finding)]
    else:
        found = []
    return in_reading_order([*loaded.findings, *found])


def _of_the_flow(finding: Finding) -> bool:
    # In a sketch an unknown role is left out, so that a step may seem to be done by nobody.
    return finding.code.startswith("QT3") and finding.code != "QT317"
