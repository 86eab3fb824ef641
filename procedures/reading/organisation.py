"""The files of `organisation.d`: units (`đơn vị.yaml`) and people (`người dùng.yaml`)."""

import unicodedata
from collections.abc import Mapping
from pathlib import Path

from procedures import vocabulary
from procedures.finding import Edit, Finding, Related, Severity, Span, in_reading_order
from procedures.grammar import GRAMMAR, Shape
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.places import Places, nowhere
from procedures.reading import times
from procedures.reading.block import fits, open_block
from procedures.reading.desk import Desk
from procedures.reading.names import suggest
from procedures.reading.phrase import Phrase, phrase
from procedures.reading.strangers import tell_strangers
from procedures.source import Node, read_file
from procedures.text import is_address
from procedures.words import Lang, say

UNITS, PEOPLE = "đơn vị.yaml", "người dùng.yaml"


def read_organisation(folder: Path) -> tuple[Organisation, list[Finding]]:
    """Read both files of the folder."""
    findings: list[Finding] = []
    units, places = _read_units(folder, findings)
    people = _read_people(folder, places, findings)
    return Organisation(units, people), in_reading_order(findings)


def _open(folder: Path, name: str, container: str, findings: list[Finding]) -> tuple[Desk, Node] | None:
    path = next((p for p in _files(folder) if unicodedata.normalize("NFC", p.name) == name), None)
    shown = f"{folder.name}/{name}"
    if path is None:
        missing = say("the file {file} is missing", file=shown)
        findings.append(Finding("QT533", Severity.ERROR, missing, nowhere(shown)))
        return None
    node, found = read_file(path, folder.parent)
    findings.extend(found)
    if node is None:
        return None
    desk = Desk(shown, _language(node, container), Places(node.span), findings)
    if node.kind != "map":
        desk.fault("QT102", node.span, say("write one entry for each name"), help=say("write  name:  and indent below"))
        return None
    return desk, node


def _files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _language(node: Node, container: str) -> Lang:
    keys = [key.text for _, value in node.entries for key, _ in value.entries]
    english = any(vocabulary.lookup(container, key, "en") for key in keys[:1])
    return "en" if english else "vi"


def _read_units(folder: Path, findings: list[Finding]) -> tuple[tuple[OrgUnit, ...], dict[str, Span]]:
    opened = _open(folder, UNITS, "unit", findings)
    if opened is None:
        return (), {}
    desk, node = opened
    places = {key.text: key.span for key, _ in node.entries}
    units = []
    for key, value in node.entries:
        if fits(desk, Shape(block="unit"), key, value):
            block = open_block(desk, "unit", value, (key.text,), key)
            above = block.phrase("parent")
            parent = _unit(desk, above, places) if above is not None else None
            units.append(OrgUnit(key.text, block.text("kind"), parent, block.text("code")))
    _no_circle(desk, units)
    _one_code_each(desk, units, places)
    tell_strangers(desk)
    return tuple(units), places


def _unit(desk: Desk, name: Phrase, known: Mapping[str, Span]) -> str | None:
    if name.text in known:
        return name.text
    near, certain = suggest(name.text, known)
    desk.fault(
        "QT206",
        name.span,
        say("unit “{name}” does not exist", name=name.text),
        help=say("did you mean “{name}”?", name=near) if near else say("declare it in {file}", file=UNITS),
        related=[Related(known[near], say("declared here"))] if near else (),
        fix=[Edit(name.span, near)] if near and certain else (),
    )
    return None


def _no_circle(desk: Desk, units: list[OrgUnit]) -> None:
    above = {unit.name: unit.parent for unit in units}
    told: set[str] = set()
    for name, parent in above.items():
        way, at = [name], parent
        while at is not None and at not in way:
            way.append(at)
            at = above.get(at)
        if at == name and not told & set(way):
            told.update(way)
            circle = " → ".join([*way, name])
            desk.fault(
                "QT530",
                desk.places.at(name, "parent"),
                say("the units stand above one another in a circle: {way}", way=circle),
            )


def _one_code_each(desk: Desk, units: list[OrgUnit], places: Mapping[str, Span]) -> None:
    first: dict[str, str] = {}
    for unit in units:
        if unit.code is None:
            continue
        if unit.code in first:
            other = first[unit.code]
            desk.fault(
                "QT531",
                desk.places.at(unit.name, "code"),
                say("the code “{code}” belongs to “{unit}” already", code=unit.code, unit=other),
                related=[Related(places[other], say("declared here"))],
            )
        first.setdefault(unit.code, unit.name)


def _read_people(folder: Path, units: Mapping[str, Span], findings: list[Finding]) -> tuple[Person, ...]:
    opened = _open(folder, PEOPLE, "person", findings)
    if opened is None:
        return ()
    desk, node = opened
    people = []
    for key, value in node.entries:
        if not fits(desk, Shape(block="person"), key, value):
            continue
        block = open_block(desk, "person", value, (key.text,), key)
        listed = block.value("posts")
        nodes = () if listed is None else (listed.items if listed.kind == "list" else (listed,))
        posts = [_post(desk, post, units, (key.text, "posts", number)) for number, post in enumerate(nodes)]
        held = tuple(post for post in posts if post)
        people.append(Person(key.text, block.text("name") or key.text, held, _address(desk, block.phrase("email"))))
    tell_strangers(desk)
    return tuple(people)


def _address(desk: Desk, said: Phrase | None) -> str | None:
    if said is None or is_address(said.text):
        return said.text if said else None
    wrong = say("“{text}” is not an e-mail address", text=said.text)
    desk.fault("QT534", said.span, wrong, help=say("write it like  an.nv@so-a.vn"))
    return None


def _post(desk: Desk, node: Node, units: Mapping[str, Span], path: tuple[str | int, ...]) -> Post | None:
    shape = GRAMMAR["person"]["posts"].items
    if shape is None or not fits(desk, shape, node, node):
        return None
    if node.kind == "text":
        return _said_post(desk, phrase(node), units)
    block = open_block(desk, "post", node, path)
    position, unit = block.text("position"), block.phrase("unit")
    since, until = times.day(block, "since"), times.day(block, "until")
    if since is not None and until is not None and until < since:
        desk.fault("QT532", block.span("until"), say("the post ends before it begins"))
    name = _unit(desk, unit, units) if unit else None
    return Post(position, name, since, until) if position and name else None


def _said_post(desk: Desk, words: Phrase, units: Mapping[str, Span]) -> Post | None:
    parts = words.split(",")
    if len(parts) != 2 or not parts[0].text:  # noqa: PLR2004 - a position and a unit
        desk.fault(
            "QT128",
            words.span,
            say("“{text}” is not a position in a unit", text=words.text),
            help=say("write:  position, unit"),
        )
        return None
    unit = _unit(desk, parts[1], units)
    return Post(parts[0].text, unit) if unit else None
