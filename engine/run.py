"""The run of a case as its log tells it: where it stood before a move, and where it would stand without it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from engine.draft import Draft
from engine.events import Event, StepPassed, WorkFinished
from engine.renaming import named_now
from procedures.net import Marking, Net, Transition


def told(draft: Draft) -> list[Event]:
    """Return the events of a case so far, oldest first, in the names that its steps bear now."""
    return named_now(draft.history())


def finishing(events: Sequence[Event], item: int) -> int | None:
    """Return the place of the event that finished an item; None for an answer of one of several, which ends nothing."""
    places = (n for n, event in enumerate(events) if isinstance(event, WorkFinished) and event.item == item)
    return next(places, None)


def before(events: Sequence[Event], place: int) -> Marking:
    """Return where the case stood before the event at a place."""
    marked = (getattr(event, "marking", None) for event in reversed(events[:place]))
    return packed(next(marking for marking in marked if marking))


def without(draft: Draft, events: Sequence[Event], place: int) -> Marking | None:
    """Return where the case would stand if the move at a place had not been made.

    What followed from that move by itself falls away with it; what people, timers and machines have done since must
    have been possible without it, otherwise None.
    """
    net, marking = draft.rules.net, before(events, place)
    for event in events[place + 1 :]:
        if not getattr(event, "marking", None):
            continue
        moves = list(_moves(draft, net, marking, event))
        if moves:
            marking = net.fire(marking, moves[0])
        elif not _by_itself(draft, event):
            return None
    return marking


def _by_itself(draft: Draft, event: Event) -> bool:
    """Tell whether an event is a move that nobody made: routing or a join, and not the answers of several."""
    if not isinstance(event, StepPassed) or event.returned_to is not None:
        return False
    return event.outcome is None or not draft.case.attempts(event.step)


def packed(marking: Iterable[str]) -> Marking:
    """Return a marking as the net counts it."""
    return tuple(sorted(Counter(marking).items()))


def spread(marking: Marking) -> tuple[str, ...]:
    """Return a marking as events and cases hold it."""
    return tuple(sorted(place for place, count in marking for _ in range(count)))


def _moves(draft: Draft, net: Net, marking: Marking, event: Event) -> Iterator[Transition]:
    if isinstance(event, WorkFinished):
        step = draft.case.items[event.item - 1].step
    elif isinstance(event, StepPassed):
        step = event.step
    else:
        return
    for one in net.enabled(marking):
        if one.step == step and (one.outcome, one.branch) == (event.outcome, event.branch):
            yield one
