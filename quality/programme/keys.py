"""The keys of a programme file, English and Vietnamese."""

from collections.abc import Mapping

FILE: Mapping[str, str] = {"programme": "chương trình", "groups": "nhóm đơn vị", "parts": "các phần"}
HEAD: Mapping[str, str] = {
    "code": "mã",
    "year": "năm",
    "name": "tên",
    "unit": "cơ quan ban hành",
    "standing": "cơ quan thường trực",
    "grounds": "căn cứ",
    "purposes": "mục đích",
    "demands": "yêu cầu",
    "remind": "nhắc trước",
    "answers": "theo chương trình",
    "quarter_day": "ngày hàng quý tính ở",
    "note": "ghi chú",
}
PART: Mapping[str, str] = {"name": "tên", "leads": "cơ quan chủ trì", "tasks": "công việc"}
TASK: Mapping[str, str] = {
    "name": "nội dung",
    "leads": "cơ quan chủ trì",
    "with": "cơ quan phối hợp",
    "window": "thời gian",
    "result": "kết quả",
    "procedure": "quy trình",
    "demands_plan": "yêu cầu đơn vị lập kế hoạch",
    "note": "ghi chú",
}
#: Which month a day of every quarter is one of.
LAST_MONTH, NEXT_MONTH = "tháng cuối quý", "tháng đầu quý sau"
YES, NO = "có", "không"
