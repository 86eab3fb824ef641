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
from engine.clocks.hanging import Hanging, day_awaited, hanging, moved
from engine.clocks.limits import step_variant
from engine.clocks.running import keep, restart, restarted_dues, resumed_dues, stands, start

__all__ = [
    "Dues",
    "Hanging",
    "course_due",
    "day_awaited",
    "dues_of",
    "expiry",
    "follow",
    "hanging",
    "item_course",
    "keep",
    "moved",
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
