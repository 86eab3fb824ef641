"""What keeps a store from serving at present: each class is a sentence for people, and no fault of whoever asked."""

from typing import ClassVar

from procedures.words import Words


class Trouble(Exception):  # noqa: N818 - it is said to people, like a refusal
    """The store of cases cannot serve at present."""

    #: What a door makes of it: try again soon, make room, or call somebody.
    nature: ClassVar[str] = "unavailable"

    def __init__(self, fault: object = "") -> None:
        super().__init__(str(fault))
        self.fault = str(fault)

    @property
    def words(self) -> Words:
        """The sentence, with its values."""
        return Words(type(self).__doc__ or "", {"fault": self.fault})


class Busy(Trouble):
    """Another program is holding the database; try again in a moment."""


class DiskFull(Trouble):
    """The disk that holds the database is full, and nothing was written; make room, then do it again."""

    nature = "full"


class Gone(Trouble):
    """The database does not answer ({fault}); try again in a moment."""


class Damaged(Trouble):
    """The database cannot be used: {fault}."""

    nature = "broken"


class NotDurable(Trouble):
    """The database may lose what it has confirmed ({fault}); mend this setting, then start again."""

    nature = "broken"


class OlderTables(Trouble):
    """The database was made by an earlier release of quytrinh (tables {fault}); run `quytrinh db upgrade`."""

    nature = "broken"


class NewerTables(Trouble):
    """The database was made by a later release of quytrinh (tables {fault}); install that release."""

    nature = "broken"


class Conflict(Trouble):
    """Somebody else did the same at the same moment; try again ({fault})."""
