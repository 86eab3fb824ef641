"""What is secret is told of in a register, and no file of it comes in."""

from engine.commands import AttachFile, FinishWork
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.entering import NotAccepted
from tests.quality.agency import DECLARED, Agency, agency, at, loaded

FIELDS = "thông tin: { độ mật: chọn một trong Thường | Mật | Tối mật | Tuyệt mật }\n"


def office() -> Agency:
    text = DECLARED.replace("các bước:\n", f"{FIELDS}các bước:\n", 1)
    return agency(loaded(text.replace("    đến: kiểm tra", "    nhập: [độ mật]\n    đến: kiểm tra")))


def attach(given: Agency, case: str, item: int, by: str) -> Done | Refusal:
    kept = {"digest": "a" * 64, "size": 9, "type": "application/pdf", "fields": {"tệp": "tờ trình.pdf"}, "salt": "s"}
    return given.give(AttachFile(id=f"f{next(given.numbers)}", actor=by, case=case, item=item, **kept), at(2, 9))


def test_no_file_comes_into_a_secret_case() -> None:
    given = office()
    case = given.open(at(2, 8))
    given.finish(case, 1, "an", at(2, 9), fields={"độ mật": "Mật"})
    answer = attach(given, case, 2, "binh")
    assert isinstance(answer, NotAccepted)
    assert "là “Mật”; không lưu tệp nào ở đây" in answer.words.into("vi")
    given.finish(case, 2, "binh", at(2, 10), "Đủ")


def test_a_case_that_holds_files_does_not_become_secret() -> None:
    given = office()
    case = given.open(at(2, 8))
    assert isinstance(attach(given, case, 1, "an"), Done)
    told = FinishWork(id="x", actor="an", case=case, item=1, fields={"độ mật": "Tuyệt mật"})
    assert isinstance(given.give(told, at(2, 9)), NotAccepted)
    assert isinstance(given.give(told.model_copy(update={"id": "y", "fields": {"độ mật": "Thường"}}), at(2, 9)), Done)
