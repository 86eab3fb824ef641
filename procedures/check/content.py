"""Rules on what an ISO procedure should contain (QT602 to QT605)."""

from collections.abc import Iterator

from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.words import Words, say


def names_risks(subject: Subject) -> Iterator[Finding]:
    """QT602: risks are thought of."""
    if not subject.procedure.risks:
        yield _hint(
            subject,
            "QT602",
            say("the procedure names no risks (ISO 9001:2015, clauses 6.1 and 8.1)"),
            say("add “rủi ro:”, or write  rủi ro: không áp dụng — with the reason"),
        )


def names_records(subject: Subject) -> Iterator[Finding]:
    """QT603: it is said what is kept, where and for how long."""
    if not subject.procedure.records:
        yield _hint(
            subject,
            "QT603",
            say("the procedure does not say which records are kept (ISO 9001:2015, clause 7.5)"),
            say("add “hồ sơ lưu:” with the place and the time"),
        )


def has_scenarios(subject: Subject) -> Iterator[Finding]:
    """QT604: examples are declared."""
    if not subject.procedure.scenarios:
        yield _hint(
            subject,
            "QT604",
            say("the procedure has no sample cases"),
            say("add “thử:” with at least one case that is granted and one that is refused"),
        )


def has_indicators(subject: Subject) -> Iterator[Finding]:
    """QT605: quality targets are declared."""
    if not subject.procedure.indicators:
        yield _hint(
            subject,
            "QT605",
            say("the procedure has no quality targets (ISO 9001:2015, clause 6.2)"),
            say("add “chỉ tiêu:”, for example:  CT1: đúng hạn ít nhất 95% mỗi quý"),
        )


def _hint(subject: Subject, code: str, message: Words, mend: Words) -> Finding:
    return Finding(code, Severity.HINT, message, subject.places.at("procedure"), help=mend)
