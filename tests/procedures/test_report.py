import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from procedures.finding import Edit, Finding, Related, Severity, Span
from procedures.load import load_text
from procedures.report import concise, full, summary
from procedures.words import Words, say
from tests.procedures.specimen import FILE, purchase

TEXT = """\
  khảo giá:
    biểu mẫu: BM-VP-05-02
    đến: xem xet
"""


def found(
    line: int = 3, column: int = 10, end: int = 17, severity: Severity = Severity.ERROR, help_: Words | None = None
) -> Finding:
    return Finding(
        "QT201",
        severity,
        say("step “{name}” does not exist", name="xem xet"),
        Span(FILE, line, column, line, end),
        label=say("no step has this name"),
        help=help_ or say("did you mean “{name}”? (declared at line {line})", name="xem xét", line=65),
        related=(Related(Span(FILE, 65, 3, 65, 10), say("declared here")),),
        fix=(Edit(Span(FILE, line, column, line, end), "xem xét"),),
    )


def shown(finding: Finding, text: str, **style: bool) -> list[str]:
    return full([finding], {FILE: text}, "vi", **style).split("\n")


def test_a_finding_is_shown_with_its_place_its_words_and_what_to_do() -> None:
    assert full([found()], {FILE: TEXT}, "vi") == (
        "lỗi[QT201] [*]: bước “xem xet” không tồn tại\n"
        "  --> procedures.d/QT-VP-05.yaml:3:10\n"
        "   |\n"
        " 2 |     biểu mẫu: BM-VP-05-02\n"
        " 3 |     đến: xem xet\n"
        "   |          ^^^^^^^ không có bước nào tên như vậy\n"
        "   = gợi ý: có phải ý là “xem xét”? (khai báo ở dòng 65)"
    )


def test_the_message_follows_the_language_and_the_excerpt_the_file() -> None:
    lines = full([found()], {FILE: TEXT}, "en").split("\n")
    assert lines[0] == "error[QT201] [*]: step “xem xet” does not exist"
    assert lines[4:] == [
        " 3 |     đến: xem xet",
        "   |          ^^^^^^^ no step has this name",
        "   = help: did you mean “xem xét”? (declared at line 65)",
    ]


def test_findings_are_parted_by_a_blank_line() -> None:
    assert full([found(), found()], {FILE: TEXT}, "vi").count("\n\n") == 1
    assert full([], {}, "vi") == ""


def test_the_gutter_is_as_wide_as_the_number_of_the_line() -> None:
    text = "\n" * 999 + "    đến: xem xet\n"
    lines = shown(found(line=1000), text)
    assert lines[1:5] == [f"    --> {FILE}:1000:10", "     |", " 999 |", "1000 |     đến: xem xet"]
    assert lines[-1].startswith("     = gợi ý:")


def test_a_caret_stands_under_its_words_however_the_file_is_written() -> None:
    for text in (TEXT, unicodedata.normalize("NFD", TEXT), "\ufeff" + TEXT.replace("\n", "\r\n")):
        assert shown(found(), text)[4:6] == [
            " 3 |     đến: xem xet",
            "   |          ^^^^^^^ không có bước nào tên như vậy",
        ]


def test_a_caret_counts_the_width_of_wide_letters() -> None:
    assert shown(found(line=1, column=3, end=5), "漢字ab\n")[4] == "   |     ^^ không có bước nào tên như vậy"


def test_without_the_source_there_is_a_place_and_no_excerpt() -> None:
    assert len(full([found()], {}, "vi").split("\n")) == 3


def test_a_key_written_twice_is_shown_at_both_places() -> None:
    text = purchase().replace("  phê duyệt:\n", "  khảo giá:\n")
    said = full(load_text(text, FILE).findings, {FILE: text}, "vi").split("\n")
    first, second = (number for number, line in enumerate(text.split("\n"), 1) if line == "  khảo giá:")
    assert f"{second} |   khảo giá:" in said
    assert f"  ::: {FILE}:{first}:3" in said
    assert said[said.index(f"{first} |   khảo giá:") + 1] == "   |   -------- lần đầu"


def test_a_long_line_is_shown_around_the_caret() -> None:
    lines = shown(found(line=1, column=2001, end=2008), "x" * 2000 + "xem xet" + "y" * 2000 + "\n")
    assert max(map(len, lines)) < 200
    assert lines[3][lines[4].index("^") :].startswith("xem xety")
    assert lines[3].startswith(" 1 | …" + "x" * 60)
    assert lines[3].endswith("…")


def test_a_fault_over_several_lines_is_marked_to_the_end_of_its_first_line() -> None:
    finding = Finding("QT102", Severity.ERROR, say("step “{name}” does not exist", name="x"), Span(FILE, 1, 3, 3, 5))
    assert shown(finding, TEXT)[4] == "   |   ^^^^^^^^^"


def test_what_a_terminal_would_obey_is_shown_as_a_sign() -> None:
    text = "tên: \x1b]0;x\x07 \u202e\tb\n"
    finding = Finding(
        "QT1", Severity.ERROR, say("step “{name}” does not exist", name="\x1b[31m"), Span(FILE, 1, 6, 1, 7)
    )
    said = full([finding], {FILE: text}, "vi") + concise([finding], "vi")
    assert not set("\x1b\x07\u202e\t") & set(said)


def test_color_adds_only_color() -> None:
    colored = full([found()], {FILE: TEXT}, "vi", color=True)
    plain = "".join(part.partition("m")[2] if i else part for i, part in enumerate(colored.split("\x1b[")))
    assert plain == full([found()], {FILE: TEXT}, "vi")
    assert colored != plain


def test_an_old_console_gets_plain_letters_with_the_caret_still_in_place() -> None:
    lines = shown(found(), TEXT, ascii_only=True)
    assert all(line.isascii() for line in lines)
    assert lines[4:6] == [" 3 |     den: xem xet", "   |          ^^^^^^^ khong co buoc nao ten nhu vay"]


def test_a_line_a_finding_for_editors() -> None:
    assert concise([found()], "vi") == f"{FILE}:3:10: lỗi QT201 bước “xem xet” không tồn tại"


def test_the_closing_line_counts() -> None:
    many = [found(), found(severity=Severity.WARNING), found(severity=Severity.WARNING)]
    assert summary(many, "vi", 1) == f"{FILE}: 1 lỗi, 2 cảnh báo; 3 chỗ [*] tự sửa được bằng  quytrinh check --fix"
    assert summary(many, "en", 4).startswith("4 files: 1 error, 2 warnings; 3 marked [*]")
    assert summary([], "vi", 1) == "1 tệp: không có lỗi nào"


PLACES = st.tuples(st.integers(1, 6), st.integers(1, 12), st.integers(1, 6), st.integers(1, 12)).map(
    lambda four: Span(FILE, *min(four[:2], four[2:]), *max(four[:2], four[2:]))
)


@given(PLACES, st.text(max_size=40), st.booleans(), st.booleans())
def test_any_place_in_any_text_can_be_shown(span: Span, text: str, color: bool, ascii_only: bool) -> None:  # noqa: FBT001
    finding = Finding("QT1", Severity.HINT, say("no step has this name"), span, related=(Related(span, say("help")),))
    assert "QT1" in full([finding], {FILE: text}, "vi", color=color, ascii_only=ascii_only)
