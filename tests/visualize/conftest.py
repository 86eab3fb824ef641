"""The two specimen procedures, for every test of the drawings."""

import sys
from pathlib import Path

import pytest

from procedures.model import Procedure

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def sample() -> Procedure:
    import specimen

    return specimen.SAMPLE


@pytest.fixture
def long() -> Procedure:
    import specimen

    return specimen.LONG
