"""Faults in what people write, as values: code, severity, sentence, place and mend."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from procedures.words import Words

FORMAT_VERSION = "1.0"


class Severity(StrEnum):
    """How much a finding weighs: errors block an issue, warnings must be accepted with a reason."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Span(NamedTuple):
    """A place in a file: lines and columns count from 1, in characters (code points); the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that helps to understand a finding, with a short label."""

    span: Span
    label: Words


@dataclass(frozen=True, slots=True)
class Edit:
    """A replacement of the text in `span` that mends a finding; `check --fix` applies it."""

    span: Span
    text: str


class Stop(NamedTuple):
    """A step that is finished, with the outcome that was chosen; None where that does not matter."""

    step: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """A run of a case that shows a fault: the finished steps in order, the fewest there are.

    `at` are the steps where it goes wrong, `what` says in a few words what happens there.
    """

    way: tuple[Stop, ...]
    at: tuple[str, ...]
    what: Words


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or hint, with its place. A finding without a place is a bug."""

    code: str
    severity: Severity
    message: Words
    span: Span
    label: Words | None = None
    help: Words | None = None
    notes: tuple[Words, ...] = ()
    related: tuple[Related, ...] = ()
    fix: tuple[Edit, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    trace: Trace | None = None

    @property
    def fixable(self) -> bool:
        """Tell whether `check --fix` can mend it."""
        return bool(self.fix)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return only those that block."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def in_reading_order(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by place, then code, and drop what was found twice."""
    unique = {(f.code, f.span, f.message.template): f for f in findings}
    return sorted(unique.values(), key=lambda finding: (finding.span, finding.code))
