"""The names of the values that the system procedures of quality enter, in one place."""

from dataclasses import dataclass

from procedures.model import LIST

#: Recording a nonconformity (QT-HT-04).
SOURCE, DESCRIPTION, PROCEDURE, ISSUE, CASE = "nguồn", "mô tả", "quy trình", "lần ban hành", "hồ sơ"
RULE, STEP, EVENTS, DEADLINE, CALENDAR = "quy tắc", "bước", "bằng chứng", "giải thích thời hạn", "phiên bản lịch"
GRADE, MERGED = "mức độ", "gộp vào"
#: The outcome by which one is merged into another.
MERGING = "Gộp"
#: What a policy saw; a person who handles the case may describe it better, not change it.
FROZEN = frozenset({SOURCE, PROCEDURE, ISSUE, CASE, RULE, STEP, EVENTS, DEADLINE, CALENDAR})
#: Handling it.
CORRECTION, CAUSE, ACTION = "biện pháp khắc phục", "nguyên nhân", "hành động"
METHOD, CATEGORY, ELSEWHERE = "phương pháp phân tích", "nhóm nguyên nhân", "nơi có sự việc tương tự"
MEASURE = "chỉ tiêu đo hiệu lực"
OWNER, ACTION_DUE, EFFECT = "người chịu trách nhiệm", "hạn hoàn thành", "nhận xét hiệu lực"
#: A management review (QT-HT-03): its period, its conclusions (9.3.3 a, b, c) and what became of them.
REVIEWED = "kỳ xem xét"
CONCLUSIONS = ("cơ hội cải tiến", "thay đổi hệ thống", "nhu cầu nguồn lực")
FOLLOWED = "kết quả thực hiện kết luận"
#: What is asked of people for each input of a review, by the id of its clause: the values in which they answer.
ANSWERS: dict[str, tuple[str, ...]] = {
    "a": ("hành động lần trước",),
    "b": ("thay đổi bối cảnh",),
    "c1": ("phản hồi ngoài hệ thống",),
    "c2": ("mục tiêu ngoài hệ thống",),
    "c3": ("nhận định về quá trình",),
    "c4": ("nhận định về không phù hợp",),
    "c5": ("theo dõi đo lường ngoài hệ thống",),
    "c6": ("đánh giá ngoài hệ thống",),
    "c7": ("nhà cung cấp ngoài hệ thống",),
    "d": ("nhân lực và năng lực", "kinh phí và hạ tầng"),
    "e": ("hiệu lực hành động rủi ro",),
    "f": ("đề xuất cải tiến",),
}

#: Answering a complaint (QT-HT-06): how satisfied the sender was, as a number.
SATISFACTION = "điểm hài lòng"

#: Where a nonconformity that a policy opens comes from, as a choice of its source field.
FROM_CASES = "Lệch quy trình"
#: The choices of those that an audit or an inspection found.
FROM_AUDITS = ("Đánh giá nội bộ", "Kiểm tra bên ngoài")
#: The choice for a complaint, and for whatever somebody else has found.
FROM_COMPLAINTS, FROM_ELSEWHERE = "Khiếu nại", "Phát hiện khác"
#: The step at whose end a corrective action has been carried out.
ACTING = "hành động"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is entered when a nonconformity is opened, as text; what is empty is not entered."""

    source: str
    description: str
    procedure: str = ""
    issue: str = ""
    case: str = ""
    rule: str = ""
    step: str = ""
    events: str = ""
    deadline: str = ""
    calendar: str = ""

    def fields(self) -> dict[str, str]:
        """Return the evidence by field name."""
        told = {
            SOURCE: self.source,
            DESCRIPTION: self.description,
            PROCEDURE: self.procedure,
            ISSUE: self.issue,
            CASE: self.case,
            RULE: self.rule,
            STEP: self.step,
            EVENTS: self.events,
            DEADLINE: self.deadline,
            CALENDAR: self.calendar,
        }
        return {name: text for name, text in told.items() if text}


def listed(text: str) -> tuple[str, ...]:
    """Return the entries of a value that is a list."""
    return tuple(part.strip() for part in text.split(LIST.strip()) if part.strip())
