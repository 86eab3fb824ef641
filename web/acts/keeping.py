"""Acts about what people wrote in a case that is over: one of it is erased, and the log still verifies."""

from collections.abc import Iterator
from dataclasses import replace

from engine.carry_out import called_in_all
from engine.case import Case
from engine.commands import CaseCommand, EraseValues
from engine.texts import TITLE
from procedures.vietnamese import number
from procedures.words import Words, say
from visualize.own_words import in_the_log, own_words
from web.acts.act import BASIS, REASON, Act, Ask, Choices, Given
from web.visit import Visit

_WHAT, _TEXT, _VALUE = "dieu-can-xoa", "lời văn:", "thông tin:"
#: So much of what stands there is shown, to choose by. Nothing is chosen beforehand: what is erased is gone.
_SHOWN = 60


def _erasable(visit: Visit, case: Case, _number: int) -> Choices:
    """Return what can be erased, once the case is over."""
    if case.ended_at is None:
        return ()
    with visit.agency.store.reading() as reader:
        held, log = reader.held(case.id), reader.log(case.id)
    values = held.values if held is not None else {}
    texts = own_words(visit, case, log)
    return (
        *((_line(visit.text(one.what), one.text), f"{_TEXT}{one.place}") for one in texts),
        *((_line(name, text), f"{_VALUE}{name}") for name, text in values.items()),
    )


def _beside(visit: Visit, case: Case, _number: int) -> Iterator[tuple[Words, str]]:
    """Yield what goes with the title, and what does not go at all."""
    with visit.agency.store.reading() as reader:
        called, log = called_in_all(reader, case.id), reader.log(case.id)
    if called and any(one.place == TITLE for one in log[0].texts):
        yield say("The title goes in the cases that this one has called, too"), number(len(called), visit.lang, 0)
    if stays := [visit.text(words) for words in in_the_log(visit, case, log)]:
        yield say("Release 0.1.0 wrote this into the log itself; it cannot be erased"), "; ".join(stays)


def _line(what: str, text: str) -> str:
    said = " ".join(text.split())
    return f"{what}: {said if len(said) <= _SHOWN else said[:_SHOWN] + '…'}"


def _erasing(given: Given) -> CaseCommand:
    chosen = given.form.one(_WHAT)
    return given.make(
        EraseValues,
        names=() if chosen.startswith(_TEXT) else (chosen.removeprefix(_VALUE),),
        texts=(chosen.removeprefix(_TEXT),) if chosen.startswith(_TEXT) else (),
        reason=given.reason,
        basis=given.form.one("can-cu"),
    )


ACTS = (
    Act(
        "xoa",
        say("Erase something that was written"),
        say("It is gone for good, the log still verifies. Reason and basis stay: do not repeat there what is erased."),
        _erasing,
        (
            Ask(_WHAT, say("What is to be erased"), "radio", among=_erasable),
            REASON,
            replace(BASIS, required=True),
        ),
        reads=_beside,
        grave=True,
    ),
)
