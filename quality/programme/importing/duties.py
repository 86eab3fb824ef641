"""The duties that the last chapter of a plan gives to each agency; those with a time become tasks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procedures.calendar.wording import MisreadError
from procedures.text import fold
from procedures.words import say
from quality.programme.importing.cells import NO_TIME, names
from quality.programme.importing.lines import Line, Notes, joined, numbered
from quality.programme.plan import Part, Task
from quality.programme.windows import Window, parse_window

KEY, NAME = "TC", "Tổ chức thực hiện"
_CHAPTER = re.compile(r"[IVX]+\.\s*to chuc thuc hien.*", re.IGNORECASE)
_LEAD = re.compile(r"\d+\.\s+(?P<who>[^:]+?)(?::\s*(?P<what>.+)?)?$")
_DUTY = re.compile(r"(?:[-+•]|[a-zđ]\))\s+(.+)")
_CLOSED = (".", ";", "/.", ":")
_VERB = re.compile(r" (?=báo cáo |gửi |tổng hợp,? |trình |chủ trì)")
_BODY = re.compile(r"(ubnd|uy ban|so |phong |van phong|cac co quan|cac don vi|ban )")
#: Times within a sentence, over its text without accents.
_TIMES = re.compile(
    r"(?:(?:xong )?truoc ngay|cham nhat(?: la)?(?: ngay)?)\s*\d{1,2}\s*"
    r"(?:/\s*\d{1,2}(?:/\d{4})?|(?:hang|moi) (?:quy|thang))"
    r"|dinh ky 6 thang|dinh ky (?:hang |moi )?(?:quy|thang|nam)|(?:dinh ky )?hang (?:quy|thang|nam)(?! )"
    r"|it nhat \d+ lan ?/ ?nam"
    r"|(?:ngay )?(?:sau )?khi co (?:su )?(?:dieu chinh|thay doi|cong van de nghi|yeu cau|quyet dinh)"
    r"|sau khi (?:hop nhat|sap nhap)"
)
_AT_LEAST = re.compile(r"it nhat \d+ lan ?/ ?nam")
_YEARLY = "Hàng năm"


@dataclass(frozen=True, slots=True)
class _Duty:
    """A duty with who has it, at its line."""

    lead: str
    text: str
    line: Line


def read_duties(lines: Sequence[Line], notes: Notes, *, dated_only: bool) -> tuple[tuple[Part, ...], int]:
    """Return the section of the duties, and how many lines of duty were read.

    With `dated_only` what names no time is left out, because a table says it already; otherwise it is all the year's.
    """
    duties = list(_duties(lines))
    tasks = [
        task for number, duty in enumerate(duties, 1) for task in _tasks(number, duty, notes, dated_only=dated_only)
    ]
    return (Part(key=KEY, name=NAME, tasks=tuple(numbered(tasks))),) if tasks else (), len(duties)


def _duties(lines: Sequence[Line]) -> Iterator[_Duty]:
    begin = next((place for place, line in enumerate(lines) if _CHAPTER.fullmatch(fold(line.text))), len(lines))
    lead, open_ = "", None
    for line in lines[begin + 1 :]:
        if fold(line.text).startswith("noi nhan") or line.cells:
            break
        who, duty = _LEAD.fullmatch(line.text), _DUTY.fullmatch(line.text)
        if who is None and duty is None and open_ is not None and not open_.text.endswith(_CLOSED):
            open_ = _Duty(open_.lead, f"{open_.text} {line.text}", open_.line)
            continue
        if open_ is not None:
            yield open_
        open_ = None
        if who is not None:
            lead = who["who"].strip()
            open_ = _Duty(lead, who["what"], line) if who["what"] else None
        elif duty is not None:
            open_ = _Duty(lead, duty[1], line)
        elif lead and not line.text.endswith(":"):
            open_ = _Duty(lead, line.text, line) if _TIMES.search(fold(line.text)) else None
    if open_ is not None:
        yield open_


def _tasks(number: int, duty: _Duty, notes: Notes, *, dated_only: bool) -> Iterator[Task]:
    text = joined([duty.text])
    windows = list(_windows(text))
    if not windows and dated_only:
        return
    key = f"{KEY}.{number}"
    if not windows:
        notes.put("QT912", duty.line, say("no time is written; “{text}” was put in", text=NO_TIME), key)
    if len(windows) > 1:
        notes.put("QT913", duty.line, say("this duty names several times; look who has to do what by when"), key)
    for window in windows or [parse_window(NO_TIME)]:
        yield Task(key=str(number), name=text.rstrip(" .;"), leads=names(_who(duty.lead, text)), window=window)


def _windows(text: str) -> Iterator[Window]:
    bare = fold(text)
    for found in _TIMES.finditer(bare):
        said = text[found.start() : found.end()] if len(bare) == len(text) else found[0]
        try:
            yield parse_window(_YEARLY if _AT_LEAST.fullmatch(found[0]) else said)
        except MisreadError:
            continue


def _who(lead: str, text: str) -> str:
    """Return whom a duty names as its subject, or whoever has the paragraph."""
    found = _VERB.search(text)
    subject = text[: found.start()] if found else ""
    named = _BODY.match(fold(subject)) is not None and len(subject) < len(text) / 2
    return subject.strip() if named else lead
