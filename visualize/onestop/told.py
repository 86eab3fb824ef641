"""What a one-stop form is filled from: a case as its events tell it, and what is known of each place."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from engine.case import Case
from engine.events import CaseEnded, WorkFinished
from engine.handle import rules_for
from engine.log import Recorded
from engine.matters import ExtensionRequest, Supplement
from engine.store import Held
from procedures.model import DONE, Kind, Procedure
from procedures.text import fold
from procedures.values import from_text
from procedures.vietnamese import day, moment
from procedures.words import say
from visualize.case_words import Reading, name_of
from visualize.dateline import ngay
from visualize.onestop.sheets import field_names

#: What is printed where nothing is known.
BLANK = "." * 40
_CLOCKS = {
    "restart": say("counted anew once everything has come"),
    "pause": say("stands until everything has come"),
    "exclude": say("stands until everything has come"),
    "none": say("runs on"),
}


@dataclass(frozen=True)
class Told:
    """A case and who reads it."""

    reading: Reading
    held: Held
    log: Sequence[Recorded]

    @property
    def case(self) -> Case:
        """The case."""
        return self.held.case

    @cached_property
    def procedure(self) -> Procedure:
        """The issue that it runs under."""
        return rules_for(self.case, self.reading.agency).procedure

    @property
    def unit(self) -> str:
        """The unit that answers for it to whoever applied."""
        return self.case.unit or self.procedure.owner_unit

    @property
    def supplement(self) -> Supplement | None:
        """The last request for what the dossier lacks."""
        return self.case.supplements[-1] if self.case.supplements else None

    @property
    def extension(self) -> ExtensionRequest | None:
        """The last request for more time."""
        return self.case.extensions[-1] if self.case.extensions else None

    @cached_property
    def ending(self) -> CaseEnded | None:
        """How it ended, if it has."""
        found = (record.event for record in reversed(self.log) if isinstance(record.event, CaseEnded))
        return next(found, None) if self.case.over else None

    @property
    def refused(self) -> bool:
        """Tell whether it was ended by a refusal."""
        return self.ending is not None and fold(self.ending.result).startswith(fold("từ chối"))

    @property
    def stopped(self) -> bool:
        """Tell whether it was ended without a result: by the agency, or at an end that says so."""
        return self.ending is not None and (
            self.ending.stopped or fold(self.ending.result).startswith(fold("dừng giải quyết"))
        )

    @cached_property
    def why(self) -> str:
        """With which reason it ended: its own, or that of the step whose outcome ended it, or that outcome itself."""
        if self.ending is None:
            return ""
        last = next((record.event for record in reversed(self.log) if isinstance(record.event, WorkFinished)), None)
        if self.ending.reason or last is None:
            return self.ending.reason or ""
        item = self.case.item(last.item)
        named = self.procedure.step(item.step).name if item is not None else ""
        return last.reason or (f"{named}: {last.outcome}" if named and last.outcome != DONE else "")

    def entered(self, place: str) -> str:
        """Return what was entered under one of the names that belong in a place; empty where nothing was."""
        known = {fold(name): name for name in self.held.values}
        name = next((known[wanted] for wanted in field_names(place) if wanted in known), None)
        if name is None:
            return ""
        spec = self.procedure.field(name)
        value = from_text(spec, self.held.values[name]) if spec is not None else self.held.values[name]
        return day(value) if isinstance(value, date) else self.held.values[name]

    @property
    def applicant(self) -> str:
        """Whose dossier it is: as entered; of internal work whoever opened it."""
        entered = self.entered("applicant")
        return entered or ("" if self.procedure.kind is Kind.SERVICE else name_of(self.reading, self.case.opener))

    def local(self, at: datetime) -> datetime:
        """Return an instant in the agency's zone."""
        return at.astimezone(self.reading.agency.calendar.zone)

    def at(self, at: datetime | None) -> str:
        """Return an instant as forms write it, with hour and minute; empty for None."""
        if at is None:
            return ""
        here = self.local(at)
        if self.reading.lang == "en":
            return moment(here, "en")
        return f"{here.hour:02d} giờ {here.minute:02d} phút, {ngay(here.year, here.month, here.day)}"


def filled(told: Told, place: str) -> str | tuple[str, ...]:
    """Return what is known of a place of a form; several lines for a list, empty where nothing is known."""
    found = PLACES.get(place)
    return found(told) if found is not None else told.entered(place)


def _dossier(told: Told) -> tuple[str, ...]:
    """Return what came with the dossier: the files of its first step, and what was ticked there."""
    first = {item.number for item in told.case.attempts(told.procedure.start.key)}
    names = [told.held.values.get(one.name, "") for one in told.case.files if one.item in first]
    finished = (record.event for record in told.log if isinstance(record.event, WorkFinished))
    ticked = [name for event in finished if event.item in first for name in event.checked]
    return tuple(dict.fromkeys(filter(None, (*names, *ticked))))


def _coordinating(told: Told) -> str:
    units = dict.fromkeys(item.unit for item in told.case.items if item.unit and item.unit != told.unit)
    return "; ".join(unit for unit in units if unit)


def _helper(told: Told) -> str:
    return name_of(told.reading, told.supplement.by) if told.supplement is not None else ""


def _new_due(told: Told) -> str:
    asked = told.extension
    return told.at(told.case.due) if asked is not None and asked.granted else ""


def _clock(told: Told) -> str:
    return _CLOCKS[told.supplement.clock].into(told.reading.lang) if told.supplement is not None else ""


def _limit(told: Told) -> str:
    course = told.case.course
    return course.within.text if course is not None else ""


PLACES: Mapping[str, Callable[[Told], str | tuple[str, ...]]] = {
    "case": lambda told: told.case.id,
    "unit": lambda told: told.unit,
    "applicant": lambda told: told.applicant,
    "request": lambda told: told.case.title,
    "procedure": lambda told: f"{told.procedure.code} – {told.procedure.name}",
    "dossier": _dossier,
    "limit": _limit,
    "received": lambda told: told.at(told.case.opened_at),
    "promised": lambda told: told.at(told.case.promised),
    "coordinating": _coordinating,
    "lacking": lambda told: told.supplement.lacking if told.supplement is not None else (),
    "supplement_reason": lambda told: told.supplement.reason if told.supplement is not None else "",
    "supplement_clock": _clock,
    "supplement_by": lambda told: told.at(told.supplement.expires) if told.supplement is not None else "",
    "supplement_from": _helper,
    "extension_reason": lambda told: told.extension.reason if told.extension is not None else "",
    "apology": lambda told: told.extension.apology if told.extension is not None else "",
    "extended_due": _new_due,
    "ended": lambda told: told.at(told.case.ended_at),
    "ended_reason": lambda told: told.why,
    "ended_basis": lambda told: (told.ending.basis or "") if told.ending is not None else "",
}
