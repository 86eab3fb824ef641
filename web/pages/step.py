"""Doing a step: only what it needs is asked, what was entered before is shown, and nothing typed is lost."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from urllib.parse import quote

from engine.case import Item
from engine.commands import FinishWork
from engine.files import KINDS, LARGEST
from engine.handle import rules_for
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded, ValueMissing, ValueUnknown, ValueWrong
from engine.refusals.work import OutcomeNeeded
from engine.salts import fresh_salt
from engine.store import Held
from engine.stores.kept_forms import Fields, KeptForms
from procedures.model import DONE, LISTS, BackTo, End, FieldSpec, FieldType, Outcome, Procedure, Step
from procedures.words import say
from visualize.case_words import value_rows, value_words
from web import rows
from web.acts import may_finish
from web.answers import Go, said, status_of
from web.behind import CASES
from web.forms import COMMAND, KEY, Form, Input, new_command, sent_again_under
from web.giving import done_link, give, since
from web.pages.files import attach, listed
from web.parts import Page
from web.reading import held
from web.rows import capital
from web.status import item_tag
from web.visit import Missing, Visit
from web.visiting import scope_at

#: Names in the form: values begin with `f:`; ticks, the outcome, the reason; the button that keeps without sending,
#: and what its script says instead.
_VALUE, _TICK, _OUTCOME, _REASON, _BUTTON, _KEEP, _UNASKED = (
    "f:",
    "viec",
    "ket-qua",
    "ly-do",
    "nut",
    "nhap",
    "nhap-ngam",
)
#: In how many seconds what stands in the form is kept by itself.
_KEEP_EVERY = 20
_NUMERIC = {FieldType.MONEY, FieldType.NUMBER}


def page(visit: Visit, name: str) -> Page | Go:
    """Return the form of a step; what was begun before stands in it."""
    found, item = _found(visit, name)
    kept = KeptForms(visit.agency.store).kept(visit.person or "", found.case.id, item.number)
    form = Form({field: tuple(texts) for field, texts in kept[0].items()}) if kept else Form({})
    note = visit.text(say("Kept at {at}, not sent yet.", at=visit.at(kept[1]))) if kept else ""
    return _form(visit, found, item, form, new_command(), note=note)


def act(visit: Visit, name: str, form: Form) -> Page | Go:
    """Finish the step, or keep the form, or say what is wrong with everything kept."""
    found, item = _found(visit, name)
    kept, case = KeptForms(visit.agency.store), found.case.id
    fields = _typed(form)
    if form.one(_BUTTON) == _UNASKED:
        return _kept_unasked(visit, found, item, fields)
    refused = attach(visit, case, item.number, form)
    if refused is not None:
        kept.keep(visit.person or "", case, item.number, fields, visit.now)
        return _form(visit, held(visit, name), item, form, form.command, refusal=refused)
    if rows.MORE in form.fields and not found.case.over:
        kept.keep(visit.person or "", case, item.number, rows.with_one_more(fields, form.one(rows.MORE)), visit.now)
        return Go(f"{visit.link(visit.path)}#{quote(form.one(rows.MORE))}")
    if form.one(_BUTTON) == _KEEP and not found.case.over:
        kept.keep(visit.person or "", case, item.number, fields, visit.now)
        return Go(visit.link(visit.path))
    answer = give(visit, _command(visit, case, item, form))
    if isinstance(answer, Refusal):
        kept.keep(visit.person or "", case, item.number, fields, visit.now)
        return _form(visit, held(visit, name), item, form, sent_again_under(form, answer), refusal=answer)
    kept.forget(visit.person or "", case, item.number)
    return Go(done_link(visit, answer, "/viec"))


def _kept_unasked(visit: Visit, found: Held, item: Item, fields: Fields) -> Page:
    """Keep what stands in the form while it is filled in, and say when; of work that is done meanwhile nothing."""
    if not item.live:
        return Page("kept.html", "", {"note": visit.text(say("Not kept: this work has been done."))}, 409)
    KeptForms(visit.agency.store).keep(visit.person or "", found.case.id, item.number, fields, visit.now)
    return Page("kept.html", "", {"note": visit.text(say("Kept at {at}, not sent yet.", at=visit.at(visit.now)))})


def keep(visit: Visit, person: str, form: Form) -> None:
    """Keep what somebody sent whose visit had ended, for when they have come in again."""
    theirs = replace(visit, person=person, scope=scope_at(visit.agency, person, visit.now))
    with suppress(Missing):
        found, item = _found(theirs, visit.parts.get("name", ""))
        KeptForms(visit.agency.store).keep(person, found.case.id, item.number, _typed(form), visit.now)


def _typed(form: Form) -> dict[str, tuple[str, ...]]:
    """Return what was filled in, without what the form carries by itself."""
    return {name: texts for name, texts in form.fields.items() if name not in {KEY, COMMAND, _BUTTON, rows.MORE}}


def _command(visit: Visit, case: str, item: Item, form: Form) -> FinishWork:
    return FinishWork(
        id=form.command,
        actor=visit.person or "",
        case=case,
        item=item.number,
        outcome=form.one(_OUTCOME) or None,
        fields=rows.filled_in(form, _VALUE),
        checked=form.all(_TICK),
        reason=form.one(_REASON) or None,
        salt=fresh_salt(),
    )


def _found(visit: Visit, name: str) -> tuple[Held, Item]:
    found = held(visit, name)
    number = visit.parts.get("item", "")
    item = found.case.item(int(number)) if number.isdecimal() and len(number) < len("1000000") else None
    if item is None or item.waits_for != "work" or visit.person is None:
        raise Missing(say("{case} has no work {number} that you can do", case=name, number=number))
    return found, item


def _form(
    visit: Visit,
    found: Held,
    item: Item,
    form: Form,
    command: str,
    *,
    note: str = "",
    refusal: Refusal | None = None,
) -> Page:
    procedure = rules_for(found.case, visit.agency).procedure
    step = procedure.step(item.step)
    closed = None if item.live and refusal is None else refusal
    stopped = may_finish(visit, found, item) if item.live and closed is None else None
    fault, field = _fault(visit, refusal or stopped)
    shows = {
        "case": found.case,
        "number": procedure.number(step.key),
        "total": len(procedure.steps),
        "step": step,
        "tag": item_tag(visit, found.case, item),
        "faults": [(fault, field)] if fault else [],
        "since": since(visit, refusal) if refusal is not None else [],
        "ticks": [(entry, entry in form.all(_TICK)) for entry in step.checklist],
        "forms": [one for one in procedure.forms if one.code in step.forms],
        "inputs": [_input(visit, found, spec, form, refusal) for spec in _collected(procedure, step)],
        "outcomes": list(_outcomes(visit, procedure, step, form)) if _asks(step) else [],
        "reason": _reason(visit, step, form, fault if field == _REASON else ""),
        "with_reason": step.reason_required or _returns(step),
        "before": list(_entered(visit, found, procedure, step)),
        "command": command,
        "note": note,
        "files": listed(visit, found),
        "kinds": ", ".join(KINDS),
        "largest": LARGEST,
        "papers": [(paper, _paper(procedure, paper)) for paper in step.papers],
        "open": item.live and stopped is None,
        "keep_every": _KEEP_EVERY,
        "may_keep": bool(step.collect or step.checklist or _asks(step)),
        "here": visit.link(visit.path),
        "back": visit.link(f"{CASES}/{found.case.id}"),
    }
    return Page("step.html", step.name, shows, status_of(refusal) if refusal is not None else 200)


def _reason(visit: Visit, step: Step, form: Form, fault: str) -> Input:
    """Return the field of the reason: needed everywhere, or only to send something back."""
    hint = visit.text(say("Needed to send something back.")) if _returns(step) else ""
    words, told = visit.text(say("Reason")), form.one(_REASON)
    return Input(_REASON, words, "text", told, required=step.reason_required, hint=hint, fault=fault)


def _paper(procedure: Procedure, paper: str) -> str:
    """Return a form with its name, a result as it is."""
    return next((f"{one.code} {one.name}" for one in procedure.forms if one.code == paper), paper)


def _fault(visit: Visit, refusal: Refusal | None) -> tuple[str, str]:
    """Return the sentence of a refusal and the field that it is about, if it is about one."""
    if refusal is None:
        return "", ""
    field = ""
    if isinstance(refusal, ValueMissing | ValueWrong | ValueUnknown):
        field = _VALUE + refusal.field
    elif isinstance(refusal, ReasonNeeded):
        field = _REASON
    elif isinstance(refusal, OutcomeNeeded):
        field = _OUTCOME
    return said(visit, refusal), field


def _collected(procedure: Procedure, step: Step) -> Iterator[FieldSpec]:
    specs = (procedure.field(name) for name in step.collect)
    return (spec for spec in specs if spec is not None)


def _input(visit: Visit, found: Held, spec: FieldSpec, form: Form, refusal: Refusal | None) -> Input:
    name = _VALUE + spec.name
    entered = found.values.get(spec.name)
    if spec.type in LISTS:
        fault, field = _fault(visit, refusal)
        return rows.asked(visit, name, spec, entered, form, fault if field == name else "")
    value = form.one(name) if name in form.fields else ("" if entered is None else value_words("vi", spec, entered))
    fault, field = _fault(visit, refusal)
    yes_no = ((visit.text(say("Yes")), "có"), (visit.text(say("No")), "không"))
    choices = yes_no if spec.type is FieldType.YES_NO else tuple((choice, choice) for choice in spec.choices)
    kinds = {FieldType.LONG_TEXT: "text", FieldType.YES_NO: "radio", FieldType.CHOICE: "radio"}
    return Input(
        name,
        capital(spec.name),
        kinds.get(spec.type, "line"),  # type: ignore[arg-type]  # the values of the mapping above
        value,
        required=spec.required,
        choices=choices,
        hint=_hint(visit, spec),
        fault=fault if field == name else "",
        numeric=spec.type in _NUMERIC,
    )


def _hint(visit: Visit, spec: FieldSpec) -> str:
    if spec.type is FieldType.MONEY:
        return visit.text(say("For example 12.500.000 or 12,5 triệu."))
    if spec.type is FieldType.DATE:
        return visit.text(say("For example 05/03/2026."))
    return ""


def _outcomes(visit: Visit, procedure: Procedure, step: Step, form: Form) -> Iterator[dict[str, object]]:
    for outcome in step.outcomes:
        yield {
            "label": outcome.label,
            "chosen": form.one(_OUTCOME) == outcome.label,
            "leads": " · ".join(dict.fromkeys(_leads(visit, procedure, outcome))),
        }


def _leads(visit: Visit, procedure: Procedure, outcome: Outcome) -> Iterator[str]:
    for branch in outcome.branches:
        target = branch.target
        if isinstance(target, BackTo):
            step = procedure.step(target.step)
            words = say("↩ back to {number}. {step}", number=procedure.number(step.key), step=step.name)
            yield visit.text(words)
        elif isinstance(target, End):
            yield visit.text(say("⊘ ends: {result}", result=target.result))
        else:
            yield "→ " + ", ".join(f"{procedure.number(key)}. {procedure.step(key).name}" for key in target.steps)


def _asks(step: Step) -> bool:
    """Tell whether there is an outcome to choose."""
    return len(step.outcomes) > 1 or step.outcomes[0].label != DONE


def _returns(step: Step) -> bool:
    return any(isinstance(branch.target, BackTo) for outcome in step.outcomes for branch in outcome.branches)


def _entered(visit: Visit, found: Held, procedure: Procedure, step: Step) -> Iterator[tuple[str, str]]:
    """Yield what was entered at earlier steps, to be read and not typed again."""
    for name, text in found.values.items():
        spec = procedure.field(name)
        if spec is not None and name not in step.collect:
            yield capital(name), "; ".join(value_rows(visit, spec, text))
