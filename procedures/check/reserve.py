"""What the longest way through a procedure leaves of its limit, said in one line."""

from procedures.check.amounts import said, said_as_sum, scale, size
from procedures.check.longest import longest_way, times
from procedures.check.overrun import measured, own_times
from procedures.check.subject import Subject
from procedures.model import Procedure
from procedures.places import Places, nowhere
from procedures.words import Words, say


def longest_in_words(procedure: Procedure) -> Words | None:
    """Say the longest way without returns, its sum, and what is left of the limit of the case.

    None where no step declares a time, or where times in different units cannot be added up without a calendar.
    """
    subject = Subject(procedure, Places(nowhere(procedure.code)))
    limit, timed = measured(procedure.within), own_times(subject)
    scales = {scale(duration) for duration in (*timed.values(), *((limit,) if limit else ()))}
    if not timed or subject.unknown or len(scales) != 1:
        return None
    on, weights, way = scales.pop(), times(subject), longest_way(subject)
    parts = [(key, weights[key]) for key in way.steps if weights[key]]
    if not parts:
        return None
    amounts = [*(amount for _, amount in parts), way.total, *((size(limit),) if limit else ())]
    terms, total = said_as_sum(parts, on, amounts), said(way.total, on, amounts)
    summed = say("the longest way: {sum} = {total}", sum=terms, total=total)
    if limit is None:
        return summed
    left = size(limit) - way.total
    if left < 0:
        return say("{longest}; {over} more than the limit", longest=summed, over=said(-left, on, amounts))
    whole, spare = said(size(limit), on, amounts), said(left, on, amounts)
    return say("{longest}; limit {limit} → {left} to spare", longest=summed, limit=whole, left=spare)
