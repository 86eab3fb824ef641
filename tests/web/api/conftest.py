"""An agency for programs: one that is only read, and one that each test may change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.agency import Agency
from tests.web.api.programs import played, staffed


@pytest.fixture(scope="package")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Agency, dict[str, str]]]:
    """The agency with its cases, to be read only."""
    agency, cases = played(tmp_path_factory.mktemp("office"))
    yield agency, cases
    agency.store.close()


@pytest.fixture
def agency(tmp_path: Path) -> Iterator[Agency]:
    """An agency without cases."""
    agency = staffed(tmp_path)
    yield agency
    agency.store.close()
