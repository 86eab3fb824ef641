"""Something that can be done to a case, as data: its words, what it asks for, and the command that it becomes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from engine.case import Case
from engine.commands import CaseCommand
from procedures.words import Words, say
from web.forms import Form
from web.visit import Visit

#: What stands for a text when the engine is asked whether it would take it.
ANYTHING = "…"


#: What can be chosen: the words and the text that stands for it.
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Ask:
    """A field of an act. `sample` is a text that the engine can read, for asking whether it would take any.

    `among` tells the choices from the case and the part of it that the act is about; the first is its sample.
    """

    name: str
    words: Words
    kind: Literal["text", "line", "radio", "choice"] = "text"
    required: bool = True
    choices: tuple[tuple[Words, str], ...] = ()
    sample: str = ANYTHING
    hint: Words | None = None
    among: Callable[[Visit, Case, int], Choices] | None = None

    def offered(self, visit: Visit, case: Case, number: int) -> Choices:
        """Return what can be chosen, in the reader's language."""
        if self.among is not None:
            return self.among(visit, case, number)
        return tuple((visit.text(words), value) for words, value in self.choices)

    def trial(self, visit: Visit, case: Case, number: int) -> str:
        """Return a text with which the engine can be asked whether it would take the act."""
        if self.among is None:
            return self.sample.replace("@", visit.agency.organisation.units[0].name)
        return next((value for _, value in self.among(visit, case, number)), "")


@dataclass(frozen=True, slots=True)
class Given:
    """What an act is done with: by whom, to which case and which part of it (0: the whole), and what the form says."""

    id: str
    actor: str
    case: Case
    number: int
    form: Form

    @property
    def reason(self) -> str:
        """The reason that was written, empty without one."""
        return self.form.one("ly-do")

    @property
    def basis(self) -> str | None:
        """The document that was named as basis."""
        return self.form.one("can-cu") or None

    def make(self, kind: Callable[..., CaseCommand], **told: object) -> CaseCommand:
        """Return a command of this kind, by whoever acts, to the case."""
        return kind(id=self.id, actor=self.actor, case=self.case.id, **told)


def whole(_case: Case) -> Iterable[int]:
    """Say that an act is about the case as a whole."""
    return (0,)


def each_item(case: Case) -> Iterable[int]:
    """Say that an act is about each piece of open work."""
    return (item.number for item in case.live_items)


def nothing_more(_visit: Visit, _case: Case, _number: int) -> Iterator[tuple[Words, str]]:
    """Say that there is nothing to be read before an act."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done to a case. `subjects` are the parts it can be about, `reads` what is read before.

    A `grave` act cannot be undone.
    """

    key: str
    name: Words
    about: Words
    command: Callable[[Given], CaseCommand]
    asks: tuple[Ask, ...] = ()
    subjects: Callable[[Case], Iterable[int]] = whole
    reads: Callable[[Visit, Case, int], Iterable[tuple[Words, str]]] = nothing_more
    grave: bool = False


REASON = Ask("ly-do", say("Reason"))
#: A basis in law is no text of somebody's own: it stays in the log when all that people wrote is erased.
_STAYS = say("Number and day. It stays in the log and cannot be erased: no names of people.")
BASIS = Ask("can-cu", say("Basis: the document that says so"), "line", required=False, hint=_STAYS)
