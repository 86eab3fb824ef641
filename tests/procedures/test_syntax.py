import re

import pytest

from procedures.finding import Finding
from procedures.rewrite import apply_edits
from procedures.source import read


def fault(text: str) -> Finding:
    found, (finding,) = read(text, "a.yaml")
    assert found is None
    return finding


#: What is written below `a:` → the code, the words under the caret, and the line as it is mended.
SLIPS = [
    ("tên: Bước 1: kiểm tra", "QT002", ": kiểm tra", 'tên: "Bước 1: kiểm tra"'),
    ("mã:QT-1\n  tên: x", "QT002", ":", "mã: QT-1"),
    ("tên: x\n  mã:QT-1", "QT002", ":", "mã: QT-1"),
    ("tên：x\n  b: c", "QT002", "：", "tên: x"),
    ("tên: x\n  mã QT-1\n  c: d", "QT002", "mã QT-1", None),
    ('tên: "x\n  c: d', "QT002", '"x', None),
    ('tên: "x" và y', "QT002", "và y", "tên: '\"x\" và y'"),
    ("t: [x, y\n  c: d", "QT002", "[x, y", None),
    ("t: {x: 1\n  c: d", "QT002", "{x: 1", None),
    ("t: [x] b", "QT002", "b", None),
    ("t: %x", "QT002", "%", 't: "%x"'),
    ("t: @x  # chú thích", "QT002", "@", 't: "@x"  # chú thích'),
    ("- `x`", "QT002", "`", '- "`x`"'),
    ("t: | x", "QT002", "|", 't: "| x"'),
    ("t: >= 95%", "QT003", ">=", "t: ít nhất 95%"),
    ("- khi: > 50 triệu", "QT003", ">", "- khi: trên 50 triệu"),
    ("t: >\n  u: v", "QT003", ">", None),
    ("t: *quan trọng*", "QT007", "*quan", 't: "*quan trọng*"'),
    ("t: & x", "QT007", "&", 't: "& x"'),
    ("b: c\n    d: e", "QT002", "d", None),
    ("  b: c\n  d: e", "QT002", "d: e", None),
    ("- x\n  b: c", "QT002", "b: c", None),
    ("b: c\n  - x", "QT002", "- x", None),
    ("-x", "QT002", "-", "- x"),
    ("b: c\n    - x", "QT002", "- x", None),
    (": b", "QT002", ": b", None),
    ('t: "C:\\q"', "QT002", "\\q", None),
    ("[a, b]: c", "QT002", "[a, b]", None),
]


@pytest.mark.parametrize(("written", "code", "under", "mended"), SLIPS)
def test_a_slip_is_told_at_its_cause_and_mended_where_that_is_sure(
    written: str, code: str, under: str, mended: str | None
) -> None:
    text = f"a:\n  {written}\n"
    finding = fault(text)
    line = text.split("\n")[finding.span.line - 1]
    assert (finding.code, line[finding.span.column - 1 : finding.span.end_column - 1]) == (code, under)
    if mended is None:
        assert finding.fix == ()
    else:
        assert mended in apply_edits(text, finding.fix)
        assert read(apply_edits(text, finding.fix), "a.yaml")[1] == []


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: slip[0])
def test_a_slip_is_told_in_plain_words_in_both_languages(slip: tuple[str, str, str, str | None]) -> None:
    finding = fault(f"a:\n  {slip[0]}\n")
    assert finding.help is not None
    for words in (finding.message, finding.help, *([finding.label] if finding.label else [])):
        assert words.into("vi") != words.into("en")
        for said in (words.into("vi"), words.into("en")):
            assert not re.search(
                r"scalar|mapping|token|sequence|node|parsing|scanning|document start|\{",
                said.replace("{a: 1, b: 2}", ""),
            )


def test_the_indentation_is_counted_for_the_reader() -> None:
    finding = fault("a:\n    b: c\n  d: e\n")
    assert finding.label is not None
    assert finding.label.into("vi") == "trước dòng này có 2 dấu cách"
