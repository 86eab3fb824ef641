"""The file `ủy quyền.yaml`: who acts on behalf of whom, by which decision, in what, from when to when."""

from collections.abc import Mapping

from procedures.finding import Span
from procedures.grammar import KINDS, MANNERS, Shape
from procedures.organisation import Mandate, Person, Post
from procedures.reading import times
from procedures.reading.block import Block, fits, one_of, open_block
from procedures.reading.desk import Desk
from procedures.reading.names import suggest
from procedures.reading.phrase import Phrase
from procedures.reading.posts import read_posts
from procedures.source import Node
from procedures.term import common
from procedures.words import say


def read_mandates(desk: Desk, node: Node, people: Mapping[str, Person], units: Mapping[str, Span]) -> list[Mandate]:
    """Read every mandate of the file; one with a fault is left out and reported."""
    found = []
    for key, value in node.entries:
        if fits(desk, Shape(block="mandate"), key, value):
            mandate = _mandate(open_block(desk, "mandate", value, (key.text,), key), people, units)
            if mandate is not None:
                found.append(mandate)
    return found


def account(desk: Desk, name: Phrase | None, people: Mapping[str, object]) -> str | None:
    """Return the account that is named, or report that nobody has it."""
    if name is None or name.text in people:
        return name.text if name is not None else None
    near, certain = suggest(name.text, people)
    desk.fault(
        "QT538",
        name.span,
        say("nobody has the account “{account}”", account=name.text),
        help=say("did you mean “{name}”?", name=near) if near else say("declare it in {file}", file="người dùng.yaml"),
    )
    return near if certain else None


def _mandate(block: Block, people: Mapping[str, Person], units: Mapping[str, Span]) -> Mandate | None:
    desk, manner = block.desk, block.text("manner")
    principal, agent = (account(desk, block.phrase(who), people) for who in ("principal", "agent"))
    posts = read_posts(block, units)
    since, until = times.day(block, "since"), times.day(block, "until")
    kinds = [one_of(desk, said, tuple(KINDS)) for said in block.names("kinds")]
    if manner is None or principal is None or agent is None or None in kinds:
        return None
    if manner == "thừa ủy quyền" and until is None and not block.has("until"):
        desk.fault("QT536", block.key, say("the delegation does not say until when"), help=say("add:  đến ngày: …"))
    if since is not None and until is not None and until < since:
        desk.fault("QT532", block.span("until"), say("it ends before it begins"))
        return None
    mandate = Mandate(
        decision=block.title or "",
        manner=MANNERS[manner],
        principal=principal,
        agent=agent,
        posts=posts,
        since=since,
        until=until,
        procedures=tuple(said.text for said in block.names("procedures")),
        kinds=tuple(KINDS[kind] for kind in kinds if kind is not None),
        steps=tuple(said.text for said in block.names("steps")),
    )
    _of_another(block, mandate, people)
    _held_in_person(block, mandate, people[principal])
    return mandate


def _of_another(block: Block, mandate: Mandate, people: Mapping[str, Person]) -> None:
    one, other = (people[name].same_as or name for name in (mandate.principal, mandate.agent))
    if one == other:
        block.desk.fault("QT537", block.span("agent"), say("nobody acts on behalf of himself"))


def _held_in_person(block: Block, mandate: Mandate, principal: Person) -> None:
    """Only what is held in person at some day of the term can be passed on: not what another passed on."""
    for post in mandate.posts:
        own = [held for held in principal.posts if (held.position, held.unit) == (post.position, post.unit)]
        if not any(_shared(mandate, held) for held in own):
            block.desk.fault(
                "QT535",
                block.span("posts"),
                say(
                    "{who} does not hold “{position}, {unit}” in this term, so that it cannot be passed on",
                    who=principal.name,
                    position=post.position,
                    unit=post.unit,
                ),
                help=say("what one does on behalf of another cannot be delegated again; let the holder delegate it"),
            )


def _shared(mandate: Mandate, held: Post) -> bool:
    return common((mandate.since, mandate.until), (held.since, held.until)) is not None
