"""What a machine is told: its task, what it is given, how long one try may take, how often it is tried again."""

import pytest

from procedures.load import Loaded, load_text
from procedures.model import Handling, Step
from tests.procedures.specimen import FILE, purchase

DOER = "    trách nhiệm: kế toán\n"


def declared(lines: str) -> Loaded:
    return load_text(purchase().replace(DOER, f"    tự động:\n      việc: gửi thư\n{lines}", 1), FILE)


def step(lines: str) -> Step:
    loaded = declared(lines)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    return loaded.procedure.step("thẩm định nguồn")


def test_a_machine_is_given_what_it_needs_and_told_how_often_to_try() -> None:
    found = step("      với:\n        đến: a@b.vn\n      thử lại: 3 lần, cách 10 phút\n      mỗi lần: 2 phút\n")
    assert (found.kind, found.automatic) == ("automatic", "gửi thư")
    assert found.handling == Handling(given=(("đến", "a@b.vn"),), retries=3, pause=600, limit=120)


@pytest.mark.parametrize(
    ("line", "handling"),
    [
        ("", Handling()),
        ("      thử lại: không\n", Handling(retries=0)),
        ("      thử lại: 10 lần\n", Handling(retries=10)),
        ("      thử lại: 1 lần, cách 2 giờ\n", Handling(retries=1, pause=7200)),
        ("      mỗi lần: 1 giờ\n", Handling(limit=3600)),
    ],
)
def test_what_is_not_declared_is_as_usual(line: str, handling: Handling) -> None:
    assert step(line).handling == handling


@pytest.mark.parametrize(
    "line",
    [
        "thử lại: mãi mãi",
        "thử lại: 5 lần, cách 2 ngày làm việc",
        "thử lại: 100 lần",
        "mỗi lần: 0 giây",
        "mỗi lần: 2 giờ",
        "mỗi lần: lâu",
    ],
)
def test_an_amount_that_is_not_understood_is_told_where_it_stands(line: str) -> None:
    (finding,) = declared(f"      {line}\n").findings
    assert finding.code == "QT110"
    assert finding.help is not None


def test_a_machine_without_a_task_is_a_fault() -> None:
    text = purchase().replace(DOER, "    tự động:\n      thử lại: 3 lần\n", 1)
    assert [finding.code for finding in load_text(text, FILE).findings] == ["QT104"]
