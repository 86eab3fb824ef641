"""Steps (`các bước:`): who does them, in what time, with what, and where they lead."""

from dataclasses import dataclass

from procedures.model import Duration, Norm, Step, Unit
from procedures.reading import machines, times
from procedures.reading.block import Block, open_block
from procedures.reading.calls import read_call
from procedures.reading.desk import Desk
from procedures.reading.joins import kept_from, other_steps, read_join
from procedures.reading.names import Names
from procedures.reading.outcomes import Outcomes
from procedures.reading.performers import Performers
from procedures.reading.phrase import Phrase
from procedures.reading.timeouts import Timeouts
from procedures.reading.variants import read_variants
from procedures.words import say

_WITH_BASIS = "khi có căn cứ"
#: What a thing to do ends with when its step cannot go on without it.
_REQUIRED = ", bắt buộc"
_DOERS = ("responsible", "automatic", "delay", "delay_until", "call")


@dataclass(frozen=True, slots=True)
class Declared:
    """The names that a step may use."""

    steps: Names
    roles: Names
    forms: Names
    fields: Names
    phases: Names


@dataclass(frozen=True, slots=True)
class Steps:
    """Reads the steps of one file."""

    desk: Desk
    declared: Declared
    outcomes: Outcomes

    def read(self, root: Block) -> tuple[Step, ...]:
        """Read `các bước:` in the order of the file."""
        steps = []
        for key, value in root.named("steps"):
            path = ("steps", key.text)
            self.desk.put(path, key.span, key.span)
            steps.append(self._step(key.text, open_block(self.desk, "step", value, path, key)))
        return tuple(steps)

    def _step(self, key: str, block: Block) -> Step:
        self._one_doer(block)
        call, handover = read_call(block, self.declared.fields)
        outcomes = self.outcomes.read(block)
        timeout, late = Timeouts(self.desk, self.outcomes.targets).read(block, outcomes)
        automatic, handling = machines.automatic(block)
        checks = block.sentences("checklist")
        return Step(
            key=key,
            name=block.text("name") or key,
            responsible=self._roles(block, "responsible", "responsible"),
            participants=self._roles(block, "with", "participants"),
            following=self._roles(block, "following", "following"),
            when_late=self._roles(block, "when_late", "when_late"),
            not_same_as=kept_from(block, self.declared.steps, self.declared.fields),
            same_as=self._others(block, "same_as"),
            norm=self._norm(block),
            sublimits=times.sublimits(block),
            hand_over_cut_off=times.clock_time(block, "hand_over_cut_off"),
            phase=self._phase(block),
            collect=self._names(block, "collect", self.declared.fields),
            forms=self._names(block, "forms", self.declared.forms),
            checklist=tuple(line.text.removesuffix(_REQUIRED) for line in checks),
            required_checks=tuple(
                line.text.removesuffix(_REQUIRED) for line in checks if line.text.endswith(_REQUIRED)
            ),
            return_reasons=tuple(line.text for line in block.sentences("return_reasons")),
            outputs=tuple(line.text for line in block.sentences("outputs")),
            may_pause=block.text("may_pause") in {"có", _WITH_BASIS},
            pause_needs_basis=block.text("may_pause") == _WITH_BASIS,
            may_skip=block.yes("may_skip"),
            reason_required=block.yes("reason_required"),
            needs_file=block.yes("needs_file"),
            join=read_join(block, self.declared.steps),
            outcomes=(*outcomes, *late),
            several=Performers(self.desk, self.declared.fields).read(block),
            timeout=timeout,
            automatic=automatic,
            handling=handling,
            delay=times.limit(block, "delay"),
            delay_until=self._field(block, "delay_until"),
            call=call,
            handover=handover,
            renamed_from=block.text("renamed_from"),
            note=block.text("note"),
        )

    def _norm(self, block: Block) -> Norm | None:
        if block.has("within"):
            self.desk.put((*block.path, "norm"), self.desk.places.at(*block.path, "within"), block.span("within"))
        limits = read_variants(block, self.outcomes.conditions)
        if limits is None:
            return times.norm(block, "within")
        rest, variants = limits
        return Norm(within=rest, variants=variants) if rest is not None else None

    def _one_doer(self, block: Block) -> None:
        written = [block.entries[id_][0] for id_ in _DOERS if block.has(id_)]
        for key in written[1:]:
            self.desk.fault("QT108", key.span, say("“{a}” and “{b}” exclude each other", a=written[0].text, b=key.text))

    def _roles(self, block: Block, id_: str, name: str) -> tuple[str, ...]:
        return block.roles(id_, self.declared.roles, name)

    def _names(self, block: Block, id_: str, names: Names) -> tuple[str, ...]:
        return block.resolved(block.names(id_), names, id_)

    def _others(self, block: Block, id_: str) -> tuple[str, ...]:
        return other_steps(block, block.names(id_), self.declared.steps, id_)

    def _field(self, block: Block, id_: str) -> str | None:
        name = block.phrase(id_)
        return self.declared.fields.resolve(self.desk, name) if name else None

    def _phase(self, block: Block) -> str | None:
        name = block.phrase("phase")
        return self.declared.phases.resolve(self.desk, name) if name else None


def standing(desk: Desk, names: Names, steps: tuple[Step, ...], pauses: tuple[Phrase, ...]) -> tuple[Step, ...]:
    """Return the steps, with those that `dừng tính khi` names outside the limit of the case."""
    named = {names.resolve(desk, name) for name in pauses}
    return tuple(step.model_copy(update={"norm": _outside(step)}) if step.key in named else step for step in steps)


def _outside(step: Step) -> Norm:
    within = step.norm.within if step.norm else Duration(unit=Unit.NOT_COUNTED, text="không tính thời gian")
    return Norm(within=within, counted=False)
