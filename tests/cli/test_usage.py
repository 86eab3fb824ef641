"""Every kind of wrong line ends with exit code 2 and a sentence in the reader's language, and prints no data."""

from pathlib import Path

import pytest

from tests.cli.office import Office, said

WRONG: list[tuple[tuple[str, ...], str, str]] = [
    (("chek",), "không có lệnh “chek”; có phải ý là check, schema?", "there is no command “chek”; did you mean check, schema?"),  # noqa: E501 - one wrong line a row
    (("làm",), "không có lệnh “làm”", "there is no command “làm”"),
    (("case", "đóng"), "không có lệnh “đóng”", "there is no command “đóng”"),
    (("check", "--nope"), "không có tuỳ chọn --nope", "there is no flag --nope"),
    (("check", "--fail-o", "error"), "có phải ý là --fail-on", "did you mean --fail-on"),
    (("explain",), "thiếu QTxxx", "“QTxxx” is missing"),
    (("explain", "QT302", "QT303"), "thừa trên dòng lệnh: QT303", "too much on the line: QT303"),
    (("explain", "QT000"), "không có mã phát hiện “QT000”", "no finding is called “QT000”"),
    (("work", "--of"), "--of cần một giá trị", "--of needs a value"),
    (("case", "list", "--user"), "--user cần một giá trị", "--user needs a value"),
    (("demo", "--cases", "nhiều"), "--cases: viết một số nguyên", "--cases: write a whole number"),
    (("demo", "--cases", "0"), "--cases: ít nhất là 1", "--cases: at least 1"),
    (("demo", "--cases", "99999"), "--cases: nhiều nhất là 20000", "--cases: at most 20000"),
    (("demo", "--no-serve=3"), "--no-serve không nhận giá trị", "--no-serve takes no value"),
    (("check", "--fail-on", "lỗi"), "--fail-on: không có lựa chọn “lỗi”", "--fail-on: “lỗi” is not one of: error, warning"),  # noqa: E501 - one wrong line a row
    (("check", "--format", "xml"), "--format: không có lựa chọn “xml”", "--format: “xml” is not one of: full"),
    (("check", "--color", "đỏ"), "--color: không có lựa chọn “đỏ”", "--color: “đỏ” is not one of: auto"),
    (("check", "QT-XX-99"), "không có tệp, thư mục hay quy trình “QT-XX-99”", "no file, folder or procedure “QT-XX-99”"),  # noqa: E501 - one wrong line a row
    (("check", "nơi/khác.yaml"), "không có tệp, thư mục hay quy trình “nơi/khác.yaml”", "“nơi/khác.yaml”"),
    (("show", "QT-VP-05", "--as", "pdf"), "--as: không có lựa chọn “pdf”", "--as: “pdf” is not one of: text, ir, docx"),
    (("show", "QT-VP-05@9"), "QT-VP-05@9 chưa", "QT-VP-05@9 has not been issued"),
    (("show", "QT-VP-05@ba"), "“ba” không phải số lần ban hành", "“ba” is not the number of an issue"),
    (("render", "--style", "bpmn"), "--style: không có lựa chọn “bpmn”", "--style: “bpmn” is not one of"),
    (("render", "--as", "gif"), "--as: không có lựa chọn “gif”", "--as: “gif” is not one of"),
    (("fmt", "--keys", "fr"), "--keys: không có lựa chọn “fr”", "--keys: “fr” is not one of: vi, en"),
    (("init", "--template", "huyện"), "--template: không có lựa chọn “huyện”", "--template: “huyện” is not one of"),
    (("init", "--procedure", "mã lạ!"), "“mã lạ!” không phải mã quy trình", "“mã lạ!” is not a code"),
    (("publish", "--effective", "mai", "QT-VP-05"), "“mai”", "“mai”"),
    (("publish", "--accept", "QT402", "QT-VP-05"), "viết theo dạng QT402=lý do", "write it as QT402=reason"),
    (("publish", "--issue", "ba"), "--issue: viết một số nguyên", "--issue: write a whole number"),
    (("case", "open", "QT-VP-05"), "ai thực hiện? nêu --user", "who is acting? give --user"),
    (("case", "open", "QT-XX-77", "--user", "hung.nm"), "chưa từng ban hành quy trình nào có mã “QT-XX-77”", "“QT-XX-77” was ever published"),  # noqa: E501 - one wrong line a row
    (("case", "open", "qt-vp-05", "--user", "hung.nm"), "có phải ý là QT-VP-05?", "did you mean QT-VP-05?"),
    (("case", "open", "QT-VP-05", "--user", "hung.nm", "--set", "tiền"), "viết theo dạng tên=giá trị", "write it as name=value"),  # noqa: E501 - one wrong line a row
    (("case", "pause", "HS-2026-0001"), "thiếu --reason", "“--reason” is missing"),
    (("case", "show", "HS-1999-0001"), "không có hồ sơ HS-1999-0001", "there is no case HS-1999-0001"),
    (("work", "--of", "ai.đó"), "không ai có tài khoản “ai.đó”", "nobody has the account “ai.đó”"),
    (("work", "--unit", "Phòng Lạ"), "không có đơn vị nào tên “Phòng Lạ”", "there is no unit called “Phòng Lạ”"),
    (("work", "--at", "hôm qua"), "--at: “hôm qua” không phải một thời điểm", "--at: “hôm qua” is not an instant"),
    (("metrics", "--period", "quý 4"), "“quý 4” không phải một kỳ", "“quý 4” is not a period"),
    (("metrics", "--by", "nguoi"), "--by: không có lựa chọn “nguoi”", "--by: “nguoi” is not one of"),
    (("review", "pack", "--period", "2026-13"), "“2026-13” không phải một kỳ", "“2026-13” is not a period"),
    (("review", "pack", "--cut-off", "cuối năm"), "--cut-off: “cuối năm” không phải một thời điểm", "--cut-off: “cuối năm”"),  # noqa: E501 - one wrong line a row
    (("nc", "show", "KPH-2026-9999"), "không có sự không phù hợp KPH-2026-9999", "no nonconformity KPH-2026-9999"),
    (("nc", "open"), "thiếu --title", "“--title” is missing"),
    (("clock",), "nêu một lệnh (due, elapsed) hoặc --batch", "give a command (due, elapsed) or --batch"),
    (("clock", "due", "--start", "sáng nay", "--within", "1 ngày"), "--start: “sáng nay”", "--start: “sáng nay” is not an instant"),  # noqa: E501 - one wrong line a row
    (("clock", "due", "--start", "2026-03-02", "--within", "ít lâu"), "ít lâu", "ít lâu"),
    (("clock", "due", "--start", "2026-03-02", "--within", "1 ngày", "--rule", "C9"), "--rule: không có lựa chọn “C9”", "--rule: “C9”"),  # noqa: E501 - one wrong line a row
    (("clock", "due", "--start", "2026-03-02", "--within", "1 ngày", "--calendar", "/không/có"), "không có lịch tại /không/có", "no calendar at /không/có"),  # noqa: E501 - one wrong line a row
    (("clock", "--batch", "/không/có.jsonl"), "không có tệp hay thư mục này: /không/có.jsonl", "no such file or folder: /không/có.jsonl"),  # noqa: E501 - one wrong line a row
]  # fmt: skip


