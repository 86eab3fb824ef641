"""The morning letter: what somebody has to do, most pressing first, once a working day, when there is something."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.agency import Agency
from engine.case import is_late
from engine.posts import posts_of
from engine.store import Work
from engine.stores.sql import SqlReader
from procedures.vietnamese import day, moment
from procedures.words import Lang, Words, say
from quality.questions_notices import Late, told_of

#: What is due within so many days is named one by one; what is due later is only counted.
_SOON = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person is told on a morning; each line is ready to be read."""

    late: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    soon: tuple[str, ...] = ()
    later: int = 0
    others: tuple[str, ...] = ()  # what is late with others and was told to this person since the last working day

    @property
    def worth_telling(self) -> bool:
        """Tell whether there is anything to do or to see after."""
        return bool(self.late or self.today or self.soon or self.later or self.others)


def digest(agency: Agency, account: str, now: datetime) -> Digest:
    """Return what the person with an account is told at `now` about the work on their list."""
    zone, lang = agency.calendar.zone, language(agency)
    today = now.astimezone(zone).date()
    with agency.store.reading() as reader:
        mine = _mine(agency, reader, account, today)
        told = told_of(reader, account, _last_working_day(agency, today), now)
    running = [work for work in mine if work.case_status == "open"]
    late = [work for work in running if work.due is not None and is_late(now, work.due)]
    rest = [work for work in running if work not in late]
    due_by = [(work, work.due.astimezone(zone).date() if work.due else None) for work in rest]
    return Digest(
        late=_lines(agency, late, lang),
        today=_lines(agency, [work for work, on in due_by if on == today], lang),
        soon=_lines(agency, [work for work, on in due_by if on and today < on <= today + _SOON], lang),
        later=sum(on is None or on > today + _SOON for _, on in due_by),
        others=tuple(_other(agency, one, lang) for one in told),
    )


def letter(agency: Agency, account: str, found: Digest, now: datetime) -> tuple[str, str]:
    """Return subject and body of the letter in the agency's language."""
    lang = language(agency)
    name = agency.organisation.person(account).name
    on = day(now.astimezone(agency.calendar.zone).date())
    subject = say("Work on {day}: {late} late, {today} due today", day=on, late=len(found.late), today=len(found.today))
    parts = [say("To {name},", name=name).into(lang), *_parts(found, lang)]
    parts.append(say("This letter was written by the system; nobody reads answers to it.").into(lang))
    return subject.into(lang), "\n\n".join(parts) + "\n"


def _parts(found: Digest, lang: Lang) -> Iterator[str]:
    groups: tuple[tuple[Words, Sequence[str]], ...] = (
        (say("Late ({count}):", count=len(found.late)), found.late),
        (say("Due today ({count}):", count=len(found.today)), found.today),
        (say("Due within three days ({count}):", count=len(found.soon)), found.soon),
        (say("Late with others, for you to see after ({count}):", count=len(found.others)), found.others),
    )
    for head, lines in groups:
        if lines:
            yield "\n".join([head.into(lang), *(f"- {line}" for line in lines)])
    if found.later:
        yield say("Besides, {count} more to do, due later or without a date.", count=found.later).into(lang)


def _mine(agency: Agency, reader: SqlReader, account: str, today: date) -> list[Work]:
    found = reader.work(posts_of(agency.organisation, account, today), account)
    return [work for work in found if work.assignee in {None, account}]


def _last_working_day(agency: Agency, today: date) -> datetime:
    """Return the beginning of the working day before: what was told since then has not been in a letter yet."""
    at = today - timedelta(days=1)
    while not agency.calendar.sessions_of(at):
        at -= timedelta(days=1)
    return datetime(at.year, at.month, at.day, tzinfo=agency.calendar.zone)


def _lines(agency: Agency, works: Sequence[Work], lang: Lang) -> tuple[str, ...]:
    return tuple(_line(agency, work, lang) for work in works)


def _line(agency: Agency, work: Work, lang: Lang) -> str:
    if work.due is None:
        return f"{work.case} — {work.title}: {work.step}"
    due = moment(work.due.astimezone(agency.calendar.zone), lang)
    return say("{case} — {title}: {step}, due {due}", case=work.case, title=work.title, step=work.step, due=due).into(
        lang
    )


def _other(agency: Agency, told: Late, lang: Lang) -> str:
    case, title, step, due = told
    when = moment(due.astimezone(agency.calendar.zone), lang) if due is not None else "—"
    what = step or say("the whole case").into(lang)
    return say("{case} — {title}: {step}, due {due}", case=case, title=title, step=what, due=when).into(lang)


def language(agency: Agency) -> Lang:
    """Return the language in which an agency writes."""
    return "en" if agency.settings.lang == "en" else "vi"
