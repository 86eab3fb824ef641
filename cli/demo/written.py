"""What the sample agency writes into the registers of its quality system in the year: who, when, and in which words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path

from engine.case import Case
from procedures.model import FieldSpec, Outcome, Step

#: The registers of the quality system; what is declared, audited and inspected.
_FILES = tuple(Path(__file__).with_name(f"{name}.json") for name in ("registers", "system"))


@dataclass(frozen=True, slots=True)
class Written:
    """One case of a register: opened when, by whom; its values by name, its outcomes, ends and performers by step.

    A value that names a procedure in braces stands for the last case of it that was opened.
    """

    at: datetime
    procedure: str
    opener: str
    title: str
    values: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    until: Mapping[str, datetime] = field(default_factory=dict)
    who: Mapping[str, str] = field(default_factory=dict)

    def value(self, spec: FieldSpec, last: Mapping[str, str]) -> str:
        """Return what is entered into a field; empty where nothing is."""
        told = self.values.get(spec.name, "")
        return last.get(told.strip("{}"), "") if told.startswith("{") else told

    def choose(self, step: Step, case: Case) -> Outcome | None:
        """Return the outcome that was written down for a step; None where it was left to chance, or has been chosen."""
        label = self.outcomes.get(step.key)
        if label is None or len(case.attempts(step.key)) > 1:
            return None
        return step.outcome(label)


def written(year: int, zone: tzinfo) -> list[Written]:
    """Return everything that is written in a year, in order."""
    told = [one for path in _FILES for one in json.loads(path.read_text(encoding="utf-8"))]
    return sorted((_read(one, year, zone) for one in told), key=lambda one: (one.at, one.procedure, one.title))


def _read(one: Mapping[str, object], year: int, zone: tzinfo) -> Written:
    def at(text: object) -> datetime:
        return datetime.fromisoformat(f"{year}-{text}").replace(tzinfo=zone)

    named = {name: _texts(one.get(name)) for name in ("values", "outcomes", "until", "who")}
    return Written(
        at(one["on"]),
        str(one["procedure"]),
        str(one["opener"]),
        str(one["title"]),
        named["values"],
        named["outcomes"],
        {step: at(text) for step, text in named["until"].items()},
        named["who"],
    )


def _texts(told: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in told.items()} if isinstance(told, dict) else {}
