"""Writing and reading procedures on the command line."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from unicodedata import normalize
from zipfile import ZipFile

import pytest

from tests.cli.office import Office, said

BROKEN = """quy trình:
  mã: QT-VP-09
  tên: Mượn phòng họp
  loại: công việc nội bộ
  lần ban hành: 1
  đơn vị chủ trì: Văn phòng
  mục đích: Thống nhất cách mượn phòng.
  phạm vi: Các phòng.
  thời hạn: 3 ngày làm việc

vai trò:
  người mượn: Chuyên viên, Văn phòng
  người duyệt: Chánh Văn phòng, Văn phòng

các bước:
  đăng ký:
    tên: Đăng ký
    trách nhiệm: người mượn
    đến: xem xet
  xem xét:
    tên: Xem xét
    trach nhiem: người duyệt
    chọn:
      Đồng ý: kết thúc hoàn thành
      Làm lại: trả về đăng ký
"""
WHOLE_VI = """\
lỗi[QT201] [*]: bước “xem xet” không tồn tại
  --> hong.yaml:19:10
   |
18 |     trách nhiệm: người mượn
19 |     đến: xem xet
   |          ^^^^^^^ không có bước nào tên như vậy
   = gợi ý: có phải ý là “xem xét”? (khai báo ở dòng 20)
"""
WHOLE_EN = """\
error[QT201] [*]: step “xem xet” does not exist
  --> hong.yaml:19:10
   |
18 |     trách nhiệm: người mượn
19 |     đến: xem xet
   |          ^^^^^^^ no step has this name
   = help: did you mean “xem xét”? (declared at line 20)
