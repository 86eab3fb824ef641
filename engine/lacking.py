"""What a case that ends does not hold: forms and results that its steps declare and of which no file was kept."""

from collections.abc import Iterator

from engine.case import Case, Item, ItemStatus, breach_key
from engine.draft import Draft
from engine.events import BreachRecorded
from procedures.model import Procedure, Step


def record_lacking(draft: Draft) -> None:
    """Record what is missing in a case that ends by its own way, once for each step, by the names of what is missing.

    Files can be attached to open work only, so that nothing can come any more. Only a procedure whose policy asks for
    it is looked at: elsewhere records may be kept on paper.
    """
    for item, papers in lacking(draft.case, draft.rules.procedure):
        draft.happen(BreachRecorded(breach="missing_record", item=item.number, step=item.step, lacks=papers))


def lacking(case: Case, procedure: Procedure) -> Iterator[tuple[Item, tuple[str, ...]]]:
    """Yield the work, the last at each step, that went on without a file of all that the step declares; and of what."""
    if not asks_for_records(procedure):
        return
    for step in procedure.steps:
        papers = unkept(case, step) if step.kind == "work" else ()
        done = [item for item in case.round(step.key) if _went_on(step, item)] if papers else []
        if done and breach_key("missing_record", done[-1].number) not in case.breaches:
            yield done[-1], papers


def unkept(case: Case, step: Step) -> tuple[str, ...]:
    """Return the papers that a step leaves of which no file was attached at any attempt."""
    kept = {file.form for file in case.files if case.items[file.item - 1].step == step.key}
    if None in kept:  # attached when nobody was asked what it is: then it may be any
        return ()
    return tuple(paper for paper in step.leaves if paper not in kept)


def asks_for_records(procedure: Procedure) -> bool:
    """Tell whether the policy of a procedure names missing records."""
    return any(rule.breach == "missing_record" for rule in procedure.breach_policy)


def _went_on(step: Step, item: Item) -> bool:
    if item.status is not ItemStatus.DONE or item.skipped or item.returned_to is not None:
        return False
    outcome = step.outcome(item.outcome or "")
    return outcome is not None and step.goes_on(outcome)
