"""What stands in the way of an issue: steps that lost their name under cases (QT702), reviewers who object (QT704)."""

from collections.abc import Iterator, Mapping

from procedures.finding import Finding, Severity
from procedures.model import Procedure
from procedures.places import Places
from procedures.renames import undeclared
from procedures.words import say


def lost_names(before: Procedure, after: Procedure, places: Places, standing: Mapping[str, int]) -> Iterator[Finding]:
    """Yield a finding for each step that looks renamed, is not declared so, and has running cases.

    `standing` counts the running cases that stand on a step, by its key in `before`.
    """
    for old, new in undeclared(before, after).items():
        count = standing.get(old, 0)
        if count:
            yield Finding(
                "QT702",
                Severity.ERROR,
                say(
                    "{count} running cases lose their place: step “{old}” is now “{new}”", count=count, old=old, new=new
                ),
                places.key("steps", new),
                help=say("add  tên cũ: {old}  to step “{new}”", old=old, new=new),
                data={"old": old, "new": new, "count": count},
            )


def disagreement(who: str, text: str, step: str | None, places: Places) -> Finding:
    """Return that a reviewer does not agree with the wording, at the step that it is about or at the whole."""
    return Finding(
        "QT704",
        Severity.WARNING,
        say("{who} does not agree: {text}", who=who, text=text),
        places.key("steps", step) if step is not None else places.key("procedure"),
        help=say("change it, or let whoever approves accept this with a reason"),
        data={"who": who, "step": step},
    )
