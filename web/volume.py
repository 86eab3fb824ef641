"""How much came and went in a period, and how much of it in time: figures for a leader, each with its cases."""

from collections.abc import Iterable, Sequence

from procedures.words import say
from quality.facts import CaseFact
from quality.figure import Figure, Scope, counted, share
from quality.periods import Period


def volume(cases: Sequence[CaseFact], period: Period, procedure: str | None = None) -> dict[str, Figure]:
    """Return the figures of some cases by key; `procedure` is the one that all of them are of."""
    done = [case for case in cases if case.completed and period.has(case.ended_at)]
    due = [case for case in done if case.due is not None]
    scope: Scope = ((("procedure", procedure),) if procedure else ()) + (("period", period.key),)
    found = (
        counted(
            "volume.received",
            say("received"),
            say("cases opened in the period"),
            _ids(case for case in cases if period.has(case.opened_at)),
            scope,
        ),
        counted(
            "volume.completed",
            say("completed"),
            say("cases that reached a result in the period"),
            _ids(done),
            scope,
        ),
        share(
            "volume.on_time",
            say("on-time rate"),
            say("completed cases that ended by their due minute, of all completed cases that had one"),
            (_ids(case for case in due if not case.late), _ids(due)),
            scope,
        ),
        counted(
            "volume.late",
            say("completed late"),
            say("cases that reached a result in the period after their due minute"),
            _ids(case for case in due if case.late),
            scope,
        ),
        counted(
            "volume.withdrawn",
            say("withdrawn"),
            say("cases withdrawn in the period"),
            _ids(case for case in cases if case.status == "withdrawn" and period.has(case.ended_at)),
            scope,
        ),
    )
    return {figure.key: figure for figure in found}


def _ids(cases: Iterable[CaseFact]) -> list[str]:
    return [case.id for case in cases]
