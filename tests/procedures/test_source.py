import unicodedata
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.finding import Finding, Span
from procedures.rewrite import apply_edits
from procedures.source import MAX_BYTES, MAX_NODES, Node, read, read_file
from procedures.text import legible
from tests.procedures.specimen import purchase

FILE = "procedures.d/QT-VP-05.yaml"


def node(text: str | bytes) -> Node:
    found, findings = read(text, FILE)
    assert findings == []
    assert found is not None
    return found


def fault(text: str | bytes) -> Finding:
    found, findings = read(text, FILE)
    assert found is None
    (finding,) = findings
    return finding


def place(finding: Finding) -> tuple[str, int, int]:
    return finding.code, finding.span.line, finding.span.column


def at(line: int, column: int, end_line: int, end_column: int) -> Span:
    return Span(FILE, line, column, end_line, end_column)


def spans(found: Node) -> list[Span]:
    parts = [*found.items, *(part for entry in found.entries for part in entry)]
    return [found.span, *(span for part in parts for span in spans(part))]


@pytest.mark.parametrize(
    "written", ["16:30", "0123", "1.000", "No", "~", "null", "1e3", "2027-01-01", "0x1F", ".inf", "12_000", "='a'"]
)
def test_a_value_is_the_text_that_was_written(written: str) -> None:
    assert node(f"a: {written}\n").get("a") == Node("text", at(1, 4, 1, 4 + len(written)), text=written)


def test_every_node_knows_its_place() -> None:
    found = node("quy trình:\n  mã: QT-1\n  căn cứ:\n    - Luật A\n    - Luật B\n\n# hết\n")
    head = found.entries[0][1]
    assert found.entries[0][0].span == at(1, 1, 1, 10)
    assert head.span == at(2, 3, 5, 13)
    assert [value.span for _, value in head.entries] == [at(2, 7, 2, 11), at(4, 5, 5, 13)]


def test_a_list_on_one_line_ends_with_its_bracket() -> None:
    found = node("nhập: [nội dung, tổng tiền]   # hai\n").entries[0][1]
    assert found.span == at(1, 7, 1, 28)
    assert [item.span for item in found.items] == [at(1, 8, 1, 16), at(1, 18, 1, 27)]


def test_an_empty_value_stands_behind_its_colon() -> None:
    assert node("tên:\nmã: A\n").entries[0][1] == Node("text", at(1, 5, 1, 6))


@pytest.mark.parametrize("opening", ["", "'", '"'])
def test_a_part_of_a_text_is_found_with_and_without_quotes(opening: str) -> None:
    value = node(f"đến: {opening}đồng thời a, b{opening}\n").entries[0][1]
    shift = len(opening)
    assert value.part(11, 12) == at(1, 17 + shift, 1, 18 + shift)


def test_a_part_that_cannot_be_told_is_the_whole() -> None:
    for text in ('a: "b\\tc d"\n', "a: b\n  c\n", "a: |\n  b\n  c\n"):
        value = node(text).entries[0][1]
        assert value.part(1, 2) == value.span


def test_a_paragraph_is_one_text() -> None:
    assert node("a: >\n  một\n  hai\nb: |\n  ba  \n  bốn\n").get("a") is not None
    assert [value.text for _, value in node("a: >\n  một\n  hai\nb: |\n  ba  \n  bốn\n").entries] == [
        "một hai",
        "ba\nbốn",
    ]


@pytest.mark.parametrize(
    "text",
    [
        purchase().encode(),
        "\ufeff" + purchase(),
        purchase().replace("\n", "\r\n"),
        purchase().replace("\n", "\r"),
        unicodedata.normalize("NFD", purchase()),
        purchase().replace("ngày làm việc", "ngày\u00a0làm\u202fviệc").replace("\n  mã", "\n\u00a0\u00a0mã"),
    ],
    ids=["bytes", "byte order mark", "CRLF", "CR", "NFD", "blanks that are none"],
)
def test_the_same_text_in_another_dress_gives_the_same_nodes_at_the_same_places(text: str | bytes) -> None:
    assert node(text) == node(purchase())


def test_a_text_that_is_not_utf_8_is_told_with_its_place() -> None:
    finding = fault("mã: A\nquy tr".encode() + b"\xecnh: B\n")
    assert place(finding) == ("QT001", 2, 7)
    assert "UTF-8" in finding.message.into("vi")
    assert place(fault("quy trình".encode("utf-16"))) == ("QT001", 1, 1)


@pytest.mark.parametrize(
    "sign", ["\x00", "\x1b", "\x7f", "\x85", "\u200b", "\u200d", "\u202e", "\u2028", "\ufeff", "\uffff"]
)
def test_a_sign_that_nobody_can_see_is_refused_and_taken_out(sign: str) -> None:
    text = f"mã: A\ntên: xem{sign}xét\n"
    finding = fault(text)
    assert place(finding) == ("QT001", 2, 9)
    assert f"{ord(sign):04X}" in finding.message.into("vi")
    assert read(apply_edits(text, finding.fix), FILE)[1] == []


def test_half_letters_and_lost_letters_are_refused_without_a_mend() -> None:
    assert place(fault("tên: a\ud800b\n")) == ("QT001", 1, 7)
    assert fault("tên: Quy tr\ufffdnh\n").fix == ()


def test_a_sign_hidden_behind_an_escape_is_refused() -> None:
    assert place(fault('tên: "a\\u202eb"\n')) == ("QT001", 1, 6)
    assert node('tên: "a\\u0300"\n').entries[0][1].text == "à"


