from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.model import Unit
from procedures.values import ValueSaid, parse_duration


@pytest.mark.parametrize(
    ("written", "amount", "unit"),
    [
        ("12 ngày làm việc", "12", Unit.WORKING_DAY),
        ("0,5 ngày làm việc", "0.5", Unit.WORKING_DAY),
        ("2 ngày LV", "2", Unit.WORKING_DAY),
        ("1/2 ngày", "0.5", Unit.DAY),
        ("02,5 ngày", "2.5", Unit.DAY),
        ("trong 15 ngày", "15", Unit.DAY),
        ("không quá 3 ngày", "3", Unit.DAY),
        ("04 giờ", "4", Unit.HOUR),
        ("04 giờ làm việc", "4", Unit.WORKING_HOUR),
        ("90 phút làm việc", "90", Unit.WORKING_MINUTE),
        ("1 buổi", "1", Unit.SESSION),
        ("01 tháng", "1", Unit.MONTH),
        ("0 ngày", "0", Unit.DAY),
        ("không tính thời gian", "0", Unit.NOT_COUNTED),
        ("Không tính thời gian", "0", Unit.NOT_COUNTED),
        ("không quy định", "0", Unit.UNSPECIFIED),
        ("trong thời gian thông báo tuyển dụng", "0", Unit.WINDOW),
    ],
)
def test_a_duration_is_read_as_published_tables_write_it(written: str, amount: str, unit: Unit) -> None:
    found = parse_duration(written)
    assert (found.amount, found.unit, found.text) == (Decimal(amount), unit, written)


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("vài hôm", "“2 ngày làm việc”"),
        ("2.5 ngày", "“2,5 ngày”"),
        ("5 ngày lam viec", "“ngày làm việc”"),
        ("3 ngày làm việc kể từ ngày nhận", "“ngày làm việc”"),
        ("30 phút", "“phút làm việc”"),
        ("2 tuần", "“7 ngày”"),
        ("5 sào", "các đơn vị là"),
        ("1/3 ngày", "theo giờ"),
        ("1/0 ngày", "theo giờ"),
        ("0,5 tháng", "theo ngày"),
        ("99999 ngày", "10000"),
        ("9" * 30 + " ngày", "chữ số"),
        ("-1 ngày", "“2 ngày làm việc”"),
        ("٣ ngày", "“2 ngày làm việc”"),
        ("", "“2 ngày làm việc”"),
    ],
)
def test_a_duration_written_otherwise_is_refused_with_advice(written: str, advice: str) -> None:
    with pytest.raises(ValueSaid) as refused:
        parse_duration(written)
    assert advice in refused.value.words.into("vi")


def said(text: str) -> Decimal | ValueSaid:
    try:
        return parse_duration(text).amount
    except ValueSaid as fault:
        return fault


@given(st.text(alphabet="0123456789,./ ngàylmviệcgờtháphúbổ", max_size=30) | st.text(max_size=30))
def test_whatever_is_written_is_a_duration_or_a_complaint_in_both_languages(text: str) -> None:
    found = said(text)
    assert found.words.into("vi") != found.words.into("en") if isinstance(found, ValueSaid) else found >= 0
