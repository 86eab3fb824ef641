"""The appraisal of a procedure before it is issued: the document that says it was examined."""

from datetime import date

from pydantic import Field

from procedures.base import Model
from procedures.model import Kind
from procedures.values import ValueSaid, parse_date
from procedures.words import say

#: Administrative procedures are appraised before they are published.
APPRAISED = frozenset({Kind.SERVICE, Kind.INTERNAL_SERVICE})


class Appraisal(Model):
    """A document of appraisal: its number, day, and the unit that appraised."""

    number: str
    day: date = Field(strict=False)
    unit: str


def parse_appraisal(text: str) -> Appraisal:
    """Read “12/TĐ-VP, 05/12/2026, Phòng Tổng hợp”; raises ValueSaid."""
    parts = [part.strip() for part in text.split(",", 2)]
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - number, day, unit
        raise ValueSaid(say("write an appraisal as number, day, unit: 12/TĐ-VP, 05/12/2026, Phòng Tổng hợp"))
    number, day, unit = parts
    return Appraisal(number=number, day=parse_date(day), unit=unit)


def read_appraisal(data: object) -> Appraisal | None:
    """Return the appraisal of a record, or None where it has none."""
    return None if data is None else Appraisal.model_validate(data)