def test_tabs_are_told_once_and_all_mended() -> None:
    text = "quy trình:\n\tmã: A\n\ttên: B\n  \n\t\n"
    finding = fault(text)
    assert place(finding) == ("QT005", 2, 1)
    assert [note.into("vi") for note in finding.notes] == ["cả tệp có 2 chỗ như vậy"]
    assert node(apply_edits(text, finding.fix)) == node("quy trình:\n  mã: A\n  tên: B\n")


def test_a_key_written_twice_is_told_with_both_lines() -> None:
    finding = fault("a: 1\nb:\n  c: 1\n  c: 2\n")
    assert place(finding) == ("QT004", 4, 3)
    assert [related.span for related in finding.related] == [at(3, 3, 3, 4)]


def test_every_key_written_twice_is_told_in_one_run() -> None:
    assert [f.span.line for f in read("a: 1\na: 2\nb: {c: 1, c: 2}\n", FILE)[1]] == [2, 3]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x 1\n", 1),
        ("a: 1\nb: *x\n", 2),
        ("a: !!str 1\n", 1),
        ("a: ! 1\n", 1),
        ("a: 1\n<<: {b: 2}\n", 2),
        ("a: & x\n", 1),
    ],
)
def test_what_would_copy_or_retype_values_is_refused(text: str, line: int) -> None:
    assert place(fault(text))[:2] == ("QT007", line)


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "a: 1\n...\nb: 2\n", "%YAML 1.1\n---\na: 1\n", "%x\na: 1\n"])
def test_more_than_one_document_is_refused(text: str) -> None:
    assert fault(text).code == "QT006"


def test_a_first_line_of_dashes_is_allowed() -> None:
    assert node("---\na: 1\n").get("a") is not None


def test_limits_hold() -> None:
    deep = "".join(f"{'  ' * depth}a:\n" for depth in range(30))
    wide = "a: [" + "x," * MAX_NODES + "]\n"
    for text in (
        deep,
        "[" * 500_000,
        "{a: " * 200_000,
        "- " * 400_000,
        wide,
        "#" * (MAX_BYTES + 1),
        b"\xff" * 10_000_000,
    ):
        assert fault(text).code == "QT008"


@pytest.mark.parametrize("text", ["", "\n\n", "# chưa viết gì\n", "---\n", "\ufeff", b""])
def test_a_file_without_content_is_told(text: str | bytes) -> None:
    assert fault(text).code == "QT009"


def test_a_file_is_read_under_its_name(tmp_path: Path) -> None:
    folder = tmp_path / unicodedata.normalize("NFD", "đơn vị")
    folder.mkdir()
    (folder / "a.yaml").write_bytes(b"a: 1\n")
    found, findings = read_file(folder / "a.yaml", tmp_path)
    assert findings == []
    assert found is not None
    assert found.span.file == "đơn vị/a.yaml"


def test_a_file_that_cannot_be_opened_is_a_finding(tmp_path: Path) -> None:
    for path in (tmp_path / "không có.yaml", tmp_path):
        found, (finding,) = read_file(path, tmp_path.parent)
        assert found is None
        assert finding.code == "QT010"


def test_ten_megabytes_are_not_parsed(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"- a\n" * 2_500_000)
    assert [finding.code for finding in read_file(path, tmp_path)[1]] == ["QT008"]


MARKS = [*"aệ:-[]{},\"'|>?#%\t\r\n\\\ufeff\u0301\x85\ud800"]
WORDS = ["tên", ": ", "- ", "\n  ", "\n    ", ", ", "&x ", "*x", "!t ", " # ", "---\n", "...\n", "? ", "<<"]
SCRAPS = st.sampled_from([*MARKS, *WORDS])


@given(st.lists(SCRAPS, max_size=30).map("".join) | st.text(max_size=60) | st.binary(max_size=40))
def test_whatever_is_written_gives_nodes_or_findings_with_places_in_the_text(text: str | bytes) -> None:
    found, findings = read(text, FILE)
    assert (found is None) == bool(findings)
    places = [f.span for f in findings] + [e.span for f in findings for e in f.fix] + (spans(found) if found else [])
    lines = (text if isinstance(text, str) else text.decode(errors="replace")).replace("\r\n", "\n").replace("\r", "\n")
    for span in places:
        assert 1 <= span.line <= span.end_line <= lines.count("\n") + 1
        assert (span.line, span.column) < (span.end_line, span.end_column)
    for finding in findings:
        assert finding.message.into("vi")
        assert finding.message.into("en")


@pytest.mark.torture
def test_a_definition_broken_in_a_great_many_ways_is_told_or_read() -> None:
    random = Random(1)  # noqa: S311 - the same dice every time
    text = purchase()
    for _ in range(8_000):
        start = random.randrange(len(text))
        scraps = "".join(random.choices([*MARKS, *WORDS], k=random.randrange(4)))
        broken = text[:start] + scraps + text[start + random.randrange(8) :]
        found, findings = read(broken, FILE)
        assert (found is None) == bool(findings)
        lines = legible(broken)
        for finding in findings:
            assert lines is None or finding.span.end_line <= lines.count("\n") + 1
            apply_edits(broken, finding.fix)


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("a:\n\tb:\n\t\tc: 1\n\td: 2\n", "a:\n  b:\n    c: 1\n  d: 2\n"),
        ("a:\n  b:\n\tc: 1\n    d: 2\n", "a:\n  b:\n    c: 1\n    d: 2\n"),
        ("a:\n  b:\n\tc: 1\n\td: 2\n  e: 3\n", "a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n"),
        ("a:\n  b:\n    c: 1\n\td: 2\n", "a:\n  b:\n    c: 1\n    d: 2\n"),
    ],
)
def test_a_line_indented_by_tabs_is_mended_in_line_with_its_neighbours(typed: str, mended: str) -> None:
    assert apply_edits(typed, fault(typed).fix) == mended
