"""Certificates of training (QT-HT-14): who has passed which kind of course, until when that counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.case import Case, CaseStatus
from engine.store import Reader
from quality import questions
from quality.fields import listed

TRAINING = "QT-HT-14"
COURSE, KIND, PASSED, NUMBER, UNTIL = (
    "tên khoá",
    "loại khoá",
    "người đạt",
    "số chứng nhận",
    "chứng nhận có giá trị đến",
)
#: The kind of course that makes somebody an auditor.
AUDITORS = "Đánh giá viên nội bộ"
#: The result of a course that was found to have taught nothing.
_IN_VAIN = "chưa hiệu lực"


@dataclass(frozen=True, slots=True)
class Certificate:
    """What somebody has passed; `until` is the last day that it counts, None where it does not end."""

    account: str
    course: str
    case: str
    number: str
    until: date | None

    def counts(self, on: date) -> bool:
        """Tell whether it counts on a day."""
        return self.until is None or on <= self.until


def certificates(reader: Reader, kind: str = AUDITORS) -> dict[str, Certificate]:
    """Return the certificate of a kind of course that lasts longest, by account."""
    found: dict[str, Certificate] = {}
    values = questions.entered(reader, TRAINING)
    for case in reader.cases(procedure=TRAINING):
        for one in _of(case, values.get(case.id, {}), kind):
            other = found.get(one.account)
            if other is None or (one.until or date.max) >= (other.until or date.max):
                found[one.account] = one
    return found


def _of(case: Case, values: Mapping[str, str], kind: str) -> list[Certificate]:
    called_off = case.status in {CaseStatus.WITHDRAWN, CaseStatus.STOPPED} or case.result == _IN_VAIN
    if called_off or values.get(KIND) != kind:
        return []
    until = date.fromisoformat(values[UNTIL]) if values.get(UNTIL) else None
    told = (values.get(COURSE, ""), case.id, values.get(NUMBER, ""), until)
    return [Certificate(account, *told) for account in listed(values.get(PASSED, ""))]
