from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from procedures import condition as c
from procedures.condition import Compare, Condition, Operator, Value
from procedures.expression import ExpressionFault, doubts, evaluate, in_words, parse_condition
from procedures.model import FieldSpec, FieldType

CHOICES = ("Chi thường xuyên", "Quỹ phát triển và đầu tư", "Khác")
FIELDS = {
    spec.name: spec
    for spec in (
        FieldSpec(name="tổng tiền", type=FieldType.MONEY),
        FieldSpec(name="tổng tiền đã chi", type=FieldType.MONEY),
        FieldSpec(name="số lượng", type=FieldType.NUMBER),
        FieldSpec(name="ngày nộp", type=FieldType.DATE),
        FieldSpec(name="ngày họp", type=FieldType.DATE),
        FieldSpec(name="nguồn kinh phí", type=FieldType.CHOICE, choices=CHOICES),
        FieldSpec(name="nội dung", type=FieldType.LONG_TEXT),
        FieldSpec(name="khẩn", type=FieldType.YES_NO),
        FieldSpec(name="không hợp lệ", type=FieldType.YES_NO),
        FieldSpec(name="chi phí khác", type=FieldType.MONEY),
    )
}
ENTERED: dict[str, Value] = {
    "tổng tiền": Decimal(50_000_000),
    "tổng tiền đã chi": Decimal(20_000_000),
    "số lượng": Decimal("2.5"),
    "ngày nộp": date(2027, 1, 4),
    "ngày họp": date(2027, 1, 11),
    "nguồn kinh phí": "Khác",
    "nội dung": "máy in và mực",
    "khẩn": True,
    "không hợp lệ": False,
    "chi phí khác": Decimal(0),
}
TODAY = date(2027, 1, 8)


def days(start: date, end: date) -> int:
    return (end - start).days


def read(text: str) -> Condition:
    return parse_condition(text, FIELDS)


def holds(text: str) -> bool:
    return evaluate(read(text), ENTERED, TODAY, days)


def fault(text: str) -> ExpressionFault:
    with pytest.raises(ExpressionFault) as refused:
        read(text)
    return refused.value


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("tổng tiền trên 50 triệu", False),
        ("tổng tiền ít nhất 50 triệu", True),
        ("tổng tiền không quá 50.000.000 đồng", True),
        ("tổng tiền dưới 0,05 tỷ", False),
        ("tổng tiền lớn hơn hoặc bằng 50 triệu", True),
        ("tổng tiền >= 50 triệu", True),
        ("tổng tiền≥50 triệu", True),
        ("tổng tiền <> 50 triệu", False),
        ("tổng tiền đã chi dưới tổng tiền", True),
        ("số lượng bằng 2,5", True),
        ("số lượng khác 2,50", False),
        ("nguồn kinh phí là Khác", True),
        ("nguồn kinh phí là “Khác” hoặc khẩn", True),
        ("nguồn kinh phí là Quỹ phát triển và đầu tư hoặc khẩn là không", False),
        ("nội dung là “máy in và mực”", True),
        ('nội dung là "máy in"', False),
        ("nội dung là máy in và khẩn", False),
        ("khẩn", True),
        ("không khẩn", False),
        ("không không khẩn", True),
        ("không hợp lệ", False),
        ("không không hợp lệ", True),
        ("khẩn là có và không hợp lệ là không", True),
        ("chi phí khác bằng 0", True),
        ("ngày nộp trước ngày họp", True),
        ("ngày nộp sau 04/01/2027", False),
        ("ngày nộp không sau 04/01/2027 và hôm nay không trước 08/01/2027", True),
        ("số ngày làm việc từ ngày nộp đến hôm nay là 4", True),
        ("số ngày làm việc từ 01/01/2027 đến ngày nộp không quá số lượng", False),
        ("khẩn hoặc khẩn và không khẩn", True),
        ("(khẩn hoặc khẩn) và không khẩn", False),
        ("  số\u00a0lượng   ÍT  NHẤT 2 VÀ khẩn ", True),
    ],
)
def test_a_condition_is_read_and_judged(text: str, *, answer: bool) -> None:
    assert holds(text) is answer


