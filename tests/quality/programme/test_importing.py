"""Plans as agencies write them are taken in: every row lands, and what was not understood is told."""

from pathlib import Path

import pytest

from quality.programme.importing import imported
from quality.programme.read import read_text
from quality.programme.text import to_text

SEEDS = next(
    (found for above in Path(__file__).resolve().parents if (found := above / "shared" / "seeds").is_dir()),
    Path("seeds"),
)
TABLE = """\
## KẾ HOẠCH

**Duy trì hệ thống tại huyện B năm 2027**

Căn cứ Quyết định số 1/QĐ-A ngày 05/3/2014 về việc áp dụng;

Căn cứ Công văn số 2/B ngày 29/10/2018.

### I. MỤC ĐÍCH, YÊU CẦU
#### 1. Mục đích
- Nâng cao nhận thức.
- Gắn với công việc.
## 2. Yêu cầu
- Đủ đơn vị.

TT	Nội dung công việc	Cơ quan chủ trì	Cơ quan phối hợp	Thời gian thực hiện	Kết quả thực hiện
<b>I</b>	<b>HUYỆN VÀ XÃ</b>
1	Ban hành kế hoạch	UBND huyện; UBND xã, thị trấn		Tháng 01/2027	Kế hoạch
2	Kiện toàn	UBND huyện, UBND xã, thị trấn	Phòng Nội vụ	Khi có sự thay đổi	Quyết định
<b>TT</b>	<b>Nội dung</b>	<b>Chủ trì</b>	<b>Phối hợp</b>	<b>Thời gian</b>	<b>Kết quả</b>
3	Việc mới	UBND huyện		lúc nào tiện	Hồ sơ
<b>II</b>	<b>CÁC TRƯỜNG</b>
1	Tập huấn			Quý II	Danh sách
1	Đánh giá	Các trường		Quý III, IV	Hồ sơ
"""
PRINTED = """\
KẾ HOẠCH

Áp dụng hệ thống năm 2027

2. Nhiệm vụ cụ thể:

TT Nội dung

Thời

gian

Cơ quan thực hiện

1 Kiện toàn ban chỉ đạo

Khi có

thay đổi

nhân sự

Thư ký ban chỉ đạo

2

Tập huấn việc áp

dụng hệ thống

Tháng

3/2027

Các cơ quan (Thành phần:
 theo tiêu chuẩn

9001:2015

Lãnh đạo các đơn vị)

3
Đánh giá nội bộ

Đột xuất

hoặc

Định kỳ

- Ban chỉ đạo xây dựng

kế hoạch

- Nhóm đánh giá

IV. TỔ CHỨC THỰC HIỆN

1. Văn phòng: theo dõi chung.

2. Ủy ban nhân dân các xã

- Xây dựng kế hoạch của

đơn vị xong trước ngày 31/1/2027;

- Thực hiện tốt.

Nơi nhận:
- Lưu: VT.
"""
DUTIES = """\
KẾ HOẠCH
TRIỂN KHAI NĂM 2027
Căn cứ Quyết định số 1;
IV. TỔ CHỨC THỰC HIỆN
1. Sở K
a) Chủ trì thực hiện.
2. Các cơ quan
- Ban hành kế hoạch trước ngày  10/01/2027 ;
b) Tổ chức đánh giá nội bộ ít nhất 01 lần/năm.
c) Công bố lại khi có sự điều chỉnh phạm vi.
- UBND các xã gửi báo cáo trước ngày 22 hàng quý, gửi về Sở trước ngày 25 hàng quý;
- Sở K tổng hợp, báo cáo định kỳ 6 tháng và báo cáo năm trước ngày 15/12/2027.
Nơi nhận:
- Lưu.
"""


def test_every_row_of_a_table_lands_in_its_section() -> None:
    got = imported(TABLE, "b.txt", "UBND huyện")
    assert (got.rows, got.tasks, got.plan.year) == (5, 5, 2027)
    assert got.plan.name == "Duy trì hệ thống tại huyện B năm 2027"
    assert got.plan.grounds == (
        "Quyết định số 1/QĐ-A ngày 05/3/2014 về việc áp dụng",
        "Công văn số 2/B ngày 29/10/2018",
    )
    assert got.plan.purposes == ("Nâng cao nhận thức", "Gắn với công việc")
    assert got.plan.demands == ("Đủ đơn vị",)
    told = {number: (task.name, task.leads, task.window.text) for number, _, task in got.plan.tasks}
    assert told["I.1"] == ("Ban hành kế hoạch", ("UBND huyện", "UBND xã, thị trấn"), "Tháng 01/2027")
    assert told["I.2"][1] == ("UBND huyện", "UBND xã, thị trấn")
    assert told["II.1a"] == ("Đánh giá", ("Các trường",), "Quý III, IV")
    assert [part.name for part in got.plan.parts] == ["HUYỆN VÀ XÃ", "CÁC TRƯỜNG"]
    assert dict(got.plan.groups) == {"UBND xã, thị trấn": (), "Các trường": ()}


