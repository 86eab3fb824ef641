"""One case upon a diagram: what is done, where it stands, what it never reached; as marks and as a list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from procedures.words import Lang, Words, say
from visualize.brief import capital
from visualize.diagram import Diagram, Mark, Node


class Status(StrEnum):
    """Where a case stands with one step."""

    DONE = "done"
    CURRENT = "current"
    NOT_REACHED = "not_reached"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class StepView:
    """A step in one case. `who`, `when`, `planned`, `actual` and `left` are words ready to be shown, in its language.

    `passes` counts how often it was finished; `who` and `when` tell of the last time, or of who holds it now;
    `left` is the time left or over ("còn 4 giờ", "quá hạn 4 giờ") of a current step.
    """

    status: Status = Status.NOT_REACHED
    passes: int = 0
    who: str = ""
    when: str = ""
    planned: str = ""
    actual: str = ""
    late: bool = False
    left: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as the drawing sees it: its steps by key (a step that is absent was not reached), its result if ended."""

    case: str
    steps: Mapping[str, StepView] = field(default_factory=dict)
    result: str | None = None

    def step(self, key: str) -> StepView:
        """Return how the case stands with the step `key`."""
        return self.steps.get(key, StepView())


#: The look of each status: fill, ink, frames, dashes, strike and weight. Words are added by `_mark`.
LOOKS = {
    Status.DONE: Mark(fill="#E6F4EA"),
    Status.CURRENT: Mark(fill="#FFF1CC", frames=2, weight=1.5),
    Status.NOT_REACHED: Mark(ink="#595959", dashed=True),
    Status.SKIPPED: Mark(ink="#595959", struck=True, weight=0.5),
    Status.CANCELLED: Mark(fill="#ECECF6", ink="#34345A", struck=True, weight=0.5),
}
_SAID = {
    Status.DONE: say("already done"),
    Status.CURRENT: say("now here"),
    Status.NOT_REACHED: say("not reached"),
    Status.SKIPPED: say("passed over"),
    Status.CANCELLED: say("dropped, not done any more"),
}


def overlay(diagram: Diagram, case: CaseView) -> Diagram:
    """Return `diagram` with each step marked as the case stands with it; ends other than its result stay plain."""
    lang: Lang = "en" if diagram.lang == "en" else "vi"
    nodes = tuple(_overlaid(node, case, lang) for node in diagram.nodes)
    title = f"{diagram.title} – {case.case}"
    return replace(diagram, title=title, nodes=nodes)


def listing(diagram: Diagram, case: CaseView | None = None) -> tuple[str, ...]:
    """Return the diagram as sentences, one a node in the order of its rows: the twin for those who cannot see it."""
    shown = overlay(diagram, case) if case is not None else diagram
    return tuple(node.label for node in shown.nodes)


def _overlaid(node: Node, case: CaseView, lang: Lang) -> Node:
    if not node.number:
        return replace(
            node,
            mark=LOOKS[Status.DONE]
            if node.text.casefold() == (case.result or "").casefold()
            else LOOKS[Status.NOT_REACHED],
        )
    view = case.step(node.key)
    spoken = ", ".join(said.into(lang) for said in _sentence(view))
    return replace(
        node, mark=_mark(view, lang), cells=_cells(node, view, lang), label=f"{node.label} {capital(spoken)}."
    )


def _mark(view: StepView, lang: Lang) -> Mark:
    look = LOOKS[view.status]
    times = f" ×{view.passes}" if view.passes > 1 else ""
    match view.status:
        case Status.DONE:
            lines: tuple[str, ...] = (f"✓{times}",)
        case Status.CURRENT:
            before = f"✓{times or ' ×1'} · " if view.passes else ""
            lines = (f"{before}▶ {view.left or say('now here').into(lang)} ◀",)
            look = replace(look, fill="#B3261E", ink="#FFFFFF") if view.late else look
        case Status.CANCELLED:
            lines = (say("dropped").into(lang),)
        case _:
            lines = ()
    return replace(look, lines=lines)


def _cells(node: Node, view: StepView, lang: Lang) -> tuple[tuple[str, ...], ...]:
    who, time, *rest = node.cells
    doer = " ".join(part for part in (view.who, view.when) if part)
    spent = (say("actual").into(lang), view.actual) if view.actual else ()
    planned = (view.planned,) if view.planned else time
    late = (say("beyond its time").into(lang),) if view.late else ()
    return ((*who, doer) if doer else who, (*planned, *spent, *late), *rest)


def _sentence(view: StepView) -> Iterator[Words]:
    yield _SAID[view.status]
    if view.passes > 1 or (view.passes and view.status is Status.CURRENT):
        yield say("finished {times}×", times=view.passes)
    if view.who or view.when:
        yield say("{who}", who=" ".join(part for part in (view.who, view.when) if part))
    if view.left:
        yield say("{left}", left=view.left)
    if view.actual:
        yield say("actual {time}", time=view.actual)
    if view.late:
        yield say("beyond its time")
