"""The one-stop forms of a case: those that it has come to, each to be kept as a DOCX."""

from collections.abc import Iterator, Sequence

from engine.log import Recorded
from engine.store import Held
from procedures.words import Words, say
from visualize.case_document import DOCX
from visualize.docx import to_docx
from visualize.onestop.forms import due, form
from visualize.onestop.sheets import sheets
from visualize.onestop.told import Told
from web import reading
from web.behind import CASES
from web.parts import File, Link
from web.visit import Missing, Visit


def links(visit: Visit, found: Held, log: Sequence[Recorded]) -> Iterator[Link]:
    """Yield a link to every form that a case has come to."""
    for number in due(Told(visit, found, log)):
        words = say("Form {number}: {name}", number=number, name=sheets()[number].name(visit.lang))
        yield Link(visit.text(words), visit.link(f"{CASES}/{found.case.id}/mau/{number}"))


def file(visit: Visit, name: str) -> File:
    """Give a form out; raises Missing for one that there is not, or that the case has not come to."""
    found, number = reading.held(visit, name), visit.parts.get("form", "")
    if number not in sheets():
        raise Missing(say("there is no form {number}", number=number))
    with visit.agency.store.reading() as reader:
        log = reader.log(name)
    made = form(Told(visit, found, log), number)
    if isinstance(made, Words):
        raise Missing(made)
    return File(f"{name}-mau-{number}.docx", DOCX, to_docx(made))
