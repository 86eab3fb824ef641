"""A counter-example upon the flowchart: the way a case goes, numbered, and the step where it goes wrong."""

from collections.abc import Iterator
from dataclasses import replace

from procedures.finding import Finding, Trace
from procedures.model import DONE, BackTo, End, Go, Procedure, Step, Target
from procedures.words import Lang, say
from visualize.brief import capital
from visualize.column import flowchart
from visualize.diagram import Diagram, Edge, EdgeKind, Mark, Node
from visualize.flow import FINAL, diagram_of, main_result
from visualize.picture import Picture

#: How a step looks that was done on the way, where it goes wrong, and that the case never gets to.
WALKED = Mark(fill="#E6F4EA", weight=1.8)
WRONG = Mark(fill="#F6E3E1", ink="#5A1A14", frames=2, weight=2.0)
ASIDE = Mark(ink="#595959", dashed=True)
_HEAVY = 2.4  # points: a way that is gone


def counterexample(procedure: Procedure, finding: Finding, lang: Lang = "vi") -> Picture | None:
    """Return the picture of a finding that has a trace, as one long page; None for one that has none."""
    if finding.trace is None:
        return None
    return flowchart(counterexample_diagram(procedure, finding, finding.trace, lang))


def counterexample_diagram(procedure: Procedure, finding: Finding, trace: Trace, lang: Lang = "vi") -> Diagram:
    """Return the procedure's diagram with the trace upon it; below stand the finding and what the signs mean."""
    plain = diagram_of(procedure, lang)
    turns: dict[str, list[tuple[int, str]]] = {}
    for number, (step, outcome) in enumerate(trace.way, 1):
        turns.setdefault(step, []).append((number, "" if outcome in {None, DONE} else str(outcome)))
    nodes = tuple(_marked(node, turns.get(node.key, []), trace, lang) for node in plain.nodes)
    walked = set(_walked(procedure, trace))
    edges = tuple(replace(edge, weight=_HEAVY) if _gone(edge, walked) else edge for edge in plain.edges)
    message = f"{finding.code}: {finding.message.into(lang)}"
    title = say("{title}: {finding}", title=plain.title, finding=message).into(lang)
    legend = (message, *_legend(trace, lang), *plain.legend)
    return replace(plain, title=title, nodes=nodes, edges=edges, legend=legend)


def _marked(node: Node, turns: list[tuple[int, str]], trace: Trace, lang: Lang) -> Node:
    wrong = node.key in trace.at
    if not node.number:
        return replace(node, mark=ASIDE)
    lines = [*_turns(turns), *([f"✗ {trace.what.into(lang)}"] if wrong else ())]
    look = WRONG if wrong else WALKED if turns else ASIDE
    said = [say("done as number {numbers}", numbers=", ".join(_turns(turns))).into(lang)] if turns else []
    said += [trace.what.into(lang)] if wrong else []
    label = f"{node.label} {capital('; '.join(said))}." if said else node.label
    return replace(node, mark=replace(look, lines=tuple(lines)), label=label)


def _turns(turns: list[tuple[int, str]]) -> list[str]:
    """Say when a step is done, and with which outcome: `1, 4: Thiếu`; one line an outcome."""
    numbers: dict[str, list[str]] = {}
    for number, outcome in turns:
        numbers.setdefault(outcome, []).append(str(number))
    return [f"{', '.join(found)}: {outcome}" if outcome else ", ".join(found) for outcome, found in numbers.items()]


def _walked(procedure: Procedure, trace: Trace) -> Iterator[tuple[str, str]]:
    """Yield every (step, node it leads to) that the way goes; an end that has no node of its own is an empty name."""
    after = [stop.step for stop in trace.way[1:]]
    for number, (key, outcome) in enumerate(trace.way):
        later = [*after[number:], *trace.at]
        yield from ((key, target) for target in _ways(procedure, procedure.step(key), outcome, later))


def _ways(procedure: Procedure, step: Step, label: str | None, later: list[str]) -> set[str]:
    """Return where a step was left for: of branches by value, the one that the way goes on from."""
    outcomes = [outcome for outcome in step.outcomes if label in {None, outcome.label}]
    branches = [branch.target for outcome in outcomes for branch in outcome.branches]
    ways = [_nodes(procedure, target) for target in branches]
    if len(ways) == 1:
        return ways[0]
    return next((way for key in later for way in ways if key in way), set())


def _nodes(procedure: Procedure, target: Target) -> set[str]:
    match target:
        case Go(steps=steps):
            return set(steps)
        case BackTo(step=step):
            return {step}
        case End(result=result):
            return {FINAL + result if result == main_result(procedure) else ""}


def _gone(edge: Edge, walked: set[tuple[str, str]]) -> bool:
    if edge.kind is EdgeKind.REJECT:
        return (edge.source, "") in walked
    return any((edge.source, target) in walked for target in edge.targets)


def _legend(trace: Trace, lang: Lang) -> Iterator[str]:
    if trace.way:
        yield say("1, 2, 3 …: what is done, in this order").into(lang)
    yield say("✗: where it goes wrong").into(lang)
