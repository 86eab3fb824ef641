"""Which vocabulary a file is written in, and the one finding for all keys of the other."""

from procedures import vocabulary
from procedures.finding import Edit, Related
from procedures.reading.desk import Desk
from procedures.reading.names import suggest
from procedures.source import Node
from procedures.words import Lang, say


def language_of(root: Node) -> Lang:
    """Tell the vocabulary by the first key that is known, or nearly known."""
    keys = [key.text for key, _ in root.entries]
    for key in keys:
        told = vocabulary.told_by(key)
        if told is not None:
            return told
    for key in keys:
        for lang in ("vi", "en"):
            if suggest(key, vocabulary.keys("root", lang))[1]:
                return lang
    return "vi"


def tell_strangers(desk: Desk) -> None:
    """Report the keys of the other vocabulary, all in one finding with all its mends."""
    if not desk.strangers:
        return
    (span, key, right), *others = sorted(desk.strangers)
    message = (
        say("“{key}” is an English key in a file with Vietnamese keys", key=key)
        if desk.lang == "vi"
        else say("“{key}” is a Vietnamese key in a file with English keys", key=key)
    )
    desk.fault(
        "QT103",
        span,
        message,
        label=say("and {count} more", count=len(others)) if others else None,
        help=say("a file keeps to one vocabulary; here it is “{key}”", key=right),
        related=[Related(other, say("write “{key}”", key=mend)) for other, _, mend in others],
        fix=[Edit(at, mend) for at, _, mend in (desk.strangers)],
    )
