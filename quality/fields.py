"""The names of the values that the handling of nonconformities enters, in one place."""

from dataclasses import dataclass

#: Where a nonconformity comes from, as the choices of its source field.
SOURCE_BREACH = "Lệch quy trình"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is frozen when a nonconformity is opened, as text; what is empty is not entered."""

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
            "nguồn": self.source,
            "mô tả": self.description,
            "quy trình": self.procedure,
            "lần ban hành": self.issue,
            "hồ sơ": self.case,
            "quy tắc": self.rule,
            "bước": self.step,
            "bằng chứng": self.events,
            "giải thích thời hạn": self.deadline,
            "phiên bản lịch": self.calendar,
        }
        return {name: text for name, text in told.items() if text}
