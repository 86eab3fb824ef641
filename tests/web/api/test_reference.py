"""The reference page is what the routes say."""

from tests.house.tree import ROOT
from web.api.reference import page
from web.api.routes import ACTS, READS


def test_the_reference_page_is_up_to_date() -> None:
    assert (ROOT / "docs" / "reference" / "api.md").read_text("utf-8") == page(), "python -m web.api.reference"


def test_every_route_is_on_it() -> None:
    told = page()
    assert all(f"### `{route.method} {route.path}`" in told for route in (*READS, *ACTS))
