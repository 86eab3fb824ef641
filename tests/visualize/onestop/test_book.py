"""The register has one line for each dossier of its period, in the columns of form 07."""

from quality.periods import parse
from tests.quality.agency import ZONE, at
from tests.visualize.onestop.desk import Reading, finished, office
from visualize.onestop.book import HEADS, book, book_table, entries


def test_a_dossier_stands_in_the_period_in_which_it_came_and_in_no_other() -> None:
    desk = office()
    case = finished(desk)
    open_ = desk.open(at(3, month=4))
    reading = Reading(desk, "vi", at(30, month=4))
    march = list(entries(reading, parse("2026-03", ZONE)))
    assert [one.case for one in march] == [case]
    assert [one.case for one in entries(reading, parse("2026-Q1", ZONE), "Văn phòng")] == []
    assert [one.case for one in entries(reading, parse("2026", ZONE))] == [case, open_]


def test_a_line_says_what_is_known_in_the_columns_of_the_form() -> None:
    desk = office()
    case = finished(desk)
    reading = Reading(desk, "vi", at(30))
    (one,) = entries(reading, parse("2026", ZONE))
    (row,) = book_table([one], "vi").rows
    assert len(row) == len(HEADS)
    assert row == (
        "1", case, "QT-TT-01 Cấp phát văn phòng phẩm", "Nguyễn Văn Thử", "Thôn 1, xã B", "Văn phòng",
        "02/03/2026", "05/03/2026", "04/03/2026", "", "", "hoàn thành",
    )  # fmt: skip


def test_the_paper_lies_across_the_page_and_counts_its_lines() -> None:
    desk = office()
    finished(desk)
    reading = Reading(desk, "vi", at(30))
    period = parse("2026", ZONE)
    made = book(reading, period, list(entries(reading, period)))
    assert made.landscape
    assert made.title == "Sổ theo dõi hồ sơ năm 2026: 1 hồ sơ"
