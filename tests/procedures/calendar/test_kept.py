"""Calendars kept under their hash: read back as they were, never overwritten, and what is wrong with them is told."""

import multiprocessing
from pathlib import Path

import pytest

from procedures.calendar import Calendars, KeptCalendars
from tests.procedures.calendar.building import at, day
from tests.procedures.calendar.test_units import COMMUNE, DESK, calendars


@pytest.fixture
def kept(tmp_path: Path) -> KeptCalendars:
    return KeptCalendars(tmp_path / "calendars")


@pytest.mark.parametrize("texts", [(), (DESK,), (COMMUNE, DESK)])
def test_what_is_kept_comes_back_and_counts_the_same(kept: KeptCalendars, texts: tuple[str, ...]) -> None:
    given = calendars(*texts)
    kept.keep(given)
    again = kept.of(given.hash)
    assert again is not None
    assert again.hash == given.hash
    since, until = at("2/11/2026 00:00"), at("30/11/2026 00:00")
    for unit in (None, "Một cửa xã B", "UBND xã B", "Phòng C"):
        assert again.of(unit).working_minutes(since, until) == given.of(unit).working_minutes(since, until)
    assert again.of("Một cửa xã B").is_working_day(day("14/11/2026")) == bool(texts)


def test_it_is_kept_once_and_left_alone(kept: KeptCalendars) -> None:
    kept.keep(calendars(DESK))
    (path,) = kept.folder.iterdir()
    before = path.stat()
    kept.keep(calendars(DESK))
    kept.keep(calendars())
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert kept.count() == 2
    assert list(kept.faults({calendars().hash: "HS-2026-0001"})) == []


def _keep(folder: Path) -> None:
    KeptCalendars(folder).keep(calendars(DESK))


def test_many_who_keep_the_same_at_once_leave_one_file(kept: KeptCalendars) -> None:
    with multiprocessing.get_context("fork").Pool(4) as pool:
        pool.map(_keep, [kept.folder] * 12)
    assert [path.name for path in kept.folder.iterdir()] == [f"{calendars(DESK).hash.removeprefix('sha256:')}.jsonl"]


def test_what_fails_half_way_leaves_nothing(kept: KeptCalendars, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, text: str) -> None:
        path.write_text(text[:10], encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("procedures.calendar.kept.write_flushed", full)
    with pytest.raises(OSError, match="No space"):
        kept.keep(calendars())
    assert list(kept.folder.iterdir()) == []


def test_what_was_altered_or_is_missing_is_told_and_counts_for_nobody(kept: KeptCalendars) -> None:
    one, other = calendars(), calendars(DESK)
    kept.keep(one)
    kept.keep(other)
    path = kept.folder / f"{one.hash.removeprefix('sha256:')}.jsonl"
    path.write_bytes(path.read_bytes().replace(b"450", b"460", 1))
    assert kept.of(one.hash) is None
    (said,) = kept.faults({other.hash: "HS-2026-0002"})
    assert path.name in str(said)
    path.unlink()
    assert kept.of(one.hash) is None
    (said,) = kept.faults({one.hash: "HS-2026-0001", other.hash: "HS-2026-0002"})
    assert "HS-2026-0001" in said.into("vi")


def test_a_calendar_is_found_by_the_beginning_of_its_hash(kept: KeptCalendars) -> None:
    hash_ = calendars().hash
    kept.keep(calendars())
    digits = hash_.removeprefix("sha256:")
    assert [kept.find(begins) for begins in (hash_, digits, hash_[:15], digits[:8])] == [hash_] * 4
    assert [kept.find(begins) for begins in (digits[:7], "0" * 8, "", "../../x")] == [None] * 4
    assert kept.of("sha256:../../etc/passwd") is None


def test_no_text_but_its_own_is_read() -> None:
    for text in ("", "{}", "[]", calendars().text + "\n"):
        with pytest.raises(ValueError, match=r"."):
            Calendars.from_text(text)
