"""One act for several pieces of work: what would become of each, what all can be asked, and what came of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.case import Case, Item
from engine.commands import FinishWork
from engine.draft import Draft
from engine.handle import rules_for
from engine.refusal import Refusal
from engine.salts import fresh_salt
from engine.store import Held
from procedures.model import DONE, Step
from procedures.words import Words, say
from web.acts import Act, Ask, Given, act_named, tried
from web.acts.act import Choices
from web.answers import said
from web.forms import Form
from web.giving import give
from web.reading import held
from web.visit import Missing, Visit

#: No more than a page of the list at once.
MOST = 50
_NOTHING = say("There is nothing to do.")
REASON = Ask("ly-do", say("Reason"), "line", required=False, hint=say("Needed where the outcome sends back."))


def _outcomes(visit: Visit, case: Case, number: int) -> Choices:
    item = case.item(number)
    if item is None:
        return ()
    step = rules_for(case, visit.agency).procedure.step(item.step)
    return tuple((one.label, one.label) for one in step.outcomes)


FINISH = Act(
    "chuyen",
    say("Send on with the same outcome"),
    say("Only outcomes that all of them have can be chosen; what needs something entered is done one by one."),
    lambda given: FinishWork(
        id=given.id,
        actor=given.actor,
        case=given.case.id,
        item=given.number,
        outcome=None if given.form.one("ket-qua") == DONE else given.form.one("ket-qua") or None,
        reason=given.form.one("ly-do") or None,
        salt=fresh_salt(),
    ),
    (Ask("ket-qua", say("Outcome"), "choice", among=_outcomes), REASON),
)
#: What can be done to several at once, in the order in which a list offers it.
TOGETHER: tuple[Act, ...] = tuple(
    act for act in (act_named("nhan"), FINISH, act_named("giao-nguoi-khac"), act_named("tra-lai")) if act is not None
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A piece of work that was ticked; `held` is None for one that cannot be read or is not there."""

    case: str
    number: int
    held: Held | None

    @property
    def key(self) -> str:
        """What a form sends for it."""
        return f"{self.case}.{self.number}"

    @property
    def item(self) -> Item | None:
        """The piece of work itself."""
        return self.held.case.item(self.number) if self.held is not None else None

    def step(self, visit: Visit) -> Step | None:
        """Return the step that it is about."""
        if self.held is None or self.item is None:
            return None
        return rules_for(self.held.case, visit.agency).procedure.step(self.item.step)


def chosen(visit: Visit, keys: Iterable[str]) -> list[Chosen]:
    """Return what was ticked, each once; raises Missing for more than a page, or for what no list of ours sends."""
    told = [key.rpartition(".") for key in dict.fromkeys(keys) if key]
    if len(told) > MOST or any(not (number.isdecimal() and number.isascii()) for _, _, number in told):
        raise Missing(say("no more than {most} can be done at once", most=MOST))
    return [Chosen(case, int(number), _known(visit, case)) for case, _, number in told]


def common(visit: Visit, ask: Ask, those: Sequence[Chosen]) -> Choices:
    """Return what can be chosen for every one of those that are there."""
    offered = [ask.offered(visit, one.held.case, one.number) for one in those if one.held is not None and one.item]
    shared = set.intersection(*(set(choices) for choices in offered)) if offered else set()
    return tuple(choice for choice in (offered[0] if offered else ()) if choice in shared)


def trial(visit: Visit, act: Act, one: Chosen, form: Form) -> str:
    """Return why an act would not be taken, in the reader's language; empty when it would."""
    if one.held is None:
        return visit.text(_gone(one))
    answer = tried(visit, one.held, act, one.number, form)
    if isinstance(answer, Refusal):
        return said(visit, answer)
    return "" if isinstance(answer, Draft) and answer.events else visit.text(_NOTHING)


def do(visit: Visit, act: Act, one: Chosen, form: Form, batch: str) -> str:
    """Do it to one of them, once however often it is sent; return why it was not done, empty when it was.

    The id of its command is the same for the same batch; what is asked under it later is none that was done.
    """
    if one.held is None or visit.person is None:
        return visit.text(_gone(one))
    answer = give(visit, act.command(Given(f"{batch}/{one.key}", visit.person, one.held.case, one.number, form)))
    if isinstance(answer, Refusal):
        return said(visit, answer)
    return "" if answer.records else visit.text(_NOTHING)


def _known(visit: Visit, case: str) -> Held | None:
    try:
        return held(visit, case)
    except Missing:
        return None


def _gone(one: Chosen) -> Words:
    return say("there is no case {case}", case=one.case)
