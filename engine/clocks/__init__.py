"""The clocks of a case: due instants as a pure function of recorded facts, and what starts, stops and moves them."""

from engine.clocks.dues import (
    Dues,
    course_due,
    dues_of,
    expiry,
    item_course,
    norm_due,
    part_course,
    part_dues,
    promise,
)
from engine.clocks.following import follow, recomputed
from engine.clocks.limits import step_variant
from engine.clocks.running import keep, restart, restarted_dues, resumed_dues, stands, start

__all__ = [
    "Dues",
    "course_due",
    "dues_of",
    "expiry",
    "follow",
    "item_course",
    "keep",
    "norm_due",
    "part_course",
    "part_dues",
    "promise",
    "recomputed",
    "restart",
    "restarted_dues",
    "resumed_dues",
    "stands",
    "start",
    "step_variant",
]
