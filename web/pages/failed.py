"""When there is no page to show: nothing is here, the form is not ours, or something went wrong."""

from procedures.words import Words, say
from web.forms import COMMAND, Form
from web.parts import Page
from web.visit import Visit

_TITLES = {
    403: say("This form cannot be taken"),
    404: say("Nothing is here"),
    405: say("This cannot be done here"),
    413: say("Too much at once"),
    500: say("The page could not be shown"),
    503: say("The records cannot be read now"),
    507: say("The records cannot be read now"),
}
#: Statuses of what may work a moment later.
_LATER = frozenset({503, 507})
_OTHER = say("The request could not be answered")
_SAID = {
    404: say("The address may be mistyped, or what it names has never been in this agency's records."),
    403: say(
        "It was made before you came in, or by another site. Nothing was changed. Open the page and fill it again."
    ),
    405: say("Pages can be read and forms can be sent; nothing else."),
    413: say("Nothing was changed. Send less at once."),
    500: say("Tell whoever looks after the system the number below; the log has the rest under it."),
}


def page(visit: Visit, status: int, number: str = "", words: Words | None = None, sent: Form | None = None) -> Page:
    """Return the page for a status; `number` is what the log calls the error, `words` what was looked for.

    A form that was `sent` when the records could not be reached is given back whole: sent again, it is done once.
    """
    said = words or _SAID.get(status)
    title = visit.text(_TITLES.get(status, _OTHER))
    command = sent is not None and sent.one(COMMAND) and status in _LATER
    again = [(name, text) for name, texts in sent.fields.items() for text in texts] if sent and command else []
    shows = {"said": visit.text(said) if said else "", "number": number, "status": status, "again": again}
    return Page("failed.html", title, shows, status)
