"""Broken definitions: each the specimen with one thing wrong, the one code it must get, and where."""

from dataclasses import dataclass

from tests.procedures.specimen import place, purchase


@dataclass(frozen=True)
class Broken:
    """One broken text; the fault stands at `line` and `column`, both from 1."""

    name: str
    code: str
    text: str | bytes
    line: int
    column: int


def broken(name: str, code: str, written: str, instead: str, at: str, nth: int = 1) -> Broken:
    """The specimen with `written` replaced once; the fault stands where `at` appears for the nth time."""
    assert written in purchase(), name
    text = purchase().replace(written, instead, 1)
    return Broken(name, code, text, *place(text, at, nth))


def whole(name: str, code: str, text: str | bytes, line: int = 1, column: int = 1) -> Broken:
    """A text of its own."""
    return Broken(name, code, text, line, column)


def added(name: str, code: str, lines: str, at: str, nth: int = 1) -> Broken:
    """The specimen with lines added at the end."""
    text = purchase() + lines
    return Broken(name, code, text, *place(text, at, nth))


NESTED = "\n".join(f"{'  ' * depth}a{depth}:" for depth in range(40))
BOMB = "quy trình: &a [x, x]\nvai trò: [*a, *a, *a]\n"

FILES = [
    whole("an empty file", "QT009", ""),
    whole("only a comment", "QT009", "# chưa viết gì\n"),
    whole("not UTF-8", "QT001", b"quy tr\xecnh:\n", 1, 7),
    whole("ten megabytes", "QT008", "# " + "x" * 10_000_000),
    whole("nested forty levels deep", "QT008", NESTED, 21, 41),
    whole("a bomb of anchors", "QT007", BOMB, 1, 12),
    whole("a list of procedures", "QT102", "- QT-VP-05\n- QT-VP-06\n"),
    whole("a lone sentence", "QT102", "quy trình mua sắm\n"),
    broken("a tab for indenting", "QT005", "  mã: QT-VP-05", "\tmã: QT-VP-05", "\tmã"),
    broken("a tag", "QT007", "mã: QT-VP-05", "mã: !!str QT-VP-05", "!!str"),
    broken("an anchor", "QT007", "mã: QT-VP-05", "mã: &x QT-VP-05", "&x"),
    added("a second document", "QT006", "---\nquy trình:\n  mã: B\n", "---"),
    broken(
        "a step written twice", "QT004", "  mua sắm:\n", "  khảo giá:\n    đến: mua sắm\n  mua sắm:\n", "khảo giá:", 2
    ),
    broken("a comparison sign first", "QT003", "CT1: đúng hạn ít nhất", "CT1: >= 95%", ">= 95%"),
    broken("a second colon", "QT002", "tên: Khảo sát giá", "tên: Khảo sát: giá", ": giá"),
    broken("a bracket left open", "QT002", "[người đề nghị, kế toán]", "[người đề nghị, kế toán", "[người"),
]

