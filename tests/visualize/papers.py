"""One paper with every block, for the tests of both renderers."""

from datetime import date

from visualize.charts import Limits, xmr
from visualize.document import (
    Bullets,
    Document,
    Figure,
    Heading,
    Letterhead,
    Paragraph,
    Signatures,
    Signer,
    Table,
)  # fmt: skip
from visualize.drawing import draw
from visualize.svg import svg

CHART = xmr("Thời gian giải quyết", "ngày", [("T1", 4), ("T2", 5.5), ("T3", 12), ("T4", 5)], Limits(5.2, 9.5, 0.9))

REPORT = Document(
    kind="Báo cáo",
    about="Kết quả thực hiện quy trình nội bộ quý I năm 2026",
    letterhead=Letterhead("Văn phòng", "BC-VP", "Hà Nội", date(2026, 3, 9), superior="Sở A", number=5),
    addressees=("Giám đốc Sở A",),
    grounds=("Căn cứ Quy chế làm việc của Sở A", "Theo đề nghị của Chánh Văn phòng"),
    blocks=(
        Heading("I. Kết quả"),
        Paragraph("Trong quý, Văn phòng đã giải quyết 1.234 hồ sơ, trong đó 96,5% đúng hạn <trước & đúng>."),
        Bullets(("Đúng hạn: 1.190", "Quá hạn: 44")),
        Table("Hồ sơ theo đơn vị", ("Đơn vị", "Số hồ sơ", "Đúng hạn"),
              tuple((f"Phòng {n}", str(10 * n), "95%") for n in range(1, 60)), (2, 1, 1)),
        Figure("Thời gian giải quyết theo tháng", svg(CHART.picture, links=False), CHART.twin,
               draw(CHART.picture, "png")),
        Heading("II. Kiến nghị"),
        Paragraph("Đề nghị Giám đốc xem xét, cho ý kiến."),
        Signatures((("Người lập", ""), ("Người xem xét", "Lê Văn B"), ("Người phê duyệt", ""))),
    ),
    recipients=("Như trên", "Phòng Tổ chức"),
    archive="VT, VP (3)",
    signer=Signer(("KT. CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng"), "Nguyễn Văn An"),
    footer="Bản in không kiểm soát",
)  # fmt: skip
