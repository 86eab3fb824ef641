"""What reviewers say of a wording of a procedure: agree, disagree, or a remark, on the whole of it or on one step."""

from dataclasses import replace

from engine.refusal import Refusal
from engine.refusals.remarks import WordingChanged
from engine.remarks import STANCES, Remark, objection, standing
from engine.stores.remarks import Remarks
from procedures.release import Release
from procedures.vietnamese import number
from procedures.words import Words, say
from visualize.remark_words import STANCE, step_words
from web import visit as v
from web.answers import Go, said, status_of
from web.forms import Form, Input, new_command, sent_again_under
from web.issues import asks_for, name_of, wording
from web.parts import Cell, Head, Page, Table
from web.visit import Missing, Visit

_STANCE, _STEP, _TEXT, _READ = "y-kien", "buoc", "noi-dung", "ban-doc"


def path(name: str) -> str:
    """Return where something is said of a procedure."""
    return f"/quy-trinh/{name}/gop-y"


def form(visit: Visit, name: str) -> Page:
    """Return the form; raises Missing for a wording that there is not."""
    return _form(visit, _read(visit, name), Form({}), new_command())


def act(visit: Visit, name: str, form: Form) -> Page | Go:
    """Take it down and go back to the procedure; what cannot be taken down stays in the form."""
    shown = _read(visit, name)
    asked = form.one(_STANCE)
    if asked not in STANCES:
        fault = visit.text(say("Choose whether you agree, disagree, or only remark."))
        return _form(visit, shown, form, form.command, (fault, _STANCE))
    remark = Remark(
        form.command,
        shown.code,
        shown.issue,
        shown.hash,
        visit.person or "",
        asked,
        form.one(_TEXT),
        visit.now,
        form.one(_STEP) or None,
    )
    refusal: Refusal | None = objection(remark, shown.procedure)
    if form.one(_READ) != shown.hash:
        refusal = WordingChanged(name)
    if refusal is not None:
        field = _TEXT if refusal.nature == "incomplete" else ""
        return _form(visit, shown, form, form.command, (said(visit, refusal), field), status_of(refusal))
    reused = Remarks(visit.agency.store).take_down(remark)
    if reused is not None:
        return _form(visit, shown, form, sent_again_under(form, reused), (said(visit, reused), ""), status_of(reused))
    return Go(visit.link(f"/quy-trinh/{name}", {v.ISSUE: asks_for(shown)}) + "#gop-y")


def table(visit: Visit, shown: Release) -> Table | None:
    """Return what was said of an issue, the newest on top; None when nothing was, and for guests."""
    found = _said(visit, shown)
    if not found:
        return None
    heads = (say("Reviewer"), say("Opinion"), say("About"), say("What was said"), say("When"))
    rows = tuple(_row(visit, shown, one) for one in reversed(found))
    caption = visit.text(say("Remarks on {name}", name=shown.name))
    return Table(caption, tuple(Head(visit.text(word)) for word in heads), rows)


def stances(visit: Visit, shown: Release) -> str:
    """Say how many agree with exactly this wording and how many do not; empty when nobody has said."""
    judged = [one.stance for one in standing(_said(visit, shown), shown.hash).values()]
    if not judged:
        return ""
    agree, disagree = (number(judged.count(one), visit.lang, 0) for one in ("agree", "disagree"))
    return visit.text(say("This wording: {agree} agree, {disagree} disagree.", agree=agree, disagree=disagree))


def _said(visit: Visit, shown: Release) -> list[Remark]:
    if visit.person is None:
        return []
    return [one for one in Remarks(visit.agency.store).about(shown.code) if one.issue == shown.issue]


def _row(visit: Visit, shown: Release, one: Remark) -> tuple[Cell, ...]:
    earlier = "" if one.hash == shown.hash else visit.text(say("of an earlier wording"))
    return (
        Cell(visit.name(one.person), vi=True),
        Cell(visit.text(STANCE[one.stance]), note=earlier),
        Cell(step_words(shown.procedure, one.step) or visit.text(say("the whole of it")), vi=one.step is not None),
        Cell(one.text or "—", vi=True),
        Cell(visit.at(one.at)),
    )


def _read(visit: Visit, name: str) -> Release:
    if visit.person is None:
        raise Missing(say("there is no page {path}", path=visit.path))
    return wording(visit, name, visit.asked(v.ISSUE))


def _form(
    visit: Visit, shown: Release, form: Form, command: str, fault: tuple[str, str] = ("", ""), status: int = 422
) -> Page:
    procedure = shown.procedure
    steps = tuple((step_words(procedure, step.key), step.key) for step in procedure.steps)
    asked = [
        Input(
            _STANCE,
            visit.text(say("Opinion")),
            "radio",
            form.one(_STANCE),
            required=True,
            choices=tuple((visit.text(STANCE[one]), one) for one in STANCES),
        ),
        Input(
            _STEP,
            visit.text(say("About")),
            "choice",
            form.one(_STEP) or visit.asked(v.STEP) or "",
            choices=((visit.text(say("the whole of it")), ""), *steps),
        ),
        Input(
            _TEXT,
            visit.text(say("What was said")),
            "text",
            form.one(_TEXT),
            hint=visit.text(say("What should be different, and why. Only agreement needs no words.")),
        ),
    ]
    words: Words = say("Say what you think of {code}", code=shown.code)
    shows = {
        "procedure": procedure,
        "about": visit.text(name_of(shown)),
        "inputs": [replace(one, fault=fault[0] if one.name == fault[1] else "") for one in asked],
        "command": command,
        "read": (_READ, shown.hash),
        "faults": [fault] if fault[0] else [],
        "remarks": table(visit, shown),
        "action": visit.here(),
        "back": visit.link(f"/quy-trinh/{shown.code}", {v.ISSUE: asks_for(shown)}),
    }
    return Page("remarks.html", visit.text(words), shows, status if fault[0] else 200)
