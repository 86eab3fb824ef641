"""The SVG as a document: links in order with whole sentences, the same bytes, nothing from outside."""

from lxml import etree

from procedures.model import Procedure
from visualize.column import flowchart
from visualize.flow import diagram_of
from visualize.svg import svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(procedure: Procedure, lang: str = "vi") -> bytes:
    return svg(flowchart(diagram_of(procedure, "en" if lang == "en" else "vi")))


def test_every_step_is_a_link_with_a_sentence_in_row_order(sample: Procedure) -> None:
    links = etree.fromstring(drawn(sample)).findall(f"{SVG}a")
    assert [link.get("href") for link in links] == [f"#buoc-{n}" for n in range(1, 8)]
    assert links[2].get("aria-label") == ("Bước 3, Khảo sát giá, Quản trị, 2 ngày làm việc. Tiếp theo: bước 5.")
    assert links[4].get("aria-label") == (
        "Bước 5, Chánh Văn phòng xem xét, Chánh văn phòng, 1 ngày làm việc. Tiếp theo: "
        "Đồng ý: tổng tiền > 50 triệu: bước 6; Đồng ý: còn lại: bước 7; "
        "Yêu cầu làm rõ: trả về bước 3, không quá 1 lần; Không đồng ý: kết thúc, từ chối."
    )


def test_the_same_procedure_gives_the_same_bytes(long: Procedure) -> None:
    assert drawn(long) == drawn(long)


def test_the_document_has_a_title_a_description_and_an_image_role(sample: Procedure) -> None:
    root = etree.fromstring(drawn(sample))
    assert root.findtext(f"{SVG}title") == "Lưu đồ QT-VP-05 Đề nghị mua sắm, sửa chữa tài sản thường xuyên"
    assert root.findtext(f"{SVG}desc") == "7 bước, theo thứ tự trong quy trình."
    assert [child.get("role") for child in root.findall(f"{SVG}g")] == ["img"]
    alone = etree.fromstring(svg(flowchart(diagram_of(sample)), links=False))
    assert alone.get("role") == "img"
    assert not alone.findall(f".//{SVG}a")


def test_nothing_is_fetched_and_nothing_runs(long: Procedure) -> None:
    root = etree.fromstring(drawn(long))
    names = {etree.QName(element).localname for element in root.iter()}
    assert names <= {"svg", "title", "desc", "g", "a", "rect", "text", "path", "polygon", "ellipse"}
    assert all(link.get("href", "#").startswith("#") for link in root.iter())
    assert not any(attribute.startswith("on") or attribute == "style" for e in root.iter() for attribute in e.attrib)


def test_vietnamese_text_is_text_and_intact(sample: Procedure) -> None:
    said = " ".join(text.text or "" for text in etree.fromstring(drawn(sample)).iter(f"{SVG}text"))
    for words in ("Thẩm định", "nguồn kinh phí", "Trách nhiệm", "Hợp lệ", "Đồng ý:", "Hoàn thành"):
        assert words in said


def test_the_words_around_the_flow_follow_the_language(sample: Procedure) -> None:
    said = drawn(sample, "en").decode()
    assert "Responsible" in said
    assert "Next: step 5." in said
    assert "Trách nhiệm" not in said


def test_every_line_of_text_is_written_once(sample: Procedure) -> None:
    picture = flowchart(diagram_of(sample))
    said = [text.text for text in etree.fromstring(svg(picture)).iter(f"{SVG}text")]
    assert sorted(map(str, said)) == sorted(text.text for text in picture.texts)
