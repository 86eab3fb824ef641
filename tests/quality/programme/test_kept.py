"""An issued plan is kept for good under the hash of its content."""

from pathlib import Path

from quality.programme.kept import KeptProgrammes, hash_of
from tests.quality.programme.sample import issued, plan, sample

OTHER = "1:\n  nội dung: Tập huấn\n  cơ quan chủ trì: Văn phòng\n  thời gian: Quý I\n"


def test_what_was_issued_is_read_again_as_it_was(tmp_path: Path) -> None:
    shelf = KeptProgrammes(tmp_path / "programmes")
    one = issued(sample())
    assert shelf.keep(one) == shelf.keep(one) == hash_of(one)
    assert shelf.all() == [one]
    assert [path.name for path in (tmp_path / "programmes").iterdir()] == [f"{hash_of(one)[7:]}.json"]


def test_a_later_issue_of_the_same_plan_is_the_one_in_force_and_the_first_is_kept(tmp_path: Path) -> None:
    shelf, first = KeptProgrammes(tmp_path), issued(plan(OTHER))
    later = issued(plan(OTHER.replace("Quý I", "Quý II")), issue=2)
    for one in (later, first):
        shelf.keep(one)
    assert shelf.current() == [later]
    assert shelf.of("CT-X") == later
    assert shelf.of("CT-Y") is None
    assert len(shelf.all()) == 2


def test_an_altered_plan_is_told_and_no_longer_followed(tmp_path: Path) -> None:
    shelf = KeptProgrammes(tmp_path)
    path = tmp_path / f"{shelf.keep(issued(plan(OTHER)))[7:]}.json"
    assert list(shelf.faults()) == []
    path.write_text(path.read_text(encoding="utf-8").replace("Tập huấn", "Nghỉ mát"), encoding="utf-8")
    (fault,) = shelf.faults()
    assert path.name in fault.into("vi")
    assert shelf.all() == []
