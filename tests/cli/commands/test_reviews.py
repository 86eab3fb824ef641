"""The review on the command line: packs compared and built again, conclusions that become actions."""

import json
from pathlib import Path

import pytest

from tests.cli.commands.test_cases import opened
from tests.cli.office import ISSUED, Office

SECRETARY = "linh.vt"


@pytest.fixture
def packed(office: Office, tmp_path: Path) -> Path:
    opened(office)
    folder = tmp_path / "xem xét"
    assert office.say("review", "pack", "--period", "2026-03", "-o", folder, at="2026-04-01T08:00").code == 0
    return folder / "xem-xet-cua-lanh-dao-2026-03.json"


def test_a_pack_is_built_again_to_the_byte(office: Office, packed: Path) -> None:
    verified = office.say("review", "verify", packed)
    assert verified.code == 0
    assert "giống nhau đến từng byte" in verified.err


def test_a_pack_keeps_the_names_of_then(office: Office, packed: Path, tmp_path: Path) -> None:
    """A person gets another name and a unit ends; the pack of before stays the same, and it is told what is new."""
    there = office.copy(tmp_path / "Sở")
    folder = there.root / "organisation.d"
    people, units = folder / "người dùng.yaml", folder / "đơn vị.yaml"
    people.write_text(people.read_text("utf-8").replace("Vũ Thùy Linh", "Vũ Thùy Linh Đan"), "utf-8")
    units.write_text(units.read_text("utf-8").replace("Tổ Chuyển đổi số:", "Tổ Số hoá:"), "utf-8")
    told = packed.read_text("utf-8")
    verified = there.say("review", "verify", packed)
    assert (verified.code, "giống nhau đến từng byte" in verified.err) == (0, True)
    assert "“Tổ Chuyển đổi số” nay không còn là đơn vị; tài liệu giữ tên khi đó" in verified.err
    kept = there.root / "xem-xet"
    kept.mkdir(exist_ok=True)
    (kept / packed.name).write_text(told, "utf-8")
    cut_off = json.loads(told)["cut_off"]
    again = ("review", "pack", "--period", json.loads(told)["period"], "--cut-off", cut_off, "-o", tmp_path / "lại")
    assert there.say(*again).code == 0
    assert (tmp_path / "lại" / packed.name).read_text("utf-8") == told
    (kept / packed.name).unlink()
    assert there.say(*again[:-1], tmp_path / "mới").code == 0
    assert (tmp_path / "mới" / packed.name).read_text("utf-8") != told


def test_a_pack_without_its_file_is_built_with_the_names_of_its_cut_off(office: Office, tmp_path: Path) -> None:
    """One gets another name, one leaves, a unit ends otherwise than was said, another begins: all of it afterwards."""
    assert office.say("publish", "QT-HT-07", *ISSUED).code == 0
    told = {"nguồn hành động": "Xem xét của lãnh đạo", "nội dung hành động": "Viết mẫu", "hạn hoàn thành": "30/06/2026"}
    values = [f"{name}={value}" for name, value in {**told, "người chịu trách nhiệm": "linh.vt; long.dv"}.items()]
    sets = [word for value in values for word in ("--set", value)]
    case = office.told("case", "open", "QT-HT-07", "--title", "Mẫu", by=SECRETARY, at="2026-03-02T08:00")["case"]
    assert office.say("case", "advance", case, *sets, by=SECRETARY, at="2026-03-02T08:10").code == 0
    pack = ("review", "pack", "--period", "2026-03", "--cut-off", "2026-03-31T17:00", "-o")
    assert office.say(*pack, tmp_path, at="2026-04-01T08:00").code == 0
    (written,) = tmp_path.glob("*.json")
    assert json.loads(written.read_text("utf-8"))["names"]["people"] == {
        "linh.vt": "Vũ Thùy Linh",
        "long.dv": "Đinh Văn Long",
    }
    there = office.copy(tmp_path / "Sở")
    changed(there.root / "organisation.d" / "người dùng.yaml", {
        "  tên: Vũ Thùy Linh\n": "  tên: Vũ Thùy Linh Đan\n  tên trước: { 30/04/2026: Vũ Thùy Linh }\n",
        "  tên: Đinh Văn Long\n  chức vụ:\n    - Thư ký ISO, Bộ phận Quản lý chất lượng\n": "  tên: Đinh Văn Long\n"
            "  chức vụ: [{ vị trí: Thư ký ISO, đơn vị: Bộ phận Quản lý chất lượng, đến ngày: 30/06/2026 }]\n",
    })  # fmt: skip
    changed(there.root / "organisation.d" / "đơn vị.yaml", {
        "  đến ngày: 30/06/2026\n  nhập vào: Phòng Công nghệ thông tin\n":
            "  đến ngày: 31/05/2026\n  nhập vào: Phòng Dữ liệu\n",
        "Tổ Chuyển đổi số:\n": "Phòng Dữ liệu:\n  thuộc: Sở A\n  từ ngày: 01/06/2026\nTổ Chuyển đổi số:\n",
    })  # fmt: skip
    assert there.say("check").code == 0
    assert there.say(*pack, tmp_path / "lại", at="2026-08-03T08:00").code == 0
    assert (tmp_path / "lại" / written.name).read_bytes() == written.read_bytes()


def changed(file: Path, words: dict[str, str]) -> None:
    text = file.read_text("utf-8")
    for before, after in words.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    file.write_text(text, "utf-8")


def test_what_was_changed_in_a_pack_is_named(office: Office, packed: Path) -> None:
    told = json.loads(packed.read_text("utf-8"))
    figure = next(one for section in told["inputs"] for part in section["parts"] for one in part.get("figures", ()))
    figure["value"] = 99
    forged = packed.with_name("khac.json")
    forged.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    found = office.say("review", "compare", packed, forged)
    assert found.code == 1
    assert figure["key"] in found.out.replace("\n", "")
    assert office.say("review", "verify", forged).code == 1
    broken = packed.with_name("hong.json")
    broken.write_text("[]", "utf-8")
    assert "không phải tài liệu họp" in office.say("review", "verify", broken).err


def test_a_conclusion_becomes_an_action_with_owner_and_date(office: Office, tmp_path: Path) -> None:
    assert office.say("publish", "QT-HT-03", "QT-HT-07", *ISSUED).code == 0
    review = office.told(
        "case", "open", "QT-HT-03", "--title", "Xem xét năm 2026", by=SECRETARY, at="2026-03-02T09:00"
    )["case"]
    asked = ("review", "decide", review, "--text", "Mua chữ ký số", "--owner", "Hoàng Minh Phúc", "--due", "31/03/2027")
    action = office.told(*asked, "--output", "c", by=SECRETARY, at="2026-03-03T09:00")["case"]
    [one] = office.told("register", "QT-HT-07")["cases"]
    assert one["case"] == action
    assert one["values"]["người chịu trách nhiệm"] == "Hoàng Minh Phúc"
    assert one["values"]["loại đầu ra"] == "Nhu cầu nguồn lực"
    assert office.say("review", "minutes", review, "-o", tmp_path / "giấy").code == 0
    assert len(list((tmp_path / "giấy").glob("*.docx"))) == 2
    assert office.say("review", "minutes", action, "-o", tmp_path).code == 2


def test_without_objectives_there_is_nothing_to_hold_against(office: Office) -> None:
    assert office.told("objectives", "--period", "2026")["objectives"] == []
