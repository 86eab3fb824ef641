"""Two issues upon one flowchart: what came, what went and what changed, by sign, words and fill together."""

from dataclasses import replace

from procedures.difference import Change, Difference, Sign
from procedures.renames import with_names
from procedures.words import Lang, say
from visualize.brief import capital
from visualize.column import flowchart
from visualize.diagram import Diagram, Edge, Mark, Node
from visualize.flow import diagram_of
from visualize.overlay import listing
from visualize.render import sheets_of
from visualize.svg import svg

#: The look of each sign; the words are added where a node is marked.
LOOKS = {
    Sign.ADDED: Mark(fill="#E6F4EA", weight=2.0),
    Sign.REMOVED: Mark(fill="#F6E3E1", ink="#5A1A14", dashed=True, struck=True),
    Sign.CHANGED: Mark(fill="#FFF1CC", weight=2.5),
    Sign.RENAMED: Mark(fill="#E3ECF9", weight=1.5),
}
_SAID = {
    Sign.ADDED: say("added"),
    Sign.REMOVED: say("removed"),
    Sign.CHANGED: say("changed"),
    Sign.RENAMED: say("renamed"),
}
_SHOWN = {Sign.REMOVED: "−"}
#: Which side column shows a part of a step.
_COLUMNS = {"responsible": 0, "norm": 1, "delay": 1, "forms": 2, "outputs": 2}


def difference_diagram(found: Difference, lang: Lang = "vi") -> Diagram:
    """Return the later procedure's diagram with every step that came or changed marked, and those that went put back.

    A step that went stands after the step it stood after, with the ways it had to steps that are still there.
    """
    later = diagram_of(found.after, lang)
    earlier = diagram_of(with_names(found.before, found.renames), lang)
    gone = {one.step for one in found.changes if one.sign is Sign.REMOVED and one.kind == "step"}
    nodes = [_marked(node, found.of_step(node.key), lang) for node in later.nodes]
    for node in (node for node in earlier.nodes if node.key in gone):
        was = replace(node, href=None, number=f"({node.number})")  # its number is another step's now
        _put_back(nodes, _marked(was, found.of_step(node.key), lang), earlier)
    rows = tuple(replace(node, row=row) for row, node in enumerate(nodes))
    edges = (*later.edges, *(edge for edge in earlier.edges if edge.source in gone and _leads(edge, nodes)))
    title = say("{title}: what changed", title=later.title).into(lang)
    return replace(later, title=title, nodes=rows, edges=_in_order(edges, rows), legend=(*later.legend, *_legend(lang)))


def difference_svg(found: Difference, lang: Lang = "vi", *, links: bool = True) -> bytes:
    """Return the picture of a difference as one SVG for the screen; raises DrawingUnavailable.

    Each step leads to its place in the text beside the picture, where there is one (`links`).
    """
    return svg(flowchart(difference_diagram(found, lang)), links=links)


def difference_sheets(found: Difference, lang: Lang = "vi") -> tuple[bytes, ...]:
    """Return the sheets on which a long picture of a difference is printed; raises DrawingUnavailable."""
    return sheets_of(flowchart(difference_diagram(found, lang)))


def difference_listing(found: Difference, lang: Lang = "vi") -> tuple[str, ...]:
    """Return the picture as sentences in the order of its rows."""
    return listing(difference_diagram(found, lang))


def _marked(node: Node, changes: tuple[Change, ...], lang: Lang) -> Node:
    if not node.number or not changes:
        return node
    sign = _sign(changes)
    said = _SAID[sign].into(lang)
    what = ", ".join(dict.fromkeys(one.what.into(lang) for one in changes if one.sign is Sign.CHANGED))
    line = f"{_SHOWN.get(sign, sign.value)} {said}" + (f": {what}" if what else "")
    label = f"{node.label} {capital(said)}{f': {what}' if what else ''}."
    return replace(node, mark=replace(LOOKS[sign], lines=(line,)), cells=_cells(node, changes, lang), label=label)


def _sign(changes: tuple[Change, ...]) -> Sign:
    """Return the one sign of a step: whole steps first, then changes, then a mere new name."""
    signs = {one.sign for one in changes}
    whole = next((one.sign for one in changes if one.kind == "step"), None)
    return whole or (Sign.CHANGED if Sign.CHANGED in signs else Sign.RENAMED)


def _cells(node: Node, changes: tuple[Change, ...], lang: Lang) -> tuple[tuple[str, ...], ...]:
    cells = list(node.cells)
    for one in changes:
        column = _COLUMNS.get(one.kind)
        if column is not None:
            before = one.before if isinstance(one.before, str) else one.before.into(lang)
            cells[column] = (*cells[column], say("before: {text}", text=before).into(lang))
    return tuple(cells)


def _put_back(nodes: list[Node], node: Node, earlier: Diagram) -> None:
    """Put a node after the nearest of those it stood after."""
    before = [one.key for one in earlier.nodes[: node.row]]
    places = {one.key: place for place, one in enumerate(nodes)}
    place = next((places[key] + 1 for key in reversed(before) if key in places), 0)
    nodes.insert(place, node)


def _leads(edge: Edge, nodes: list[Node]) -> bool:
    return set(edge.targets) <= {node.key for node in nodes}


def _in_order(edges: tuple[Edge, ...], nodes: tuple[Node, ...]) -> tuple[Edge, ...]:
    rows = {node.key: node.row for node in nodes}
    return tuple(sorted(edges, key=lambda edge: rows[edge.source]))


def _legend(lang: Lang) -> tuple[str, ...]:
    return tuple(f"{_SHOWN.get(sign, sign.value)} {said.into(lang)}" for sign, said in _SAID.items())
