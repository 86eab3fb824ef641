"""The night's work: a backup that can be put back, and no more of them than are wanted."""

from pathlib import Path

import pytest

from engine.backup import check
from engine.errands.task import Hopeless
from quality.nightly import run, save, unplanned_year
from tests.quality.programme.sample import at, folder, issued, programme, sample
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


def test_a_year_without_a_programme_is_told_before_it_begins_and_an_altered_one_is_a_fault(tmp_path: Path) -> None:
    agency = folder(tmp_path)
    assert unplanned_year(agency, at(20, 12)) is None, "an agency without programmes is not asked for one"
    shelf = programme(agency)
    kept = tmp_path / "sở-a" / "programmes" / f"{shelf.keep(issued(sample()))[7:]}.json"
    assert unplanned_year(agency, at(20, 11)) is None
    assert unplanned_year(agency, at(5, 12)) == 2027
    run(agency, "2026-12-05", at(5, 12, 2))
    kept.write_text(kept.read_text(encoding="utf-8") + " ", encoding="utf-8")
    with pytest.raises(Hopeless):
        run(agency, "2026-12-06", at(6, 12, 2))
