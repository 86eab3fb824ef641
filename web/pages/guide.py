"""Help: what each word means, what the statuses say, and how deadlines are counted, with an example worked out."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

from procedures.calendar import explain
from procedures.calendar.sentence import sentences
from procedures.model import Duration, Unit
from procedures.words import Words, say
from web.parts import Page, Tag
from web.status import LATE, NEAR, PAUSED, SAFE, SAID, SLOW
from web.visit import Visit

_FRIDAY = 4
_WORDS: tuple[tuple[Words, Words], ...] = (
    (
        say("Procedure"),
        say("a declared way of doing a piece of the agency's work: its steps, who does them, in what time"),
    ),
    (say("Issue"), say("one approved edition of a procedure; a running case keeps the issue it was opened under")),
    (say("Case"), say("one piece of work that goes through a procedure")),
    (say("Step"), say("a part of a procedure that one role answers for")),
    (say("Limit"), say("what a case, or a step, may take; each has its own clock")),
    (say("Nonconformity"), say("a fault that a rule or a person found, handled until its cause is gone")),
    (say("Seal"), say("a hash over an event and the one before it; a changed log no longer matches it")),
)
_STATUSES: tuple[tuple[str, Words], ...] = (
    (SAFE, say("there is time enough")),
    (NEAR, say("at most one working day, or one fifth of the time, is left")),
    (SLOW, say("a step is past its own time; the case is not")),
    (LATE, say("the case is past its time")),
    (PAUSED, say("the time stands, with a reason; it goes on when the case does")),
)
_RULES = (
    say("Working time counts only within the agency's working hours; days off and make-up days follow the calendar."),
    say("One working day is eight working hours."),
    say("What is finished in the due minute itself is on time."),
    say("While a case is paused its clock stands; the due instant moves on by the working time of the pause."),
    say("Ended on an earlier date than due is “before its due date”; on the same date, “on time”; later, “overdue”."),
)


def page(visit: Visit, _name: str) -> Page:
    """Return the help."""
    shows = {
        "words": [(visit.text(word), visit.text(meaning)) for word, meaning in _WORDS],
        "statuses": [(Tag(look, visit.text(SAID[look])), visit.text(meaning)) for look, meaning in _STATUSES],
        "rules": [visit.text(rule) for rule in _RULES],
        "example": list(_example(visit)),
        "calendar": visit.text(say("Calendar {hash}", hash=visit.agency.calendar.version.hash[:23])),
        "accessible": visit.text(
            say(
                "Every picture has the same as a list or a table, no colour stands alone, everything can be reached "
                "by keyboard, and nothing needs scripts."
            )
        ),
    }
    return Page("guide.html", visit.text(say("Help")), shows)


def _example(visit: Visit) -> Iterator[str]:
    """Yield a deadline worked out on this agency's calendar: four working hours from a Friday at 16:00."""
    friday = visit.today.date() - timedelta(days=(visit.today.weekday() - _FRIDAY) % 7 or 7)
    start = datetime.combine(friday, time(16), visit.agency.calendar.zone)
    within = Duration(amount=Decimal(4), unit=Unit.WORKING_HOUR, text="4 giờ làm việc")
    yield from (visit.text(one) for one in sentences(explain(visit.agency.calendar, start, within)))
