"""The desk at which one file is read: what was found wrong, where everything stands, and the words for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from procedures.finding import Edit, Finding, Related, Severity, Span
from procedures.places import Path, Places
from procedures.source import Node
from procedures.words import Lang, Words


@dataclass(slots=True)
class Desk:
    """What the readers of one file share.

    `maimed` is set when a fault leaves a hole in the flow, so that proving the rest would only echo that fault.
    `strangers` are keys of the other vocabulary: key span and the right key; told as one finding.
    `unknown` says which finding told that a name of some sort is not declared; further uses join it.
    """

    file: str
    lang: Lang
    places: Places
    findings: list[Finding] = field(default_factory=list)
    strangers: list[tuple[Span, str, str]] = field(default_factory=list)
    maimed: bool = False
    unknown: dict[tuple[str, str], int] = field(default_factory=dict)

    def fault(
        self,
        code: str,
        span: Span,
        message: Words,
        *,
        label: Words | None = None,
        help: Words | None = None,  # noqa: A002 - the name that Finding gives it
        related: Sequence[Related] = (),
        fix: Sequence[Edit] = (),
    ) -> None:
        """Record an error."""
        self.findings.append(
            Finding(code, Severity.ERROR, message, span, label, help, related=tuple(related), fix=tuple(fix))
        )

    def also(self, told: int, span: Span, label: Words) -> None:
        """Let a finding speak of one more place; it stands at the first of them, and its mend reaches all."""
        finding = self.findings[told]
        first, other = sorted((finding.span, span))
        fix = (*finding.fix, Edit(span, finding.fix[0].text)) if finding.fix else ()
        related = (*finding.related, Related(other, label))
        self.findings[told] = replace(finding, span=first, related=related, fix=fix)

    def put(self, path: Path, span: Span, key: Span | None = None) -> None:
        """Remember where `path` stands."""
        self.places.spans[path] = span
        if key is not None:
            self.places.keys[path] = key

    def put_entry(self, path: Path, key: Node, value: Node) -> None:
        """Remember an entry: sentences and one-line lists stand for themselves, longer blocks for their key."""
        long = value.kind == "map" or (value.kind == "list" and value.span.line != value.span.end_line)
        self.put(path, key.span if long else value.span, key.span)
