from datetime import date

from procedures import back_to, end, field, fork, otherwise, procedure, sample, step, trieu, when

buying = "mua sắm"
straight = "lập phiếu > kiểm tra > khảo giá & thẩm định nguồn > xem xét"

procedure(
    code="QT-VP-05",
    name="Đề nghị mua sắm, sửa chữa tài sản thường xuyên",
    kind="công việc nội bộ",
    issue=3,
    effective_from=date(2026, 1, 1),
    owner_unit="Văn phòng",
    purpose="Thống nhất cách đề nghị, xét duyệt, mua sắm và lưu hồ sơ.",
    scope="Các phòng, đơn vị trực thuộc Sở.",
    references=["TCVN ISO 9001:2015, điều 8.4 và 8.5.1"],
    within="12 ngày làm việc",
    roles={
        "người đề nghị": "Chuyên viên của đơn vị mở hồ sơ",
        "quản trị": "Chuyên viên quản trị, Văn phòng",
        "kế toán": "Kế toán, Văn phòng",
        "chánh văn phòng": "Chánh Văn phòng",
        "lãnh đạo": "Giám đốc hoặc Phó Giám đốc phụ trách",
    },
    forms={
        "BM-VP-05-01": "Phiếu đề nghị mua sắm, sửa chữa",
        "BM-VP-05-02": "Bảng so sánh báo giá",
        "BM-VP-05-03": "Biên bản nghiệm thu, bàn giao",
    },
    fields={
        "nội dung": "văn bản dài, bắt buộc",
        "tổng tiền": "số tiền, bắt buộc",
        "nguồn kinh phí": {"type": "chọn một trong", "choices": ["Chi thường xuyên", "Quỹ phát triển", "Khác"]},
    },
    steps=[
        step(
            "lập phiếu",
            name="Lập phiếu đề nghị",
            responsible="người đề nghị",
            collect=["nội dung", "tổng tiền", "nguồn kinh phí"],
            forms="BM-VP-05-01",
            to="kiểm tra",
        ),
        step(
            "kiểm tra",
            name="Kiểm tra hồ sơ, đối chiếu tài sản hiện có",
            responsible="quản trị",
            within="1 ngày làm việc",
            outcomes={
                "Hợp lệ": fork("khảo giá", "thẩm định nguồn"),
                "Thiếu hoặc sai": back_to("lập phiếu", at_most=2, clock="dừng tính"),
                "Không thuộc phạm vi": end("từ chối"),
            },
        ),
        step(
            "khảo giá",
            name="Khảo sát giá",
            responsible="quản trị",
            within="2 ngày làm việc",
            forms="BM-VP-05-02",
            to="xem xét",
        ),
        step(
            "thẩm định nguồn",
            name="Thẩm định nguồn kinh phí",
            responsible="kế toán",
            within="1 ngày làm việc",
            checklist=["Còn dự toán được giao", "Đúng định mức tại Quy chế chi tiêu nội bộ"],
            to="xem xét",
        ),
        step(
            "xem xét",
            name="Chánh Văn phòng xem xét",
            responsible="chánh văn phòng",
            not_same_as="lập phiếu",
            within="1 ngày làm việc",
            join_all=["khảo giá", "thẩm định nguồn"],
            outcomes={
                "Đồng ý": [when(field("tổng tiền") > trieu(50), "phê duyệt"), otherwise(buying)],
                "Yêu cầu làm rõ": back_to("khảo giá", at_most=1),
                "Không đồng ý": end("từ chối"),
            },
        ),
        step(
            "phê duyệt",
            name="Lãnh đạo Sở phê duyệt",
            responsible="lãnh đạo",
            within="2 ngày làm việc",
            outcomes={"Phê duyệt": buying, "Không phê duyệt": end("từ chối")},
        ),
        step(
            buying,
            name="Mua sắm, nghiệm thu và bàn giao",
            responsible="quản trị",
            with_=["người đề nghị", "kế toán"],
            within="5 ngày làm việc",
            forms="BM-VP-05-03",
            to=end("hoàn thành"),
        ),
    ],
    indicators={"CT1": "đúng hạn ít nhất 95% mỗi quý", "CT2": "bị trả lại không quá 10% mỗi quý"},
    records={"Bộ hồ sơ mua sắm": "Bộ phận Kế toán, 10 năm"},
    accepted={
        "QT401": "Đi thẳng thì các bước mất 11 ngày làm việc, vừa trong thời hạn 12 ngày. Chỉ khi Chánh Văn phòng "
        "yêu cầu làm rõ giá mới thêm 3 ngày thành 14 ngày; đó là ngoại lệ, khảo giá lần hai thường xong trong ngày.",
    },
    tests=[
        sample(
            "Máy in 12 triệu, đủ hồ sơ",
            given={"tổng tiền": trieu(12)},
            path=f"{straight} > {buying}",
            end="hoàn thành",
        ),
        sample(
            "Máy chủ 180 triệu bị lãnh đạo từ chối",
            given={"tổng tiền": trieu(180)},
            path=f"{straight} > phê duyệt",
            end="từ chối",
        ),
    ],
)
