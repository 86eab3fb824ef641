"""One look at all that happens by itself: delays, calls, what never came, deadlines and what follows from them."""

from dataclasses import replace
from datetime import datetime

from engine import calls, timers
from engine.rules import Ground
from engine.store import Store
from quality.candidate import SERIES
from quality.policy import HANDLING
from quality.sweep import Swept, sweep


def look(store: Store, ground: Ground, now: datetime) -> Swept:
    """Look once as of `now` and return what was newly done; looking again, or at the same time, does nothing twice."""
    passed = timers.fire(store, ground, now)
    lapsed = timers.lapse(store, ground, now)
    called = calls.follow(store, ground, now, {HANDLING: SERIES})
    return replace(sweep(store, ground, now), delays=len(passed), lapsed=len(lapsed), calls=len(called))
