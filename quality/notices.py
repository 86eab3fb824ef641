"""Letters to people: one digest a working morning each, and reminders before what is due, never on a day off."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from engine.agency import Agency
from engine.errands.duty import Duty
from engine.errands.errand import duty_key
from engine.errands.mail import deliver
from engine.errands.mail import letter as written
from engine.errands.world import read_world
from engine.journal import note
from engine.stores import errands as queue
from procedures.calendar.instants import micros
from procedures.durations import parse_duration
from procedures.vietnamese import moment
from procedures.words import say
from quality.digest import digest, language, letter
from quality.questions_notices import due_between

#: How long the mail server may take for one letter.
_LIMIT = timedelta(seconds=30)
#: The duty of one letter to one person, which the duty of the morning asks for.
TO_ONE = "thư sáng gửi"


def mornings(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield the present day once its first session has begun: a day off has none, nor has an agency without mail."""
    if _at_work(agency, now) and read_world(agency.root).mail is not None:
        yield now.astimezone(agency.calendar.zone).date().isoformat()


def write_to_all(agency: Agency, period: str, now: datetime) -> None:
    """Ask for a letter to everybody with an address; each is an errand of its own, tried again by itself."""
    people = [person for person in agency.organisation.people if person.email]
    with agency.store.writing() as writer:
        for person in people:
            queue.ask(writer.connection, duty_key(TO_ONE, f"{period}/{person.id}"), TO_ONE, now)
    note("digests", day=period, people=len(people))


def write_to_one(agency: Agency, period: str, now: datetime) -> None:
    """Write one person's letter of a morning, unless there is nothing to tell."""
    account = period.partition("/")[2]
    found = digest(agency, account, now)
    if found.worth_telling:
        subject, body = letter(agency, account, found, now)
        tell(agency, duty_key(TO_ONE, period), [account], (subject, body), now)


def coming_due(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield, in working time, each work item that is due within a declared time: case, number, due and that time."""
    world = read_world(agency.root)
    if not world.remind or world.mail is None or not _at_work(agency, now):
        return
    with agency.store.reading() as reader:
        for text in world.remind:
            until = agency.calendar.due(now, parse_duration(text))
            for case, number, due in due_between(reader, now, until):
                yield f"{case}/{number}/{due:%Y%m%dT%H%MZ}/{text}"


def remind(agency: Agency, period: str, now: datetime) -> None:
    """Remind whoever has a work item, or may take it, that it will be due; nothing when it is done meanwhile."""
    case_id, number = period.split("/")[:2]
    with agency.store.reading() as reader:
        held = reader.held(case_id)
    item = held.case.item(int(number)) if held is not None else None
    if held is None or item is None or not item.live or item.due is None:
        return
    lang = language(agency)
    due = moment(item.due.astimezone(agency.calendar.zone), lang)
    told = {"case": case_id, "title": held.case.title, "step": item.step, "due": due}
    subject = say("Due {due}: {case}, {step}", due=due, case=case_id, step=item.step)
    body = say("{case} — {title}: {step}, due {due}", **told)
    on = now.astimezone(agency.calendar.zone).date()
    may = {one.account for post in item.posts for one in agency.organisation.candidates(post, on)}
    to = [item.assignee] if item.assignee else sorted(may)
    tell(agency, duty_key("nhắc hạn", period), to, (subject.into(lang), body.into(lang) + "\n"), now)


def tell(agency: Agency, key: str, accounts: Iterable[str], said: tuple[str, str], now: datetime) -> None:
    """Send a letter, subject and body, to those of the accounts that have an address; nobody is no fault."""
    known = {person.id: person.email for person in agency.organisation.people}
    to = [address for account in accounts if (address := known.get(account))]
    if to:
        deliver(agency.root, written(key, to, *said, now), _LIMIT)


def _at_work(agency: Agency, now: datetime) -> bool:
    return agency.calendar.session_at(micros(now)) is not None


MORNING = Duty(mornings, write_to_all)
LETTER = Duty(lambda _agency, _now: (), write_to_one)
REMINDER = Duty(coming_due, remind)
