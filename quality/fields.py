"""The names of the values that the system procedures of quality enter, in one place."""

from dataclasses import dataclass

#: Recording a nonconformity (QT-HT-04).
SOURCE, DESCRIPTION, PROCEDURE, CASE = "nguồn", "mô tả", "quy trình liên quan", "hồ sơ liên quan"
STEP, KIND, EVIDENCE, GRADE, MERGED = "bước", "loại vi phạm", "bằng chứng", "mức độ", "gộp vào"
#: Handling it.
CORRECTION, CAUSE, ACTION = "biện pháp khắc phục", "nguyên nhân", "hành động"
OWNER, ACTION_DUE, EFFECT = "người chịu trách nhiệm", "hạn hoàn thành", "nhận xét hiệu lực"
#: A management review (QT-HT-03): its period, its conclusions (9.3.3 a, b, c) and what became of them.
REVIEWED = "kỳ xem xét"
CONCLUSIONS = ("cơ hội cải tiến", "thay đổi hệ thống", "nhu cầu nguồn lực")
FOLLOWED = "kết quả thực hiện kết luận"

#: Where a nonconformity that a policy opens comes from, as a choice of its source field.
FROM_CASES = "Hồ sơ đã thực hiện"
#: The choices of those that an audit or an inspection found.
FROM_AUDITS = ("Đánh giá nội bộ", "Kiểm tra bên ngoài")
#: The step at whose end a corrective action has been carried out.
ACTING = "hành động"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is entered when a nonconformity is opened, as text; what is empty is not entered."""

    source: str
    description: str
    procedure: str = ""
    case: str = ""
    step: str = ""
    kind: str = ""
    evidence: str = ""

    def fields(self) -> dict[str, str]:
        """Return the evidence by field name."""
        told = {
            SOURCE: self.source,
            DESCRIPTION: self.description,
            PROCEDURE: self.procedure,
            CASE: self.case,
            STEP: self.step,
            KIND: self.kind,
            EVIDENCE: self.evidence,
        }
        return {name: text for name, text in told.items() if text}
