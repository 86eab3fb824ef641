"""The program from outside: flags anywhere, the folder from anywhere, one language, one way to end."""

import json
import os
import pty
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.office import Office, said

PROGRAM = Path(sys.executable).with_name("quytrinh")


def started(*line: object, folder: Path | None = None, **more: str) -> "subprocess.CompletedProcess[str]":
    plain = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "QUYTRINH_USER"}}
    return subprocess.run(
        [PROGRAM, *map(str, line)],
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
        env=plain | more,
        cwd=folder,
    )


def test_a_real_process_opens_a_case_from_any_folder(office: Office, tmp_path: Path) -> None:
    line = ("case", "open", "QT-VP-05", "--at", "2026-03-02T08:10", "--format", "json", "-C", office.root)
    done = started(*line, folder=tmp_path, QUYTRINH_USER="hung.nm")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["case"] == "HS-2026-0001"
    shown = started("-C", office.root, "case", "show", "HS-2026-0001", "--lang", "en")
    assert "opened 02/03/2026 08:10 by Nguyễn Mạnh Hùng" in shown.stdout


def test_flags_mean_the_same_wherever_they_stand(office: Office) -> None:
    before = said("-C", office.root, "--format", "json", "--at", "2026-03-02", "work")
    after = said("work", "--at", "2026-03-02", "--format=json", f"-C{office.root}")
    assert before == after
    assert before.code == 0


def test_the_folder_says_the_language_and_a_flag_overrules_it(office: Office) -> None:
    assert "việc nào đang chờ" in office.say("work").err
    settings = office.root / "quytrinh.toml"
    settings.write_text(settings.read_text("utf-8").replace('lang = "vi"', 'lang = "en"'), encoding="utf-8")
    assert "nothing waits to be done" in office.say("work").err
    assert "việc nào đang chờ" in office.say("work", "--lang", "vi").err


def test_plain_consoles_get_plain_letters(office: Office) -> None:
    for line in (
        ("show", "QT-VP-05"),
        ("doctor",),
        ("explain", "QT302"),
        ("show", "QT-VP-05", "--as", "ir"),
        ("chek",),
    ):
        answer = office.say("--ascii", *line)
        assert (answer.out + answer.err).isascii(), line
    assert "Van phong" in office.say("show", "QT-VP-05", "--ascii").out


def test_a_console_that_is_not_utf8_is_plain_by_itself(office: Office) -> None:
    done = started("-C", office.root, "explain", "QT302", PYTHONIOENCODING="cp1258")
    assert done.returncode == 0
    assert done.stdout.isascii()


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "hong.yaml"
    path.write_text("quy trình:\n  mã: QT-XX-01\n", encoding="utf-8")
    return path


def test_a_file_is_never_coloured_unless_asked(broken: Path) -> None:
    assert "\x1b[" in said("check", broken, "--color", "always").out
    assert "\x1b[" not in said("check", broken, "--color", "never").out
    assert "\x1b[" not in said("check", broken).out


@pytest.mark.parametrize(("more", "colored"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_is_coloured_unless_the_reader_does_not_want_it(
    broken: Path, more: dict[str, str], *, colored: bool
) -> None:
    reading, screen = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    subprocess.run([PROGRAM, "check", broken], stdout=screen, stderr=subprocess.DEVNULL, check=False, env=plain | more)
    os.close(screen)
    shown = b""
    with os.fdopen(reading, "rb", buffering=0) as terminal, suppress(OSError):  # so it tells its end
        while piece := terminal.read(65_536):
            shown += piece
    assert b"QT" in shown
    assert (b"\x1b[" in shown) == colored


def test_messages_keep_away_from_the_data(office: Office) -> None:
    answer = office.say("check", "QT-VP-05", "--format", "json")
    assert json.loads(answer.out)["ok"] is True
    assert office.say("check", "QT-VP-05", "-q").err == ""


def test_an_interrupted_program_says_so() -> None:
    waiting = subprocess.Popen(
        [PROGRAM, "clock", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509 - what a terminal gives
    )
    assert waiting.stdin is not None
    assert waiting.stdout is not None
    waiting.stdin.write('{"op": "elapsed", "start": "2026-03-02T08:00", "end": "2026-03-02T09:00"}\n')
    waiting.stdin.flush()
    waiting.stdout.readline()  # the first answer: it is at work now
    waiting.send_signal(signal.SIGINT)
    _, err = waiting.communicate(timeout=60)
    assert (waiting.returncode, err) == (130, "đã ngắt; không có gì ghi dở dang\n")


@pytest.mark.parametrize("line", [("--help",), ("explain", "QT302"), ("explain", "QT302", "--format", "json")])
def test_nobody_reading_the_answer_is_no_fault(line: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([PROGRAM, *line], stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("line", [("làm", "--help"), ("case", "đóng", "-h")])
def test_there_is_no_help_about_a_command_that_does_not_exist(line: tuple[str, ...]) -> None:
    answer = said(*line)
    assert (answer.code, answer.out) == (2, "")
    assert "không có lệnh" in answer.err


def test_help_is_found_behind_global_flags(tmp_path: Path) -> None:
    assert said("--user", "work", "-C", tmp_path, "case", "show", "--help").out.startswith(
        "Cách dùng: quytrinh case show "
    )


def test_a_database_that_is_none_is_the_machine_s_fault(office: Office) -> None:
    for path in office.root.glob("quytrinh.db*"):
        path.unlink()
    (office.root / "quytrinh.db").write_text("đây không phải cơ sở dữ liệu " * 100, encoding="utf-8")
    answer = office.say("case", "list", "--format", "json")
    assert (answer.code, answer.out) == (5, "")
    assert answer.err.startswith("Không dùng được cơ sở dữ liệu:")


def test_settings_that_cannot_be_read_are_named(office: Office) -> None:
    (office.root / "quytrinh.toml").write_text("agency = \n", encoding="utf-8")
    answer = office.say("case", "list")
    assert answer.code == 1
    assert answer.err.startswith("không đọc được quytrinh.toml:")


def test_faulty_people_are_shown_where_the_fault_is(office: Office) -> None:
    (office.root / "organisation.d" / "người dùng.yaml").write_text("an.nv:\n  ten: An\n", encoding="utf-8")
    answer = office.say("case", "list")
    assert answer.code == 1
    assert "người dùng.yaml:2:3" in answer.out
    assert "danh sách đơn vị, người dùng hoặc lịch có lỗi" in answer.err


def test_the_version_is_told() -> None:
    assert said("--version").out.startswith("quytrinh ")
    assert said("work", "--version").out.startswith("quytrinh ")
