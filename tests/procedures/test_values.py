from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.condition import Value
from procedures.model import FieldSpec, FieldType
from procedures.values import (
    MAX_MONEY,
    MAX_TEXT,
    ValueSaid,
    from_text,
    parse_clock_time,
    parse_date,
    parse_entered,
    parse_money,
    parse_number,
    parse_percent,
    parse_whole,
    parse_yes_no,
    to_text,
)
from procedures.vietnamese import day, number

SOURCES = FieldSpec(name="nguồn", type=FieldType.CHOICE, choices=("Chi thường xuyên", "Quỹ phát triển", "Khác"))


def field(kind: FieldType) -> FieldSpec:
    return FieldSpec(name="x", type=kind, choices=SOURCES.choices if kind is FieldType.CHOICE else ())


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("12 triệu", 12_000_000),
        ("1.000.000", 1_000_000),
        ("1.000.000 đồng", 1_000_000),
        ("12.000.000đ", 12_000_000),
        ("1,5 tỷ", 1_500_000_000),
        ("1,5 tỉ đồng", 1_500_000_000),
        ("1 tỷ 200 triệu", 1_200_000_000),
        ("500 nghìn", 500_000),
        ("12 TRIỆU VNĐ", 12_000_000),
        ("  0  ", 0),
        ("50", 50),
    ],
)
def test_money_is_read_as_offices_write_it(written: str, amount: int) -> None:
    assert parse_money(written) == amount


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("1.5 triệu", "“1,5”"),
        ("1,000,000", "“1.000.000”"),
        ("1,500", "“1.500”"),
        ("200 triệu 1 tỷ", "đơn vị lớn trước"),
        ("1 tỷ 500", "“1 tỷ 500 triệu”"),
        ("mười triệu", "“12 triệu”"),
        ("-5 triệu", "“12 triệu”"),
        ("٥ triệu", "“12 triệu”"),
        ("9" * 19, "chữ số"),
        ("1.000.001 tỷ", "chữ số"),
    ],
)
def test_money_written_otherwise_is_refused_with_advice(written: str, advice: str) -> None:
    with pytest.raises(ValueSaid) as refused:
        parse_money(written)
    assert advice in refused.value.words.into("vi")


@pytest.mark.parametrize(
    ("written", "value"), [("1.234,5", "1234.5"), ("-3", "-3"), ("0,10", "0.1"), ("-0", "0"), ("2 triệu", "2000000")]
)
def test_a_number_is_read(written: str, value: str) -> None:
    assert parse_number(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["", "1.5", "12.34", "1.2345", ",5", "5,", "1e3", "NaN", "∞", "1_000", "１２", "--1"]
)
def test_what_is_no_vietnamese_number_is_refused(written: str) -> None:
    with pytest.raises(ValueSaid):
        parse_number(written)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_as_it_is_shown_is_read_back(value: Decimal) -> None:
    assert parse_number(number(value, "vi", 4)) == value


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_date_as_it_is_shown_is_read_back(value: date) -> None:
    assert parse_date(day(value)) == parse_date(value.isoformat()) == value


def test_a_date_is_read_as_documents_write_it() -> None:
    assert parse_date("ngày 05 tháng 01 năm 2020") == date(2020, 1, 5)


@pytest.mark.parametrize(
    "written",
    ["31/02/2027", "00/01/2027", "01/13/2027", "1/1/27", "01-01-2027", "01/01/0227", "2027-1-1", "hôm qua", ""],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueSaid):
        parse_date(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("16:30", time(16, 30)),
        ("15 giờ", time(15)),
        ("7h", time(7)),
        ("15h30", time(15, 30)),
        ("8 giờ 05 phút", time(8, 5)),
    ],
)
def test_an_hour_of_the_day_is_read(written: str, value: time) -> None:
    assert parse_clock_time(written) == value


@pytest.mark.parametrize("written", ["24:00", "16:60", "16.30", "chiều", "16", ""])
def test_what_is_no_hour_of_the_day_is_refused(written: str) -> None:
    with pytest.raises(ValueSaid):
        parse_clock_time(written)


def test_shares_counts_and_yes_or_no_are_read() -> None:
    assert parse_percent("99,5 %") == Decimal("0.995")
    assert parse_whole("1.000") == 1000
    assert parse_yes_no("Có") is True
    assert parse_yes_no("chưa") is False


