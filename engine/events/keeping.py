"""What happens to the record of a case: values are erased, the record is destroyed when its time has come."""

from engine.fact import Event


class ValuesErased(Event, frozen=True, kw_only=True):
    """Entered values were erased, by name; `whole`: the record was destroyed because its time of keeping is over.

    `post` is what the actor heads a unit in, `on_behalf_of` and `mandate` for whom and by which decision.
    """

    names: tuple[str, ...]
    reason: str
    basis: str
    whole: bool = False
    post: str | None = None
    on_behalf_of: str | None = None
    mandate: str | None = None

    def erases(self, name: str) -> bool:
        """Tell whether the value of this name, entered before, is erased."""
        return self.whole or name in self.names
