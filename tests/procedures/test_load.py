import unicodedata
from pathlib import Path

import pytest

from procedures import codes
from procedures.finding import Finding
from procedures.load import load_file, load_folder, load_text
from tests.procedures.broken import ALL, Broken
from tests.procedures.specimen import FILE, purchase


def told(findings: tuple[Finding, ...]) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.span.line, finding.span.column) for finding in findings]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_broken_definition_gets_one_finding_at_its_place(case: Broken) -> None:
    loaded = load_text(case.text, FILE)
    assert told(loaded.findings) == [(case.code, case.line, case.column)]
    assert loaded.procedure is None


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_broken_definition_is_told_in_vietnamese_and_english(case: Broken) -> None:
    (finding,) = load_text(case.text, FILE).findings
    for words in (finding.message, finding.label, finding.help):
        assert words is None or (words.into("vi") != words.into("en") and "{" not in words.into("vi"))
    assert codes.find(finding.code) is not None


def test_there_are_enough_broken_definitions_and_no_two_alike() -> None:
    assert len({case.name for case in ALL}) == len(ALL) >= 45


def test_the_specimen_is_without_fault() -> None:
    loaded = load_text(purchase(), FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    assert loaded.sketch == loaded.procedure


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + purchase(),
        ("\ufeff" + purchase()).encode(),
        purchase().replace("\n", "\r\n"),
        unicodedata.normalize("NFD", purchase()),
    ],
    ids=["a byte order mark", "bytes", "lines of Windows", "decomposed accents"],
)
def test_the_way_a_file_was_saved_changes_nothing(text: str | bytes) -> None:
    loaded = load_text(text, FILE)
    assert loaded.findings == ()
    assert loaded.procedure == load_text(purchase(), FILE).procedure


def test_every_fault_is_found_in_one_go_in_reading_order() -> None:
    text = purchase().replace("    đến: xem xét\n", "    đến: xem xet\n", 1)
    text = text.replace("    trách nhiệm: kế toán", "    trach nhiem: kế toán")
    text = text.replace("trách nhiệm: lãnh đạo", "trách nhiệm: hội đồng nghiệm thu")
    text = text.replace("thời hạn: 12 ngày làm việc", "thời hạn: lâu lâu")
    findings = load_text(text, FILE).findings
    assert [finding.code for finding in findings] == ["QT110", "QT201", "QT101", "QT202"]
    assert list(findings) == sorted(findings, key=lambda finding: finding.span)


def test_a_name_that_is_wrong_in_many_places_is_one_finding_with_all_mends() -> None:
    text = purchase().replace("trách nhiệm: quản trị", "trách nhiệm: quan tri")
    (finding,) = load_text(text, FILE).findings
    assert (finding.code, finding.span.line) == ("QT202", 40)
    assert [edit.text for edit in finding.fix] == ["quản trị"] * 3
    assert [related.span.line for related in finding.related] == [16, 48, 82]


def test_a_declaration_that_is_wrong_is_one_finding_whatever_uses_it() -> None:
    text = purchase().replace("  xem xét:\n", "  duyệt:\n")
    (finding,) = load_text(text, FILE).findings
    assert (finding.code, finding.span.line) == ("QT201", 51)
    assert len(finding.related) == 3


def test_misspelt_names_are_mended_in_the_sketch_only() -> None:
    loaded = load_text(purchase().replace("    đến: xem xét\n", "    đến: xem xet\n", 1), FILE)
    assert loaded.procedure is None
    assert loaded.sketch == load_text(purchase(), FILE).procedure


def test_a_hole_in_the_flow_leaves_no_sketch() -> None:
    assert load_text(purchase().replace("    đến: xem xét\n", "    đến: đâu đó\n", 1), FILE).sketch is None


def test_the_mend_of_a_finding_makes_the_definition_right() -> None:
    text = purchase().replace("    việc cần làm:", "    viec can lam:")
    (finding,) = load_text(text, FILE).findings
    (edit,) = finding.fix
    lines = text.split("\n")
    line = lines[edit.span.line - 1]
    lines[edit.span.line - 1] = line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
    assert "\n".join(lines) == purchase()


def test_all_keys_of_the_other_vocabulary_are_one_finding_with_all_mends() -> None:
    text = purchase().replace("    phối hợp:", "    with:").replace("    khác người:", "    not_same_as:")
    (finding,) = load_text(text, FILE).findings
    assert finding.code == "QT103"
    assert [edit.text for edit in finding.fix] == ["khác người", "phối hợp"]
    assert load_text(text, FILE).sketch == load_text(purchase(), FILE).procedure


