"""What other agencies declared is read by agency; a bad file is told, and hides no other."""

from pathlib import Path

import pytest

from procedures.reference import FOLDER, is_reference, references, referred
from tests.procedures.specimen import purchase


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The folder of an agency that looks up at two others, and got files that cannot be read."""
    for agency in ("UBND tỉnh A", "Bộ B"):
        (tmp_path / FOLDER / agency / "mới").mkdir(parents=True)
        (tmp_path / FOLDER / agency / "QT-VP-05.yaml").write_text(purchase(), "utf-8")
    ministry = tmp_path / FOLDER / "Bộ B"
    (ministry / "mới" / "QT-BB-02.yaml").write_text(purchase().replace("mã: QT-VP-05", "mã: QT-BB-02"), "utf-8")
    (ministry / "QT-BB-03.yaml").write_text("quy trình: x\n", "utf-8")
    mendable = purchase().replace("mã: QT-VP-05", "mã: QT-BB-07").replace("nhiệm: quản trị", "nhiệm: quan tri")
    (ministry / "QT-BB-07.yaml").write_text(mendable, "utf-8")
    (ministry / "QT-BB-04.yaml").symlink_to(tmp_path / "đâu đó")
    (ministry / "QT-BB-05.py").write_text("raise SystemExit\n", "utf-8")
    (ministry / ".QT-BB-06.yaml").write_text("quy trình: x\n", "utf-8")
    (tmp_path / FOLDER / "QT-TW-01.yaml").write_text(purchase(), "utf-8")
    (tmp_path / FOLDER / "đọc tôi.txt").write_text("không phải quy trình", "utf-8")
    return tmp_path


def test_every_agency_has_its_own_and_a_code_in_two_of_them_is_no_conflict(root: Path) -> None:
    read = [(one.agency, one.procedure.code) for one in references(root) if one.procedure]
    assert read == [("Bộ B", "QT-VP-05"), ("Bộ B", "QT-BB-02"), ("UBND tỉnh A", "QT-VP-05")]
    assert [one.agency for one, _ in referred(root, "QT-VP-05")] == ["Bộ B", "UBND tỉnh A"]
    assert [one.agency for one, _ in referred(root, "QT-VP-05", "Bộ B")] == ["Bộ B"]
    assert referred(root, "QT-BB-03") == []


def test_a_bad_file_is_told_with_its_place_and_what_to_do_and_nothing_is_offered_to_mend(root: Path) -> None:
    found = [finding for one in references(root) for finding in one.loaded.findings]
    assert {(finding.code, finding.span.file) for finding in found} == {
        ("QT102", "reference.d/Bộ B/QT-BB-03.yaml"),
        ("QT104", "reference.d/Bộ B/QT-BB-03.yaml"),
        ("QT010", "reference.d/Bộ B/QT-BB-04.yaml"),
        ("QT202", "reference.d/Bộ B/QT-BB-07.yaml"),
        ("QT030", "reference.d/Bộ B/QT-BB-05.py"),
        ("QT011", "reference.d/QT-TW-01.yaml"),
    }
    assert all(finding.help for finding in found)
    assert not any(finding.fix for finding in found)


def test_two_files_of_one_agency_may_not_share_a_code(root: Path) -> None:
    (root / FOLDER / "Bộ B" / "QT-VP-05-cũ.yaml").write_text(purchase(), "utf-8")
    assert [one.agency for one, _ in referred(root, "QT-VP-05")] == ["UBND tỉnh A"]


def test_what_lies_there_is_known_by_its_path(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("nơi khác")
    (elsewhere / FOLDER).symlink_to(root / "kho")
    assert is_reference(root / FOLDER / "Bộ B" / "QT-VP-05.yaml", root)
    assert is_reference(root / "procedures.d" / ".." / FOLDER, root)
    assert is_reference(root / FOLDER, elsewhere)
    assert is_reference(root / "kho" / "QT-VP-05.yaml", elsewhere)
    assert not is_reference(root / "procedures.d" / "QT-VP-05.yaml", root)
    assert references(elsewhere) == []
