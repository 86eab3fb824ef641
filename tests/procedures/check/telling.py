"""Short hands for asking what is said about steps."""

from procedures.check import check
from procedures.finding import Finding, Span
from procedures.model import Procedure, Step
from procedures.places import Places
from tests.procedures.building import procedure


def places(sample: Procedure) -> Places:
    """Every step on a line of its own, so that findings about different steps stay apart."""
    spans = {("steps", s.key): Span("a.yaml", n, 3, n, 9) for n, s in enumerate(sample.steps, 10)}
    return Places(Span("a.yaml", 1, 1, 1, 1), dict(spans))


def flow(*steps: Step) -> list[Finding]:
    sample = procedure(*steps)
    return [finding for finding in check(sample, places(sample)) if finding.code < "QT400"]


def codes(*steps: Step) -> list[str]:
    return [finding.code for finding in flow(*steps)]


def way(finding: Finding) -> list[tuple[str, str | None]]:
    assert finding.trace is not None
    return [(stop.step, stop.outcome) for stop in finding.trace.way]