#: The condition → the code, the words to blame, part of the help in Vietnamese, and the mend.
FAULTS = [
    ("", "QT801", "", "tổng tiền trên 50 triệu", None),
    ("tổng tiền", "QT801", "tổng tiền", "ít nhất", None),
    ("tổng tiền 50 triệu", "QT801", "50", "ít nhất", None),
    ("tổng tiền trên", "QT801", "n", "tổng tiền trên 50 triệu", None),
    ("tổng tiền trên và khẩn", "QT801", " ", "tổng tiền trên 50 triệu", None),
    ("tổng tiền tren 50 triệu", "QT801", "tren", "“trên”", "trên"),
    ("tong tien tren 50 triệu", "QT204", "tong tien", "“tổng tiền”", "tổng tiền"),
    ("Tổng tiền trên 50 triệu", "QT204", "Tổng tiền", "“tổng tiền”", "tổng tiền"),
    ("tổng tền trên 50 triệu", "QT204", "tổng tền", "“tổng tiền”", None),
    ("màu là đỏ", "QT204", "màu", "tổng tiền, tổng tiền đã chi", None),
    ("khẩn và màu là đỏ", "QT204", "màu", "tổng tiền, tổng tiền đã chi", None),
    ("tổng tiền trên tong tien da chi", "QT204", "tong tien da chi", "“tổng tiền đã chi”", "tổng tiền đã chi"),
    ("tổng tiền trên 1.5 triệu", "QT802", "1.5 triệu", "", None),
    ("tổng tiền trên 50 triệu khẩn", "QT802", "50 triệu khẩn", "", None),
    ("nguồn kinh phí là khac", "QT802", "khac", "", "Khác"),
    ("nguồn kinh phí là Khác hoặc Chi thường xuyên", "QT204", "Chi thường xuyên", "nguồn kinh phí là Chi", None),
    ("tổng tiền trên số lượng", "QT802", "tổng tiền trên số lượng", "", None),
    ("khẩn trên có", "QT802", "khẩn trên", "“là”", None),
    ("nội dung trên 5", "QT802", "nội dung trên", "“là”", None),
    ("tổng tiền trước 5 triệu", "QT802", "trước", "ít nhất", None),
    ("ngày nộp trước 31/02/2027", "QT802", "31/02/2027", "", None),
    ("50 triệu dưới tổng tiền", "QT801", "5", "tổng tiền trên 50 triệu", None),
    ("(khẩn", "QT801", "(", "“)”", None),
    ("khẩn)", "QT801", ")", "nháy", None),
    ("khẩn khẩn", "QT801", "khẩn", "“và”", None),
    ("khẩn và", "QT801", "à", "tổng tiền trên 50 triệu", None),
    ("số ngày làm việc từ ngày nộp trên 5", "QT801", "số ngày làm việc từ ngày nộp", "", None),
    ("số ngày làm việc từ số lượng đến hôm nay trên 5", "QT802", "số lượng", "", None),
    ("__import__('os').system('x')", "QT204", "__import__", "", None),
    ("tổng tiền.__class__ là 1", "QT801", ".__class__", "ít nhất", None),
]


@pytest.mark.parametrize(("text", "code", "blamed", "help_", "instead"), FAULTS, ids=[case[0] for case in FAULTS])
def test_a_fault_is_told_at_its_characters_with_what_to_do(
    text: str, code: str, blamed: str, help_: str, instead: str | None
) -> None:
    found = fault(text)
    assert (found.code, text[found.start : found.end]) == (code, blamed)
    assert help_ in (found.help.into("vi") if found.help else "")
    if instead is not None:
        assert found.instead == instead
    for words in (found.words, found.help):
        assert words is None or words.into("vi") != words.into("en")


def test_a_mend_makes_the_words_right() -> None:
    for text, *_, instead in FAULTS:
        if instead is not None:
            found = fault(text)
            mended = text[: found.start] + instead + text[found.end :]
            assert parse_or_fault(mended) is None or parse_or_fault(mended) > found.start


def parse_or_fault(text: str) -> int | None:
    found = answered(text)
    return found.start if isinstance(found, ExpressionFault) else None


@pytest.mark.parametrize(
    "text", ["(" * 26 + "khẩn" + ")" * 26, "không " * 26 + "khẩn", " và ".join(["khẩn"] * 201), "x" * 1001]
)
def test_a_condition_beyond_its_limits_is_refused(text: str) -> None:
    assert fault(text).code == "QT803"


def test_a_condition_within_its_limits_is_read() -> None:
    read("(" * 25 + "khẩn" + ")" * 25)
    read(" và ".join(["khẩn"] * 120))


