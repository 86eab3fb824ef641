"""When breaches become a nonconformity: the declared policy, or the house's where a procedure is silent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from operator import attrgetter

from engine.rows import WHOLE_CASE
from procedures.model import BreachRule, Procedure
from quality.facts import BreachFact
from quality.periods import Kind, Period, containing, finder

#: The system procedure that handles nonconformities.
HANDLING = "QT-HT-04"
#: What applies where a procedure declares nothing.
HOUSE = (
    BreachRule(breach="late_case", text="hồ sơ quá hạn"),
    BreachRule(breach="late_step", at_least=3, period="month", text="bước chậm tiến độ ít nhất 3 lần mỗi tháng"),
)


@dataclass(frozen=True, slots=True)
class Met:
    """A policy that is met. `key` names this instance of it for ever; `breaches` are in the order they happened."""

    key: str
    procedure: str
    rule: BreachRule
    step: str | None
    period: str | None
    breaches: tuple[BreachFact, ...]


def rules_of(procedure: Procedure) -> tuple[BreachRule, ...]:
    """Return the policy of a procedure.

    The house default does not apply to the handling of nonconformities itself: a late one is shown as overdue, and
    does not open another that would be late in its turn.
    """
    if procedure.breach_policy or procedure.code == HANDLING:
        return procedure.breach_policy
    return HOUSE


def of_whole_case(rule: BreachRule) -> bool:
    """Tell whether a rule on returns counts them within one case, so that the breach is of the whole case."""
    return rule.breach == "returned" and rule.period == "case"


def met(
    breaches: Iterable[BreachFact], policy: Callable[[str, int], tuple[BreachRule, ...]], zone: tzinfo
) -> list[Met]:
    """Return every met instance of a policy, in a fixed order; `policy` gives the rules of an issue.

    A breach belongs to the month, quarter or year in which its deadline passed or its deed was done, not to that of
    the sweep that found it. Issues of one procedure that declare the same rule are counted together.
    """
    groups: dict[str, list[tuple[BreachFact, BreachRule]]] = {}
    ordered = sorted(breaches, key=attrgetter("at", "case", "seq"))
    period_of = _finder(ordered, zone)
    asking: dict[
        tuple[str, int, str, bool], list[BreachRule]
    ] = {}  # rules of such breaches: there are few kinds of them
    for breach in ordered:
        such = breach.procedure, breach.issue, breach.kind, breach.number == WHOLE_CASE
        if such not in asking:
            asking[such] = [rule for rule in policy(breach.procedure, breach.issue) if _concerns(rule, breach)]
        for rule in asking[such]:
            groups.setdefault(_key(rule, breach, period_of), []).append((breach, rule))
    return [_met(key, group, zone) for key, group in sorted(groups.items()) if len(group) >= _needed(group[0][1])]


def _concerns(rule: BreachRule, breach: BreachFact) -> bool:
    if rule.breach != breach.kind:
        return False
    return breach.kind != "returned" or of_whole_case(rule) == (breach.number == WHOLE_CASE)


def _needed(rule: BreachRule) -> int:
    """Return how many breaches meet a rule; a return is recorded of a whole case only once its count is reached."""
    return 1 if of_whole_case(rule) else rule.at_least


def _finder(ordered: Sequence[BreachFact], zone: tzinfo) -> Callable[[Kind, int], Period]:
    """Return what finds the month, quarter or year of a breach: looked for once each, not for every breach."""
    finders: dict[Kind, Callable[[int], Period]] = {}

    def period_of(kind: Kind, at: int) -> Period:
        if kind not in finders:
            finders[kind] = finder(kind, ordered[0].at, ordered[-1].at, zone)
        return finders[kind](at)

    return period_of


def _key(rule: BreachRule, breach: BreachFact, period_of: Callable[[Kind, int], Period]) -> str:
    name = f"policy/{breach.procedure}/{rule.breach}/{rule.at_least}/{rule.period or 'each'}"
    if rule.period is None:
        return f"{name}/{breach.case}/{breach.number or 'case'}"
    if rule.period == "case":
        return f"{name}/{breach.case}"
    period = period_of(rule.period, breach.at).key
    return f"{name}/{period}/{breach.step or 'case'}"


def _met(key: str, group: list[tuple[BreachFact, BreachRule]], zone: tzinfo) -> Met:
    first, rule = group[0]
    steps = {breach.step for breach, _ in group}
    period = None
    if rule.period in {"month", "quarter", "year"}:
        period = containing(datetime.fromtimestamp(first.at, UTC), rule.period, zone).key
    return Met(
        key=key,
        procedure=first.procedure,
        rule=rule,
        step=steps.pop() if len(steps) == 1 else None,
        period=period,
        breaches=tuple(breach for breach, _ in group),
    )
