from pathlib import Path

import pytest

from tests.cli.office import Office

TWIN = Path(__file__).resolve().parents[1] / "procedures" / "python" / "twin.py"


@pytest.fixture
def program(office: Office) -> Office:
    """An office whose procedure QT-VP-05 is written in Python."""
    folder = office.root / "procedures.d"
    (folder / "QT-VP-05.yaml").unlink()
    (folder / "QT-VP-05.py").write_text(TWIN.read_text("utf-8"), "utf-8")
    return office


def test_a_procedure_in_python_is_checked_and_shown_like_any_other(program: Office) -> None:
    assert program.say("check", "QT-VP-05").code == 0
    assert "Đề nghị mua sắm" in program.say("show", "QT-VP-05").out


def test_python_is_not_read_when_it_is_not_wanted(program: Office) -> None:
    answer = program.say("check", "--no-python")
    assert answer.code == 1
    assert "QT030" in answer.out
    assert "viết bằng Python và không được đọc" in answer.out


def test_a_fault_in_a_program_is_quoted_from_it_and_never_mended(program: Office) -> None:
    path = program.root / "procedures.d" / "QT-VP-05.py"
    path.write_text(path.read_text("utf-8").replace('responsible="kế toán"', 'responsible="ke toan"'), "utf-8")
    before = path.read_bytes()
    answer = program.say("check", "QT-VP-05", "--fix")
    assert answer.code == 1
    assert 'responsible="ke toan"' in answer.out
    program.say("fmt", "QT-VP-05")
    assert path.read_bytes() == before


def test_a_program_outside_the_folder_is_named_in_full(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "QT-09.py"
    path.write_text("open('/etc/passwd')\n", "utf-8")
    answer = office.say("check", path)
    assert answer.code == 1
    assert f"{path}:1:1" in answer.out
    assert "QT034" in answer.out


def test_what_is_not_known_is_told_once_and_nothing_that_follows_from_it(office: Office) -> None:
    path = office.root / "procedures.d" / "QT-VP-05.yaml"
    text = path.read_text("utf-8").replace("trách nhiệm: lãnh đạo", "trách nhiệm: hội đồng")
    path.write_text(text.replace("thời hạn: 2 ngày làm việc", "thời hạn: 2 ngày lm việc", 1), "utf-8")
    told = office.say("check", "QT-VP-05", "--format", "json").json["diagnostics"]
    assert sorted(one["code"] for one in told) == ["QT110", "QT202"]


def test_people_of_whom_some_were_left_out_are_not_missed_again(office: Office) -> None:
    people = office.root / "organisation.d" / "người dùng.yaml"
    people.write_text(people.read_text("utf-8").replace("chức vụ:", "chuc vu:", 1), "utf-8")
    told = office.say("check", "QT-VP-05", "--format", "json").json["diagnostics"]
    assert [one["code"] for one in told if one["severity"] == "error"] == ["QT101"]
