"""A whole definition: the declared names first, then block by block, then one procedure."""

from collections.abc import Mapping
from dataclasses import fields

from procedures.finding import Span
from procedures.model import End, FieldSpec, Procedure, Scenario, Step
from procedures.reading.allowances import Allowances
from procedures.reading.block import Block, open_block
from procedures.reading.conditions import Conditions
from procedures.reading.desk import Desk
from procedures.reading.fields import read_fields
from procedures.reading.head import Head, read_head, read_terms
from procedures.reading.indicators import read_indicators
from procedures.reading.lists import phases, read_forms, read_phase_limits, read_records
from procedures.reading.names import Names, Sort
from procedures.reading.outcomes import Outcomes
from procedures.reading.policy import read_accepted, read_policy
from procedures.reading.roles import read_roles
from procedures.reading.scenarios import Scenarios
from procedures.reading.steps import Declared, Steps, standing
from procedures.reading.targets import OPENINGS, Targets
from procedures.source import Node
from procedures.vocabulary import key as word
from procedures.words import say

_SECTIONS: Mapping[Sort, str] = {
    "step": "steps",
    "role": "roles",
    "form": "forms",
    "field": "fields",
    "phase": "phase",
}
#: Signs that mean something in sentences that use such a name.
_SIGNS: Mapping[Sort, tuple[str, ...]] = {
    "step": (",", ">", "&"),
    "role": (",", " hoặc "),
    "form": (",",),
    "field": (",",),
    "phase": (",",),
}


def read_definition(desk: Desk, node: Node) -> Procedure | None:
    """Read the whole file; None when it lacks its head or its steps."""
    root = open_block(desk, "root", node, ())
    names = {sort: _declared(root, sort, section) for sort, section in _SECTIONS.items()}
    head, head_block = _head(root, names["role"])
    declared = Declared(names["step"], names["role"], names["form"], names["field"], names["phase"])
    specs = read_fields(root)
    limits = read_phase_limits(root)
    steps = standing(desk, declared.steps, _steps(root, declared, specs), head.pauses if head else ())
    scenarios = _scenarios(root, declared, specs, steps)
    parts = {
        "roles": read_roles(root),
        "forms": read_forms(root),
        "fields": tuple(spec for spec in specs.values() if spec),
        "phases": phases(limits, steps),
        "indicators": read_indicators(root),
        "risks": tuple(line.text for line in root.sentences("risks")),
        "records": read_records(root),
        "breach_policy": read_policy(root),
        "accepted": read_accepted(root),
        "terms": (*(read_terms(head_block) if head_block else ()), *read_terms(root)),
        "note": root.text("note"),
    }
    if head is None or head.kind is None or not steps:
        return None
    entries = _entries(head)
    if head_block is not None:
        entries |= Allowances(declared.steps, declared.roles, _conditions(desk, declared, specs)).read(head_block)
    return Procedure(**entries, **parts, steps=steps, scenarios=scenarios)  # type: ignore[arg-type]


def _entries(head: Head) -> dict[str, object]:
    return {part.name: getattr(head, part.name) for part in fields(head) if part.name != "pauses"}


def _head(root: Block, roles: Names) -> tuple[Head | None, Block | None]:
    value = root.value("procedure")
    if value is None:
        return None, None
    block = open_block(root.desk, "procedure", value, ("procedure",), root.entries["procedure"][0])
    head = read_head(block, roles)
    places = root.desk.places
    for path, span in list(places.spans.items()):
        if path[0] == "procedure" and len(path) > 1:  # the model has no level of its own for the head
            root.desk.put(path[1:], span, places.keys.get(path))
    return head, block


def _declared(root: Block, sort: Sort, section: str) -> Names:
    title = word("root", section, root.desk.lang)
    entry = root.entries.get(section)
    if entry is None:
        return Names(sort, title)
    spans: dict[str, Span] = {}
    for key, _ in entry[1].entries:
        spans.setdefault(key.text, key.span)
        _sound_name(root.desk, sort, key)
    return Names(sort, title, entry[0].span, spans)


def _sound_name(desk: Desk, sort: Sort, key: Node) -> None:
    sign = next((sign for sign in _SIGNS[sort] if sign in key.text), None)
    opening = next((o for o in OPENINGS if sort == "step" and f"{key.text} ".startswith(f"{o} ")), None)
    if sign is not None:
        desk.fault("QT105", key.span, say("“{name}” may not contain “{sign}”", name=key.text, sign=sign.strip()))
    elif opening is not None:
        desk.fault(
            "QT105",
            key.span,
            say("the name of a step may not begin with “{words}”", words=opening),
            help=say("“{words} …” says where a case goes; choose another name", words=opening),
        )


def _steps(root: Block, declared: Declared, specs: Mapping[str, FieldSpec | None]) -> tuple[Step, ...]:
    desk = root.desk
    conditions = _conditions(desk, declared, specs)
    return Steps(desk, declared, Outcomes(desk, Targets(desk, declared.steps), conditions)).read(root)


def _conditions(desk: Desk, declared: Declared, specs: Mapping[str, FieldSpec | None]) -> Conditions:
    sound = {name: spec for name, spec in specs.items() if spec}
    return Conditions(desk, sound, frozenset(declared.fields.declared) - sound.keys())


def _scenarios(
    root: Block, declared: Declared, specs: Mapping[str, FieldSpec | None], steps: tuple[Step, ...]
) -> tuple[Scenario, ...]:
    targets = [branch.target for step in steps for outcome in step.outcomes for branch in outcome.branches]
    ends = frozenset(target.result for target in targets if isinstance(target, End))
    return Scenarios(root.desk, declared.steps, declared.fields, specs, ends).read(root)
