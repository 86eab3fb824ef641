"""What happens to the files of a case."""

from engine.events.entered import Entered
from engine.fact import Event


class FileAttached(Event, frozen=True, kw_only=True):
    """A file was attached to an item; its name is the entered value that `entered` tells of."""

    number: int
    item: int
    by: str
    digest: str
    size: int
    type: str
    entered: tuple[Entered, ...]
