"""What people write in their own words: the log has a blinded digest of it, the words lie where they can be erased."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Annotated, TypeVar, get_args, get_origin, get_type_hints

from engine.fact import Event, Fact
from engine.salts import blinded, fresh_salt, value_salt

_OWN_WORDS = "own words"
#: The type of a field, of an event or of a command, that holds what somebody wrote; also several of them, in a tuple.
Text = Annotated[str, _OWN_WORDS]
#: What stands where a text was erased: Vietnamese in both languages, as everything that stands in a case is.
ERASED = "(đã xoá)"
#: What a digest in the log begins with. No command has a NUL in a text, so none can be taken for a digest.
_HIDDEN = "\x00"
#: Where the title of a case stands in its log.
TITLE = "1.title"
E = TypeVar("E", bound=Event)


class Written(Fact, frozen=True, kw_only=False):
    """A text of event `seq` with the salt of its digest; of several in one field, “lacking.2” is the second."""

    seq: int
    field: str
    text: str
    salt: str

    @property
    def place(self) -> str:
        """Where it stands in the log of its case; so it is named when it is erased."""
        return f"{self.seq}.{self.field}"

    @property
    def hidden(self) -> str:
        """What stands for it in the log."""
        return _HIDDEN + blinded(self.salt, self.place, self.text)


#: The texts of a case that are kept, by the number of their event and their field.
Kept = Mapping[tuple[int, str], Written]


@cache
def text_fields(kind: type) -> tuple[str, ...]:
    """Return which fields of events or commands of a kind hold what people wrote."""
    return tuple(name for name, hint in get_type_hints(kind, include_extras=True).items() if _is_text(hint))


def _is_text(hint: object) -> bool:
    if get_origin(hint) is Annotated:
        return _OWN_WORDS in get_args(hint)[1:]
    return any(_is_text(part) for part in get_args(hint))


def texts_in(event: Event) -> Iterator[tuple[str, str]]:
    """Yield each text of an event with its field; nothing for what nobody filled in."""
    for name in text_fields(type(event)):
        said = getattr(event, name)
        if isinstance(said, tuple):
            yield from ((f"{name}.{number}", one) for number, one in enumerate(said, 1) if one)
        elif said:
            yield name, said


def apart(events: Iterable[Event], seq: int, salt: str) -> dict[int, tuple[Written, ...]]:
    """Return the texts of events that follow event `seq`, by the number of the event; without a salt they get one."""
    found: dict[int, tuple[Written, ...]] = {}
    for number, event in enumerate(events, seq + 1):
        if text_fields(type(event)) and (said := tuple(texts_in(event))):
            salt = salt or fresh_salt()
            found[number] = tuple(Written(number, field, text, _salt(salt, number, field)) for field, text in said)
    return found


def _salt(salt: str, seq: int, field: str) -> str:
    """Return the salt of one text; no value has a name that begins like this."""
    return value_salt(salt, f"{_HIDDEN}{seq}.{field}")


def blind_of(texts: Iterable[Written]) -> str:
    """Return what blinds the texts of a command: it is gone with the first of them. Empty when there are none."""
    salts = " ".join(one.salt for one in texts)
    return hashlib.sha256(salts.encode()).hexdigest() if salts else ""


def masked(event: E, texts: Iterable[Written]) -> E:
    """Return an event as the log has it: digests in the place of its texts."""
    hidden = {one.field: one.hidden for one in texts}
    return _changed(event, hidden.get)


def hidden_in(event: Event) -> dict[str, str]:
    """Return the digests that stand in an event as the log has it, by field, as they stand there."""
    return {field: text for field, text in texts_in(event) if text.startswith(_HIDDEN)}


def clear_in(event: Event) -> tuple[str, ...]:
    """Return which texts stand in clear in an event as the log has it: those that 0.1.0 wrote, and nobody can erase."""
    return tuple(field for field, text in texts_in(event) if not text.startswith(_HIDDEN))


def restored(event: E, seq: int, kept: Kept) -> tuple[E, tuple[Written, ...]]:
    """Return an event with its texts, and which these are; where one is gone it says so.

    What stands in the log in clear, as 0.1.0 wrote it, stays as it is and is none of them.
    """
    hidden = hidden_in(event) if text_fields(type(event)) else {}
    if not hidden:
        return event, ()
    there = {field: kept[seq, field] for field in hidden if (seq, field) in kept}
    words = {field: there[field].text if field in there else ERASED for field in hidden}
    return _changed(event, words.get), tuple(there.values())


def rewritten(event: E, logged: Event, texts: Iterable[Written]) -> E:
    """Return an event as the log must have it, given how it has it and which of its texts are kept.

    A text that is kept is digested again; where one is gone and the event says so, the digest is what is left of it.
    """
    if not (hidden := hidden_in(logged)):
        return event
    salts = {one.field: one for one in texts}

    def told(field: str, text: str) -> str:
        if field in salts:
            return salts[field].but(text=text).hidden
        return hidden.get(field, text) if text == ERASED else text

    return _changed(event, told)


def _changed(event: E, change: Callable[[str, str], str]) -> E:
    told: dict[str, object] = {}
    for name in text_fields(type(event)):
        said = getattr(event, name)
        if isinstance(said, tuple):
            told[name] = tuple(change(f"{name}.{number}", one) for number, one in enumerate(said, 1))
        elif said:
            told[name] = change(name, said)
    return event.but(**told) if told else event
