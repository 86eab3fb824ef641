"""Actions by their own date: who has one, until when, and who is told before, on and after it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.agency import Agency
from engine.errands.duty import Duty
from engine.errands.errand import duty_key
from engine.errands.world import read_world
from engine.store import Reader
from engine.stores.sql import SqlReader
from procedures.calendar.instants import micros
from procedures.durations import parse_duration
from procedures.organisation import Organisation
from procedures.vietnamese import day
from procedures.words import Words, say
from quality.digest import language
from quality.fields import ACTING, ACTION, ACTION_DUE, OWNER, listed
from quality.notices import tell
from quality.objectives import OBJECTIVES
from quality.policy import HANDLING
from quality.questions_overseen import PROCEDURE, being_done

#: For each procedure whose cases are actions, or have some: the step at which they are done, and what they are called.
_ACTIONS: Mapping[str, tuple[str, str]] = {
    HANDLING: (ACTING, ACTION),
    "QT-HT-05": ("thực hiện", "biện pháp"),
    "QT-HT-07": ("thực hiện", "nội dung hành động"),
    OBJECTIVES: ("thực hiện", "hành động thực hiện"),
}
#: How long before the date is told, where the agency declares nothing.
_REMIND = ("3 ngày làm việc",)
_AT, _AFTER = "đến hạn", "quá hạn"


@dataclass(frozen=True, slots=True)
class Action:
    """An action that is still to be done: in which case, what, by whom, until the end of which day."""

    case: str
    what: str
    owners: tuple[str, ...]
    due: date

    def late(self, on: date) -> bool:
        """Tell whether its day is over."""
        return on > self.due


def open_actions(reader: Reader) -> list[Action]:
    """Return every action that is being carried out and has a date, by date."""
    steps = {code: step for code, (step, _) in _ACTIONS.items()}
    names = {ACTION_DUE, OWNER, *(what for _, what in _ACTIONS.values())}
    doing = being_done(reader, steps, names).items() if isinstance(reader, SqlReader) else ()
    found = [_action(case, values) for case, values in doing if ACTION_DUE in values]
    return sorted(found, key=lambda one: (one.due, one.case))


def coming(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield, in office hours, what is to be told of each action: case, day and when that is, each once."""
    if agency.calendar.session_at(micros(now)) is None or read_world(agency.root).mail is None:
        return
    today = now.astimezone(agency.calendar.zone).date()
    with agency.store.reading() as reader:
        found = open_actions(reader)
    before = read_world(agency.root).remind or _REMIND
    reaches = [(text, agency.calendar.due(now, parse_duration(text))) for text in before]
    for one in found:
        stages = [text for text, until in reaches if today < one.due <= until.astimezone(agency.calendar.zone).date()]
        stages += [_AT] if today == one.due else [_AFTER] if one.late(today) else []
        yield from (f"{one.case}/{one.due.isoformat()}/{stage}" for stage in stages)


def remind(agency: Agency, period: str, now: datetime) -> None:
    """Tell the owners of an action, and whoever heads them once it is late; nothing when it is done meanwhile."""
    case, on, stage = period.split("/")
    with agency.store.reading() as reader:
        one = next((one for one in open_actions(reader) if (one.case, one.due.isoformat()) == (case, on)), None)
    if one is None:
        return
    today, lang = now.astimezone(agency.calendar.zone).date(), language(agency)
    to = [*one.owners, *(heads(agency.organisation, one, today) if stage == _AFTER else ())]
    subject = say("Action of {case} is due {day}", case=case, day=day(one.due))
    if stage == _AFTER:
        subject = say("Action of {case} was due {day}", case=case, day=day(one.due))
    body = told_late(one, agency.organisation) if stage == _AFTER else _coming(one, agency.organisation)
    said = (subject.into(lang), body.into(lang) + "\n")
    tell(agency, duty_key("nhắc hành động", period), dict.fromkeys(to), said, now)


def heads(organisation: Organisation, one: Action, on: date) -> list[str]:
    """Return whoever hears that the owners of an action are late: the nearest heads of their units who are others."""
    told = (who for own in one.owners for unit in organisation.units_of(own, on)
            for who in organisation.told_of(own, unit, on))  # fmt: skip
    return [account for account in dict.fromkeys(told) if account not in one.owners]


def _action(case: str, values: Mapping[str, str]) -> Action:
    what = values.get(_ACTIONS[values[PROCEDURE]][1]) or values[""]
    return Action(case, what, listed(values.get(OWNER, "")), date.fromisoformat(values[ACTION_DUE]))


def _coming(one: Action, organisation: Organisation) -> Words:
    who = _names(one, organisation)
    return say("{case}: {who} is to finish by {day}: {what}", case=one.case, who=who, day=day(one.due), what=one.what)


def told_late(one: Action, organisation: Organisation) -> Words:
    """Say who was to have done what by when."""
    who = _names(one, organisation)
    return say("{case}: {who} was to finish by {day}: {what}", case=one.case, who=who, day=day(one.due), what=one.what)


def _names(one: Action, organisation: Organisation) -> str:
    known = {person.id: person.name for person in organisation.people}
    return ", ".join(known.get(account, account) for account in one.owners) or "—"


ACTIONS = Duty(coming, remind)
