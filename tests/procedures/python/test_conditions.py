from datetime import date
from decimal import Decimal

import pytest

from procedures import dong, field, today, trieu, ty, working_days
from procedures.expression import parse_condition
from procedures.model import FieldSpec, FieldType
from procedures.python.conditions import Condition
from procedures.python.said import MISUSES, Misuse

FIELDS = {
    "tổng tiền": FieldSpec(name="tổng tiền", type=FieldType.MONEY),
    "số lượng": FieldSpec(name="số lượng", type=FieldType.NUMBER),
    "nguồn": FieldSpec(name="nguồn", type=FieldType.CHOICE, choices=("Chi thường xuyên", "Quỹ và khác")),
    "khẩn": FieldSpec(name="khẩn", type=FieldType.YES_NO),
    "ngày nhận": FieldSpec(name="ngày nhận", type=FieldType.DATE),
    "ghi": FieldSpec(name="ghi", type=FieldType.TEXT),
}
money, count, source, urgent, day = (field(name) for name in list(FIELDS)[:5])
a, b, c = money > trieu(50), count >= 3, urgent == True  # noqa: E712 - equality makes a condition


@pytest.mark.parametrize(
    ("built", "written"),
    [
        (money > trieu(50), "tổng tiền trên 50 triệu"),
        (money >= trieu("1,5"), "tổng tiền ít nhất 1,5 triệu"),
        (money <= ty(2), "tổng tiền không quá 2 tỷ"),
        (money < dong(500_000), "tổng tiền dưới 500.000 đồng"),
        (trieu(50) < money, "tổng tiền trên 50 triệu"),
        (count == Decimal("-1.5"), "số lượng bằng -1,5"),
        (count != 3, "số lượng khác 3"),
        (source == "Quỹ và khác", "nguồn là “Quỹ và khác”"),
        (field("ghi") == "“a”", 'ghi là "“a”"'),
        (urgent == False, "khẩn là không"),  # noqa: E712 - equality makes a condition
        (day >= date(2027, 1, 31), "ngày nhận không trước 31/01/2027"),
        (day < today(), "ngày nhận trước hôm nay"),
        (working_days(day, today()) > 5, "số ngày làm việc từ ngày nhận đến hôm nay trên 5"),
        (working_days(date(2027, 1, 4), day) > 5, "số ngày làm việc từ 04/01/2027 đến ngày nhận trên 5"),
        (a & b & c, "tổng tiền trên 50 triệu và số lượng ít nhất 3 và khẩn là có"),
        (a | b & c, "tổng tiền trên 50 triệu hoặc số lượng ít nhất 3 và khẩn là có"),
        ((a | b) & c, "(tổng tiền trên 50 triệu hoặc số lượng ít nhất 3) và khẩn là có"),
        (~(a | b), "không (tổng tiền trên 50 triệu hoặc số lượng ít nhất 3)"),
        (~a & b, "không (tổng tiền trên 50 triệu) và số lượng ít nhất 3"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_condition_means_what_its_sentence_means(built: Condition, written: str) -> None:
    assert parse_condition(built.text, FIELDS) == parse_condition(written, FIELDS)


def test_a_condition_is_neither_true_nor_false() -> None:
    for doubtful in (a, money):
        with pytest.raises(Misuse) as told:
            bool(doubtful)
        assert str(told.value) == MISUSES["truth"]


def test_what_is_no_condition_cannot_be_joined() -> None:
    for join in (lambda: a & "b", lambda: a | True, lambda: count > 1.5, lambda: count > [1]):
        with pytest.raises(Misuse):
            join()
