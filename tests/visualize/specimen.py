"""Two procedures to draw: the sample of the language and one of nineteen steps with everything that is awkward."""

from decimal import Decimal

from procedures.condition import Compare, FieldRef, NumberLiteral
from procedures.model import (
    BackTo,
    Branch,
    Duration,
    End,
    Form,
    Go,
    Holder,
    Join,
    JoinKind,
    Kind,
    Norm,
    Outcome,
    Procedure,
    Role,
    Step,
    Unit,
)  # fmt: skip

Way = Go | BackTo | End


def days(count: int) -> Norm:
    return Norm(within=Duration(amount=Decimal(count), unit=Unit.WORKING_DAY, text=f"{count} ngày làm việc"))


def to(*steps: str) -> tuple[Outcome, ...]:
    return (Outcome(branches=(Branch(target=Go(steps=steps)),)),)


def choose(**ways: Way | tuple[Branch, ...]) -> tuple[Outcome, ...]:
    return tuple(
        Outcome(label=label.replace("_", " "), branches=way if isinstance(way, tuple) else (Branch(target=way),))
        for label, way in ways.items()
    )


def step(  # noqa: PLR0913, PLR0917 -- a row of the table
    key: str, name: str, who: str | None, outcomes: tuple[Outcome, ...], norm: int | None = None,
    forms: tuple[str, ...] = (), join: tuple[str, ...] = (), outputs: tuple[str, ...] = (),
) -> Step:  # fmt: skip
    return Step(
        key=key, name=name, responsible=(who,) if who else (), outcomes=outcomes, norm=days(norm) if norm else None,
        forms=forms, outputs=outputs, join=Join(kind=JoinKind.ALL, steps=join) if join else None,
    )  # fmt: skip


def procedure(code: str, name: str, steps: tuple[Step, ...]) -> Procedure:
    names = dict.fromkeys(role for one in steps for role in one.responsible)
    forms = dict.fromkeys(form for one in steps for form in one.forms)
    return Procedure(
        code=code, name=name, kind=Kind.INTERNAL_WORK, owner_unit="Văn phòng", steps=steps,
        roles=tuple(Role(name=name, holders=(Holder(position=name),), text=name) for name in names),
        forms=tuple(Form(code=form, name=form) for form in forms),
    )  # fmt: skip


OVER_50 = Compare(left=FieldRef(name="tổng tiền"), op="gt", right=NumberLiteral(value=Decimal(50_000_000)))

SAMPLE = procedure("QT-VP-05", "Đề nghị mua sắm, sửa chữa tài sản thường xuyên", (
    step("lập phiếu", "Lập phiếu đề nghị", "người đề nghị", to("kiểm tra"), forms=("BM-VP-05-01",)),
    step("kiểm tra", "Kiểm tra hồ sơ, đối chiếu tài sản hiện có", "quản trị", choose(
        Hợp_lệ=Go(steps=("khảo giá", "thẩm định nguồn")), Thiếu_hoặc_sai=BackTo(step="lập phiếu", at_most=2),
        Không_thuộc_phạm_vi=End(result="từ chối")), 1),
    step("khảo giá", "Khảo sát giá", "quản trị", to("xem xét"), 2, ("BM-VP-05-02",)),
    step("thẩm định nguồn", "Thẩm định nguồn kinh phí", "kế toán", to("xem xét"), 1),
    step("xem xét", "Chánh Văn phòng xem xét", "chánh văn phòng", choose(
        Đồng_ý=(Branch(when=OVER_50, target=Go(steps=("phê duyệt",))), Branch(target=Go(steps=("mua sắm",)))),
        Yêu_cầu_làm_rõ=BackTo(step="khảo giá", at_most=1), Không_đồng_ý=End(result="từ chối")), 1,
        join=("khảo giá", "thẩm định nguồn")),
    step("phê duyệt", "Lãnh đạo Sở phê duyệt", "lãnh đạo", choose(
        Phê_duyệt=Go(steps=("mua sắm",)), Không_phê_duyệt=End(result="từ chối")), 2),
    step("mua sắm", "Mua sắm, nghiệm thu và bàn giao", "quản trị", (
        Outcome(branches=(Branch(target=End(result="hoàn thành")),)),), 5, ("BM-VP-05-03",)),
))  # fmt: skip

