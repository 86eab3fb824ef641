"""What a review asks of people for each input: the steps of its case that collect it, who has them, and the answers."""

from collections.abc import Iterator

from engine.case import Item
from quality.clauses import Clause
from quality.fields import ANSWERS
from quality.material import REVIEW, Material
from quality.questions import Frozen
from quality.section import Answered, Asked


def asked(clause: Clause, known: Material) -> Asked:
    """Return what is asked for a clause: by the review of the period where there is one, else of the clause's role."""
    by = known.calendar.next_working_day(known.today, clause.days)
    review = current(known)
    return Asked(clause, clause.role, by, tuple(_answers(clause, review, known)) if review is not None else ())


def current(known: Material) -> Frozen | None:
    """Return the review that is held for a period: the last that was opened since its start, before the cut-off."""
    found = [one for one in known.reviews if one.case.opened_at >= known.period.start]
    return max(found, key=lambda one: (one.case.opened_at, one.case.id), default=None)


def _answers(clause: Clause, review: Frozen, known: Material) -> Iterator[Answered]:
    release = known.release(REVIEW, review.case.issue)
    if release is None:
        return
    for step in release.procedure.steps:
        names = [name for name in ANSWERS[clause.id] if name in step.collect]
        tries = review.case.attempts(step.key)
        if not names or not tries:
            continue
        item = tries[-1]
        text = "\n".join(review.values[name] for name in names if review.values.get(name))
        due = item.due.astimezone(known.calendar.zone).date() if item.due is not None else None
        yield Answered(review.case.id, _who(item, known), due, text)


def _who(item: Item, known: Material) -> str:
    return known.named.person(item.assignee) if item.assignee else item.role or ""
