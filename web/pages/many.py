"""Several pieces of work at once: first what would become of each, then, each by its own command, what came of it."""

from collections.abc import Iterator, Sequence

from procedures.vietnamese import number
from procedures.words import Words, say
from web.acts import Act
from web.behind import CASES
from web.bulk import TOGETHER, Chosen, chosen, common, do, trial
from web.forms import Form, Input, new_command
from web.parts import Cell, Head, Page, Table, Tag
from web.visit import Missing, Visit

PATH = "/viec/nhieu"
#: Names in the form and in the address: which work, which act; and in the form alone: only to look.
WORK, ACT, LOOK = "viec", "lam", "nhin"


def page(visit: Visit, _name: str) -> Page:
    """Return what would become of each by the choices that the address makes, or that come first."""
    if visit.person is None:
        raise Missing(say("there is no such action"))
    act, those = _act(visit.asked(ACT)), chosen(visit, (visit.asked(WORK) or "").split(","))
    choices = {ask.name: (visit.asked(ask.name) or "",) for ask in act.asks if ask.kind == "choice"}
    return _looked(visit, act, those, _filled(visit, act, those, Form(choices)))


def act(visit: Visit, _name: str, form: Form) -> Page:
    """Look again, or do it to each, one after the other; what one is refused is nothing to the others.

    Either is answered at once: what somebody typed must stand in no address, which browsers and proxies keep.
    """
    if visit.person is None:
        raise Missing(say("there is no such action"))
    doing, those = _act(form.one(ACT)), chosen(visit, form.all(WORK))
    filled = _filled(visit, doing, those, form)
    if form.one(LOOK):
        return _looked(visit, doing, those, filled)
    refused = {one.key: do(visit, doing, one, form, form.command) for one in those}
    return _done(visit, doing, those, filled, refused)


def _looked(visit: Visit, act: Act, those: Sequence[Chosen], form: Form) -> Page:
    refused = {one.key: trial(visit, act, one, form) for one in those}
    able = sum(not why for why in refused.values())
    shows = _shows(visit, act, those, form) | {
        "table": _table(visit, those, refused, say("What will become of them"), say("will be done")) if those else None,
        "told": visit.text(
            say(
                "{able} of {all} will be done; the others stay as they are.",
                able=number(able, visit.lang, 0),
                all=number(len(those), visit.lang, 0),
            )
        ),
        "able": able,
        "command": new_command(),
        "over": False,
    }
    return Page("many.html", visit.text(act.name), shows)


def _done(visit: Visit, act: Act, those: Sequence[Chosen], form: Form, refused: dict[str, str]) -> Page:
    failed = [one for one in those if refused[one.key]]
    shows = _shows(visit, act, failed, form) | {
        "table": _table(visit, those, refused, say("What came of them"), say("has been done")),
        "told": visit.text(
            say(
                "{done} of {all} were done.",
                done=number(len(those) - len(failed), visit.lang, 0),
                all=number(len(those), visit.lang, 0),
            )
        ),
        "able": 0,
        "command": new_command(),
        "over": True,
    }
    return Page("many.html", visit.text(act.name), shows)


def _act(key: str | None) -> Act:
    found = next((act for act in TOGETHER if act.key == key), None)
    if found is None:
        raise Missing(say("there is no such action"))
    return found


def _filled(visit: Visit, act: Act, those: Sequence[Chosen], form: Form) -> Form:
    """Return what was answered to what the act asks; of choices the first that all have, where nothing was."""
    told = {}
    for ask in act.asks:
        first = next((value for _, value in common(visit, ask, those)), "") if ask.kind == "choice" else ""
        told[ask.name] = (form.one(ask.name) or first,)
    return Form(told)


def _shows(visit: Visit, act: Act, those: Sequence[Chosen], form: Form) -> dict[str, object]:
    inputs = [
        Input(
            ask.name,
            visit.text(ask.words),
            ask.kind if ask.kind == "choice" else "line",
            form.one(ask.name),
            ask.required,
            common(visit, ask, those) if ask.kind == "choice" else (),
            visit.text(ask.hint) if ask.hint is not None else "",
        )
        for ask in act.asks
    ]
    return {
        "about": visit.text(act.about),
        "act": act.key,
        "keys": [one.key for one in those],
        "inputs": inputs,
        "told_before": [(one.name, one.value) for one in inputs],
    }


def _table(visit: Visit, those: Sequence[Chosen], refused: dict[str, str], caption: Words, well: Words) -> Table:
    heads = (say("Case"), say("Step"), say("Who has it"), say("What becomes of it"))
    rows = tuple(tuple(_row(visit, one, refused[one.key], well)) for one in those)
    return Table(visit.text(caption), tuple(Head(visit.text(words)) for words in heads), rows)


def _row(visit: Visit, one: Chosen, why: str, well: Words) -> Iterator[Cell]:
    title = one.held.case.title if one.held is not None else ""
    step, item = one.step(visit), one.item
    yield Cell(one.case, visit.link(f"{CASES}/{one.case}") if one.held is not None else "", note=title, vi=True)
    yield Cell(step.name if step is not None else "—", vi=True)
    yield Cell(visit.name(item.assignee) if item is not None and item.assignee else "—", vi=True)
    yield Cell(why, tag=Tag("bold", visit.text(say("not done")))) if why else Cell(visit.text(well))
