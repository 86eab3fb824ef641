"""What is checked about a procedure before it may be issued: flow, time, people and content."""

from collections.abc import Callable, Iterable

from procedures.calendar import Calendar
from procedures.check import (
    branches,
    content,
    flow,
    foreseen,
    graph,
    grounds,
    handlers,
    norms,
    people,
    performers,
    policy,
    separation,
    staffing,
    telling,
    tight,
    time,
)
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, in_reading_order
from procedures.model import Procedure
from procedures.organisation import Organisation
from procedures.places import Places
from procedures.remembered import remembered

Rule = Callable[[Subject], Iterable[Finding]]

#: Every rule, in the order of the codes; each is independent of the others.
RULES: tuple[Rule, ...] = (
    graph.named_steps_exist,
    branches.otherwise_is_there_and_last,
    graph.every_step_can_end,
    graph.every_step_is_reached,
    graph.joins_know_their_steps,
    graph.returns_go_back,
    branches.somebody_makes_every_choice,
    branches.somewhere_to_go_after_the_last_return,
    performers.somebody_decides_a_bounded_return,
    performers.time_outs_have_a_time,
    flow.cases_end_properly,
    performers.several_come_to_one_outcome,
    performers.lists_are_lists,
    performers.enough_can_be_reached,
    performers.listed_units_have_holders,
    time.steps_fit_into_the_limit,
    tight.last_minute_cases_are_kept,
    time.published_total_is_right,
    time.units_can_be_summed,
    time.phases_hold_their_steps,
    time.returns_are_counted,
    norms.parts_fit_into_their_step,
    norms.calendar_lets_norms_be_kept,
    foreseen.values_are_there_in_time,
    foreseen.limit_can_be_foreseen,
    people.nobody_approves_his_own_request,
    people.roles_have_holders,
    staffing.people_are_found,
    separation.keeping_apart_has_effect,
    separation.somebody_is_left_after_a_return,
    people.two_people_see_a_case,
    content.names_risks,
    content.names_records,
    content.has_scenarios,
    content.has_indicators,
    content.owner_is_known,
    content.steps_have_norms,
    content.steps_leave_something,
    content.names_its_grounds,
    telling.somebody_is_told_of_lateness,
    grounds.grounds_can_be_found,
    content.forms_are_used,
    policy.policies_can_be_met,
    handlers.something_does_every_automatic_step,
)


#: What is said of who meets whom on the ways of cases; where these are at fault it only follows from that.
_OF_THE_WAYS = frozenset({"QT513", "QT514", "QT601"})


def check(
    procedure: Procedure, places: Places, organisation: Organisation | None = None, calendar: Calendar | None = None
) -> list[Finding]:
    """Return every finding about `procedure`, in reading order.

    Without `organisation` the rules about real people are left out; without `calendar` times in different units are
    not held against each other. Asked again about the same objects it answers at once.
    """
    return list(_findings(procedure, places, organisation, calendar))


@remembered
def _findings(
    procedure: Procedure, places: Places, organisation: Organisation | None, calendar: Calendar | None
) -> tuple[Finding, ...]:
    subject = Subject(procedure, places, organisation, calendar)
    found = in_reading_order(finding for rule in RULES for finding in rule(subject))
    broken = any(finding.severity is Severity.ERROR and finding.code.startswith("QT3") for finding in found)
    return tuple(finding for finding in found if not broken or finding.code not in _OF_THE_WAYS)


def unaccepted_warnings(findings: Iterable[Finding], procedure: Procedure) -> list[Finding]:
    """Return the warnings that the procedure's owner has not accepted with a reason."""
    accepted = {acceptance.code for acceptance in procedure.accepted}
    return [f for f in findings if f.severity is Severity.WARNING and f.code not in accepted]
