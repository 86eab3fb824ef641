"""A case as the drawing sees it, for whoever draws from the command line."""

from visualize.case_overlay import case_view

__all__ = ["case_view"]
