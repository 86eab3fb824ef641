"""New folders and new procedures from commented skeletons; nothing is ever overwritten."""

import shutil
from pathlib import Path

from cli.desk import Desk
from cli.exits import Exit
from cli.reading import one_of
from procedures.words import say

_SHIPPED = Path(__file__).resolve().parents[1]
_TOML = """# Cài đặt của cơ quan.
agency = "Sở A"            # tên cơ quan, in trên tài liệu
superior = "UBND tỉnh A"   # cơ quan chủ quản
place = "Tỉnh A"           # địa danh ghi trên văn bản
database = "quytrinh.db"   # cơ sở dữ liệu hồ sơ
lang = "vi"                # vi | en
guests = ""                # "read": ai mở trang web cũng xem được, không cần đăng nhập
read_all = ""              # các vị trí được xem mọi hồ sơ, cách nhau bằng dấu chấm phẩy
administrators = ""        # các vị trí quản trị tài khoản trên trang web, cách nhau bằng dấu chấm phẩy
# signing_key = "/noi/khac/signing-key.pem"   # khoá ký mốc; nên để ngoài thư mục này, chỉ chủ tệp đọc được
# checkpoints = "/noi/khac/checkpoints"       # nơi giữ các mốc; nên để ở máy khác
"""
_UNITS = """# Mỗi đơn vị một mục; “thuộc” là đơn vị cấp trên, “người đứng đầu” được báo khi việc của đơn vị trễ hạn.
Sở A:
  loại: sở
  mã: H00.1
  người đứng đầu: Giám đốc
Văn phòng:
  loại: văn phòng
  thuộc: Sở A
  mã: H00.1.1
  người đứng đầu: Chánh Văn phòng
"""
_PEOPLE = """# Mỗi người một tài khoản; chức vụ viết: vị trí, đơn vị.
an.nv:
  tên: Nguyễn Văn An
  chức vụ:
    - Chuyên viên, Văn phòng
chi.lt:
  tên: Lê Thị Chi
  chức vụ:
    - Chuyên viên, Văn phòng
binh.tt:
  tên: Trần Thị Bình
  chức vụ:
    - Chánh Văn phòng, Văn phòng
dung.pv:                          # làm thay khi Chánh Văn phòng vắng
  tên: Phạm Văn Dũng
  chức vụ:
    - Phó Chánh Văn phòng, Văn phòng
    - Chánh Văn phòng, Văn phòng
"""
_PROCEDURE = """# Một quy trình là một tệp. Kiểm tra bằng:  quytrinh check {code}
quy trình:
  mã: {code}
  tên: Đặt tên quy trình ở đây
  loại: công việc nội bộ          # TTHC nội bộ | giải quyết TTHC | công việc nội bộ | quy trình hệ thống
  lần ban hành: 1
  đơn vị chủ trì: Văn phòng
  mục đích: Viết một câu nói quy trình để làm gì.
  phạm vi: Viết quy trình áp dụng cho đơn vị nào.
  thời hạn: 3 ngày làm việc       # thời hạn chung của cả hồ sơ

vai trò:                          # tên gọi: vị trí, đơn vị
  người đề nghị: Chuyên viên, Văn phòng
  người duyệt: Chánh Văn phòng, Văn phòng

thông tin:                        # những gì phải nhập
  nội dung: văn bản dài, bắt buộc

các bước:                         # thứ tự ở đây là thứ tự trong lưu đồ
  đề nghị:
    tên: Lập đề nghị
    trách nhiệm: người đề nghị
    nhập: [nội dung]
    đến: duyệt
  duyệt:
    tên: Xem xét, phê duyệt
    trách nhiệm: người duyệt
    khác người: đề nghị           # người đề nghị không tự duyệt
    thời hạn: 1 ngày làm việc
    chọn:
      Đồng ý: kết thúc hoàn thành
      Làm lại: trả về đề nghị, không quá 2 lần, dừng tính thời hạn
      Không đồng ý: kết thúc từ chối

rủi ro:
  - Viết điều có thể hỏng và cách phòng ngừa.

chỉ tiêu:
  CT1: đúng hạn ít nhất 95% mỗi quý

hồ sơ lưu:
  Hồ sơ đề nghị: Văn phòng, 5 năm

thử:                              # ví dụ chạy được:  quytrinh test {code}
  Duyệt ngay:
    đi qua: đề nghị > duyệt
    kết thúc: hoàn thành
"""


def new_agency(desk: Desk, folder: Path, template: str) -> list[Path]:
    """Make an agency's folder: settings, units, people, the shipped calendar and, unless empty, one procedure."""
    one_of("--template", template, ("so", "trong"))
    texts = {
        "quytrinh.toml": _TOML,
        "organisation.d/đơn vị.yaml": _UNITS,
        "organisation.d/người dùng.yaml": _PEOPLE,
    }
    if template == "so":
        texts["procedures.d/QT-VP-01.yaml"] = _PROCEDURE.format(code="QT-VP-01")
    made = _write_all(desk, folder, texts)
    (folder / "procedures.d").mkdir(exist_ok=True)
    if not (folder / "calendar.d").exists():
        shutil.copytree(_SHIPPED / "calendar.d", folder / "calendar.d")
    return made


def new_procedure(desk: Desk, folder: Path, code: str) -> list[Path]:
    """Add one procedure from the commented skeleton."""
    if not code.replace("-", "").replace(".", "").isalnum():
        desk.stop(say("“{code}” is not a code; write it like QT-VP-05", code=code))
    return _write_all(desk, folder, {f"procedures.d/{code}.yaml": _PROCEDURE.format(code=code)})


def _write_all(desk: Desk, folder: Path, texts: dict[str, str]) -> list[Path]:
    there = [name for name in texts if (folder / name).exists()]
    if there:
        desk.stop(say("{file} is there already; nothing was written", file=folder / there[0]), Exit.REFUSED)
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in texts]
