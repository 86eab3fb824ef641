"""What the health of a machine is told by."""

import pytest

from visualize.health import room


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (79_736 * 2**20, "đĩa còn trống 83 GB"),
        (999_999_999, "đĩa còn trống 999 MB"),
        (0, "đĩa còn trống 0 MB"),
        (1_200 * 10**9, "đĩa còn trống 1 TB"),
    ],
)
def test_free_room_is_told_without_a_long_number(free: int, said: str) -> None:
    assert room(free).into("vi") == said
