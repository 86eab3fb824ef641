"""The specimen definition that the tests of this floor start from: a purchase of everyday goods."""

import re
from pathlib import Path

FILE = "procedures.d/QT-VP-05.yaml"


def purchase() -> str:
    """The purchase procedure as an ISO secretary would write it."""
    return (Path(__file__).parent / "specimen.yaml").read_text("utf-8")


def place(text: str, words: str, nth: int = 1) -> tuple[int, int]:
    """The line and column (from 1) of the nth appearance of `words`."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def in_english(text: str) -> str:
    """The same definition with English keys."""
    for vietnamese, english in _ENGLISH.items():
        text = re.sub(rf"(?m)^(\s*(?:- )?|.*{{ ?){vietnamese}:", rf"\g<1>{english}:", text)
    return text


_ENGLISH = {
    "quy trình": "procedure",
    "mã": "code",
    "tên": "name",
    "loại": "kind",
    "lần ban hành": "issue",
    "hiệu lực từ": "effective_from",
    "đơn vị chủ trì": "owner_unit",
    "mục đích": "purpose",
    "phạm vi": "scope",
    "căn cứ": "references",
    "thời hạn": "within",
    "vai trò": "roles",
    "biểu mẫu": "forms",
    "thông tin": "fields",
    "các bước": "steps",
    "trách nhiệm": "responsible",
    "phối hợp": "with",
    "khác người": "not_same_as",
    "nhập": "collect",
    "việc cần làm": "checklist",
    "đến": "to",
    "chọn": "outcomes",
    "khi": "when",
    "còn lại": "otherwise",
    "chờ đủ": "join_all",
    "kết thúc": "end",
    "chỉ tiêu": "indicators",
    "hồ sơ lưu": "records",
    "thử": "tests",
    "với": "given",
    "đi qua": "path",
}