def test_money_compared_with_a_small_bare_number_is_doubted() -> None:
    text = "tổng tiền > 50"
    (doubt,) = doubts(text, FIELDS)
    assert (doubt.code, text[doubt.start : doubt.end]) == ("QT305", text)
    assert doubt.words.into("vi") == "so sánh với 50 đồng?"
    assert doubt.help is not None
    assert doubt.help.into("vi") == "viết “50 triệu” nếu ý là 50.000.000 đồng"


@pytest.mark.parametrize(
    "text", ["tổng tiền > 50 đồng", "tổng tiền > 0", "tổng tiền > 50000", "số lượng > 50", "x > 1"]
)
def test_what_is_clear_is_not_doubted(text: str) -> None:
    assert doubts(text, FIELDS) == []


def operands() -> st.SearchStrategy[Condition]:
    def compare(name: str, ops: tuple[Operator, ...], right: st.SearchStrategy[c.Term]) -> st.SearchStrategy[Condition]:
        return st.builds(
            lambda op, term: Compare(left=c.FieldRef(name=name), op=op, right=term), st.sampled_from(ops), right
        )

    order: tuple[Operator, ...] = ("eq", "ne", "gt", "ge", "lt", "le")
    same: tuple[Operator, ...] = ("eq", "ne")
    whole = st.integers(0, 10**15).map(lambda n: c.NumberLiteral(value=Decimal(n)))
    exact = st.decimals(-(10**9), 10**9, places=3).map(lambda n: c.NumberLiteral(value=n))
    day = st.dates(date(1900, 1, 1), date(2200, 12, 31)).map(lambda d: c.DateLiteral(value=d)) | st.just(c.Today())
    span = st.builds(lambda a, b: c.WorkingDays(start=a, end=b), day, st.just(c.FieldRef(name="ngày họp")))
    plain = (
        st.text(alphabet="aệ bĐ()và“'", min_size=1, max_size=12).filter(str.strip).map(lambda t: c.TextLiteral(value=t))
    )
    return st.one_of(
        compare("tổng tiền", order, whole | st.just(c.FieldRef(name="chi phí khác"))),
        compare("số lượng", order, exact | span),
        compare("ngày nộp", order, day | st.just(c.FieldRef(name="ngày họp"))),
        compare("nguồn kinh phí", same, st.sampled_from(CHOICES).map(lambda t: c.TextLiteral(value=t))),
        compare("nội dung", same, plain),
        compare("không hợp lệ", same, st.booleans().map(lambda b: c.YesNoLiteral(value=b))),
    )


CONDITIONS = st.recursive(
    operands(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: c.All(parts=tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: c.Any(parts=tuple(parts))),
        inner.map(lambda part: c.Not(part=part)),
    ),
    max_leaves=6,
)


@given(CONDITIONS)
def test_a_condition_said_in_vietnamese_is_read_as_the_same_condition(condition: Condition) -> None:
    assert read(in_words(condition, "vi")) == condition
    assert in_words(condition, "en")


def answered(text: str) -> Condition | ExpressionFault:
    try:
        return read(text)
    except ExpressionFault as found:
        return found


SCRAPS = st.sampled_from([*FIELDS, *CHOICES, "và", "hoặc", "không", "(", ")", ">", "ít nhất", "là", "trước", "đến"])
MORE = st.sampled_from(
    ["50", "5 triệu", "01/01/2027", "hôm nay", "số ngày làm việc từ", "“a”", "“", "İ", "ſ", "e\u0302"]
)


@given(st.lists(SCRAPS | MORE, max_size=12).map(" ".join) | st.text(max_size=80))
def test_whatever_is_written_is_a_condition_or_a_fault_within_it(text: str) -> None:
    found = answered(text)
    if isinstance(found, ExpressionFault):
        assert 0 <= found.start < found.end <= len(text) + 1
    else:
        assert read(in_words(found, "vi")) == found


@pytest.mark.torture
@settings(max_examples=10_000, deadline=None)
@given(
    st.lists(SCRAPS | MORE | st.characters(), max_size=16).flatmap(
        lambda parts: st.sampled_from([" ".join(parts), "".join(parts)])
    )
)
def test_a_great_many_scraps_give_a_condition_or_a_fault(text: str) -> None:
    found = answered(text)
    assert isinstance(found, ExpressionFault) or read(in_words(found, "vi")) == found
