import pytest

from procedures.load import load_text
from procedures.model import Holder, Role
from tests.procedures.specimen import FILE, purchase

WRITTEN = "kế toán: Kế toán, Văn phòng"


def role(sentence: str) -> Role:
    loaded = load_text(purchase().replace(WRITTEN, f"kế toán: {sentence}", 1), FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    return loaded.procedure.role("kế toán")


@pytest.mark.parametrize(
    ("sentence", "holders"),
    [
        ("Kế toán", (Holder(position="Kế toán"),)),
        ("Kế toán, Văn phòng", (Holder(position="Kế toán", unit="Văn phòng"),)),
        ("Kế toán của Văn phòng", (Holder(position="Kế toán", unit="Văn phòng"),)),
        ("Kế toán của đơn vị mở hồ sơ", (Holder(position="Kế toán", relative="opener_unit"),)),
        ("Kế toán của đơn vị cấp trên", (Holder(position="Kế toán", relative="parent_of_opener_unit"),)),
        ("Kế toán của đơn vị chủ trì", (Holder(position="Kế toán", relative="owner_unit"),)),
        ("người mở hồ sơ", (Holder(opener=True),)),
        (
            "Giám đốc hoặc Phó Giám đốc phụ trách",
            (Holder(position="Giám đốc"), Holder(position="Phó Giám đốc phụ trách")),
        ),
        (
            "Kế toán, Văn phòng hoặc Kế toán, Phòng B",
            (Holder(position="Kế toán", unit="Văn phòng"), Holder(position="Kế toán", unit="Phòng B")),
        ),
        (
            "[Kế toán, { vị trí: Kế toán, đơn vị: Phòng B }]",
            (Holder(position="Kế toán"), Holder(position="Kế toán", unit="Phòng B")),
        ),
    ],
)
def test_a_sentence_says_who_holds_a_role(sentence: str, holders: tuple[Holder, ...]) -> None:
    found = role(sentence)
    assert found.holders == holders
    assert not found.external


def test_somebody_outside_acts_and_a_holder_records_it() -> None:
    sentence = role('"bên ngoài, ghi nhận: Văn thư, Văn phòng"')
    assert sentence.external
    assert sentence.holders == (Holder(position="Văn thư", unit="Văn phòng"),)
    assert role("{ bên ngoài: có, vị trí: Văn thư, đơn vị: Văn phòng }") == sentence


@pytest.mark.parametrize(
    "sentence", ["Kế toán, Văn phòng, Sở A", "Kế toán,", "của Văn phòng hoặc ", "Kế toán của don vi chu tri"]
)
def test_a_sentence_without_one_position_in_one_unit_is_refused(sentence: str) -> None:
    findings = load_text(purchase().replace(WRITTEN, f"kế toán: {sentence}", 1), FILE).findings
    assert {finding.code for finding in findings} == {"QT116"}


def test_a_step_may_be_done_by_any_of_several_roles() -> None:
    for sentence in ("kế toán hoặc quản trị", "[kế toán, quản trị]", "kế toán, quản trị"):
        text = purchase().replace("trách nhiệm: kế toán", f"trách nhiệm: {sentence}", 1)
        procedure = load_text(text, FILE).procedure
        assert procedure is not None
        assert procedure.step("thẩm định nguồn").responsible == ("kế toán", "quản trị")


def test_an_unknown_alternative_is_told_alone() -> None:
    text = purchase().replace("trách nhiệm: kế toán", "trách nhiệm: kế toán hoặc thủ kho", 1)
    (finding,) = load_text(text, FILE).findings
    assert finding.code == "QT202"
    assert finding.message.values == {"name": "thủ kho"}
