"""Folders to give commands in; each test has its own copy."""

from pathlib import Path

import pytest

from tests.cli.office import Office, fresh, issued


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return issued(tmp_path_factory.mktemp("mẫu") / "Sở A")


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A folder to read only: sample data, nothing issued."""
    return fresh(tmp_path_factory.mktemp("đọc") / "Sở A")


@pytest.fixture
def office(pattern: Office, tmp_path: Path) -> Office:
    return pattern.copy(tmp_path / "Văn phòng Sở")


@pytest.fixture(autouse=True)
def _wide_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables are as wide as on a usual screen, whatever started the tests."""
    monkeypatch.setenv("COLUMNS", "120")
