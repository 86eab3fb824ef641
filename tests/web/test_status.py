"""The words that say how a case stands with its time."""

import re

import pytest

from tests.web.conftest import Played


def tag(page: str) -> str:
    """Return the first status of a page."""
    found = re.search(r'class="tag \w+">.*?<span>([^<]+)</span>', page, re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("done", "Trước hạn"),
        ("late", "Quá hạn"),
        ("overdue", "Quá hạn"),
        ("withdrawn", "Đã rút"),
        ("returned", "Quá hạn"),
        ("fresh", "Trong hạn"),
    ],
)
def test_a_case_says_how_it_stands(played: Played, what: str, said: str) -> None:
    assert tag(played.get(f"/ho-so/{played.cases[what]}")) == said


def test_only_an_overdue_case_is_filled_dark(played: Played) -> None:
    assert 'class="tag late"' in played.get(f"/ho-so/{played.cases['overdue']}")
    assert 'class="tag bold"' in played.get(f"/ho-so/{played.cases['late']}")
    assert 'class="tag late"' not in played.get(f"/ho-so/{played.cases['late']}")


def test_work_that_is_late_stands_before_the_rest(played: Played) -> None:
    page = played.get("/viec")
    looks = re.findall(r'<td data-head="Thời hạn"><span class="tag (\w+)"', page)
    assert "late" in looks
    assert looks == sorted(looks, key=lambda look: look != "late")


def test_a_filter_of_work_leaves_only_what_it_names(played: Played) -> None:
    looks = re.findall(r'<td data-head="Thời hạn"><span class="tag (\w+)"', played.get("/viec?tinh-trang=late"))
    assert set(looks) == {"late"}
