"""What the sections of a review pack are built from, gathered once: facts before the cut-off, groups, registers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.store import Reader
from procedures.calendar import Calendar
from procedures.shelf import Release
from quality import questions
from quality.declarations.in_force import latest_of
from quality.facts import Facts
from quality.groups import Group, by_issue, by_procedure
from quality.indicators import backlog, measured
from quality.meter import Worked
from quality.naming import Named, Then
from quality.nonconformity import Nonconformity, register_before
from quality.owing import Owed, owed, system
from quality.periods import Period, last
from quality.questions import Frozen
from quality.questions_before import Before

#: A trend reaches so many months back.
MONTHS = 24
#: The system procedures that feed a review.
AUDIT, REVIEW, RISK, COMPLAINT = "QT-HT-02", "QT-HT-03", "QT-HT-05", "QT-HT-06"
ACTION, POLICY, OBJECTIVE, CONTEXT, SURVEY = "QT-HT-07", "QT-HT-08", "QT-HT-09", "QT-HT-10", "QT-HT-11"
PROVIDER, RESOURCE, TRAINING, IMPROVEMENT, DIFFICULTY = "QT-HT-12", "QT-HT-13", "QT-HT-14", "QT-HT-15", "QT-HT-16"
_HELD = (ACTION, POLICY, OBJECTIVE, CONTEXT, SURVEY, PROVIDER, RESOURCE, TRAINING, IMPROVEMENT, DIFFICULTY)


@dataclass(frozen=True)
class Material:
    """Everything as it stood before the cut-off; `groups` are those with any case in the period."""

    period: Period
    today: date
    calendar: Calendar
    facts: Facts
    worked: Worked
    groups: tuple[Group, ...]
    together: tuple[Group, ...]
    issued: tuple[Release, ...]
    register: tuple[Nonconformity, ...]
    audits: tuple[Frozen, ...]
    reviews: tuple[Frozen, ...]
    risks: tuple[Frozen, ...]
    complaints: tuple[Frozen, ...]
    held: Mapping[str, tuple[Frozen, ...]] = field(default_factory=dict)
    named: Named = field(default_factory=lambda: Named("", "", "", (), {}))
    owed: tuple[Owed, ...] = ()

    @property
    def tree(self) -> Mapping[str, str]:
        """The unit above each unit that has one."""
        return self.named.organisation.tree

    def touched(self, code: str) -> list[Frozen]:
        """Return the cases of a procedure of the quality system that were open at some time in the period."""
        start, end = self.period.start, self.period.end
        return [
            one
            for one in self.held.get(code, ())
            if one.case.opened_at < end and (one.case.ended_at is None or one.case.ended_at >= start)
        ]

    def release(self, code: str, issue: int) -> Release | None:
        """Return an issue, or None where it is no longer known."""
        return next((one for one in self.issued if (one.code, one.issue) == (code, issue)), None)


def material(
    reader: Reader,
    issued: Sequence[Release],
    calendar: Calendar,
    period: Period,
    cut_off: datetime,
    named: Named,
    ended: Collection[str] = (),
) -> Material:
    """Gather what happened before `cut_off` for a period, and before the period as far as trends reach back.

    `issued` are the procedures issued before it, `ended` the codes of those abolished by its day.
    """
    today = cut_off.astimezone(calendar.zone).date()
    known = system(Before(reader, cut_off).reader, latest_of(issued, ended, today), calendar.zone)
    since = last(MONTHS, period, "month")[0]
    facts = questions.facts_before(reader, cut_off, min(since.since, period.since))
    return Material(
        period=period,
        today=today,
        calendar=calendar,
        facts=facts,
        worked=measured(facts, calendar),
        groups=tuple(group for group in by_issue(facts) if _touched(group, period)),
        together=tuple(group for group in by_procedure(facts) if _touched(group, period)),
        issued=tuple(issued),
        register=tuple(register_before(reader, cut_off)),
        audits=tuple(questions.frozen(reader, AUDIT, cut_off)),
        reviews=tuple(questions.frozen(reader, REVIEW, cut_off)),
        risks=tuple(questions.frozen(reader, RISK, cut_off)),
        complaints=tuple(questions.frozen(reader, COMPLAINT, cut_off)),
        held={code: tuple(questions.frozen(reader, code, cut_off)) for code in _HELD},
        named=named,
        owed=tuple(owed(known, Then(named.organisation, calendar), named.agency, today)),
    )


def _touched(group: Group, period: Period) -> bool:
    return any(figure.value for figure in backlog(group, period))
