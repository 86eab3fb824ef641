"""From the text of a Python definition to its nodes, or to what is wrong with it."""

from collections.abc import Sequence

from procedures.finding import Finding
from procedures.model import Procedure
from procedures.python import telling
from procedures.python.isolation import AVAILABLE, evaluate
from procedures.python.limits import LIMITS, Limits
from procedures.python.nodes import Nodes, told
from procedures.python.said import Said
from procedures.source import MAX_BYTES, Node, read
from procedures.text import legible
from procedures.words import say


def read_python(text: str | bytes, file: str, limits: Limits = LIMITS) -> tuple[Node | None, list[Finding]]:
    """Return the nodes of a Python definition, evaluated in a child, and what is wrong with it; None for no nodes."""
    clean = legible(text)
    if clean is None or len(clean.encode(errors="replace")) > MAX_BYTES:
        return read(text, file)
    if not AVAILABLE:
        return None, [telling.unread(file, say("definitions in Python are read on Linux only; write it as YAML"))]
    answer = evaluate(clean, limits)
    if "refused" in answer:
        return None, [telling.refused(answer["refused"], file)]
    if "fault" in answer:
        return None, [telling.failed(answer["fault"], file)]
    return _nodes(answer.get("given"), file, clean)


def _nodes(given: object, file: str, text: str) -> tuple[Node | None, list[Finding]]:
    made = [told(one) for one in given] if isinstance(given, Sequence) else [None]
    nodes = Nodes(file, text)
    if len(made) != 1:
        second = made[1] if made else None
        return None, [telling.not_one(len(made), file, nodes.span(second) if second else None)]
    if made[0] is None:
        return None, [telling.refused({"door": "leave"}, file)]
    node = nodes.node(made[0])
    return (None, nodes.findings) if nodes.findings else (node, [])


def built(definition: Said) -> Procedure:
    """Return the procedure of a definition made in this very process; raises ValueError with every fault."""
    from procedures.load import load_node

    made = told(definition.plain())
    nodes = Nodes("procedure(…)", "")
    if made is None:
        raise ValueError(definition.place)
    loaded = load_node(nodes.file, nodes.node(made), nodes.findings)
    if loaded.procedure is None:
        raise ValueError("\n".join(str(finding.message) for finding in loaded.findings))
    return loaded.procedure
