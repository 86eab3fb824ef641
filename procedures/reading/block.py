"""A mapping whose keys are words of the language: known keys by id, everything else a finding."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from procedures import vocabulary
from procedures.finding import Edit, Span
from procedures.grammar import GRAMMAR, REQUIRED, Shape
from procedures.places import Path
from procedures.reading.desk import Desk
from procedures.reading.names import Names, suggest
from procedures.reading.phrase import Phrase, phrase
from procedures.source import Node
from procedures.vocabulary import Word
from procedures.words import Words, say

CONTAINERS: Mapping[str, Words] = {
    "root": say("a definition"),
    "procedure": say("the head of a procedure"),
    "role": say("a role"),
    "field": say("a value"),
    "step": say("a step"),
    "phase": say("a phase"),
    "within": say("a time limit"),
    "limit": say("the time limit of a case"),
    "limit_case": say("a case of a time limit"),
    "supplement": say("the rule on supplements"),
    "extension": say("the rule on extensions"),
    "branch": say("a case of a branch"),
    "target": say("a way on"),
    "some": say("a wait for some steps"),
    "timeout": say("a time-out"),
    "call": say("a call of another procedure"),
    "indicator": say("an indicator"),
    "record": say("a kept record"),
    "scenario": say("a sample case"),
    "machine": say("an automatic act"),
    "document": say("a document"),
    "unit": say("a unit"),
    "person": say("a person"),
    "post": say("a post"),
    "mandate": say("a substitution or delegation"),
}
#: Sections whose name in the model differs from the id of the key.
_MODEL_NAMES = {"phase": "phases", "tests": "scenarios"}


@dataclass(slots=True)
class Block:
    """An opened mapping. `key` is where a missing entry is reported; `title` is what the writer calls the block."""

    desk: Desk
    container: str
    node: Node
    path: Path
    key: Span
    title: str | None
    entries: dict[str, tuple[Node, Node]] = field(default_factory=dict)

    def has(self, id_: str) -> bool:
        """Tell whether the entry is written."""
        return id_ in self.entries

    def value(self, id_: str) -> Node | None:
        """Return the node of an entry when its kind is one the grammar allows; a wrong kind is reported."""
        entry = self.entries.get(id_)
        if entry is None or not fits(self.desk, GRAMMAR[self.container][id_], *entry):
            return None
        return entry[1]

    def phrase(self, id_: str) -> Phrase | None:
        """Return an entry that is a sentence."""
        node = self.value(id_)
        return phrase(node) if node is not None and node.kind == "text" else None

    def text(self, id_: str) -> str | None:
        """Return the text of an entry; a closed set of values is held to."""
        found = self.phrase(id_)
        if found is None:
            return None
        values = GRAMMAR[self.container][id_].values
        return one_of(self.desk, found, values) if values else found.text

    def yes(self, id_: str) -> bool:
        """Tell whether an entry says `có`; absent means no."""
        return self.text(id_) == "có"

    def sentences(self, id_: str, *path: str | int) -> list[Phrase]:
        """Return the lines of an entry that is one text or a list of texts, and remember their places by position."""
        node = self.value(id_)
        if node is None:
            return []
        shape = GRAMMAR[self.container][id_].items or GRAMMAR[self.container][id_]
        items = [node] if node.kind == "text" else [n for n in node.items if fits(self.desk, shape, n, n)]
        for position, item in enumerate(items):
            self.desk.put((*self.path, *(path or (id_,)), position), item.span)
        return [phrase(item) for item in items]

    def names(self, id_: str) -> list[Phrase]:
        """Return the names in an entry: a list, or a sentence with commas."""
        node = self.value(id_) if id_ in self.entries else None
        if node is None:
            return []
        return phrase(node).split(",") if node.kind == "text" else self.sentences(id_)

    def resolved(self, written: Sequence[Phrase], names: Names, place: str) -> tuple[str, ...]:
        """Return the declared names that are meant, each once, and remember where they stand."""
        found: list[str] = []
        for said in written:
            name = names.resolve(self.desk, said)
            if name in found:
                self.desk.fault("QT106", said.span, say("“{name}” is named twice", name=said.text))
            elif name is not None:
                self.desk.put((*self.path, place, len(found)), said.span)
                self.desk.put((*self.path, place, name), said.span)
                found.append(name)
        return tuple(found)

    def roles(self, id_: str, roles: Names, place: str) -> tuple[str, ...]:
        """Return the roles in an entry: `a, b` or `a hoặc b`, where no role is called so as a whole."""
        written = self.names(id_)
        if len(written) == 1 and written[0].text not in roles.declared:
            written = written[0].split(" hoặc ")
        return self.resolved(written, roles, place)

    def named(self, id_: str) -> Iterator[tuple[Node, Node]]:
        """Yield key and value of the entries of a map whose keys the writer chose: each name once, and fitting."""
        node = self.value(id_)
        shape = GRAMMAR[self.container][id_].names
        if node is None or shape is None:
            return
        seen: set[str] = set()
        for key, value in node.entries:
            if key.text not in seen and fits(self.desk, shape, key, value):
                yield key, value
            seen.add(key.text)

    def span(self, id_: str) -> Span:
        """Where an entry's key stands, or the block's own key when it is not written."""
        return self.entries[id_][0].span if id_ in self.entries else self.key

    def missing(self, id_: str) -> None:
        """Report that a needed entry is not written."""
        key = vocabulary.key(self.container, id_, self.desk.lang)
        message = (
            say("“{owner}” has no “{key}”", owner=self.title, key=key)
            if self.title
            else say("{container} needs “{key}”", container=CONTAINERS[self.container], key=key)
        )
        self.desk.fault("QT104", self.key, message, help=say("add a line:  {key}: …", key=key))


def open_block(desk: Desk, container: str, node: Node, path: Path, key: Node | None = None) -> Block:
    """Open the mapping `node`: sort its entries by id, report strange keys and missing ones."""
    at = key.span if key is not None else node.span
    block = Block(desk, container, node, path, at, key.text if key is not None else None)
    for name, value in node.entries:
        word = _word(desk, container, name)
        if word is not None and word.id not in block.entries:
            block.entries[word.id] = (name, value)
            desk.put_entry((*path, word.id), name, value)
            if not path and word.id in _MODEL_NAMES:
                desk.put_entry((_MODEL_NAMES[word.id],), name, value)
    for id_ in REQUIRED.get(container, ()):
        if id_ not in block.entries:
            block.missing(id_)
    return block


def _word(desk: Desk, container: str, key: Node) -> Word | None:
    word = vocabulary.lookup(container, key.text, desk.lang)
    if word is not None:
        return word
    stranger = vocabulary.lookup(container, key.text, "en" if desk.lang == "vi" else "vi")
    if stranger is not None:
        desk.strangers.append((key.span, key.text, stranger.into(desk.lang)))
        return stranger
    return _misspelt(desk, container, key)


def _misspelt(desk: Desk, container: str, key: Node) -> Word | None:
    known = vocabulary.keys(container, desk.lang)
    near, certain = suggest(key.text, known)
    homes = vocabulary.homes(key.text, desk.lang)
    if near is not None and not homes:
        help_ = (
            say("did you mean “{name}”? (accents are missing)", name=near)
            if certain and _marks(key.text) < _marks(near)
            else say("did you mean “{name}”?", name=near)
        )
    elif homes:
        help_ = say("“{key}” is an item of {container}", key=key.text, container=CONTAINERS[homes[0]])
    else:
        help_ = say("the items are: {known}", known=", ".join(known))
    desk.fault(
        "QT101",
        key.span,
        say("the item “{key}” is not understood", key=key.text),
        label=say("not an item of {container}", container=CONTAINERS[container]),
        help=help_,
        fix=[Edit(key.span, near)] if near and certain and not homes else (),
    )
    return known[near] if near and certain and not homes else None


def _marks(text: str) -> int:
    return sum(not character.isascii() for character in text)


def fits(desk: Desk, shape: Shape, key: Node, value: Node) -> bool:
    """Tell whether a value is of a kind that `shape` allows, and report when it is not, or is empty."""
    if not (value.text or value.items or value.entries):
        _empty(desk, key)
        return False
    allowed = {"text": shape.text, "list": shape.items is not None, "map": bool(shape.names or shape.block)}
    if allowed[value.kind]:
        return True
    message = (
        say("“{key}” is written in the wrong way", key=key.text)
        if key is not value
        else say("this line is written in the wrong way")
    )
    desk.fault("QT102", key.span, message, help=say("write {wanted}", wanted=_wanted(shape)))
    return False


def _empty(desk: Desk, key: Node) -> None:
    message = say("“{key}” is left empty", key=key.text) if key.text else say("an empty line")
    cut_number = key.text[:1].isdigit()
    help_ = (
        say("between braces a comma begins a new entry; put a number with a comma in quotes")
        if cut_number
        else say("write a value, or remove the line")
    )
    desk.fault("QT107", key.span, message, help=help_)


def _wanted(shape: Shape) -> Words:
    if shape.text and shape.items is not None:
        return say("one line of text, or a list with a dash before each item")
    if shape.text:
        return say("one line of text")
    if shape.items is not None:
        return say("a list with a dash before each item")
    return say("indented lines of the form  name: value")


def one_of(desk: Desk, found: Phrase, values: tuple[str, ...]) -> str | None:
    """Return the text when it is one of `values`; otherwise report what may stand here."""
    if found.text in values:
        return found.text
    near, certain = suggest(found.text, values)
    desk.fault(
        "QT115",
        found.span,
        say("“{text}” may not stand here", text=found.text),
        help=say("did you mean “{name}”?", name=near)
        if near
        else say("write one of: {values}", values=" | ".join(values)),
        fix=[Edit(found.span, near)] if near and certain else (),
    )
    return near if certain else None
