"""When a breach becomes a nonconformity, as a procedure declares it."""

from typing import Literal

from procedures.base import Model

#: What a policy can ask about.
Breach = Literal[
    "late_case",
    "late_step",
    "late_phase",
    "late_part",
    "returned",
    "skipped",
    "wrong_performer",
    "missing_record",
    "extended_beyond_cap",
]


class BreachRule(Model):
    """A declared condition under which a breach becomes a nonconformity candidate.

    `more_than`/`at_least` count occurrences within `period` (None: each occurrence by itself).
    """

    breach: Breach
    at_least: int = 1
    period: Literal["case", "month", "quarter", "year"] | None = None
    text: str
