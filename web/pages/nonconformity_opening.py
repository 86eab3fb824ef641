"""Opening a nonconformity by hand from a case: what it is about is asked, what there was to see is taken along."""

from engine.refusal import Refusal
from engine.salts import fresh_salt
from procedures.shelf import NotOnShelf
from procedures.words import say
from quality import fields
from quality.candidate import accepted
from quality.nonconformity import by_hand, from_record
from quality.policy import HANDLING
from web.answers import Go, said, status_of
from web.behind import CASES
from web.forms import Form, Input, new_command, sent_again_under
from web.giving import give
from web.pages.opening import may_open
from web.parts import Page
from web.reading import held
from web.visit import Missing, Visit

PATH = "/khong-phu-hop/mo"
_TITLE, _SOURCE, _STEP = "trich-yeu", "nguon", "buoc"


def form(visit: Visit, name: str) -> Page:
    """Return the form that opens a nonconformity from a case; raises Missing where somebody may not open one."""
    return _form(visit, name, Form({}), new_command())


def act(visit: Visit, name: str, form: Form) -> Page | Go:
    """Open it and go on to its first step."""
    _allowed(visit)
    case, title = held(visit, name).case, form.one(_TITLE)
    if not title:
        return _form(visit, name, form, form.command, (visit.text(say("Say what the case is about.")), _TITLE))
    with visit.agency.store.reading() as reader:
        evidence = from_record(case, reader.log(case.id), title, form.one(_SOURCE), form.one(_STEP))
    try:
        handling = visit.agency.shelf.current(HANDLING, visit.today.date()).procedure
    except NotOnShelf as refusal:
        raise Missing(refusal.words) from refusal
    command = by_hand(form.command, visit.person or "", title, salt=fresh_salt())
    answer = give(visit, command.model_copy(update={"fields": accepted(handling, evidence)}))
    if isinstance(answer, Refusal):
        again = sent_again_under(form, answer)
        return _form(visit, name, form, again, (said(visit, answer), ""), status_of(answer))
    return Go(visit.link(f"{CASES}/{answer.case}"))


def _form(
    visit: Visit, name: str, form: Form, command: str, fault: tuple[str, str] = ("", ""), status: int = 422
) -> Page:
    _allowed(visit)
    case = held(visit, name).case
    procedure = visit.agency.shelf.release(case.procedure, case.issue).procedure
    sources = (fields.FROM_ELSEWHERE, *fields.FROM_AUDITS, fields.FROM_COMPLAINTS)
    steps = (("—", ""), *((f"{procedure.number(one.key)}. {one.name}", one.key) for one in procedure.steps))
    inputs = [
        Input(
            _TITLE,
            visit.text(say("What does not conform")),
            value=form.one(_TITLE),
            required=True,
            hint=visit.text(say("In one line, as it will stand in lists and registers.")),
            fault=fault[0] if fault[1] else "",
        ),
        Input(_SOURCE, visit.text(say("Source")), "choice", form.one(_SOURCE), choices=tuple((s, s) for s in sources)),
        Input(_STEP, visit.text(say("At which step")), "choice", form.one(_STEP), choices=steps),
    ]
    shows = {
        "case": case,
        "inputs": inputs,
        "command": command,
        "faults": [fault] if fault[0] else [],
        "back": visit.link(f"{CASES}/{case.id}"),
    }
    title = visit.text(say("Open a nonconformity from {case}", case=case.id))
    return Page("nonconformity_opening.html", title, shows, status if fault[0] else 200)


def _allowed(visit: Visit) -> None:
    if not may_open(visit, HANDLING):
        raise Missing(say("there is no procedure {code} that you may open", code=HANDLING))
