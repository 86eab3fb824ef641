"""Limits that hang on a condition: `thời hạn:` as a list of cases, the last of them for the rest."""

from procedures.allowances import Variant
from procedures.grammar import Shape
from procedures.lengths import Duration
from procedures.reading import times
from procedures.reading.block import Block, fits, open_block
from procedures.reading.conditions import Conditions
from procedures.reading.targets import exactly_one
from procedures.vocabulary import key as word
from procedures.words import say

_CASE = Shape(block="limit_case")


def read_variants(block: Block, conditions: Conditions) -> tuple[Duration | None, tuple[Variant, ...]] | None:
    """Read a limit that is a list of cases: that of the rest, and those by condition; None where it is no list."""
    node = block.value("within")
    if node is None or node.kind != "list":
        return None
    variants, rest, last = list[Variant](), None, len(node.items) - 1
    for position, item in enumerate(node.items):
        if not fits(block.desk, _CASE, item, item):
            continue
        case = open_block(block.desk, "limit_case", item, (*block.path, "variants", position))
        kind = exactly_one(case, ("when", "otherwise"))
        if kind == "when":
            variants += _variant(case, conditions)
        elif kind == "otherwise" and position == last:
            rest = _length(case, "otherwise")
        elif kind == "otherwise":
            block.desk.fault("QT302", case.span("otherwise"), say("“còn lại” (otherwise) is not the last case"))
    if not any(name.text == word("limit_case", "otherwise", block.desk.lang) for name, _ in node.items[last].entries):
        block.desk.fault(
            "QT302",
            node.items[last].span,
            say("branch has no “còn lại” (otherwise) case"),
            help=say("add a line:  - còn lại: 10 ngày làm việc"),
        )
    return rest, tuple(variants)


def _variant(case: Block, conditions: Conditions) -> list[Variant]:
    sentence, within = case.phrase("when"), _length(case, "within")
    if not case.has("within"):
        case.missing("within")
    condition = conditions.read(sentence) if sentence else None
    return [Variant(when=condition, within=within)] if condition is not None and within is not None else []


def _length(case: Block, id_: str) -> Duration | None:
    written = case.phrase(id_)
    return times.amount(case.desk, written) if written else None