def test_what_was_not_understood_is_told_at_its_line_and_kept_in_its_words() -> None:
    got = imported(TABLE, "b.txt", "UBND huyện")
    assert [(finding.code, finding.span.line) for finding in got.findings] == [("QT911", 21), ("QT915", 23)]
    task = next(task for number, _, task in got.plan.tasks if number == "I.3")
    assert task.window.text == "lúc nào tiện"
    again = read_text(to_text(got.plan, (), got.marks), "programme.d/2027.yaml")
    assert [finding.code for finding in again.findings] == ["QT454"]  # a person must say when


def test_a_table_whose_columns_were_lost_is_put_together_again() -> None:
    got = imported(PRINTED, "c.txt", "UBND huyện")
    told = {number: (task.name, task.leads, task.window.text) for number, _, task in got.plan.tasks}
    assert told == {
        "I.1": ("Kiện toàn ban chỉ đạo", ("Thư ký ban chỉ đạo",), "Khi có thay đổi nhân sự"),
        "I.2": (
            "Tập huấn việc áp dụng hệ thống theo tiêu chuẩn 9001:2015",
            ("Các cơ quan (Thành phần: Lãnh đạo các đơn vị)",),
            "Tháng 3/2027",
        ),
        "I.3": ("Đánh giá nội bộ", ("Ban chỉ đạo xây dựng kế hoạch", "Nhóm đánh giá"), "Đột xuất hoặc Định kỳ"),
        "TC.2": (
            "Xây dựng kế hoạch của đơn vị xong trước ngày 31/1/2027",
            ("Ủy ban nhân dân các xã",),
            "xong trước ngày 31/1/2027",
        ),
    }
    assert (got.rows, got.duties) == (3, 3)
    assert [finding.code for finding in got.findings] == ["QT916"]


def test_duties_with_a_time_become_dated_tasks_of_whoever_they_name() -> None:
    got = imported(DUTIES, "d.txt", "UBND thành phố")
    told = [(task.leads, task.window.text) for _, _, task in got.plan.tasks]
    assert told == [
        (("Sở K",), "Cả năm"),
        (("Các cơ quan",), "trước ngày 10/01/2027"),
        (("Các cơ quan",), "Hàng năm"),
        (("Các cơ quan",), "khi có sự điều chỉnh"),
        (("UBND các xã",), "trước ngày 22 hàng quý"),
        (("UBND các xã",), "trước ngày 25 hàng quý"),
        (("Sở K",), "định kỳ 6 tháng"),
        (("Sở K",), "trước ngày 15/12/2027"),
    ]
    assert [finding.code for finding in got.findings] == ["QT912", "QT913", "QT913"]


def test_a_text_without_table_or_duties_says_so() -> None:
    got = imported("Lời nói đầu.\n", "e.txt", "Sở A", 2027)
    assert (got.rows, got.duties, got.plan.year) == (0, 0, 2027)
    assert [finding.code for finding in got.findings] == ["QT917"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the plans of real agencies are not beside this checkout")
@pytest.mark.parametrize(
    ("file", "rows", "duties", "tasks"),
    [("gia-lam-2025.txt", 11, 17, 15), ("my-loc-2022.txt", 8, 7, 10), ("hue-2025.txt", 0, 29, 31)],
)
def test_every_row_of_real_plans_lands(file: str, rows: int, duties: int, tasks: int) -> None:
    got = imported((SEEDS / file).read_text(encoding="utf-8"), file, "UBND")
    assert (got.rows, got.duties, got.tasks) == (rows, duties, tasks)
    assert not [finding for finding in got.findings if finding.code == "QT911"]
    again = read_text(to_text(got.plan, (), got.marks), "programme.d/x.yaml")
    assert again.plan == got.plan, [finding.message.into("vi") for finding in again.findings]
