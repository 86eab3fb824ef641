"""Decisions about the files of a case."""

from engine.commands.files import NAME, OTHER, AttachFile
from engine.decisions.family import decide_on
from engine.decisions.looking import in_other_hands, workable
from engine.draft import Draft, EnteredValue
from engine.entering import digest
from engine.events.entered import Entered
from engine.events.files import FileAttached
from engine.files import LARGEST_OF_CASE
from engine.refusal import Refusal
from engine.refusals.files import FilesTooMany, FormNotDeclared
from engine.rights import may_do
from procedures.model import Step

_MB = 1024 * 1024


@decide_on.register
def _(command: AttachFile, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    refusal = in_other_hands(draft, item, command.actor) or may_do(draft, item, command.actor)
    if refusal is not None:
        return refusal
    if sum(file.size for file in draft.case.files) + command.size > LARGEST_OF_CASE * _MB:
        return FilesTooMany(draft.case_id, LARGEST_OF_CASE)
    form = _form(draft.rules.procedure.step(item.step), command.form)
    if isinstance(form, Refusal):
        return form
    number = len(draft.case.files) + 1
    kept = EnteredValue(f"{NAME} {number}", command.fields.get(NAME, ""), command.salt)
    draft.entered.append(kept)
    draft.happen(
        FileAttached(
            number=number,
            item=item.number,
            form=form,
            by=command.actor,
            digest=command.digest,
            size=command.size,
            type=command.type,
            entered=(Entered(name=kept.name, digest=digest(kept)),),
        )
    )
    return None


def _form(step: Step, told: str | None) -> str | Refusal | None:
    """Return which paper of a step a file is: None where the step declares none, empty for another one."""
    if not step.papers and told in {None, "", OTHER}:
        return None
    if told is None:
        return step.papers[0] if len(step.papers) == 1 else ""
    if told in step.papers:
        return told
    return "" if told in {"", OTHER} else FormNotDeclared(step.name, told, ", ".join((*step.papers, OTHER)))