@pytest.mark.parametrize(
    ("reading", "written"),
    [
        (parse_percent, "95"),
        (parse_percent, "101%"),
        (parse_percent, "-1%"),
        (parse_whole, "1,5"),
        (parse_whole, "-1"),
        (parse_yes_no, "yes"),
        (parse_yes_no, ""),
    ],
)
def test_shares_counts_and_yes_or_no_written_otherwise_are_refused(
    reading: Callable[[str], Value], written: str
) -> None:
    with pytest.raises(ValueSaid):
        reading(written)


def test_a_choice_is_known_without_its_accents_and_stored_with_them() -> None:
    assert parse_entered(SOURCES, "chi thuong xuyen") == "Chi thường xuyên"


def test_a_choice_that_could_be_two_is_refused() -> None:
    spec = FieldSpec(name="x", type=FieldType.CHOICE, choices=("mua", "mùa"))
    assert parse_entered(spec, "mùa") == "mùa"
    with pytest.raises(ValueSaid):
        parse_entered(spec, "MUA")


def test_a_choice_that_does_not_exist_is_refused_with_what_was_meant() -> None:
    with pytest.raises(ValueSaid, match="Quỹ phát triển"):
        parse_entered(SOURCES, "Quỹ phát trển")


def test_a_text_of_one_line_stays_one_line_and_a_long_one_keeps_its_lines() -> None:
    assert parse_entered(field(FieldType.TEXT), " a\r\n b ") == "a b"
    assert parse_entered(field(FieldType.LONG_TEXT), " a\r\n b ") == "a\n b"


@pytest.mark.parametrize("text", ["a\x00b", "a\u202eb", "a\u200bb", "a\ud800", "", "  ", "x" * (MAX_TEXT + 1)])
def test_a_text_that_hides_something_or_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(ValueSaid):
        parse_entered(field(FieldType.LONG_TEXT), text)


def test_a_complaint_does_not_repeat_a_whole_book() -> None:
    with pytest.raises(ValueSaid) as refused:
        parse_money("a" * 10_000)
    assert len(refused.value.words.into("vi")) < 400


NUMBERS = st.decimals(min_value=0, max_value=MAX_MONEY, places=0)
STORED: dict[FieldType, st.SearchStrategy[Value]] = {
    FieldType.TEXT: st.text(),
    FieldType.LONG_TEXT: st.text(),
    FieldType.CHOICE: st.sampled_from(SOURCES.choices),
    FieldType.PEOPLE: st.text(),
    FieldType.UNITS: st.text(),
    FieldType.MONEY: NUMBERS,
    FieldType.NUMBER: st.decimals(min_value=-(10**12), max_value=10**12, places=6),
    FieldType.DATE: st.dates(),
    FieldType.YES_NO: st.booleans(),
}


@pytest.mark.parametrize("kind", list(FieldType))
@given(data=st.data())
def test_every_value_is_stored_and_read_back(kind: FieldType, data: st.DataObject) -> None:
    value = data.draw(STORED[kind])
    assert from_text(field(kind), to_text(value)) == value


def test_equal_values_are_stored_equally() -> None:
    assert to_text(Decimal("1.50")) == to_text(Decimal("1.5")) == "1.5"
    assert to_text(Decimal("1E+3")) == to_text(Decimal("1000.00")) == "1000"


@pytest.mark.parametrize(
    ("kind", "text"),
    [(FieldType.NUMBER, "NaN"), (FieldType.MONEY, "1_000"), (FieldType.DATE, "01/01/2027"), (FieldType.YES_NO, "có")],
)
def test_what_was_never_stored_is_not_read_back(kind: FieldType, text: str) -> None:
    with pytest.raises(ValueError):
        from_text(field(kind), text)


def entered(spec: FieldSpec, text: str) -> Value | ValueSaid:
    try:
        return parse_entered(spec, text)
    except ValueSaid as fault:
        return fault


@pytest.mark.parametrize("kind", list(FieldType))
@given(text=st.text() | st.text(alphabet="0123456789.,-/: %đtriệuỷhágờncó", max_size=20))
def test_whatever_is_entered_is_a_value_or_a_complaint_in_both_languages(kind: FieldType, text: str) -> None:
    found = entered(field(kind), text)
    if isinstance(found, ValueSaid):
        assert found.words.into("vi") != found.words.into("en")
    else:
        assert from_text(field(kind), to_text(found)) == found


@pytest.mark.parametrize("kind", [FieldType.PEOPLE, FieldType.UNITS])
def test_a_list_is_read_from_semicolons_or_lines_each_name_once(kind: FieldType) -> None:
    assert parse_entered(field(kind), " Văn phòng;Phòng A, B\nVăn  phòng ; ") == "Văn phòng; Phòng A, B"
    with pytest.raises(ValueSaid):
        parse_entered(field(kind), " ; ;")
