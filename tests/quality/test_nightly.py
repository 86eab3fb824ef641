"""The night's work: a backup that can be put back, and no more of them than are wanted."""

from pathlib import Path

import pytest

from engine.errands.task import Hopeless
from engine.restoring import check
from quality.declarations.mandatory import FILE as MANDATORY
from quality.nightly import overdue_reviews, run, save, uncovered_units, unplanned_year
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


def test_a_unit_lacks_the_mandatory_procedures_that_are_not_in_force(tmp_path: Path) -> None:
    agency = folder(tmp_path, "QT-HT-02")
    lacking = uncovered_units(agency, at(5, 3))
    assert lacking.pop("Sở A") == 3, "of the four with a code one is in force; those without do not count"
    assert lacking
    assert set(lacking.values()) == {4}, "a system of one's own needs one's own procedures, or a declaration"
    assert "Phòng Nghiệp vụ" not in lacking, "a part of an agency keeps no system of its own"
    (agency.root / MANDATORY).unlink()
    assert uncovered_units(agency, at(5, 3)) == {}, "where no set is declared nothing is mandatory"


def test_a_review_is_overdue_a_year_after_the_effect_where_reviews_have_a_procedure(tmp_path: Path) -> None:
    agency = folder(tmp_path, "QT-HT-34")
    assert overdue_reviews(agency, at(31, 12)) == []
    assert overdue_reviews(agency, at(1, 1, year=2027)) == ["QT-HT-20", "QT-HT-34"]
    assert overdue_reviews(folder(tmp_path / "khác"), at(1, 1, year=2027)) == []


def test_the_night_brings_figures_up_to_date_so_that_nobody_waits_for_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quality.questions_snapshot_file.WORTH", 1)
    agency = agency_with_an_overdue_case(tmp_path)
    caplog.set_level("INFO", logger="quytrinh")
    run(agency, "2026-03-02", LATER_THAT_NIGHT)
    told = {record.getMessage(): record.__dict__["told"] for record in caplog.records}
    assert told["figures"] == {"night": "2026-03-02", "cases": 1}
    assert (agency.root / "quytrinh.db.columns").exists()


def test_the_night_tells_the_operator_what_is_missing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    agency = folder(tmp_path, "QT-HT-34")
    run(agency, "2027-01-02", at(2, 1, 2, year=2027))
    told = {record.getMessage(): record.__dict__["told"] for record in caplog.records if record.levelname == "WARNING"}
    assert told["coverage"]["units"] == uncovered_units(agency, at(2, 1, year=2027))
    assert told["reviews"]["overdue"] == ["QT-HT-20", "QT-HT-34"]


def test_an_erasure_that_was_broken_off_is_finished_at_night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def finish(_: object, now: object) -> list[str]:
        asked.append(now)
        return ["HS-2026-0001"]

    monkeypatch.setattr("quality.nightly.finish_erasures", finish)
    agency = agency_with_an_overdue_case(tmp_path)
    run(agency, "2026-03-02", LATER_THAT_NIGHT)
    assert asked == [LATER_THAT_NIGHT]
