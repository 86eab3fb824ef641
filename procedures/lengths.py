"""Lengths of time as they are declared."""

from decimal import Decimal
from enum import StrEnum

from procedures.base import Model


class Unit(StrEnum):
    """Units in which a duration is declared; `clock.md` fixes how each is counted."""

    WORKING_DAY = "working_day"
    SESSION = "session"
    WORKING_HOUR = "working_hour"
    WORKING_MINUTE = "working_minute"
    DAY = "day"
    HOUR = "hour"
    MONTH = "month"
    NOT_COUNTED = "not_counted"  # "không tính thời gian": the case clock stands while this is done
    UNSPECIFIED = "unspecified"  # "không quy định"
    WINDOW = "window"  # an outside window, kept as its words


_UNMEASURED = frozenset({Unit.NOT_COUNTED, Unit.UNSPECIFIED, Unit.WINDOW})


class Duration(Model):
    """An amount of time as it was declared; `text` is the published string, kept verbatim."""

    amount: Decimal = Decimal(0)
    unit: Unit
    text: str

    @property
    def measured(self) -> bool:
        """Tell whether the duration gives a due instant at all."""
        return self.unit not in _UNMEASURED