KEYS = [
    broken("no accents in a key", "QT101", "    việc cần làm:", "    viec can lam:", "viec can lam"),
    broken("a capital in a key", "QT101", "    phối hợp:", "    Phối hợp:", "Phối hợp"),
    broken("a typing slip in a key", "QT101", "    việc cần làm:", "    việc cầm làm:", "việc cầm làm"),
    broken("a key nobody knows", "QT101", "lần ban hành: 3", "xyz: 3", "xyz"),
    broken("a key in the wrong place", "QT101", "    phối hợp:", "    khi:", "khi:", 2),
    added("a root key nobody knows", "QT101", "phụ lục: không\n", "phụ lục"),
    broken("an English key among Vietnamese ones", "QT103", "    phối hợp:", "    with:", "with:"),
    broken("a list where a sentence belongs", "QT102", "tên: Khảo sát giá", "tên: [Khảo sát giá]", "tên: [Khảo"),
    broken("a sentence where items belong", "QT102", "    với: { tổng tiền: 12 triệu }", "    với: 12 triệu", "với:"),
    broken("no code", "QT104", "  mã: QT-VP-05\n", "", "quy trình"),
    broken("no owner", "QT104", "  đơn vị chủ trì: Văn phòng\n", "", "quy trình"),
    whole("no steps", "QT104", purchase()[: purchase().index("các bước:")], 1, 1),
    broken("a step that leads nowhere", "QT104", "    đến: kiểm tra\n", "", "lập phiếu:"),
    broken("an end without a sample result", "QT104", "    kết thúc: hoàn thành\n", "", "Máy in 12 triệu, đủ"),
    broken("a name left empty", "QT107", "tên: Khảo sát giá", "tên:", "tên:\n"),
    whole("steps without a step", "QT107", purchase()[: purchase().index("các bước:")] + "các bước: {}\n", 31, 1),
    broken("two ways on", "QT108", "    đến: kiểm tra\n", "    đến: kiểm tra\n    kết thúc: xong\n", "kết thúc: xong"),
    broken(
        "two kinds of join",
        "QT108",
        "    khác người: lập",
        "    chờ một trong: [khảo giá]\n    khác người: lập",
        "chờ một",
    ),
    broken("two doers", "QT108", "    biểu mẫu: BM-VP-05-02", "    tự động: gửi thư", "tự động"),
    broken("a comma in the code of a form", "QT105", "biểu mẫu:\n", "biểu mẫu:\n  BM,1: Phiếu\n", "BM,1"),
    broken(
        "a step that sounds like an end",
        "QT105",
        "  mua sắm:\n",
        "  kết thúc sớm:\n    đến: kết thúc hoàn thành\n  mua sắm:\n",
        "kết thúc sớm",
    ),
]

VALUES = [
    broken("a limit in words", "QT110", "thời hạn: 5 ngày làm việc", "thời hạn: vài hôm", "vài hôm"),
    broken("a limit in an unknown unit", "QT110", "thời hạn: 5 ngày làm việc", "thời hạn: 5 tuần trăng", "5 tuần"),
    broken("a date of an unknown month", "QT111", "01/01/2027", "01/13/2027", "01/13"),
    broken("an issue in words", "QT112", "lần ban hành: 3", "lần ban hành: ba", "ba\n"),
    broken("a cut-off in words", "QT114", "    việc cần làm:", "    nhận sau: chiều\n    việc cần làm:", "chiều"),
    broken("an unknown kind", "QT115", "công việc nội bộ ", "việc nhà ", "việc nhà"),
    broken("yes in other words", "QT115", "    việc cần làm:", "    tạm dừng được: ừ\n    việc cần làm:", "ừ\n"),
    broken("two units in a role", "QT116", "Kế toán, Văn phòng", "Kế toán, Văn phòng, Sở A", "Kế toán, Văn"),
    broken("no accents in a relative unit", "QT116", "đơn vị mở hồ sơ ", "don vi mo ho so ", "Chuyên viên của"),
    broken("an unknown type", "QT117", "tổng tiền: số tiền", "tổng tiền: xu hào", "xu hào"),
    broken("a choice of one", "QT117", "Chi thường xuyên | Quỹ phát triển | Khác", "Khác", "Khác"),
    broken("a return without a count", "QT118", "không quá 1 lần", "một lần thôi", "một lần"),
    broken("a fork into one step", "QT118", "đồng thời khảo giá, thẩm định nguồn", "đồng thời khảo giá", "đồng thời"),
    broken("steps without how", "QT118", "đồng thời khảo giá, thẩm", "khảo giá, thẩm", "khảo giá, thẩm"),
    broken("no accents in an end", "QT118", "Không phê duyệt: kết thúc", "Không phê duyệt: ket thuc", "ket thuc"),
    broken("a target without a figure", "QT119", "đúng hạn ít nhất 95%", "đúng hạn nhiều", "đúng hạn nhiều"),
    broken("a target over everything", "QT119", "ít nhất 95%", "ít nhất 195%", "đúng hạn ít"),
    added("an unknown breach", "QT120", "không phù hợp khi: làm chậm\n", "làm chậm"),
    broken("a record without a time", "QT122", "Bộ phận Kế toán, 10 năm", "Bộ phận Kế toán", "Bộ phận"),
    broken("a code with blanks", "QT123", "mã: QT-VP-05", "mã: QT VP 05", "QT VP 05"),
    added("an accepted error", "QT125", "chấp nhận:\n  QT201: để sau\n", "QT201"),
    added("an accepted code nobody knows", "QT208", "chấp nhận:\n  QT999: để sau\n", "QT999"),
    broken("a sample value in words", "QT126", "{ tổng tiền: 12 triệu }", "{ tổng tiền: ít thôi }", "ít thôi"),
]

