"""Where a step leads: its outcomes, each a single way on or a list of cases by condition."""

from dataclasses import dataclass

from procedures.condition import Condition
from procedures.grammar import Shape
from procedures.model import DONE, Branch, Outcome
from procedures.places import Path
from procedures.reading.block import Block, fits, open_block
from procedures.reading.conditions import Conditions
from procedures.reading.desk import Desk
from procedures.reading.targets import Targets, exactly_one
from procedures.source import Node

_CASE = Shape(block="branch")


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Reads the ways out of a step."""

    desk: Desk
    targets: Targets
    conditions: Conditions

    def read(self, step: Block) -> tuple[Outcome, ...]:
        """Read the one of `chọn`, `đến`, `đồng thời`, `việc nào xong trước`, `kết thúc` that the step declares."""
        way = exactly_one(step, ("to", "outcomes", "fork", "first_of", "end"))
        if way is None:
            self.desk.maimed = True
            return ()
        key = step.entries[way][0]
        path = (*step.path, "outcomes")
        if way == "outcomes":
            self.desk.put(path, key.span, key.span)
            return self._labelled(step, path)
        self.desk.put(path, step.entries[way][1].span, key.span)
        return (Outcome(label=DONE, branches=self._plain(step, way, (*path, DONE))),)

    def _labelled(self, step: Block, path: Path) -> tuple[Outcome, ...]:
        outcomes = tuple(
            Outcome(label=label.text, branches=self._branches(label, value, (*path, label.text)))
            for label, value in step.named("outcomes")
        )
        if not outcomes:
            self.desk.maimed = True
        return outcomes

    def _plain(self, step: Block, way: str, path: Path) -> tuple[Branch, ...]:
        value = step.value(way)
        if value is None:
            self.desk.maimed = True
            return ()
        key = step.entries[way][0]
        if way == "to":
            return self._branches(key, value, path)
        self.desk.put_entry(path, key, value)
        self.desk.put((*path, 0, "target"), value.span)
        target = self.targets.long(Block(self.desk, "target", step.node, path, key.span, key.text, {way: (key, value)}))
        if target is None:
            self.desk.maimed = True
        return (Branch(target=target),) if target else ()

    def _branches(self, key: Node, value: Node, path: Path) -> tuple[Branch, ...]:
        self.desk.put_entry(path, key, value)
        if value.kind != "list":
            target = self.targets.read(key, value, (*path, 0))
            return (Branch(target=target),) if target else ()
        cases = [
            open_block(self.desk, "branch", item, (*path, position))
            for position, item in enumerate(value.items)
            if fits(self.desk, _CASE, item, item)
        ]
        for case in cases:
            said = case.entries.get("when") or case.entries.get("otherwise")
            self.desk.put(case.path, said[1].span if said else case.node.span)
        branches = [self._branch(case) for case in cases]
        if not branches or None in branches:
            self.desk.maimed = True
        return tuple(branch for branch in branches if branch is not None)

    def _branch(self, case: Block) -> Branch | None:
        kind = exactly_one(case, ("when", "otherwise"))
        if kind is None:
            return None
        condition: Condition | None = None
        if kind == "when":
            sentence = case.phrase("when")
            condition = self.conditions.read(sentence) if sentence else None
            if condition is None:
                return None
        way = kind if kind == "otherwise" else exactly_one(case, ("to", "fork", "first_of", "back_to", "end"))
        value = case.value(way) if way else None
        if way is None or value is None:
            return None
        if way in {"to", "otherwise"}:
            target = self.targets.read(case.entries[way][0], value, case.path)
        else:
            self.desk.put((*case.path, "target"), value.span)
            target = self.targets.long(case)
        return Branch(when=condition, target=target) if target else None
