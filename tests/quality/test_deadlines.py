from engine.commands import PauseCase, ResumeCase
from engine.handle import Done
from quality import questions
from quality.deadlines import explained
from quality.sweep import sweep
from tests.quality.agency import DECLARED, Agency, agency, at, declared, loaded

LIMIT = "    thời hạn: 1 ngày làm việc\n"
PAUSABLE = loaded(DECLARED.replace(LIMIT, f"{LIMIT}    tạm dừng được: có\n"))


def said(office: Agency, case: str) -> dict[str, str]:
    with office.store.reading() as reader:
        found = [breach for breach in questions.breaches(reader) if breach.case == case]
        held = reader.held(case)
    assert held is not None
    procedure = office.shelf.release("QT-TT-01", 1).procedure
    return {one.kind: explained(one, held.case, procedure, lambda _: office.calendar).into("vi") for one in found}


def test_a_missed_deadline_is_explained_day_by_day_and_agrees_with_what_was_kept() -> None:
    office = agency(declared())
    case = office.open(at(5, 8))
    sweep(office.store, office, at(12))
    told = said(office, case)["late_case"]
    assert "10/03/2026 17:00" in told
    assert "07/03/2026" in told  # the Saturday that did not count
    assert "hạn đang giữ" not in told


def test_a_pause_is_part_of_the_explanation() -> None:
    office = agency(PAUSABLE)
    case = office.open(at(2, 8))
    office.finish(case, 1, "an", at(2, 9))
    for command in (
        PauseCase(id="p", actor="an", case=case, reason="chờ"),
        ResumeCase(id="r", actor="an", case=case),
    ):
        assert isinstance(office.give(command, at(2, 10) if command.id == "p" else at(4, 10)), Done)
    sweep(office.store, office, at(12))
    told = said(office, case)
    assert "09/03/2026" in told["late_case"]
    assert "05/03/2026 09:00" in told["late_step"]
    assert not any("hạn đang giữ" in words for words in told.values())


def test_what_has_no_deadline_says_so() -> None:
    office = agency(declared("bị trả lại ít nhất 1 lần mỗi tháng"))
    case = office.open(at(2, 8))
    office.finish(case, 1, "an", at(2, 9))
    office.finish(case, 2, "binh", at(2, 10), "Thiếu")
    sweep(office.store, office, at(2, 11))
    assert "không quy định thời hạn" in said(office, case)["returned"]
