"""The lists of a review pack say people by name."""

from types import SimpleNamespace

from procedures.words import say
from quality.listings import nonconformity_listing
from quality.naming import Named

NAMED = Named("Sở A", "", "", (), {"an": "Nguyễn Văn An", "binh": "Trần Thị Bình"})


def test_a_nonconformity_names_whoever_answers_for_it_and_a_role_that_nobody_has_taken_up_stays() -> None:
    told = [
        SimpleNamespace(id=f"KPH-{n}", title="x", source="", stage="", result="đóng", cause="", action="", owner=owner)
        for n, owner in enumerate(("an; binh", "an, quản lý chất lượng", "", "người cũ"))
    ]
    listing = nonconformity_listing(say("nonconformities in the period"), told, NAMED)  # type: ignore[arg-type]
    assert [row[-1] for row in listing.rows] == [
        "Nguyễn Văn An, Trần Thị Bình", "Nguyễn Văn An, quản lý chất lượng", "", "người cũ",
    ]  # fmt: skip
    assert NAMED.used == {"an", "binh"}
