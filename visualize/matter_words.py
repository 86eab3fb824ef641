"""What goes on beside the steps of a case, in words: what is awaited, asked for, and due before the whole is."""

from collections.abc import Iterator

from engine.case import Case
from procedures.words import Words, say
from visualize.case_words import Reading, dated, name_of, shown


def matter_words(reading: Reading, case: Case) -> Iterator[Words]:
    """Yield a line each for phases, parts of steps, an awaited supplement, opinions, and requests for extension."""
    if case.over:
        return
    for run in case.running_phases:
        yield say("phase “{phase}” due {due}", phase=run.label, due=dated(reading, run.due, run.course.since))
    for item in case.live_items:
        for part in item.parts:
            if part.done_at is None:
                due = dated(reading, part.due, item.since or item.opened_at, item.unit)
                yield say("[{item}] part “{part}” due {due}", item=item.number, part=part.name, due=due)
    yield from _awaited(reading, case)
    for one in case.consultations:
        if one.open:
            of, due = name_of(reading, one.of), dated(reading, one.due, one.asked_at)
            yield say("opinion {number} of {of} until {due}", number=one.number, of=of, due=due)
    for asked in case.extensions:
        if asked.open:
            who, number, length = name_of(reading, asked.by), asked.number, asked.length.text
            yield say("request {number} of {who} to extend by {length}", number=number, who=who, length=length)


def _awaited(reading: Reading, case: Case) -> Iterator[Words]:
    awaited = case.supplement
    if awaited is None:
        return
    lacking, since = "; ".join(awaited.lacking), shown(reading, awaited.asked_at)
    yield say("waits for a supplement since {since}: {lacking}", since=since, lacking=lacking)
    if awaited.expires is not None:
        until = dated(reading, awaited.expires, awaited.asked_at)
        yield say("the case is closed when nothing has come until {until}", until=until)
