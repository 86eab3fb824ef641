"""Saying the ways on from a step: outcome, condition and where it leads, by the numbers of the steps."""

from procedures.judgement import in_words
from procedures.model import BackTo, Branch, End, Go, Outcome, Procedure
from procedures.words import Lang


def way_on(procedure: Procedure, outcome: Outcome, branch: Branch, lang: Lang, *, named: bool) -> str:
    """Say one way on: its outcome where there are several, its condition, and where it leads."""
    parts = [f"{outcome.label}:"] if named else []
    if branch.when is not None:
        parts.append(f"({in_words(branch.when, lang)})")
    return " ".join([*parts, _target(procedure, branch.target)])


def _target(procedure: Procedure, target: Go | BackTo | End) -> str:
    match target:
        case Go(steps=steps, race=race):
            return "→ " + (" | " if race else " & ").join(str(procedure.number(key)) for key in steps)
        case BackTo(step=key):
            return f"↩ {procedure.number(key)}"
        case End(result=result):
            return f"⊘ {result}"
