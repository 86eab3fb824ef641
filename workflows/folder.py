"""An agency's folder, opened for the length of one run."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.agency import Agency, open_agency


@contextmanager
def opened(root: Path) -> Iterator[Agency]:
    """Open a folder and close its database in the end; raises `Unusable` when the folder has faults."""
    agency = open_agency(root)
    try:
        yield agency
    finally:
        agency.store.close()
