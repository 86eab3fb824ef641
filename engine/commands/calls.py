"""Commands about cases that another case has called."""

from engine.commands.base import OnCase


class EndCalledCase(OnCase):
    """End a called case because the step that waited for it no longer does."""
