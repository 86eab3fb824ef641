"""What the log says of an entered value."""

from engine.fact import Fact


class Entered(Fact, frozen=True, kw_only=True):
    """That a value was entered: its name and blinded digest; the value itself lives in the erasable table."""

    name: str
    digest: str
