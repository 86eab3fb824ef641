"""When there is no page to show: nothing is here, only reading is possible, or something went wrong."""

from procedures.words import Words, say
from web.parts import Page
from web.visit import Visit

_TITLES = {
    404: say("Nothing is here"),
    405: say("This site only reads"),
    500: say("The page could not be shown"),
    503: say("The records cannot be read now"),
    507: say("The records cannot be read now"),
}
_OTHER = say("The request could not be answered")
_SAID = {
    404: say("The address may be mistyped, or what it names has never been in this agency's records."),
    405: say("Pages can be read here; nothing can be entered or changed."),
    500: say("Tell whoever looks after the system the number below; the log has the rest under it."),
}


def page(visit: Visit, status: int, number: str = "", words: Words | None = None) -> Page:
    """Return the page for a status; `number` is what the log calls the error, `words` what was looked for."""
    said = words or _SAID.get(status)
    title = visit.text(_TITLES.get(status, _OTHER))
    shows = {"said": visit.text(said) if said else "", "number": number, "status": status}
    return Page("failed.html", title, shows, status)
