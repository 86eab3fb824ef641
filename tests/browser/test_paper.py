"""What is printed and what is kept: A4 with numbered pages, large enough letters, and papers by the rule."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader
from pypdf._page import PageObject

from tests.browser.conftest import Entering
from tests.visualize import nd30

#: In points.
_WIDTH, _HEIGHT, _SMALLEST = 595, 842, 9.0
#: What reaches beyond the paper, were it as wide as what stands between its margins.
_CLIPPED = """width => [...document.querySelectorAll('main *')]
    .filter(one => one.offsetParent && !one.closest('svg, .unseen') && one.textContent.trim())
    .filter(one => one.getBoundingClientRect().right > width + 1 || one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).overflowX === 'hidden')
    .map(one => one.outerHTML.slice(0, 80))"""


@dataclass
class Said:
    """A piece of text on a page: where it begins, and how large its letters are."""

    text: str
    x: float
    y: float
    size: float


def said(page: PageObject) -> Iterator[Said]:
    found: list[Said] = []

    def note(text: str, cm: list[float], tm: list[float], _font: object, size: float) -> None:
        if text.strip():
            x, y = (tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
            found.append(Said(text.strip(), x, y, abs(size * tm[3] * cm[3])))

    page.extract_text(visitor_text=note)
    return iter(found)


def printed(page: Page, path: str) -> list[list[Said]]:
    """Print a page, and return what stands on each sheet; every sheet is A4."""
    page.goto(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 680, "height": 900})  # 180 mm
    assert not page.locator(".menu").is_visible()
    assert not page.locator(".out").is_visible()
    assert page.evaluate(_CLIPPED, 680) == []
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert {(round(float(one.mediabox.width)), round(float(one.mediabox.height))) for one in sheets} == {
        (_WIDTH, _HEIGHT)
    }
    return [list(said(one)) for one in sheets]


@pytest.mark.parametrize("path", ["/ho-so/HS-2026-0004", "/quy-trinh/QT-VP-05", "/quy-trinh/QT-VP-05?lang=en"])
def test_a_page_is_printed_on_a4_with_its_number_from_the_second_on(come_in: Entering, path: str) -> None:
    sheets = printed(come_in("em"), path)
    assert len(sheets) >= 2
    word = "Page" if "lang=en" in path else "Trang"
    for number, sheet in enumerate(sheets, 1):
        top = [one for one in sheet if one.y > _HEIGHT - 57]  # within the upper margin
        line = squeezed(top)
        assert line == ("" if number == 1 else f"{word}{number}/{len(sheets)}")
        assert all(abs(one.x - _WIDTH / 2) < 40 for one in top)
        assert min(one.size for one in sheet) >= _SMALLEST - 0.1, min(sheet, key=lambda one: one.size)
        assert all(42 <= one.x < _WIDTH - 42 for one in sheet)


def squeezed(sheet: list[Said]) -> str:
    """Return what stands on a sheet without blanks: letters with marks come from another font, each by itself."""
    return "".join(one.text for one in sheet).replace(" ", "")


def test_a_flowchart_of_seven_steps_stands_on_one_sheet(come_in: Entering) -> None:
    sheets = [squeezed(sheet) for sheet in printed(come_in("em"), "/quy-trinh/QT-VP-05")]
    [drawn] = [one for one in sheets if "Tráchnhiệm" in one and "Hoànthành" in one]
    for words in ("Lập phiếu đề nghị", "Khảo sát giá", "Mua sắm, nghiệm", "thu và bàn giao"):
        assert words.replace(" ", "") in drawn


def test_a_table_that_goes_on_has_its_head_again_and_a_paper_has_margins_to_be_filed(come_in: Entering) -> None:
    sheets = printed(come_in("em"), "/xem-xet/2026-Q1")
    assert min(one.x for sheet in sheets for one in sheet) == pytest.approx(85, abs=2)  # 30 mm
    assert not [one for one in sheets[0] if one.y > _HEIGHT - 50]
    whole = [squeezed(sheet) for sheet in sheets]
    row = re.compile(r"Thờigiangiảiquyết,giờ\w+,P\d\d(?!:)")  # with a colon it is what the annex says of it
    gone_on = [after for before, after in pairwise(whole) if row.search(before) and row.search(after)]
    assert gone_on
    for sheet in gone_on:
        assert "ChỉsốKếtquả" in row.split(sheet)[0]


def test_a_paper_that_is_kept_follows_the_rule(come_in: Entering) -> None:
    page = come_in("em")
    page.goto("/bao-cao?ky=2026-Q1")
    with page.expect_download() as kept:
        page.locator("main a", has_text="Tài liệu xem xét của lãnh đạo").click()
    assert nd30.faults(kept.value.path().read_bytes()) == []
