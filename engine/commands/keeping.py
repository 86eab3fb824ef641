"""Commands about the record of a case once it is over."""

from engine.commands.base import OnCase


class EraseValues(OnCase):
    """Erase what people entered in a case that is over, for a reason and on a basis in law.

    With `names`, these values alone, and with `texts` the texts at these places of the log (a person may ask for it at
    any time); with neither, all of it, because the time of keeping is over. Reason and basis stay.
    """

    names: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    reason: str
    basis: str
