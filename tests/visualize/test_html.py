"""The HTML page: self-contained, escaped, with the marks a reader of the page needs."""

import re

import pytest
from lxml import html

from visualize.document import Document, Signatures
from visualize.html import to_html


@pytest.fixture(scope="module")
def page() -> str:
    import papers

    return to_html(papers.REPORT)


def test_nothing_comes_from_outside(page: str) -> None:
    outside = re.findall(r"""(?:src|href)=["']?(?!#)[^"'\s>]+|url\(|@import|<script""", page)
    assert outside == []
    assert set(re.findall(r"https?://[^\s\"'<]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_it_is_a_page_in_vietnamese_with_one_first_heading(page: str) -> None:
    tree = html.fromstring(page)
    assert tree.get("lang") == "vi"
    assert len(tree.findall(".//h1")) == 1
    assert [h.text for h in tree.iter("h2")] == ["I. Kết quả", "II. Kiến nghị"]
    assert tree.findtext(".//title") == "Báo cáo Kết quả thực hiện quy trình nội bộ quý I năm 2026"


def test_tables_have_captions_and_scopes(page: str) -> None:
    tree = html.fromstring(page)
    captions = [caption.text for caption in tree.iter("caption")]
    assert captions[0] == "Bảng 1. Hồ sơ theo đơn vị"
    assert captions[1].startswith("Bảng 2. Thời gian giải quyết (trung bình 5,2")
    assert {th.get("scope") for th in tree.iter("th")} == {"col", "row"}


def test_what_people_wrote_is_escaped(page: str) -> None:
    assert "&lt;trước &amp; đúng&gt;" in page


def test_head_end_mark_and_recipients_are_there(page: str) -> None:
    said = " ".join(html.fromstring(page).text_content().split())
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 05/BC-VP", "Hà Nội, ngày 09 tháng 3 năm 2026", "ý kiến./.",
        "- Lưu: VT, VP (3).", "Kính gửi: Giám đốc Sở A", "Căn cứ Quy chế làm việc của Sở A;", "Nguyễn Văn An",
    ):  # fmt: skip
        assert words in said, words


def test_it_prints_on_a4_with_the_margins_of_the_rule(page: str) -> None:
    assert "size: A4; margin: 20mm 20mm 20mm 30mm" in page
    assert "table-header-group" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page


def test_whoever_signs_alone_signs_in_the_right_half() -> None:
    page = to_html(Document("Phiếu", "", (Signatures((("Người hướng dẫn", "Lê Văn B"),)),)))
    signed = page[page.index('<div class="signatures">') :]
    assert signed.count('<div class="room">') == 2
    assert signed.index("<p></p>") < signed.index("<p>Người hướng dẫn</p>")
