"""What a case that ends does not hold: steps that declare forms or results and kept none of them."""

from collections.abc import Iterator

from engine.case import Case, Item, ItemStatus, breach_key
from engine.draft import Draft
from engine.events import BreachRecorded
from procedures.model import Procedure, Step


def record_lacking(draft: Draft) -> None:
    """Record what is missing in a case that ends by its own way, once for each step.

    Files can be attached to open work only, so that nothing can come any more. Only a procedure whose policy asks for
    it is looked at: elsewhere records may be kept on paper.
    """
    for item in lacking(draft.case, draft.rules.procedure):
        draft.happen(BreachRecorded(breach="missing_record", item=item.number, step=item.step))


def lacking(case: Case, procedure: Procedure) -> Iterator[Item]:
    """Yield the work, the last at each step, that went on without a file of what the step declares."""
    if not asks_for_records(procedure):
        return
    held = {case.items[file.item - 1].step for file in case.files}
    for step in procedure.steps:
        if step.kind != "work" or step.key in held or not leaves_file(step):
            continue
        done = [item for item in case.round(step.key) if _went_on(step, item)]
        if done and breach_key("missing_record", done[-1].number) not in case.breaches:
            yield done[-1]


def asks_for_records(procedure: Procedure) -> bool:
    """Tell whether the policy of a procedure names missing records."""
    return any(rule.breach == "missing_record" for rule in procedure.breach_policy)


def leaves_file(step: Step) -> bool:
    """Tell whether a step leaves a file: of its results, or a form that is not filled in by what is entered."""
    return bool(step.outputs) or (bool(step.forms) and not step.collect)


def _went_on(step: Step, item: Item) -> bool:
    if item.status is not ItemStatus.DONE or item.skipped or item.returned_to is not None:
        return False
    outcome = step.outcome(item.outcome or "")
    return outcome is not None and step.goes_on(outcome)
