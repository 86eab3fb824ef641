"""Pages as HTML: the templates, and what every page has around its content."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette import status

from procedures.words import Words, say
from web.behind import CASES, FIND
from web.giving import flash
from web.labels import LABELS
from web.parts import Link, Page
from web.visit import SEARCH, Visit

FOLDER = Path(__file__).parent
OPEN, REVIEW, LEAD, ADMIN = "/ho-so/moi", "/xem-xet", "/dieu-hanh", "/quan-tri"
MENU: dict[str, Words] = {
    "/viec": say("Open work"),
    OPEN: say("Open a case"),
    FIND: say("Find cases"),
    LEAD: say("Overview"),
    "/quy-trinh": say("Procedures"),
    "/chi-tieu": say("Indicators"),
    "/khong-phu-hop": say("Nonconformities"),
    "/so": say("Registers"),
    REVIEW: say("Management review"),
    "/bao-cao": say("Reports and registers"),
    ADMIN: say("Administration"),
}


def render(page: Page, visit: Visit) -> str:
    """Return a page as an HTML document."""
    return (
        environment()
        .get_template(page.template)
        .render(
            L={name: visit.text(words) for name, words in LABELS.items()},
            visit=visit,
            agency=visit.agency.settings.agency,
            title=page.title,
            menu=menu(visit),
            looked_for=(visit.asked(SEARCH) or "") if visit.path in {CASES, FIND} else "",
            finds=visit.person is not None or visit.agency.settings.guests == "read",
            reader=visit.name(visit.person) if visit.person else "",
            flash=flash(visit) if page.status == status.HTTP_200_OK else "",
            as_of=visit.at(visit.now),
            **page.shows,
        )
    )


def menu(visit: Visit) -> list[Link]:
    """Return the main menu, with the part of the site that the visit is in marked."""
    inside = OPEN if visit.path.startswith(OPEN) else "/" + visit.path.split("/")[1]
    inside = FIND if inside == CASES else inside
    hidden = {OPEN} if visit.person is None else set() if visit.reads_all else {REVIEW}
    hidden = hidden if visit.administers else {*hidden, ADMIN}
    shown = (path for path in MENU if path not in hidden)
    live = {"/viec": "work"} if visit.person is not None else {}
    return [
        Link(visit.text(MENU[path]), visit.link(path), here=path == inside, live=live.get(path, "")) for path in shown
    ]


@cache
def environment() -> Environment:
    """Return the templates, made once; everything that is put into them is escaped."""
    return Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
