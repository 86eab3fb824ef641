"""What the programme does by itself: cases open on their day, and units are reminded before what is due."""

from collections.abc import Iterator
from datetime import datetime, time

from engine.agency import Agency
from engine.errands.duty import Duty
from engine.errands.errand import duty_key
from engine.errands.world import read_world
from engine.journal import note
from procedures.calendar.instants import micros
from procedures.durations import parse_duration
from procedures.vietnamese import moment
from procedures.words import say
from quality.digest import language
from quality.notices import tell
from quality.programme.board import Row, Standing, board
from quality.programme.kept import FOLDER, KeptProgrammes
from quality.programme.opening import open_due
from quality.programme.plan import Issued

_HOUR = time(6)
#: Reminders of a plan that declares none.
_REMIND = ("3 ngày làm việc",)


def kept(agency: Agency) -> KeptProgrammes:
    """Return the issued plans of an agency."""
    return KeptProgrammes(agency.root / FOLDER)


def days(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield the present day once its hour has come, where there is any plan."""
    here = now.astimezone(agency.calendar.zone)
    if here.time() >= _HOUR and (agency.root / FOLDER).is_dir():
        yield here.date().isoformat()


def open_cases(agency: Agency, period: str, now: datetime) -> None:
    """Open the cases of everything whose first day has come."""
    opened = open_due(agency.store, agency, kept(agency).current(), now)
    note("programme", day=period, opened=len(opened))


def coming(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield, in office hours, each task due within a time that its plan declares: plan, case, day and that time."""
    if agency.calendar.session_at(micros(now)) is None or read_world(agency.root).mail is None:
        return
    for issued in kept(agency).current():
        rows = _open_rows(agency, issued, now)
        for text in issued.plan.remind or _REMIND:
            until = agency.calendar.due(now, parse_duration(text))
            for row in rows:
                if row.due is not None and now < row.due <= until:
                    yield f"{issued.plan.code}/{row.case}/{row.due:%Y%m%d}/{text}"


def remind(agency: Agency, period: str, now: datetime) -> None:
    """Remind whoever may do a task of a plan that its last day is near; nothing when it is done meanwhile."""
    code, case_id = period.split("/")[:2]
    issued = kept(agency).of(code)
    row = next((row for row in _open_rows(agency, issued, now) if row.case == case_id), None) if issued else None
    if issued is None or row is None or row.due is None:
        return
    with agency.store.reading() as reader:
        held = reader.held(case_id)
    if held is None:
        return
    on, lang = now.astimezone(agency.calendar.zone).date(), language(agency)
    posts = [post for item in held.case.live_items for post in item.posts]
    to = sorted({one.account for post in posts for one in agency.organisation.candidates(post, on)})
    due = moment(row.due.astimezone(agency.calendar.zone), lang)
    subject = say("Task {number} of {plan} is due {due}", number=row.number, plan=code, due=due)
    body = say(
        "{unit}: {name}\nDue {due}. Result: {result}. Case {case}.",
        unit=row.unit,
        name=row.name,
        due=due,
        result=row.result or "—",
        case=case_id,
    )
    tell(agency, duty_key("nhắc chương trình", period), to, (subject.into(lang), body.into(lang) + "\n"), now)


def _open_rows(agency: Agency, issued: Issued, now: datetime) -> list[Row]:
    with agency.store.reading() as reader:
        rows = board(reader, agency, issued, now)
    return [row for row in rows if row.case and row.standing is Standing.IN_WINDOW]


PROGRAMME = Duty(days, open_cases)
REMIND = Duty(coming, remind)
