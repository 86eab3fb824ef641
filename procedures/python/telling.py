"""What a refused or failed definition is told: one finding in plain words, at the line that caused it."""

from collections.abc import Mapping, Sequence

from procedures.finding import Finding, Severity, Span
from procedures.words import Words, say

_OTHER_WAY = say("write the definition with the builder alone; a definition only says what a procedure is")
_ALLOWED = say("it may import: procedures, datetime, decimal, functools, itertools, math")

#: Door → code, what was tried (“{what}” is the word or function), and what to do.
_DOORS: Mapping[str, tuple[str, Words, Words]] = {
    "twice": ("QT004", say("“{name}” is written twice"), say("keep one of the two, or give one another name")),
    "import": ("QT033", say("a definition may not import “{what}”"), _ALLOWED),
    "files": ("QT034", say("the definition reaches for files (“{what}”); it was stopped"), _OTHER_WAY),
    "network": ("QT035", say("the definition reaches for the network (“{what}”); it was stopped"), _OTHER_WAY),
    "processes": ("QT036", say("the definition starts or stops other programs (“{what}”); it was stopped"), _OTHER_WAY),
    "inside": ("QT037", say("the definition reaches into the inside of Python (“{what}”); it was stopped"), _OTHER_WAY),
    "time": ("QT038", say("the definition does not come to an end; it was stopped"), say("look for an endless loop")),
    "memory": (
        "QT038",
        say("the definition uses too much memory; it was stopped"),
        say("look for a huge text or list"),
    ),
    "output": ("QT038", say("the definition says too much; it was stopped"), say("a procedure is a few pages")),
    "print": ("QT039", say("the definition prints or asks (“{what}”); it was stopped"), _OTHER_WAY),
    "leave": ("QT039", say("the definition ended before its answer (“{what}”)"), _OTHER_WAY),
}
_MISUSES: Mapping[str, Words] = {
    "truth": say("conditions are joined by & | ~ in brackets, not by “and”, “or”, “not” or a < b < c"),
    "float": say("a number with a point is not exact; write whole numbers, Decimal, or a text such as “1,5”"),
    "condition": say("a condition is made with field(…) and a comparison, not with a function or a text"),
    "value": say("this kind of value cannot stand in a definition"),
    "step": say("only step(…) stands in “steps”, only sample(…) in “tests”"),
}
_UNWANTED = say("leave out --no-python to read it, or write it as YAML")
_LONGEST = 300


def refused(told: object, file: str) -> Finding:
    """Return the finding about an act that was refused."""
    parts = told if isinstance(told, dict) else {}
    code, words, help_ = _DOORS.get(str(parts.get("door")), _DOORS["leave"])
    what = _short(parts.get("what"))
    said = Words(words.template, {"what": what, "name": what})
    return Finding(code, Severity.ERROR, said, _span(parts.get("place"), file), help=help_)


def failed(told: object, file: str) -> Finding:
    """Return the finding about a text that is no Python, or that stops with an error."""
    parts = told if isinstance(told, dict) else {}
    kind, text = _short(parts.get("kind")), _short(parts.get("text"))
    span = _span(parts.get("place"), file)
    if kind == "misuse" and text in _MISUSES:
        return Finding("QT031", Severity.ERROR, _MISUSES[text], span)
    if kind == "syntax":
        return Finding("QT031", Severity.ERROR, say("this is no Python: {fault}", fault=text), span)
    said = say("the definition stops with an error: {fault}", fault=f"{kind}: {text}")
    return Finding("QT031", Severity.ERROR, said, span)


def not_one(count: int, file: str, span: Span | None) -> Finding:
    """Return the finding about a file that declares no procedure, or several."""
    words = (
        say("the file declares {count} procedures; it must be one", count=count)
        if count
        else say("the file declares no procedure")
    )
    help_ = say("write procedure(…) exactly once in a file")
    return Finding("QT032", Severity.ERROR, words, span or Span(file, 1, 1, 1, 2), help=help_)


def unread(file: str, help_: Words = _UNWANTED) -> Finding:
    """Return the finding about a Python definition that nobody wanted to read, or that cannot be read here."""
    return Finding(
        "QT030",
        Severity.ERROR,
        say("this definition is written in Python and was not read"),
        Span(file, 1, 1, 1, 2),
        help=help_,
    )


def _span(place: object, file: str) -> Span:
    if not isinstance(place, Sequence) or len(place) != 4 or not all(isinstance(n, int) and n > 0 for n in place):  # noqa: PLR2004 - a place is four numbers
        return Span(file, 1, 1, 1, 2)
    line, column, end_line, end_column = place
    return Span(file, line, column, *max((end_line, end_column), (line, column + 1)))


def _short(text: object) -> str:
    said = "".join(character if character.isprintable() else " " for character in str(text or ""))
    return said[:_LONGEST]
