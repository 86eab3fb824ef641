"""From a procedure to its diagram: rows in the order of the file, ways on as edges, looks from a table."""

from collections.abc import Iterator
from dataclasses import replace

from procedures.model import BackTo, End, Go, Procedure, Step
from procedures.words import Lang, say
from visualize import brief
from visualize.diagram import BOX, CALL, DIAMOND, OCTAGON, OVAL, ROUNDED, Diagram, Edge, EdgeKind, Glyph, Node

#: How each kind of step looks; work that chooses among ways is a diamond, the first step an oval.
GLYPHS: dict[str, Glyph] = {"work": BOX, "automatic": ROUNDED, "delay": OCTAGON, "call": CALL, "route": DIAMOND}
FINAL = "end:"


def diagram_of(procedure: Procedure, lang: Lang = "vi") -> Diagram:
    """Return the diagram of `procedure`: one node a step, one for its main end, letters for the other ends."""
    main = main_result(procedure)
    letters = _letters(procedure, main)
    ranks = _ranks(procedure)
    nodes = [_node(procedure, step, ranks[step.key], lang) for step in procedure.steps]
    if main is not None:
        nodes.append(_end_node(main, nodes, lang))
    edges = tuple(edge for step in procedure.steps for edge in _merged(_edges(procedure, step, main, letters, lang)))
    title = say("Flowchart {code} {name}", code=procedure.code, name=procedure.name).into(lang)
    ended = {node.key for node in nodes}
    return Diagram(
        title,
        say("{count} steps, in the order of the procedure.", count=len(procedure.steps)).into(lang),
        lang,
        tuple(word.into(lang) for word in _HEADINGS),
        tuple(nodes),
        tuple(edge for edge in edges if set(edge.targets) <= ended),
        tuple(dict.fromkeys(node.lane for node in nodes)),
        tuple(say("{letter}: end, {result}", letter=mark, result=r).into(lang) for r, mark in letters.items()),
    )


_HEADINGS = (say("No."), say("Flowchart"), say("Responsible"), say("Time"), say("Forms / results"))


def main_result(procedure: Procedure) -> str | None:
    """Return the result that the flow aims at: the first end of the last step that has one."""
    for step in reversed(procedure.steps):
        found = next(_ends(step), None)
        if found is not None:
            return found
    return None


def _ends(step: Step) -> Iterator[str]:
    return (way.target.result for o in step.outcomes for way in o.branches if isinstance(way.target, End))


def _letters(procedure: Procedure, main: str | None) -> dict[str, str]:
    others = [r for r in dict.fromkeys(r for step in procedure.steps for r in _ends(step)) if r != main]
    return {r: "Đ" if len(others) == 1 else f"Đ{n}" for n, r in enumerate(others, 1)}


def _node(procedure: Procedure, step: Step, rank: int, lang: Lang) -> Node:
    number = procedure.number(step.key)
    who, time = brief.performers(procedure, step, lang), brief.times(step, lang)
    forms = (*step.forms, *step.outputs)
    spoken = ", ".join(part for part in (step.name, *who, *time) if part)
    after = "; ".join(brief.ways(procedure, step, lang))
    label = say("Step {number}, {about}. Next: {after}.", number=number, about=spoken, after=after).into(lang)
    cells = (who or ("—",), time or ("—",), forms or ("—",))
    return Node(step.key, str(number), step.name, _glyph(procedure, step), number - 1, rank, _lane(procedure, step),
                cells, label, f"#buoc-{number}")  # fmt: skip


def _glyph(procedure: Procedure, step: Step) -> Glyph:
    glyph = _plain_glyph(procedure, step)
    if step.several is None:
        return glyph
    roomier = glyph.roomier and replace(glyph.roomier, stacked=True)
    return replace(glyph, stacked=True, roomier=roomier)


def _plain_glyph(procedure: Procedure, step: Step) -> Glyph:
    if step.kind == "work":
        if sum(len(outcome.branches) for outcome in step.outcomes) > 1:
            return DIAMOND
        return OVAL if step is procedure.start else BOX
    return GLYPHS[step.kind]


def _lane(procedure: Procedure, step: Step) -> str:
    if step.responsible:
        return brief.capital(step.responsible[0])
    before = [s for s in procedure.steps[: procedure.number(step.key) - 1] if s.responsible]
    return brief.capital(before[-1].responsible[0]) if before else procedure.owner_unit


def _end_node(main: str, nodes: list[Node], lang: Lang) -> Node:
    last = nodes[-1]
    label = say("End: {result}.", result=main).into(lang)
    rank = 1 + max(node.rank for node in nodes)
    return Node(FINAL + main, "", brief.capital(main), OVAL, len(nodes), rank, last.lane, ((), (), ()), label)


def _edges(procedure: Procedure, step: Step, main: str | None, letters: dict[str, str], lang: Lang) -> Iterator[Edge]:
    here = procedure.number(step.key)
    for outcome in step.outcomes:
        for way in outcome.branches:
            label = brief.branch(outcome, way, lang) or (outcome.label if step.timeout is not None else "")
            match way.target:
                case End(result=result) if result == main:
                    yield Edge(step.key, (FINAL + result,), EdgeKind.FORWARD, label)
                case End(result=result):
                    yield Edge(step.key, (), EdgeKind.REJECT, label, letters[result])
                case BackTo(step=back, at_most=most):
                    times = f"{label} (≤\u00a0{most})" if most is not None else label
                    yield Edge(step.key, (back,), EdgeKind.RETURN, times)
                case Go(steps=steps, race=race):
                    label = " · ".join(part for part in (label, brief.FIRST.into(lang)) if part) if race else label
                    ahead = tuple(to for to in steps if procedure.number(to) > here)
                    back_there = tuple(to for to in steps if procedure.number(to) <= here)
                    if ahead:
                        yield Edge(step.key, ahead, EdgeKind.FORWARD, label)
                    for to in back_there:
                        yield Edge(step.key, (to,), EdgeKind.RETURN, label)


def _merged(edges: Iterator[Edge]) -> Iterator[Edge]:
    # Two outcomes that lead to the same place are one arrow with both labels.
    ways: dict[tuple[tuple[str, ...], EdgeKind, str], list[str]] = {}
    source = ""
    for edge in edges:
        source = edge.source
        ways.setdefault((edge.targets, edge.kind, edge.letter), []).append(edge.label)
    for (targets, kind, letter), labels in ways.items():
        yield Edge(source, targets, kind, " / ".join(label for label in labels if label), letter)


def _ranks(procedure: Procedure) -> dict[str, int]:
    # Edges that go on in file order cannot form a circle, so one pass finds the longest path to each step.
    ranks = dict.fromkeys((step.key for step in procedure.steps), 0)
    for step in procedure.steps:
        for outcome in step.outcomes:
            for way in outcome.branches:
                for to in way.target.steps if isinstance(way.target, Go) else ():
                    if procedure.number(to) > procedure.number(step.key):
                        ranks[to] = max(ranks[to], ranks[step.key] + 1)
    return ranks
