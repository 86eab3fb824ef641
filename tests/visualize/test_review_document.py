"""The paper of a review pack: every input, every count with its cases, blank places, the same bytes."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest

from engine.commands import EraseValues, WithdrawCase
from engine.handle import Done
from quality.nonconformity import by_hand
from quality.periods import parse
from quality.review import ReviewPack, review_pack, to_json
from quality.sweep import sweep
from tests.quality.agency import ZONE, agency, at, declared
from tests.quality.living import lived
from visualize import review_document as review_document_module
from visualize.document import (
    AnnexTitle,
    Answer,
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Signatures,
    Table,
)
from visualize.docx import to_docx
from visualize.html import to_html
from visualize.review_document import review_document, sets_of


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> ReviewPack:
    office = agency(declared(), path=tmp_path_factory.mktemp("store") / "quytrinh.db")
    lived(office, cases=20)
    sweep(office.store, office, at(28, month=3))
    return review_pack(office, parse("2026-03", ZONE), at(1, 0, month=4))


@pytest.fixture(scope="module")
def paper(pack: ReviewPack) -> Document:
    return review_document(pack)


def whole_of(paper: Document) -> tuple[Block, ...]:
    return (*paper.blocks, *paper.annexes)


def test_every_input_and_every_output_has_its_place(paper: Document, pack: ReviewPack) -> None:
    headings = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert [text.split(" ", 2)[0] for text in headings[:12]] == ["9.3.2"] * 12
    assert headings[0] == "9.3.2 a) Tình trạng của các hành động từ những lần xem xét trước"
    said = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert sum(text.startswith("9.3.3") for text in said) == 3
    assert sum(isinstance(block, Answer) for block in paper.blocks) == 12 + 3
    assert sum(text.startswith("Cần lấy từ") for text in said) == len(pack.sections)


def test_a_figure_names_its_set_and_the_appendix_lists_exactly_its_cases(paper: Document, pack: ReviewPack) -> None:
    tables = {block.caption: block for block in whole_of(paper) if isinstance(block, Table)}
    sets = {name: tuple(cases.split(", ")) for name, _, cases in tables["Hồ sơ đứng sau các con số"].rows}
    rows = {row[0]: row for row in tables["QT-TT-01, lần ban hành 1: Cấp phát văn phòng phẩm"].rows}
    ours = [figure for figure in pack.section("c3").figures if figure.scope[0] == ("procedure", "QT-TT-01")]
    completed = next(figure for figure in ours if figure.key == "case.completed")
    name, value, count, behind = rows["Đã xong"]
    assert (name, value, int(count)) == ("Đã xong", str(completed.count), completed.count)
    assert sets[behind] == completed.cases


def test_a_long_set_is_told_by_its_ends_and_the_whole_of_it_is_in_the_file_named(
    pack: ReviewPack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_document_module, "MOST_LISTED", 2)
    monkeypatch.setattr(review_document_module, "_MOST_SEALS", 2)
    paper = review_document(pack)
    tables = {block.caption: block for block in whole_of(paper) if isinstance(block, Table)}
    whole = sets_of(pack)
    told = {name: (count, cases) for name, count, cases in tables["Hồ sơ đứng sau các con số"].rows}
    assert told.keys() == whole.keys()
    long = {name: cases for name, cases in whole.items() if len(cases) > 2}
    assert long
    for name, cases in long.items():
        assert told[name] == (str(len(cases)), f"{cases[0]}, {cases[1]}, …, {cases[-1]}")
    assert not any("Dấu niêm" in table.header[-1] for table in tables.values())
    said = [block.text for block in whole_of(paper) if isinstance(block, Paragraph)]
    assert sum("xem-xet-cua-lanh-dao-2026-03.json" in text for text in said) == 2
    assert all(f'"{case}"' in to_json(pack) for cases in whole.values() for case in cases)


def test_every_figure_is_defined_once(paper: Document) -> None:
    [definitions] = [block.items for block in whole_of(paper) if isinstance(block, Bullets)]
    names = [item.split(":")[0] for item in definitions]
    assert "Tỷ lệ đúng hạn" in names
    assert len(names) == len(set(names))


def test_what_is_signed_stands_before_the_appendices_and_each_has_a_number(paper: Document) -> None:
    assert isinstance(paper.blocks[-1], Signatures)
    titles = [block for block in paper.annexes if isinstance(block, AnnexTitle)]
    assert paper.annexes[0] is titles[0]
    assert [one.name for one in titles] == [f"Phụ lục {number}" for number in range(1, len(titles) + 1)]
    opened = docx.Document(BytesIO(to_docx(paper)))
    assert len(opened.sections) == 1 + len(titles)


def test_the_paper_is_the_same_bytes_each_time(pack: ReviewPack) -> None:
    assert to_docx(review_document(pack)) == to_docx(review_document(pack))
    assert to_html(review_document(pack)) == to_html(review_document(pack))


def test_the_docx_opens_and_holds_the_seal_of_the_pack(paper: Document, pack: ReviewPack) -> None:
    opened = docx.Document(BytesIO(to_docx(paper)))
    text = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert pack.digest in text
    assert "Kết luận của cuộc xem xét" in text


def test_the_seal_holds_until_something_behind_it_is_erased_and_the_paper_says_so(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    units = tuple(replace(one, heads=("Giám đốc",)) for one in office.organisation.units)
    office = replace(office, organisation=replace(office.organisation, units=units))
    cut_off = at(1, 0, month=4)
    opened = office.give(by_hand("k", "giang", "Nguyễn Thị Bình quên ký"), at(9))
    assert isinstance(opened, Done), opened
    office.give(WithdrawCase(id="w", actor="giang", case=opened.case, reason="trùng"), at(9))
    before = review_pack(office, parse("2026-03", ZONE), cut_off)
    assert "Nguyễn Thị Bình" in to_json(before)
    ground = {"texts": ("1.title",), "reason": "theo đơn", "basis": "Luật 91/2025"}
    done = office.give(EraseValues(id="x", actor="em", case=opened.case, **ground), at(2, month=4))
    assert isinstance(done, Done), done
    after = review_pack(office, parse("2026-03", ZONE), cut_off)
    assert "Nguyễn Thị Bình" not in to_json(after)
    assert after.digest != before.digest
    assert after.evidence == before.evidence
    said = [block.text for block in review_document(after).blocks if isinstance(block, Paragraph)]
    assert any("mã kiểm này, trừ khi có điều gì trong đó đã bị xoá" in text for text in said)


def test_the_paper_can_be_had_in_english(pack: ReviewPack) -> None:
    page = to_html(review_document(pack, "en"))
    assert "Status of actions from previous management reviews" in page
    assert "không có" not in page


def test_long_trends_are_drawn_with_limits_and_short_ones_say_why_not(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    for month in range(1, 13):
        for day in (6, 7, 8):
            case = office.open(at(day, month=month))
            office.finish(case, 1, "an", at(day, 9, month=month))
            office.finish(case, 2, "binh", at(day, 10, month=month), "Đủ")
            office.finish(case, 3, "chi", at(day + (day == 8 and month == 5) * 12, 11, month=month), "Đồng ý")
    year = review_document(review_pack(office, parse("2026", ZONE), at(1, 0, month=1, year=2027)))
    drawn = [block for block in whole_of(year) if isinstance(block, Figure)]
    assert [row[0] for row in drawn[0].twin.rows] == [f"{month:02}/2026" for month in range(1, 13)]  # type: ignore[union-attr]
    assert b"trung b" in drawn[0].svg
    half = review_document(review_pack(office, parse("2026-Q2", ZONE), at(1, 0, month=7)))
    assert any(isinstance(block, Paragraph) and block.text.startswith("Chưa đủ 12 kỳ") for block in whole_of(half))
