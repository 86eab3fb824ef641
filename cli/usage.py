"""Wrong usage in the words of this program: what the command-line library finds, said as our own sentences."""

import re
from collections.abc import Iterable

import typer

from procedures.words import Words, say

#: Sentences of the library that carry what is wrong only in their text.
_TOLD = (
    (re.compile(r"No such command '(?P<word>.*?)'\.(?: Did you mean (?P<near>.*)\?)?"), "command"),
    (re.compile(r"Got unexpected extra argument\(s\) \((?P<word>.*)\)"), "extra"),
    (re.compile(r"Option '(?P<word>.*?)' does not take a value"), "alone"),
    (re.compile(r"Option '(?P<word>.*?)' requires"), "needs"),
)


def usage_words(fault: typer.TyperException) -> Words:
    """Say what is wrong with a line; what is not known here keeps the words of the library."""
    message = fault.message
    match type(fault).__name__:
        case "NoSuchOption":
            return _no_such_flag(str(getattr(fault, "option_name", "")), getattr(fault, "possibilities", None) or ())
        case "MissingParameter":
            return say("“{what}” is missing", what=_what(fault))
        case "BadParameter":
            return _bad_value(_what(fault), message)
    for pattern, kind in _TOLD:
        if found := pattern.match(message):
            return _sentence(kind, found["word"], found.groupdict().get("near"))
    if message == "Missing command.":
        return say("a command is missing")
    return Words(fault.format_message().replace("{", "{{").replace("}", "}}"))


def is_help(fault: typer.TyperException) -> bool:
    """Tell whether nothing is wrong but that a group was called without a command: its help is the answer."""
    return type(fault).__name__ == "NoArgsIsHelpError"


def _no_such_flag(flag: str, near: Iterable[str]) -> Words:
    known = ", ".join(sorted(near))
    if known:
        return say("there is no flag {flag}; did you mean {near}?", flag=flag, near=known)
    return say("there is no flag {flag}", flag=flag)


def _sentence(kind: str, word: str, near: str | None) -> Words:
    match kind:
        case "command" if near:
            return say("there is no command “{word}”; did you mean {near}?", word=word, near=near.replace("'", ""))
        case "command":
            return say("there is no command “{word}”", word=word)
        case "extra":
            return say("too much on the line: {words}", words=word)
        case "alone":
            return say("{flag} takes no value", flag=word)
    return say("{flag} needs a value", flag=word)


def _what(fault: typer.TyperException) -> str:
    parameter = getattr(fault, "param", None)
    if parameter is None:
        return str(getattr(fault, "param_hint", None) or "?")
    return str(parameter.metavar or parameter.name if parameter.param_type_name == "argument" else parameter.opts[0])


def _bad_value(flag: str, message: str) -> Words:
    if "valid integer" in message:
        return say("{flag}: write a whole number", flag=flag)
    if found := re.search(r"(greater|less) than or equal to (\d+)", message):
        least = found[1] == "greater"
        return (
            say("{flag}: at least {bound}", flag=flag, bound=found[2])
            if least
            else say("{flag}: at most {bound}", flag=flag, bound=found[2])
        )
    return say("{flag}: {fault}", flag=flag, fault=message)
