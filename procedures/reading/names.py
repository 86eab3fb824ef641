"""Names that are declared in a file, and the finding when a name is used that is not."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from procedures.finding import Edit, Related, Span
from procedures.reading.desk import Desk
from procedures.reading.phrase import Phrase
from procedures.text import fold, nearest
from procedures.words import Words, say

Sort = Literal["step", "role", "form", "field", "phase"]

_UNKNOWN: Mapping[Sort, tuple[str, Callable[[str], Words]]] = {
    "step": ("QT201", lambda name: say("step “{name}” does not exist", name=name)),
    "role": ("QT202", lambda name: say("role “{name}” is not declared", name=name)),
    "form": ("QT203", lambda name: say("form “{name}” is not declared", name=name)),
    "field": ("QT204", lambda name: say("value “{name}” is not declared", name=name)),
    "phase": ("QT205", lambda name: say("phase “{name}” is not declared", name=name)),
}
_KNOWN: Mapping[Sort, Callable[[str], Words]] = {
    "step": lambda known: say("the steps are: {known}", known=known),
    "role": lambda known: say("the roles are: {known}", known=known),
    "form": lambda known: say("the forms are: {known}", known=known),
    "field": lambda known: say("the values are: {known}", known=known),
    "phase": lambda known: say("the phases are: {known}", known=known),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The declared names of one sort: name → where it is declared, and the section that declares them."""

    sort: Sort
    section: str
    section_at: Span | None = None
    declared: Mapping[str, Span] = field(default_factory=dict)

    def resolve(self, desk: Desk, name: Phrase) -> str | None:
        """Return the declared name that is meant, or None; says what is wrong with a name that is not declared."""
        if name.text in self.declared:
            return name.text
        if not name.text:
            desk.fault("QT107", name.span, say("a name is missing here"))
            return None
        near, certain = suggest(name.text, self.declared)
        meant = near if certain else None
        told = desk.unknown.get((self.sort, name.text))
        if told is not None:
            desk.also(told, name.span, say("named here too"))
            return meant
        desk.unknown[self.sort, name.text] = len(desk.findings)
        self._tell(desk, name, near, meant)
        return meant

    def _tell(self, desk: Desk, name: Phrase, near: str | None, meant: str | None) -> None:
        code, message = _UNKNOWN[self.sort]
        desk.fault(
            code,
            name.span,
            message(name.text),
            label=say("no step has this name") if self.sort == "step" else None,
            help=self._help(near),
            related=[Related(self.declared[near], say("declared here"))] if near else (),
            fix=[Edit(name.span, meant)] if meant else (),
        )

    def _help(self, near: str | None) -> Words:
        if near is not None:
            return say("did you mean “{name}”? (declared at line {line})", name=near, line=self.declared[near].line)
        if not self.declared:
            return say("declare it under “{section}”", section=self.section)
        known = _KNOWN[self.sort](", ".join(self.declared))
        if self.section_at is None or self.sort == "step":
            return known
        return say(
            "{known}; to add one, declare it under “{section}” (line {line})",
            known=known,
            section=self.section,
            line=self.section_at.line,
        )


def suggest(word: str, known: Iterable[str]) -> tuple[str | None, bool]:
    """Return the nearest known name and whether it differs only in accents and capitals, with no rival."""
    names = list(known)
    twins = [name for name in names if fold(name) == fold(word)]
    if len(twins) == 1:
        return twins[0], True
    return nearest(word, names), False
