"""Everything about one case on one page: where it stands, how far it came, what happened, what was entered."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine.audit import chain_fault
from engine.case import Case, Item
from engine.errands.stuck import stuck
from engine.handle import rules_for
from engine.log import Recorded
from engine.store import Held
from procedures.model import LISTS, FieldSpec, FieldType, Procedure
from procedures.vietnamese import number
from procedures.words import Words, say
from quality.policy import HANDLING
from visualize.case_overlay import case_view
from visualize.case_words import holder_words, value_rows, whose
from visualize.drawing import DrawingUnavailable
from visualize.due_words import due_words
from visualize.nonconformity import told_of
from visualize.render import list_twin, svg_sheets, svg_whole
from visualize.timeline import entries
from web import reading, recurrence
from web.acts import mine, offers
from web.behind import CASES
from web.issues import applying
from web.pages import conduct, nonconformity_opening, one_stop
from web.pages.files import listed
from web.pages.opening import may_open
from web.parts import Cell, Head, Link, Page, Table
from web.reading import nonconformities
from web.status import case_tag, time_left
from web.visit import Visit


def page(visit: Visit, name: str) -> Page:
    """Return the page of a case; raises Missing."""
    held = reading.held(visit, name)
    case = held.case
    procedure = rules_for(case, visit.agency).procedure
    with visit.agency.store.reading() as reader:
        log = reader.log(name)
        halted = stuck(reader, case, procedure)
    view = case_view(visit, case)
    shows = {
        "case": case,
        "tag": case_tag(visit, case),
        "acts": list(_acts(visit, held, procedure)),
        "facts": [*_facts(visit, case, procedure), *_stuck(visit, halted)],
        "standing": _standing(visit, case, procedure),
        "drawing": _drawing(visit, case, procedure),
        "sheets": _sheets(visit, case, procedure),
        "twin": list_twin(procedure, lang=visit.lang, case=view),
        "anchored": len(procedure.steps),
        "timeline": _timeline(visit, case, log),
        "files": listed(visit, held),
        "forms": list(one_stop.links(visit, held, log)),
        "values": _values(visit, held, procedure),
        **_known(visit, held),
        "chain": _chain(visit, name, log),
    }
    return Page("case.html", f"{case.id} {case.title}", shows)


def _acts(visit: Visit, held: Held, procedure: Procedure) -> Iterator[Link]:
    """Yield what whoever is in may do now; the steps they may do come first and are marked."""
    at = f"{CASES}/{held.case.id}"
    for item in mine(visit, held):
        step = procedure.step(item.step)
        words = say("Do step {number}: {name}", number=procedure.number(step.key), name=step.name)
        yield Link(visit.text(words), visit.link(f"{at}/buoc/{item.number}"), here=True)
    for offer in offers(visit, held):
        asked = {conduct.NUMBER: str(offer.number) if offer.number else None}
        yield Link(visit.text(offer.act.name), visit.link(f"{at}/lam/{offer.act.key}", asked))
    if held.case.procedure != HANDLING and may_open(visit, HANDLING):
        said = visit.text(say("Open a nonconformity from this case"))
        yield Link(said, visit.link(f"{nonconformity_opening.PATH}/{held.case.id}"))


def _known(visit: Visit, held: Held) -> dict[str, object]:
    """Return, of a nonconformity, its measured effect, the like elsewhere, and what to do when it came again."""
    one = None
    if held.case.procedure == HANDLING:
        one = next((one for one in nonconformities(visit) if one.id == held.case.id), None)
    if one is None:
        return {"known": [], "recurrence": []}
    told = told_of(visit.agency, one, visit.now, visit.lang)
    return {"known": told.lines, "recurrence": list(recurrence.links(visit, held, told))}


def _facts(visit: Visit, case: Case, procedure: Procedure) -> Iterator[tuple[str, Cell]]:
    issue = visit.text(say("{code} {name}, issue {issue}", code=case.procedure, name=procedure.name, issue=case.issue))
    at = visit.link(f"/quy-trinh/{case.procedure}", {"lan": str(case.issue)})
    yield visit.text(say("Procedure")), Cell(issue, at, note=_newer(visit, case))
    opened = say("{at} by {who}", at=visit.at(case.opened_at), who=visit.name(case.opener))
    yield visit.text(say("Opened")), Cell(visit.text(opened), note=case.unit or "")
    if case.due is not None:
        words = due_words(visit, case)
        left = visit.text(time_left(visit, case.due)) if not case.over and case.paused_at is None else ""
        yield visit.text(say("Time limit")), Cell(_capital(visit.text(words)), note=left)
    if case.ended_at is not None:
        yield visit.text(say("Result")), Cell(case.result or "—", note=visit.at(case.ended_at), vi=True)
    if case.paused_at is not None:
        yield visit.text(say("Paused")), Cell(visit.text(say("since {at}", at=visit.at(case.paused_at))))


def _newer(visit: Visit, case: Case) -> str:
    """Say that a case that runs is kept to its issue while another applies by now."""
    now = [] if case.over else [one.issue for one in applying(visit) if one.code == case.procedure]
    if not now or now[0] == case.issue:
        return ""
    words = say("issue {issue} applies by now; this case keeps issue {mine}", issue=now[0], mine=case.issue)
    return _capital(visit.text(words))


def _stuck(visit: Visit, halted: Sequence[tuple[int, Words]]) -> Iterator[tuple[str, Cell]]:
    """Yield that the case stands at a step which no machine does any more, and what can be done."""
    for _, words in halted:
        yield visit.text(say("Stuck")), Cell(_capital(visit.text(words)))


def _standing(visit: Visit, case: Case, procedure: Procedure) -> Table | None:
    if not case.live_items:
        return None
    then = visit if case.paused_at is None else replace(visit, now=case.paused_at)  # clocks stand in a pause
    heads = (say("Step"), say("Who has it"), say("Taken"), say("Due"), say("May come out as"))
    rows = tuple(
        (
            Cell(
                f"{procedure.number(item.step)}. {procedure.step(item.step).name}"
                + (f" ×{item.attempt}" if item.attempt > 1 else ""),
                vi=True,
            ),
            Cell(_holder(visit, item), note=whose(visit, item) if item.assignee is None else item.role or "", vi=True),
            Cell(visit.at(item.claimed_at)),
            Cell(visit.at(item.due), note=visit.text(time_left(then, item.due)) if item.due else ""),
            Cell(" · ".join(outcome.label for outcome in procedure.step(item.step).choices), vi=True),
        )
        for item in case.live_items
    )
    return Table(visit.text(say("Open work of the case")), tuple(Head(visit.text(word)) for word in heads), rows)


def _holder(visit: Visit, item: Item) -> str:
    words = holder_words(visit, item) if item.assignee else "—"
    return words if isinstance(words, str) else visit.text(words)


def _drawing(visit: Visit, case: Case, procedure: Procedure) -> str:
    try:
        return svg_whole(procedure, lang=visit.lang, case=case_view(visit, case)).decode()
    except DrawingUnavailable:
        return ""


def _sheets(visit: Visit, case: Case, procedure: Procedure) -> list[str]:
    try:
        return [sheet.decode() for sheet in svg_sheets(procedure, lang=visit.lang, case=case_view(visit, case))]
    except DrawingUnavailable:
        return []


def _timeline(visit: Visit, case: Case, log: Sequence[Recorded]) -> list[dict[str, str]]:
    told = [
        {
            "at": visit.at(entry.at),
            "machine": entry.at.isoformat(),
            "who": entry.who,
            "what": visit.text(entry.what),
            "look": "late" if record.event.kind == "BreachRecorded" else "",
        }
        for entry, record in zip(entries(visit, case, log), log, strict=True)
    ]
    return told[::-1]


def _values(visit: Visit, held: Held, procedure: Procedure) -> Table | None:
    typed = [(spec, text) for name, text in held.values.items() if (spec := procedure.field(name)) is not None]
    if not typed:
        return None
    heads = (Head(visit.text(say("Field"))), Head(visit.text(say("What was entered"))))
    rows = tuple((Cell(_capital(spec.name), vi=True), _value(visit, spec, text)) for spec, text in typed)
    return Table(visit.text(say("Values entered so far")), heads, rows)


def _value(visit: Visit, spec: FieldSpec, text: str) -> Cell:
    rows = value_rows(visit, spec, text)
    return Cell(rows=rows, vi=True) if spec.type in LISTS else Cell(rows[0], vi=spec.type is not FieldType.YES_NO)


def _chain(visit: Visit, name: str, log: Sequence[Recorded]) -> dict[str, str | bool]:
    fault = chain_fault(name, log)
    count = number(len(log), visit.lang, 0)
    words: Words = (
        fault.words
        if fault is not None
        else say(
            "{count} events, each sealed with the hash of the one before; last seal {seal}",
            count=count,
            seal=log[-1].hash[:16],
        )
    )
    return {"holds": fault is None, "said": visit.text(words)}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
