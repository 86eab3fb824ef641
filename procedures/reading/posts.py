"""Posts as they are written: “position, unit”, or with their days and decision."""

from collections.abc import Mapping

from procedures.finding import Edit, Related, Span
from procedures.grammar import GRAMMAR
from procedures.organisation import Post
from procedures.reading import times
from procedures.reading.block import Block, fits, open_block
from procedures.reading.desk import Desk
from procedures.reading.names import suggest
from procedures.reading.phrase import Phrase, phrase
from procedures.source import Node
from procedures.words import say

#: The file in which units are declared.
UNITS = "đơn vị.yaml"


def read_posts(block: Block, units: Mapping[str, Span]) -> tuple[Post, ...]:
    """Read `chức vụ:` of a person or a mandate; a post with a fault is left out and reported."""
    listed = block.value("posts")
    nodes = () if listed is None else (listed.items if listed.kind == "list" else (listed,))
    found = [_post(block, node, units, (*block.path, "posts", number)) for number, node in enumerate(nodes)]
    return tuple(post for post in found if post is not None)


def named_unit(desk: Desk, name: Phrase, known: Mapping[str, Span]) -> str | None:
    """Return the unit that is named, or report that there is none."""
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


def _post(of: Block, node: Node, units: Mapping[str, Span], path: tuple[str | int, ...]) -> Post | None:
    desk, shape = of.desk, GRAMMAR[of.container]["posts"].items
    if shape is None or not fits(desk, shape, node, node):
        return None
    if node.kind == "text":
        return _said_post(desk, phrase(node), units)
    block = open_block(desk, "post", node, path)
    position, unit = block.text("position"), block.phrase("unit")
    since, until = times.day(block, "since"), times.day(block, "until")
    if since is not None and until is not None and until < since:
        desk.fault("QT532", block.span("until"), say("the post ends before it begins"))
    name = named_unit(desk, unit, units) if unit else None
    return Post(position, name, since, until, block.text("decision")) if position and name else None


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
    unit = named_unit(desk, parts[1], units)
    return Post(parts[0].text, unit) if unit else None
