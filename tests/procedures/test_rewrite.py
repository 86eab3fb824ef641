import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.finding import Edit, Span
from procedures.load import load_text
from procedures.rewrite import apply_edits, format_text, switch_keys
from tests.procedures.specimen import FILE, purchase

ROOT = Path(__file__).resolve().parents[2]
KEPT = {path.name: path.read_text("utf-8") for path in (ROOT / "procedures.d").glob("*.yaml")}


def edit(line: int, start: int, end: int, text: str) -> Edit:
    return Edit(Span(FILE, line, start, line, end), text)


def dressed(text: str) -> list[str]:
    """The same definition with comments, quotes, wide spacing, other line ends."""
    return [
        text,
        "\ufeff" + text.replace("\n", "\r\n"),
        "# đầu tệp\n"
        + text.replace("  tên: Khảo", "  'tên' :   Khảo").replace("    đến: kiểm tra", '    "đến": kiểm tra # đi'),
        text.replace("với: { tổng tiền: 12 triệu }", "với:\n      tổng tiền: 12 triệu"),
    ]


@pytest.mark.parametrize(
    "text", dressed(purchase()), ids=["plain", "CRLF and mark", "comments and quotes", "long forms"]
)
def test_keys_switched_there_and_back_give_the_same_bytes(text: str) -> None:
    english = switch_keys(text, "en")
    assert english != text
    assert switch_keys(english, "vi") == text


@pytest.mark.parametrize("name", sorted(KEPT))
def test_every_procedure_that_is_kept_switches_and_means_the_same(name: str) -> None:
    text = KEPT[name]
    english = switch_keys(text, "en")
    assert switch_keys(english, "vi") == text
    before, after = load_text(text, FILE), load_text(english, FILE)
    assert after.lang == "en"
    assert before.procedure == after.procedure
    assert before.procedure is not None
    assert load_text(format_text(text), FILE).procedure == before.procedure


def test_only_keys_switch_and_comments_stay() -> None:
    english = switch_keys(purchase(), "en")
    assert "name: Lập phiếu đề nghị" in english
    assert "thời hạn: 12" not in english
    assert "dừng tính thời hạn" in english


def test_names_that_look_like_keys_stay() -> None:
    text = purchase().replace("kế toán: Kế toán", "tên: Kế toán").replace("trách nhiệm: kế toán", "trách nhiệm: tên")
    english = switch_keys(text, "en")
    assert "  tên: Kế toán" in english
    assert "responsible: tên" in english


def test_what_cannot_be_read_or_is_switched_already_stays() -> None:
    for text in ("a: [", "", "- x\n", "xyz: 1\n", purchase()):
        assert switch_keys(text, "vi") == text


def test_the_house_form_keeps_everything_that_is_seen() -> None:
    messy = "\n\n" + unicodedata.normalize("NFD", "quy trình:  \r\n\tmã: A   # chú  thích\r\n\r\n") + "\n\n"
    assert format_text(messy) == "quy trình:\n  mã: A   # chú  thích\n"


def test_the_specimen_is_in_the_house_form() -> None:
    assert format_text(purchase()) == purchase()


@given(st.text(alphabet="aệ: \t\n\r\u00a0\ufeff\u0301#-", max_size=40) | st.text(max_size=40))
def test_the_house_form_of_the_house_form_is_itself(text: str) -> None:
    assert format_text(format_text(text)) == format_text(text)


def test_edits_are_made_whatever_their_order_and_the_first_of_overlapping_ones_wins() -> None:
    text = "một\nhai ba\n"
    edits = [edit(2, 5, 7, "BA"), edit(1, 1, 4, "MỘT"), edit(2, 1, 4, "HAI"), edit(2, 6, 7, "x"), edit(2, 4, 4, "!")]
    assert apply_edits(text, edits) == apply_edits(text, edits[::-1]) == "MỘT\nHAI! BA\n"


def test_edits_count_places_as_findings_do() -> None:
    raw = "\ufeff" + unicodedata.normalize("NFD", "đến: xem xét rồi\r\nhai")
    assert apply_edits(raw, [edit(1, 6, 13, "kiểm tra")]) == "đến: kiểm tra rồi\nhai"


def test_an_edit_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError):
        apply_edits("a\n", [edit(3, 1, 2, "x")])


def test_every_mend_of_a_wrong_definition_makes_it_right() -> None:
    text = (
        purchase()
        .replace("    trách nhiệm: kế toán", "    trach nhiem: kế toán")
        .replace("đến: kiểm tra", "đến: kiem tra")
    )
    findings = load_text(text, FILE).findings
    mended = apply_edits(text, [one for finding in findings for one in finding.fix])
    assert mended == purchase()
