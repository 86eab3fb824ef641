"""Commands about the record of a case once it is over."""

from engine.commands.base import OnCase


class EraseValues(OnCase):
    """Erase entered values of a case that is over, for a reason and on a basis in law.

    With `names`, these values alone (a person may ask for it at any time); without, all of them, because the time of
    keeping is over.
    """

    names: tuple[str, ...] = ()
    reason: str
    basis: str
