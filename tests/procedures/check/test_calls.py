"""What a procedure calls is over before whoever waits for it is late, as far as the limits tell."""

import pytest

from procedures.check.calls import calls_fit
from procedures.model import Duration, Norm, Procedure, Unit
from tests.procedures.building import days, end, go, norm, procedure, route, work
from tests.procedures.check.telling import places


def calling(limit: Norm | None, within: Duration | None = None) -> Procedure:
    step = route("nhờ", go("z"), call="QT-02", norm=limit)
    return procedure(work("s", go("nhờ")), step, work("z", end()), within=within)


@pytest.mark.parametrize(
    ("limit", "within", "called", "expected"),
    [
        (norm("10"), None, days("15"), "QT-02 có thể mất 15 ngày LV, nhưng bước “nhờ” chỉ chờ 10 ngày LV"),
        (norm("15"), days("9"), days("15"), None),
        (None, days("9"), days("15"), "QT-02 mà bước “nhờ” gọi có thể mất 15 ngày LV, nhưng cả hồ sơ này chỉ có"),
        (norm("10", Unit.DAY), None, days("11"), "QT-02 có thể mất 11 ngày LV, nhưng bước “nhờ” chỉ chờ 10 ngày"),
        (norm("10"), None, days("11", Unit.DAY), None),  # on some calendars eleven days are fewer
        (norm("10"), None, None, None),
        (None, None, days("15"), None),
    ],
)
def test_a_called_limit_is_held_against_the_step_or_else_the_case(
    limit: Norm | None, within: Duration | None, called: Duration | None, expected: str | None
) -> None:
    sample, other = calling(limit, within), procedure(work("s", end()), code="QT-02", within=called)
    found = list(calls_fit(sample, places(sample), {"QT-02": other}))
    assert [(one.code, one.severity.value) for one in found] == ([("QT411", "warning")] if expected else [])
    assert not expected or str(found[0].message.into("vi")).startswith(expected)
    assert list(calls_fit(sample, places(sample), {})) == []
