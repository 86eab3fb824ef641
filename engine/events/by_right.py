"""What somebody does by a right: in which post, for whom where it is for another, and by which decision."""

from engine.fact import Event


class ByRight(Event, frozen=True, kw_only=True):
    """Something that somebody did in a post of his own, or for another by a mandate: then both names are on record."""

    post: str | None = None
    on_behalf_of: str | None = None
    mandate: str | None = None
