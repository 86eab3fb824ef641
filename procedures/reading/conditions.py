"""Conditions of a definition, read against its declared values."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from procedures.condition import Condition
from procedures.expression import ExpressionFault, doubts, parse_condition
from procedures.finding import Edit, Finding, Severity
from procedures.model import FieldSpec, FieldType
from procedures.reading.desk import Desk
from procedures.reading.phrase import Phrase
from procedures.words import Words, say


@dataclass(frozen=True, slots=True)
class Conditions:
    """The declared values by name; `broken` ones are declared, but with a fault that was told already."""

    desk: Desk
    fields: Mapping[str, FieldSpec]
    broken: frozenset[str] = field(default_factory=frozenset)

    def read(self, sentence: Phrase) -> Condition | None:
        """Read one condition; a fault is reported at the words that cause it, unless a broken value causes it."""
        try:
            condition = parse_condition(sentence.text, self.fields)
        except ExpressionFault as fault:
            if not any(name in sentence.text for name in self.broken):
                self._tell(sentence, fault, Severity.ERROR)
            return None
        for doubt in doubts(sentence.text, self.fields):
            self._tell(sentence, doubt, Severity.WARNING, self._without_unit(sentence.text[doubt.start : doubt.end]))
        return condition

    def _without_unit(self, comparison: str) -> Words | None:
        money = [name for name, spec in self.fields.items() if spec.type is FieldType.MONEY and name in comparison]
        return say("“{name}” is money, but no unit is written here", name=max(money, key=len)) if money else None

    def _tell(self, sentence: Phrase, fault: ExpressionFault, weight: Severity, label: Words | None = None) -> None:
        span = sentence.slice(fault.start, max(fault.end, fault.start + 1)).span
        exact = span.line == span.end_line and span.end_column - span.column == fault.end - fault.start
        fix = (Edit(span, fault.instead),) if fault.instead is not None and exact and not sentence.spoken else ()
        self.desk.findings.append(Finding(fault.code, weight, fault.words, span, label, fault.help, fix=fix))
