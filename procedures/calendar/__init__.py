"""The clock: calendars as dated data, working time in O(log n), due instants and why they are what they are."""

from procedures.calendar.clock import Calendar

__all__ = ["Calendar"]
