"""What happens to the files of a case."""

from engine.events.entered import Entered
from engine.fact import Event


class FileAttached(Event, frozen=True, kw_only=True):
    """A file was attached to an item; its name is the entered value that `entered` tells of.

    `form` is which of the papers that the step declares it is: empty for another one, None where nobody was asked.
    """

    number: int
    item: int
    form: str | None = None
    by: str
    digest: str
    size: int
    type: str
    entered: tuple[Entered, ...]
