"""The night's work: a backup that can be put back, and no more of them than are wanted."""

from pathlib import Path

import pytest

from engine.backup import check
from engine.errands.task import Hopeless
from quality.nightly import save
from tests.workflows.conftest import LATER_THAT_NIGHT, agency_with_an_overdue_case


def test_each_night_is_kept_once_and_can_be_put_back(tmp_path: Path) -> None:
    agency = agency_with_an_overdue_case(tmp_path)
    with (agency.root / "quytrinh.toml").open("a", encoding="utf-8") as settings:
        settings.write('[backup]\nfolder = "../sao-luu"\nkeep = 2\n')
    for night in ("2026-03-02", "2026-03-02", "2026-03-03", "2026-03-04"):
        save(agency, night, LATER_THAT_NIGHT)
    kept = sorted(path for path in (tmp_path / "sao-luu").iterdir())
    assert [path.name for path in kept] == ["sở-a-2026-03-03", "sở-a-2026-03-04"]
    assert check(kept[-1]).faults == ()
    (kept[-1] / "database.sqlite").write_bytes(b"x")
    with pytest.raises(Hopeless):
        save(agency, "2026-03-04", LATER_THAT_NIGHT)


def test_where_no_folder_is_declared_nothing_is_kept(tmp_path: Path) -> None:
    agency = agency_with_an_overdue_case(tmp_path)
    save(agency, "2026-03-02", LATER_THAT_NIGHT)
    assert [path.name for path in tmp_path.iterdir()] == ["sở-a"]