LONG = procedure("QT-KH-19", "Xây dựng, thẩm định, ban hành và công bố văn bản hướng dẫn chuyên ngành dùng chung", (
    step("đề xuất", "Đề xuất nhu cầu xây dựng văn bản hướng dẫn chuyên ngành dùng chung cho các đơn vị trực thuộc",
         "phòng chuyên môn", to("tiếp nhận"), 2, ("BM-KH-19-01", "BM-KH-19-02")),
    step("tiếp nhận", "Tiếp nhận, kiểm tra tính đầy đủ", "văn thư", choose(
        Đủ=Go(steps=("phân công",)), Thiếu_thành_phần_hồ_sơ=BackTo(step="đề xuất", at_most=2)), 1),
    step("phân công", "Phân công đơn vị chủ trì soạn thảo và thời hạn hoàn thành từng phần việc", "lãnh đạo",
         to("soạn phần A", "soạn phần B", "soạn phần C"), 1),
    step("soạn phần A", "Soạn thảo phần quy định chung", "phòng chuyên môn", to("ghép"), 5, ("BM-KH-19-03",)),
    step("soạn phần B", "Soạn thảo phần kỹ thuật, định mức", "phòng kỹ thuật", choose(
        Xong=Go(steps=("rà soát B",)), Không_đủ_căn_cứ=BackTo(step="phân công", at_most=1)), 5),
    step("rà soát B", "Rà soát số liệu", "phòng kỹ thuật", to("ghép"), 2),
    step("soạn phần C", "Soạn phụ lục và biểu mẫu", "văn thư", to("ghép"), 3, outputs=("Dự thảo phụ lục",)),
    step("ghép", "Ghép các phần, hoàn thiện dự thảo lần một", "phòng chuyên môn", to("họp"), 2,
         join=("soạn phần A", "rà soát B", "soạn phần C")),
    step("họp", "Họp góp ý dự thảo", "lãnh đạo", choose(
        Thống_nhất=Go(steps=("lấy ý kiến",)), Chỉnh_sửa_lớn=BackTo(step="phân công", at_most=1),
        Chỉnh_sửa_nhỏ=BackTo(step="ghép", at_most=3), Dừng=End(result="dừng xây dựng")), 1),
    step("lấy ý kiến", "Gửi lấy ý kiến các đơn vị liên quan", "văn thư", to("tổng hợp"), 10, ("BM-KH-19-04",)),
    step("tổng hợp", "Tổng hợp, giải trình, tiếp thu ý kiến", "phòng chuyên môn", choose(
        Có_ý_kiến_khác_nhau=Go(steps=("thẩm định",)), Thống_nhất_hoàn_toàn=Go(steps=("trình ký",))), 3,
        ("BM-KH-19-05",)),
    step("thẩm định", "Thẩm định", "phòng pháp chế", choose(
        Đạt=Go(steps=("trình ký",)), Không_đạt=BackTo(step="tổng hợp", at_most=2),
        Từ_chối=End(result="từ chối")), 7),
    step("trình ký", "Trình ký ban hành", "văn thư", to("ký"), 1),
    step("ký", "Lãnh đạo Sở xem xét, ký ban hành văn bản", "lãnh đạo", choose(
        Ký=Go(steps=("cấp số",)), Chưa_ký=BackTo(step="tổng hợp", at_most=2), Từ_chối=End(result="từ chối")), 2),
    step("cấp số", "Cấp số, đóng dấu, phát hành", "văn thư", to("công bố", "lưu"), 1),
    step("công bố", "Công bố trên trang thông tin điện tử", "phòng kỹ thuật", to("báo cáo"), 1),
    step("lưu", "Lưu hồ sơ", "văn thư", to("báo cáo"), 1),
    step("báo cáo", "Báo cáo kết quả", "phòng chuyên môn", to("đánh giá"), 2, join=("công bố", "lưu")),
    step("đánh giá", "Đánh giá sau ban hành", "phòng chuyên môn", (
        Outcome(branches=(Branch(target=End(result="hoàn thành")),)),), 5),
))  # fmt: skip