NAMES = [
    broken("no accents in a step", "QT201", "    đến: xem xét\n", "    đến: xem xet\n", "xem xet"),
    broken("a capital in a step", "QT201", "    đến: xem xét\n", "    đến: Xem xét\n", "Xem xét"),
    broken("a step nobody declared", "QT201", "    đến: xem xét\n", "    đến: bàn giao tay ba\n", "bàn giao tay ba"),
    broken("a return to nowhere", "QT201", "trả về lập phiếu,", "trả về soạn thảo,", "soạn thảo"),
    broken("a fork to nowhere", "QT201", "đồng thời khảo giá, thẩm", "đồng thời báo cáo, thẩm", "báo cáo"),
    broken("waiting for nobody", "QT201", "chờ đủ: [khảo giá,", "chờ đủ: [lấy giá,", "lấy giá"),
    broken("another person than nobody", "QT201", "khác người: lập phiếu", "khác người: soạn thảo", "soạn thảo"),
    broken("a sample path to nowhere", "QT201", "xem xét > mua sắm\n", "xem xét > bán\n", "bán\n"),
    broken("a role nobody declared", "QT202", "trách nhiệm: lãnh đạo", "trách nhiệm: hội đồng", "hội đồng"),
    broken("no accents in a role", "QT202", "trách nhiệm: lãnh đạo", "trách nhiệm: lanh dao", "lanh dao"),
    broken("a partner nobody declared", "QT202", "[người đề nghị, kế toán]", "[người đề nghị, ai đó]", "ai đó"),
    broken("a form nobody declared", "QT203", "    biểu mẫu: BM-VP-05-03", "    biểu mẫu: QĐ/1", "QĐ/1"),
    broken("a value nobody declared", "QT204", "nhập: [nội dung,", "nhập: [màu,", "màu,"),
    broken("a sample value nobody declared", "QT204", "{ tổng tiền: 12", "{ màu: 12", "màu: 12"),
    broken("a phase nobody declared", "QT205", "    việc cần làm:", "    giai đoạn: một\n    việc cần làm:", "một\n"),
    broken("no accents in the end of a sample", "QT207", "    kết thúc: từ chối", "    kết thúc: tu choi", "tu choi"),
    broken("a step unlike itself", "QT209", "khác người: lập phiếu", "khác người: xem xét", "xem xét\n    thời hạn"),
    broken("a partner named twice", "QT106", "[người đề nghị, kế toán]", "[kế toán, kế toán]", "kế toán]"),
]

#: Faults that only the proof over the net can see.
FLOW = [
    broken(
        "the rest before the rest",
        "QT302",
        "        - khi: tổng tiền trên 50 triệu\n          đến: phê duyệt\n        - còn lại: mua sắm\n",
        "        - còn lại: mua sắm\n        - khi: tổng tiền trên 50 triệu\n          đến: phê duyệt\n",
        "mua sắm\n        - khi",
    ),
    broken("a branch without the rest", "QT302", "        - còn lại: mua sắm\n", "", "tổng tiền trên"),
    broken("a loop without an end", "QT310", "đến: kết thúc hoàn thành", "đến: mua sắm", "mua sắm:"),
    broken(
        "a step that nothing leads to",
        "QT311",
        "  mua sắm:\n",
        "  thừa:\n    đến: kết thúc hoàn thành\n  mua sắm:\n",
        "thừa",
    ),
    broken(
        "waiting for a step that ends the case",
        "QT313",
        "    đến: xem xét\n",
        "    đến: kết thúc xong\n",
        "khảo giá, thẩm định nguồn]",
    ),
    broken("two branches that nobody waits for", "QT323", "    chờ đủ: [khảo giá, thẩm định nguồn]\n", "", "xem xét:"),
]

ALL = [*FILES, *KEYS, *VALUES, *NAMES]
