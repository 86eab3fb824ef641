"""Sample cases (`thử:`): entered values, the path they take, and how they end."""

from collections.abc import Mapping
from dataclasses import dataclass

from procedures.finding import Edit
from procedures.model import Expected, FieldSpec, Scenario
from procedures.reading.block import Block, open_block
from procedures.reading.desk import Desk
from procedures.reading.names import Names, suggest
from procedures.reading.phrase import phrase
from procedures.values import ValueSaid, parse_entered
from procedures.words import say


@dataclass(frozen=True, slots=True)
class Scenarios:
    """Reads the sample cases against the declared steps, values and ends."""

    desk: Desk
    steps: Names
    fields: Names
    specs: Mapping[str, FieldSpec | None]
    ends: frozenset[str]

    def read(self, root: Block) -> tuple[Scenario, ...]:
        """Read `thử:`."""
        scenarios = []
        for key, value in root.named("tests"):
            path = ("scenarios", key.text)
            self.desk.put(path, key.span, key.span)
            scenarios.append(self._scenario(key.text, open_block(self.desk, "scenario", value, path, key)))
        return tuple(scenarios)

    def _scenario(self, name: str, block: Block) -> Scenario:
        return Scenario(name=name, given=self._given(block), path=self._path(block), end=self._end(block))

    def _given(self, block: Block) -> tuple[tuple[str, str], ...]:
        given = []
        for key, value in block.named("given"):
            name = self.fields.resolve(self.desk, phrase(key))
            self.desk.put_entry((*block.path, "given", key.text), key, value)
            spec = self.specs.get(name) if name else None
            if spec is None or name is None:
                continue
            try:
                parse_entered(spec, value.text)
            except ValueSaid as said:
                self.desk.fault("QT126", value.span, said.words)
            given.append((name, value.text))
        return tuple(given)

    def _path(self, block: Block) -> tuple[Expected, ...]:
        sentence = block.phrase("path")
        stops = []
        for position, stop in enumerate(sentence.split(">") if sentence else []):
            self.desk.put((*block.path, "path", position), stop.span)
            steps = [self.steps.resolve(self.desk, name) for name in stop.split("&")]
            stops.append(Expected(steps=tuple(step for step in steps if step)))
        return tuple(stops)

    def _end(self, block: Block) -> str:
        """Read how the case ends; only a slip of the pen is told here, `quytrinh test` follows the path to its end."""
        end = block.phrase("end")
        if end is None:
            return ""
        near, certain = suggest(end.text, self.ends)
        if end.text in self.ends or near is None:
            return end.text
        self.desk.fault(
            "QT207",
            end.span,
            say("no way on ends with “{name}”", name=end.text),
            help=say("did you mean “{name}”?", name=near),
            fix=[Edit(end.span, near)] if certain else (),
        )
        return near if certain else end.text
