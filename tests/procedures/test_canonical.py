import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from procedures.canonical import canonical_json, content_hash, from_canonical
from procedures.load import load_text
from procedures.model import Procedure
from tests.procedures.specimen import FILE, in_english, purchase


def loaded(text: str) -> Procedure:
    procedure = load_text(text, FILE).procedure
    assert procedure is not None
    return procedure


@pytest.fixture(scope="module")
def procedure() -> Procedure:
    return loaded(purchase())


def test_a_procedure_comes_back_from_its_canonical_text(procedure: Procedure) -> None:
    text = canonical_json(procedure)
    assert from_canonical(text) == procedure
    assert canonical_json(from_canonical(text)) == text


def test_the_canonical_text_has_sorted_keys_and_no_spaces(procedure: Procedure) -> None:
    text = canonical_json(procedure)
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert text == again


def test_the_hash_is_the_same_with_vietnamese_and_english_keys(procedure: Procedure) -> None:
    english = load_text(in_english(purchase()), FILE)
    assert english.lang == "en"
    assert english.procedure == procedure
    assert english.procedure is not None
    assert content_hash(english.procedure) == content_hash(procedure)


def test_the_hash_leaves_out_comments_and_layout(procedure: Procedure) -> None:
    other = purchase().replace("# TTHC nội bộ", "# gì cũng được").replace("\n\n", "\n\n\n")
    assert content_hash(loaded(other)) == content_hash(procedure)


def test_the_hash_changes_with_any_word(procedure: Procedure) -> None:
    other = purchase().replace("thời hạn: 5 ngày làm việc", "thời hạn: 6 ngày làm việc")
    assert content_hash(loaded(other)) != content_hash(procedure)


def test_the_hash_names_its_method(procedure: Procedure) -> None:
    assert content_hash(procedure).startswith("sha256:")
    assert len(content_hash(procedure)) == len("sha256:") + 64


def test_an_amount_keeps_its_digits(procedure: Procedure) -> None:
    text = purchase().replace("thời hạn: 12 ngày làm việc", "thời hạn: 0,5 ngày làm việc")
    half = from_canonical(canonical_json(loaded(text))).within
    assert half is not None
    assert half.amount == Decimal("0.5")


def test_what_is_no_procedure_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_canonical('{"code":"QT-1"}')
