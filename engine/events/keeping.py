"""What happens to the record of a case: values are erased, the record is destroyed when its time has come."""

from engine.events.by_right import ByRight


class ValuesErased(ByRight, frozen=True, kw_only=True):
    """What people entered was erased: values by name, texts by place; `whole`: all of it, the record was destroyed.

    `post` is what the actor heads a unit in, `on_behalf_of` and `mandate` for whom and by which decision.
    """

    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    reason: str
    basis: str
    whole: bool = False

    def erases(self, name: str) -> bool:
        """Tell whether the value of this name, entered before, is erased."""
        return self.whole or name in self.names

    def erases_text(self, place: str) -> bool:
        """Tell whether the text at this place of the log, which was written before, is erased."""
        return self.whole or place in self.texts