def test_keys_of_the_other_vocabulary_are_told_at_the_first_in_the_file() -> None:
    text = purchase().replace("  tên: Đề nghị mua", "  name: Đề nghị mua").replace("vai trò:", "roles:")
    (finding,) = load_text(text, FILE).findings
    assert (finding.code, finding.span.line) == ("QT103", 3)


def test_the_wanted_sentences_come_out_word_for_word() -> None:
    text = purchase().replace("    đến: xem xét\n", "    đến: xem xet\n", 1)
    text = text.replace("    trách nhiệm: kế toán", "    trach nhiem: kế toán")
    text = text.replace("trách nhiệm: lãnh đạo", "trách nhiệm: hội đồng nghiệm thu")
    step, key, role = load_text(text, FILE).findings
    assert step.message.into("vi") == "bước “xem xet” không tồn tại"
    assert step.label is not None
    assert step.label.into("vi") == "không có bước nào tên như vậy"
    assert step.help is not None
    assert step.help.into("vi") == "có phải ý là “xem xét”? (khai báo ở dòng 60)"
    assert step.help.into("en") == "did you mean “xem xét”? (declared at line 60)"
    assert key.message.into("vi") == "không hiểu mục “trach nhiem”"
    assert key.label is not None
    assert key.label.into("vi") == "không phải mục của một bước"
    assert key.help is not None
    assert key.help.into("vi") == "có phải ý là “trách nhiệm”? (thiếu dấu)"
    assert role.message.into("vi") == "vai trò “hội đồng nghiệm thu” chưa được khai báo"
    assert role.label is None
    assert role.help is not None
    assert role.help.into("vi") == (
        "các vai trò đã có: người đề nghị, quản trị, kế toán, chánh văn phòng, lãnh đạo; "
        "muốn thêm, khai báo ở mục “vai trò” (dòng 14)"
    )
    assert [finding.fixable for finding in (step, key, role)] == [True, True, False]


def test_places_point_at_what_was_written() -> None:
    places = load_text(purchase(), FILE).places
    lines = purchase().split("\n")

    def words(*path: str | int) -> str:
        span = places.at(*path)
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]

    assert words("within") == "12 ngày làm việc"
    assert words("steps", "khảo giá") == "khảo giá"
    assert words("steps", "khảo giá", "within") == "2 ngày làm việc"
    assert words("steps", "khảo giá", "norm") == "2 ngày làm việc"
    assert words("steps", "xem xét", "join") == "[khảo giá, thẩm định nguồn]"
    assert words("steps", "xem xét", "join", "thẩm định nguồn") == "thẩm định nguồn"
    assert words("steps", "xem xét", "outcomes", "Đồng ý", 0, "when") == "tổng tiền trên 50 triệu"
    assert words("steps", "xem xét", "outcomes", "Đồng ý", 1, "target") == "mua sắm"
    assert words("steps", "kiểm tra", "outcomes", "Hợp lệ", 0, "target", "khảo giá") == "khảo giá"
    assert words("steps", "lập phiếu", "outcomes", "Xong", 0, "target") == "kiểm tra"
    assert words("scenarios", "Máy in 12 triệu, đủ hồ sơ", "path", 2) == "khảo giá & thẩm định nguồn"
    assert words("roles", "kế toán") == "Kế toán, Văn phòng"
    assert words("risks") == words()


def test_findings_name_the_file_from_its_root(tmp_path: Path) -> None:
    folder = tmp_path / "procedures.d"
    folder.mkdir()
    (folder / "hỏng.yaml").write_text("quy trình: x\n", "utf-8")
    loaded = load_file(folder / "hỏng.yaml", tmp_path)
    assert {finding.span.file for finding in loaded.findings} == {"procedures.d/hỏng.yaml"}


def test_a_folder_is_loaded_in_the_order_of_names(tmp_path: Path) -> None:
    for code in ("QT-2", "QT-1"):
        (tmp_path / f"{code}.yaml").write_text(purchase().replace("QT-VP-05\n", f"{code}\n", 1), "utf-8")
    (tmp_path / "đọc tôi.md").write_text("không phải quy trình", "utf-8")
    assert [one.procedure.code for one in load_folder(tmp_path) if one.procedure] == ["QT-1", "QT-2"]


def test_two_files_with_one_code_are_both_reported(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(purchase(), "utf-8")
    loaded = load_folder(tmp_path)
    assert [told(one.findings) for one in loaded] == [[("QT127", 2, 7)], [("QT127", 2, 7)]]
    assert [one.procedure for one in loaded] == [None, None]


def test_our_own_definitions_load_without_fault() -> None:
    loaded = load_folder(Path(__file__).parents[2] / "procedures.d")
    assert loaded
    assert [(one.file, told(one.findings)) for one in loaded if one.findings] == []