@pytest.mark.parametrize(("line", "vietnamese", "english"), WRONG, ids=[" ".join(line) for line, _, _ in WRONG])
def test_a_wrong_line_is_told(pattern: Office, line: tuple[str, ...], vietnamese: str, english: str) -> None:
    for lang, sentence in (("vi", vietnamese), ("en", english)):
        answer = pattern.say("--lang", lang, *line)
        assert (answer.code, answer.out) == (2, ""), answer
        assert sentence in answer.err


def test_a_language_that_is_not_spoken_is_told() -> None:
    assert "--lang: không có lựa chọn “fr”; chọn một trong: vi, en" in said("--lang", "fr", "explain", "QT302").err


@pytest.mark.parametrize("line", [("work",), ("case", "list"), ("metrics",), ("sweep",), ("audit", "verify")])
def test_a_folder_that_is_no_agency_is_told(tmp_path: Path, line: tuple[str, ...]) -> None:
    answer = said("-C", tmp_path, *line)
    assert (answer.code, answer.out) == (2, "")
    assert "không phải thư mục cơ quan (không có quytrinh.toml); tạo bằng: quytrinh init" in answer.err
    assert "is not an agency's folder" in said("--lang", "en", "-C", tmp_path / "nowhere", *line).err


@pytest.mark.parametrize("group", [("case",), ("nc",), ("review",), ("audit",)])
def test_a_group_without_a_command_shows_its_help(group: tuple[str, ...]) -> None:
    answer = said(*group)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Cách dùng: quytrinh ")
    assert "Lệnh:" in answer.err
