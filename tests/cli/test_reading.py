"""Values of flags are read the same way in every command."""

from datetime import UTC, datetime

import pytest

from cli.exits import Exit, Stop
from cli.reading import ZONE, instant, one_of, pairs


@pytest.mark.parametrize(
    "text",
    [
        "2026-08-20T09:00",
        "2026-08-20 09:00",
        "20/08/2026 09:00",
        "09:00 20/08/2026",
        "2026-08-20T02:00:00+00:00",
        "2026-08-20T02:00Z",
    ],
)
def test_an_instant_may_be_written_in_every_usual_way(text: str) -> None:
    assert instant("--at", text) == datetime(2026, 8, 20, 9, 0, tzinfo=ZONE)


@pytest.mark.parametrize("text", ["", "hôm nay", "2026-13-01", "31/02/2026", "20/08/26", "09:00"])
def test_anything_else_is_no_instant(text: str) -> None:
    with pytest.raises(Stop) as stop:
        instant("--at", text)
    assert stop.value.code is Exit.USAGE
    assert stop.value.words is not None
    assert stop.value.words.into("vi").startswith(f"--at: “{text}” không phải một thời điểm")


def test_a_day_alone_begins_at_midnight_of_the_agency() -> None:
    assert instant("--at", "2026-08-20").astimezone(UTC) == datetime(2026, 8, 19, 17, 0, tzinfo=UTC)


def test_one_of_a_few_words_names_the_others() -> None:
    assert one_of("--by", "buoc", ("ho-so", "buoc")) == "buoc"
    with pytest.raises(Stop) as stop:
        one_of("--by", "bước", ("ho-so", "buoc"))
    assert stop.value.words is not None
    assert stop.value.words.into("vi") == "--by: không có lựa chọn “bước”; chọn một trong: ho-so, buoc"


def test_pairs_keep_everything_after_the_first_equals_sign() -> None:
    assert pairs("--set", ["ghi chú = a=b ", "tổng tiền=12 triệu"]) == {"ghi chú": "a=b", "tổng tiền": "12 triệu"}


@pytest.mark.parametrize("given", [["tổng tiền"], ["=12"], ["a=1", "a=2"]])
def test_a_pair_without_a_name_or_twice_is_told(given: list[str]) -> None:
    with pytest.raises(Stop):
        pairs("--set", given)
