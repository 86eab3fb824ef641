"""Plans as agencies have written them, taken in: their tables, and the dated duties of their last chapter."""

from quality.programme.importing.whole import Imported, imported

__all__ = ["Imported", "imported"]
