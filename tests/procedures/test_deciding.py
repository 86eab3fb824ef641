"""Lines are added to the files of the organisation, in the language of the file, and what was there stays."""

from datetime import date

import pytest

from procedures.deciding import with_mandate, with_post
from procedures.organisation import Mandate, Post

POST = Post("Kế toán", "Văn phòng", date(2026, 3, 1), None, "5/QĐ: SA")
ADDED = '- vị trí: Kế toán\n      đơn vị: Văn phòng\n      từ ngày: 01/03/2026\n      quyết định: "5/QĐ: SA"\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  tên: An\n", "  tên: An\n  chức vụ:\n    "),
        ("  tên: An\n  chức vụ: X, Y\n", "  tên: An\n  chức vụ:\n    - X, Y\n    "),
        ("  tên: An\n  chức vụ:\n    - X, Y # cũ\n", "  tên: An\n  chức vụ:\n    - X, Y # cũ\n    "),
    ],
    ids=["none", "one", "list"],
)
def test_a_post_is_added_however_posts_were_written(before: str, after: str) -> None:
    rest = "# người sau\nbinh:\n  tên: Bình\n"
    assert with_post(f"an:\n{before}{rest}", "an", POST) == f"an:\n{after}{ADDED}{rest}"


def test_a_file_with_english_keys_gets_english_keys_and_an_empty_one_vietnamese() -> None:
    one = Mandate("6/QĐ", "delegation", "an", "binh", (Post("X", "Y"),), date(2026, 3, 1), date(2026, 3, 9), ("QT-1",))
    english = with_mandate('"1":\n  manner: thay thế\n  principal: a\n  agent: b\n  since: 01/01/2026\n', one)
    assert "6/QĐ:\n  manner: thừa ủy quyền\n  principal: an\n  agent: binh\n  since: 01/03/2026\n" in english
    assert with_mandate("", one).startswith("6/QĐ:\n  hình thức: thừa ủy quyền\n  thay cho: an\n")
    with pytest.raises(KeyError):
        with_post("an:\n  tên: An\n", "binh", POST)
