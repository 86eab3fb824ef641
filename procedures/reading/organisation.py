"""The files of `organisation.d`: units, people and, where the agency keeps them, mandates and outside documents."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from procedures import vocabulary
from procedures.documents import Document
from procedures.finding import Finding, Related, Severity, Span, in_reading_order
from procedures.grammar import Shape
from procedures.organisation import Mandate, Organisation, OrgUnit, Person
from procedures.places import Places, nowhere
from procedures.reading import times
from procedures.reading.block import Block, fits, open_block
from procedures.reading.desk import Desk
from procedures.reading.documents import read_documents
from procedures.reading.identifiers import check_identifiers
from procedures.reading.mandates import account, read_mandates
from procedures.reading.phrase import Phrase
from procedures.reading.posts import UNITS, named_unit, read_posts
from procedures.reading.strangers import tell_strangers
from procedures.source import Node, read_file
from procedures.text import is_address
from procedures.words import Lang, say

PEOPLE, MANDATES, DOCUMENTS = "người dùng.yaml", "ủy quyền.yaml", "văn bản.yaml"


def read_organisation(folder: Path) -> tuple[Organisation, list[Finding]]:
    """Read the files of the folder."""
    findings: list[Finding] = []
    units, places = _read_units(folder, findings)
    people = _read_people(folder, places, findings)
    mandates = _read_mandates(folder, people, places, findings)
    documents = _read_documents(folder, findings) if _found(folder, DOCUMENTS) is not None else None
    return Organisation(units, people, mandates, documents), in_reading_order(findings)


def _open(folder: Path, name: str, container: str, findings: list[Finding]) -> tuple[Desk, Node] | None:
    path = _found(folder, name)
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


def _found(folder: Path, name: str) -> Path | None:
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return next((path for path in files if unicodedata.normalize("NFC", path.name) == name), None)


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
            units.append(_unit(block, key.text, places))
    _no_circle(desk, units)
    _one_code_each(desk, units, places)
    check_identifiers(desk, units)
    tell_strangers(desk)
    return tuple(units), places


def _unit(block: Block, name: str, known: Mapping[str, Span]) -> OrgUnit:
    above, after = block.phrase("parent"), block.phrase("successor")
    since, until = times.day(block, "since"), times.day(block, "until")
    if since is not None and until is not None and until < since:
        block.desk.fault("QT532", block.span("until"), say("the unit ends before it begins"))
    return OrgUnit(
        name,
        block.text("kind"),
        named_unit(block.desk, above, known) if above is not None else None,
        block.text("code"),
        since,
        until,
        tuple(said.text for said in block.names("heads")),
        named_unit(block.desk, after, known) if after is not None else None,
        block.text("decision"),
        tuple((key.text, value.text) for key, value in block.named("positions")),
    )


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


def _read_documents(folder: Path, findings: list[Finding]) -> tuple[Document, ...]:
    opened = _open(folder, DOCUMENTS, "document", findings)
    if opened is None:
        return ()
    found = read_documents(*opened)
    tell_strangers(opened[0])
    return found


def _read_people(folder: Path, units: Mapping[str, Span], findings: list[Finding]) -> tuple[Person, ...]:
    opened = _open(folder, PEOPLE, "person", findings)
    if opened is None:
        return ()
    desk, node = opened
    people: list[Person] = []
    accounts = {key.text: key.span for key, _ in node.entries}
    for key, value in node.entries:
        if not fits(desk, Shape(block="person"), key, value):
            continue
        block = open_block(desk, "person", value, (key.text,), key)
        twin = account(desk, block.phrase("same_as"), accounts)
        name, address = block.text("name") or key.text, _address(desk, block.phrase("email"))
        people.append(Person(key.text, name, read_posts(block, units), address, twin, _former(block)))
    _no_chain(desk, people)
    tell_strangers(desk)
    return tuple(people)


def _former(block: Block) -> tuple[tuple[date, str], ...]:
    """Read the names that somebody had before, each with its last day."""
    said = ((times.day_of(block.desk, key.text, key.span), name.text) for key, name in block.named("former"))
    return tuple(sorted((last, name) for last, name in said if last is not None))


def _address(desk: Desk, said: Phrase | None) -> str | None:
    if said is None or is_address(said.text):
        return said.text if said else None
    wrong = say("“{text}” is not an e-mail address", text=said.text)
    desk.fault("QT534", said.span, wrong, help=say("write it like  an.nv@so-a.vn"))
    return None


def _no_chain(desk: Desk, people: list[Person]) -> None:
    """One account stands for a person; the others name that one, so that none leads further."""
    twins = {person.id: person.same_as for person in people if person.same_as is not None}
    for name, other in twins.items():
        if other in twins:
            place = desk.places.at(name, "same_as")
            desk.fault("QT538", place, say("“{account}” is itself another account; name the first one", account=other))


def _read_mandates(
    folder: Path, people: tuple[Person, ...], units: Mapping[str, Span], findings: list[Finding]
) -> tuple[Mandate, ...]:
    """Read `ủy quyền.yaml`; an agency in which nobody acts for another has none."""
    if _found(folder, MANDATES) is None:
        return ()
    opened = _open(folder, MANDATES, "mandate", findings)
    if opened is None:
        return ()
    desk, node = opened
    mandates = read_mandates(desk, node, {person.id: person for person in people}, units)
    tell_strangers(desk)
    return tuple(mandates)