"""


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "hong.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    return path


@pytest.mark.parametrize(("lang", "whole", "level"), [("vi", WHOLE_VI, "lỗi"), ("en", WHOLE_EN, "error")])
def test_a_finding_is_told_with_its_place_an_excerpt_and_a_mend(
    broken: Path, lang: str, whole: str, level: str
) -> None:
    answer = said("-C", broken.parent, "check", broken, "--lang", lang)
    assert answer.code == 1
    assert whole in answer.out
    assert f"{level}[QT101] [*]: " in answer.out  # the other fault is told in the same run
    assert "  --> hong.yaml:22:5\n" in answer.out
    assert "[*]" in answer.err


def test_findings_come_in_the_form_that_a_program_reads(broken: Path) -> None:
    told = json.loads(said("check", broken, "--format", "json").out)
    assert (told["format_version"], told["ok"], told["summary"]["fixable"]) == ("1.0", False, 2)
    first = next(one for one in told["diagnostics"] if one["code"] == "QT201")
    assert first["range"]["start"] == {"line": 19, "column": 10, "byte": 13}
    assert first["message"] == {"vi": "bước “xem xet” không tồn tại", "en": "step “xem xet” does not exist"}
    assert first["fix"]["edits"][0]["text"] == "xem xét"
    concise = said("-C", broken.parent, "check", broken.name, "--format", "concise", "--select", "QT2").out
    assert concise.startswith("hong.yaml:19:10: lỗi")
    github = said("-C", broken.parent, "check", broken.name, "--format", "github", "--select", "QT2").out
    assert github.startswith("::error file=hong.yaml,line=19,")
    sarif = json.loads(said("check", broken, "--format", "sarif", "--select", "QT2").out)
    assert sarif["runs"][0]["results"][0]["ruleId"] == "QT201"
    cases = ET.fromstring(said("check", broken, "--format", "junit").out)  # noqa: S314 - our own output
    assert next(failure.get("type") for failure in cases.iter("failure")) == "QT201"


def test_what_is_marked_is_mended_and_nothing_else_changes(broken: Path) -> None:
    answer = said("check", broken, "--fix")
    assert "+    đến: xem xét" in answer.err
    wanted = BROKEN.replace("đến: xem xet", "đến: xem xét").replace("trach nhiem:", "trách nhiệm:")
    assert broken.read_text("utf-8") == wanted
    assert "lỗi[" not in said("check", broken).out


def test_a_fault_is_drawn_upon_the_flowchart(tmp_path: Path) -> None:
    text = BROKEN.replace("xem xet", "xem xét").replace("trach nhiem", "trách nhiệm")
    text = text.replace("kết thúc", "trả về đăng ký, không quá 1 lần #", 1)
    for number in (1, 2):
        (tmp_path / f"{number}.yaml").write_text(text.replace("QT-VP-09", f"QT-VP-{number}"), encoding="utf-8")
    answer = said("check", tmp_path / "1.yaml", tmp_path / "2.yaml", "--select", "QT3", "--draw", tmp_path / "hình")
    drawn = sorted(path.name for path in (tmp_path / "hình").iterdir())
    assert drawn == ["QT-VP-1-QT310.svg", "QT-VP-2-QT310.svg"]
    picture = (tmp_path / "hình" / drawn[0]).read_text("utf-8")
    assert "không đi tiếp được" in picture
    assert str(tmp_path / "hình" / drawn[0]) in answer.err
    said("check", tmp_path / "1.yaml", "--select", "QT310", "--draw", tmp_path / "ảnh", "--as", "png")
    assert (tmp_path / "ảnh" / "QT-VP-1-QT310.png").read_bytes().startswith(b"\x89PNG")
    assert said("check", tmp_path / "1.yaml", "--draw", tmp_path, "--as", "gif").code == 2


def test_findings_can_be_narrowed_to_a_group_of_codes(broken: Path) -> None:
    told = json.loads(said("check", broken, "--select", "QT1", "--format", "json").out)
    assert {one["code"] for one in told["diagnostics"]} == {"QT101"}
    assert said("check", broken, "--select", "QT9").code == 0


def test_warnings_fail_only_when_asked_to(broken: Path) -> None:
    assert said("check", broken, "--fix", "-q").code == 0
    assert json.loads(said("check", broken, "--format", "json").out)["summary"]["warning"] > 0
    assert said("check", broken, "--fail-on", "warning").code == 1


def test_a_procedure_is_found_by_code_by_path_and_by_letters_typed_apart(shelf: Office, tmp_path: Path) -> None:
    by_code = shelf.say("show", "QT-VP-05")
    assert shelf.say("show", shelf.root / "procedures.d" / "QT-VP-05.yaml") == by_code
    there = tmp_path / "Quy trình mượn phòng.yaml"
    there.write_text(BROKEN.replace("xem xet", "xem xét").replace("trach nhiem", "trách nhiệm"), encoding="utf-8")
    assert "Mượn phòng họp" in said("show", normalize("NFD", str(there))).out


def test_a_procedure_is_read_in_the_terminal(shelf: Office) -> None:
    out = shelf.say("show", "QT-VP-05").out
    assert out.startswith(
        "QT-VP-05  Đề nghị mua sắm, sửa chữa tài sản thường xuyên  ·  lần ban hành 3 · hiệu lực 01/01/2026"
    )
    assert " TT   bước " in out
    assert "→ 3 & 4" in out
    assert "↩ 1" in out
    assert "Thời hạn chung: 12 ngày làm việc" in out


def test_the_canonical_form_carries_its_hash_and_is_the_same_in_both_languages(shelf: Office) -> None:
    vi, en = (shelf.say("show", "QT-VP-05", "--as", "ir", "--lang", lang) for lang in ("vi", "en"))
    assert vi == en
    assert vi.json["hash"].startswith("sha256:")
    assert shelf.say("show", "QT-VP-05", "--format", "json") == vi


def test_the_longest_way_and_who_is_told_of_delays_stand_below_the_table(shelf: Office) -> None:
    out = shelf.say("show", "QT-VP-05").out
    assert "mua sắm 5 = 11 ngày LV; thời hạn chung 12 ngày LV → dự phòng 1 ngày LV" in out
    assert "Khi quá hạn, báo: người đứng đầu đơn vị chậm tiến độ" in out


def test_a_faulty_file_is_not_shown_but_its_faults_are(broken: Path) -> None:
    answer = said("show", broken)
    assert answer.code == 1
    assert "lỗi[QT201]" in answer.out
    assert answer.err == f"“{broken}” còn lỗi; chạy quytrinh check để biết lỗi nào\n"
    assert said("render", broken, "-o", broken.parent / "out").code == 1


def test_a_procedure_becomes_a_document(shelf: Office, tmp_path: Path) -> None:
    answer = shelf.say("show", "QT-VP-05", "--as", "docx", "-o", tmp_path / "quy trình.docx")
    assert answer.out.strip() == str(tmp_path / "quy trình.docx")
    with ZipFile(tmp_path / "quy trình.docx") as parts:
        assert "Đề nghị mua sắm" in parts.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("form", "style", "begins"),
    [
        ("svg", "luu-do", b"<"),
        ("svg", "lan-boi", b"<"),
        ("html", "luu-do", b"<!"),
        ("pdf", "luu-do", b"%PDF"),
        ("png", "luu-do", b"\x89PNG"),
    ],
)
def test_a_flowchart_is_drawn_the_same_each_time(
    shelf: Office, tmp_path: Path, form: str, style: str, begins: bytes
) -> None:
    drawn = []
    for folder in (tmp_path / "một", tmp_path / "hai"):
        answer = shelf.say("render", "QT-TC-01", "--as", form, "--style", style, "-o", folder, "--format", "json")
        files = [Path(name) for name in answer.json["files"]]
        drawn.append([path.read_bytes() for path in files])
    assert drawn[0][0].startswith(begins)
    if form != "pdf":  # a PDF carries the instant it was made
        assert drawn[0] == drawn[1]


def test_a_finding_is_explained_in_both_languages() -> None:
    vi, en = said("explain", "qt302"), said("explain", "QT302", "--lang", "en")
    assert vi.out.startswith("QT302 · ")
    assert "Sai:\n    " in vi.out
    assert "Right:\n    " in en.out
    assert said("explain", "QT302", "--format", "json").json["code"] == "QT302"
    assert "chấp nhận: { QT405: lý do }" in said("explain", "QT405").out


def test_fmt_tells_what_it_would_change_and_then_changes_it(tmp_path: Path) -> None:
    untidy = tmp_path / "a.yaml"
    untidy.write_text(normalize("NFD", BROKEN).replace("các bước:\n", "các bước:   \n") + "\n\n\n", encoding="utf-8")
    before = untidy.read_bytes()
    seen = said("fmt", "--check", untidy)
    assert (seen.code, seen.out.strip()) == (3, str(untidy))
    assert untidy.read_bytes() == before
    assert said("fmt", untidy).code == 0
    assert said("fmt", "--check", untidy).code == 0
    assert normalize("NFC", untidy.read_text("utf-8")) == untidy.read_text("utf-8")


def test_keys_change_language_and_come_back(tmp_path: Path, shelf: Office) -> None:
    path = tmp_path / "QT-VP-05.yaml"
    path.write_bytes((shelf.root / "procedures.d" / "QT-VP-05.yaml").read_bytes())
    before = said("show", path, "--as", "ir").json
    assert said("fmt", "--keys", "en", path).code == 0
    assert "procedure:" in path.read_text("utf-8")
    assert said("show", path, "--as", "ir").json == before
    assert said("fmt", "--keys", "vi", path).code == 0
    assert said("show", path, "--as", "ir").json == before


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ảnh.yaml"
    path.write_bytes(b"\xff\xfe\x00\x01")
    for command in ("check", "fmt"):
        answer = said(command, path)
        assert (answer.code, "Traceback" in answer.err) == (1, False), command


def test_scenarios_are_run(shelf: Office) -> None:
    answer = shelf.say("test", "QT-VP-05")
    assert answer.code == 0
    assert answer.out.splitlines()[0] == "✓ QT-VP-05  Máy in 12 triệu, đủ hồ sơ"
    assert shelf.say("test", "QT-VP-05", "--format", "json").json["scenarios"][0]["ok"] is True


def test_a_scenario_that_does_not_go_as_written_fails(tmp_path: Path, shelf: Office) -> None:
    path = tmp_path / "QT-VP-05.yaml"
    text = (shelf.root / "procedures.d" / "QT-VP-05.yaml").read_text("utf-8")
    path.write_text(text.replace("với: { tổng tiền: 180 triệu }", "với: { tổng tiền: 18 triệu }"), encoding="utf-8")
    answer = said("test", path)
    assert answer.code == 1
    assert "✗ QT-VP-05  Máy chủ 180 triệu bị lãnh đạo từ chối" in answer.out
    assert "1 tình huống không diễn ra như đã viết" in answer.err
    told = said("test", path, "--format", "json")
    assert (told.code, [one["ok"] for one in told.json["scenarios"] if not one["generated"]]) == (1, [True, False])


def test_schemas_are_written_for_editors(tmp_path: Path) -> None:
    files = said("schema", "-o", tmp_path / "lược đồ", "--format", "json").json["files"]
    assert [Path(name).name for name in files] == ["procedure.vi.schema.json", "procedure.en.schema.json"]
    assert all(json.loads(Path(name).read_text("utf-8"))["$schema"] for name in files)


def test_a_new_folder_is_whole_at_once(tmp_path: Path) -> None:
    root = tmp_path / "Sở mới"
    made = said("init", root)
    assert made.code == 0
    assert f"quytrinh -C '{root}' check" in made.err
    assert said("-C", root, "check").code == 0
    assert said("-C", root, "test").code == 0
    assert said("-C", root, "publish", "--drafted-by", "Lê Thị Soạn", "--approved-by", "Giám đốc").code == 0
    opened = said("-C", root, "case", "open", "QT-VP-01", "--user", "an.nv", "--format", "json")
    assert opened.json["open_items"][0]["assignee"] == "an.nv"


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    root = tmp_path / "Sở mới"
    assert said("init", root).code == 0
    settings = root / "quytrinh.toml"
    settings.write_text("agency = 'Sở B'\n", encoding="utf-8")
    again = said("init", root)
    assert again.code == 4
    assert "đã có; không ghi gì" in again.err
    assert settings.read_text("utf-8") == "agency = 'Sở B'\n"


def test_one_procedure_is_added_from_the_skeleton(tmp_path: Path) -> None:
    assert said("init", tmp_path, "--template", "trong").code == 0
    made = said("-C", tmp_path, "init", "--procedure", "QT-VP-12", "--format", "json")
    assert [Path(name).name for name in made.json["files"]] == ["QT-VP-12.yaml"]
    assert said("-C", tmp_path, "check", "QT-VP-12").code == 0
    assert said("-C", tmp_path, "init", "--procedure", "QT-VP-12").code == 4


def test_what_sample_cases_pass_is_told_and_what_they_do_not_is_shown_by_generated_ones(shelf: Office) -> None:
    out = shelf.say("test", "QT-VP-05").out.splitlines()
    assert [line[:1] for line in out if "  QT-VP-05" not in line and line[:1] != " "] == ["✓", "✓"]
    assert out[2] == (
        "  QT-VP-05: hồ sơ thử đi qua 7/7 bước, 7/12 kết quả; 7 hồ sơ tự sinh đi đủ mọi đường, mỗi đường một lần"
    )
    assert out[3].startswith(
        "    ◇ tự sinh, kiểm tra → Thiếu hoặc sai: lập phiếu > kiểm tra (Thiếu hoặc sai) > lập phiếu"
    )
    assert all(line.startswith("    ◇ ") for line in out[3:])


def test_generated_cases_are_marked_so_for_machines_and_take_every_outcome(shelf: Office) -> None:
    told = json.loads(shelf.say("test", "QT-VP-05", "--format", "json").out)
    declared = [one["name"] for one in told["scenarios"] if not one["generated"]]
    assert declared == ["Máy in 12 triệu, đủ hồ sơ", "Máy chủ 180 triệu bị lãnh đạo từ chối"]
    made = [one for one in told["scenarios"] if one["generated"]]
    taken = {(stop["step"], stop["outcome"]) for one in made for stop in one["way"]}
    (covered,) = told["coverage"]
    every = {*map(tuple, covered["outcomes"]["passed"]), *map(tuple, covered["outcomes"]["missed"])}
    assert taken == every
    assert covered["steps"]["missed"] == covered["unreachable"] == []


def test_sample_cases_are_chosen_by_a_part_of_their_name(shelf: Office) -> None:
    out = shelf.say("test", "QT-VP-05", "-k", "may in").out
    assert [line for line in out.splitlines() if line.startswith("✓")] == ["✓ QT-VP-05  Máy in 12 triệu, đủ hồ sơ"]
