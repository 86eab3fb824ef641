"""Backup and restore as an administrator uses them."""

import re
from pathlib import Path

from tests.cli.commands.test_cases import filled, opened
from tests.cli.office import Office, said


def test_a_backup_is_made_checked_and_put_back(office: Office, tmp_path: Path) -> None:
    assert filled(office, opened(office)).code == 0
    saved = office.say("backup", tmp_path / "sao lưu")
    assert saved.code == 0
    assert re.search(r"đã sao lưu: 5 sự kiện của 1 hồ sơ, \d+ tệp; kiểm tra: quytrinh restore", saved.err)
    checked = said("restore", tmp_path / "sao lưu", "--check")
    assert (checked.code, checked.err) == (0, "đặt lại được: 5 sự kiện của 1 hồ sơ đều khớp\n")
    assert said("restore", tmp_path / "sao lưu").code == 2
    assert said("restore", tmp_path / "sao lưu", tmp_path / "đặt lại").code == 0
    again = Office(tmp_path / "đặt lại")
    assert again.say("audit", "verify").out == office.say("audit", "verify").out
    assert filled(again, opened(again)).code == 0


def test_an_altered_backup_is_not_put_back(office: Office, tmp_path: Path) -> None:
    office.say("backup", tmp_path / "b")
    path = tmp_path / "b" / "files" / "quytrinh.toml"
    path.write_text(path.read_text("utf-8") + "# thêm\n", encoding="utf-8")
    answer = said("restore", tmp_path / "b", tmp_path / "r", "--format", "json")
    assert answer.code == 1
    assert answer.json["faults"] == ["files/quytrinh.toml không còn như lúc sao lưu"]
    assert not (tmp_path / "r").exists()
    assert office.say("backup", tmp_path / "b").err == f"{tmp_path / 'b'} không trống; chưa ghi gì\n"
    assert "không phải là bản sao lưu của quytrinh" in said("restore", tmp_path, "--check").err
