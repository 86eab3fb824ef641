"""What `quytrinh doctor` looks at, looked at when it is asked for: each thing with what mends it."""

from procedures.words import say
from visualize.health import Examination, of_agency, on_machine
from web.pages.admin import PATH as ADMIN
from web.pages.admin import guarded
from web.parts import Cell, Head, Page, Table
from web.visit import Visit

PATH = f"{ADMIN}/tinh-trang"


def page(visit: Visit, _name: str) -> Page:
    """Return everything that was looked at, what is not well on top; raises Missing for whoever does not administer."""
    guarded(visit)
    found = [*on_machine(visit.agency.root), *of_agency(visit.agency, visit.now)]
    ill = [one for one in found if not one.well]
    heads = tuple(Head(visit.text(word)) for word in (say("Looked at"), say("How it is"), say("What mends it")))
    rows = tuple(_row(visit, one) for one in (*ill, *(one for one in found if one.well)))
    shows = {
        "table": Table(visit.text(say("{count} things are not well", count=len(ill))), heads, rows),
        "back": visit.link(ADMIN),
    }
    return Page("admin_log.html", visit.text(say("Health of the system")), shows)


def _row(visit: Visit, one: Examination) -> tuple[Cell, ...]:
    ill = say("mend it now") if one.urgent else say("mend it in time")
    remedy = visit.text(one.remedy) if one.remedy is not None and not one.well else "—"
    return Cell(visit.text(one.name)), Cell(visit.text(say("✓ well") if one.well else ill)), Cell(remedy)
