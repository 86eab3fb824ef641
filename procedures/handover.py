"""What goes to the case of a called procedure, and what comes back from it."""

from procedures.base import Model


class Handover(Model):
    """The unit that handles the called case, and the values that are handed over.

    `gives` are pairs (value there, value here) taken when the call begins, `takes` pairs (value here, value there)
    taken when the called case has ended.
    """

    unit: str | None = None
    gives: tuple[tuple[str, str], ...] = ()
    takes: tuple[tuple[str, str], ...] = ()
