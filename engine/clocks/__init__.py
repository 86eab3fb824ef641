"""The clocks of a case: due instants as a pure function of recorded facts, and what starts, stops and moves them."""

from engine.clocks.dues import Dues, course_due, dues_of, item_course, norm_due, promise
from engine.clocks.following import follow, recomputed
from engine.clocks.running import keep, restart, resumed_dues, stands, start

__all__ = [
    "Dues",
    "course_due",
    "dues_of",
    "follow",
    "item_course",
    "keep",
    "norm_due",
    "promise",
    "recomputed",
    "restart",
    "resumed_dues",
    "stands",
    "start",
]
