"""Rules on staffing: in every unit that opens cases people are found for every step, also when one of them is away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from procedures.check.assigning import Rules, conflicts
from procedures.check.separation import rules_of
from procedures.check.staff import Opening, Staff
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, Span
from procedures.model import Procedure, Step
from procedures.words import Words, say

#: Names that a sentence lists before it only counts the rest.
_TOLD = 3

#: Steps of one case that people cannot be found for.
Conflict = frozenset[str]


@dataclass(frozen=True)
class Staffing:
    """For which cases, and without whom, no people are found."""

    subject: Subject
    staff: Staff

    @cached_property
    def procedure(self) -> Procedure:
        """The procedure under check."""
        return self.subject.procedure

    @cached_property
    def work(self) -> tuple[Step, ...]:
        """The steps that people do."""
        return tuple(step for step in self.procedure.steps if step.kind == "work")

    @cached_property
    def rules(self) -> Rules:
        """What ties the steps together."""
        return rules_of(self.procedure)

    @cached_property
    def able(self) -> dict[Opening, dict[str, frozenset[str]]]:
        """The accounts of those who may do each step, by opening."""
        return {one: self.staff.does(one) for one in self.staff.openings}

    @cached_property
    def present(self) -> dict[Opening, list[Conflict]]:
        """The conflicts while everybody is there."""
        return {one: self._conflicts(able) for one, able in self.able.items()}

    def without(self, person: str, opening: Opening) -> list[Conflict]:
        """Return the conflicts that are there only while `person` is away.

        Who cannot open the case because he is away leaves its first step to the others who may do it.
        """
        everybody = self.able[opening].items()
        able = {step: people - {person} if person in people else people for step, people in everybody}
        if opening.who == person:
            start = self.procedure.start
            able[start.key] = self.staff.accounts(start.responsible, opening) - {person}
        return [new for new in self._conflicts(able) if not any(old <= new for old in self.present[opening])]

    def absences(self) -> Iterator[tuple[Conflict, str, str]]:
        """Yield (steps, person, unit) where no opening of the unit gets through without the person."""
        for unit, openings in self.staff.units_that_open.items():
            for person in sorted(self._needed(openings)):
                others = [one for one in openings if one.who != person] or list(openings)
                stuck: list[list[Conflict]] = []
                for found in (self.without(person, one) for one in others):
                    if not found:
                        break
                    stuck.append(found)
                else:
                    yield from ((steps, person, unit) for steps in min(stuck, key=len))

    def stuck_anyway(self, steps: Conflict, unit: str) -> bool:
        """Tell whether in no case of the unit people are found for these steps and others, whoever is there."""
        return all(any(steps <= old for old in self.present[one]) for one in self.staff.units_that_open[unit])

    def _conflicts(self, able: dict[str, frozenset[str]]) -> list[Conflict]:
        # A step that is tied to none is only in conflict by itself: where nobody may do it.
        ties, together = self.rules.neighbours, self.subject.together
        alone = [frozenset({step}) for step, people in able.items() if not people and step not in ties]
        found = [steps for steps in alone if together.possible(steps)]
        tied = self._tied(frozenset((step, able[step]) for step in ties))
        return sorted([*found, *tied], key=lambda steps: (len(steps), sorted(steps))) if found else tied

    def _tied(self, able: frozenset[tuple[str, frozenset[str]]]) -> list[Conflict]:
        if able not in self._known:
            together = self.subject.together
            self._known[able] = [steps for steps in conflicts(self.rules, dict(able)) if together.possible(steps)]
        return self._known[able]

    @cached_property
    def _known(self) -> dict[frozenset[tuple[str, frozenset[str]]], list[Conflict]]:
        return {}

    def _needed(self, openings: Iterable[Opening]) -> set[str]:
        """Return the people whose absence can matter: those who do a step that has few people for its ties."""
        ties = self.rules.neighbours
        return {
            person
            for one in openings
            for step, people in self.able[one].items()
            if step in self.rules.bound or len(people) <= 1 + len(ties.get(step, ()))
            for person in people
        }


def people_are_found(subject: Subject) -> Iterator[Finding]:
    """QT510 to QT512: in every unit that opens cases, every step finds somebody, also when any one person is away."""
    if subject.staff is not None:
        staffing = Staffing(subject, subject.staff)
        yield from _found(staffing)
        yield from _one_may_be_away(staffing)


def _found(staffing: Staffing) -> Iterator[Finding]:
    staff = staffing.staff
    stuck: dict[Conflict, list[Opening]] = {}
    for opening, found in staffing.present.items():
        for steps in found:
            stuck.setdefault(steps, []).append(opening)
    # Steps that nobody may do in the same cases have one cause: a role that is held elsewhere only.
    empty: dict[tuple[Opening, ...], list[str]] = {}
    for steps, openings in stuck.items():
        if len(steps) > 1:
            yield _too_few(staffing, _in_order(staffing, steps), openings)
        elif any(staff.held(name) for name in staffing.procedure.step(*steps).responsible):
            empty.setdefault(tuple(openings), []).extend(steps)
    for cases, keys in empty.items():
        yield _nobody(staffing, _in_order(staffing, keys), cases)


def _one_may_be_away(staffing: Staffing) -> Iterator[Finding]:
    missed: dict[Conflict, dict[str, list[str]]] = {}
    for steps, person, unit in staffing.absences():
        # What stands still with everybody there is told as that; who is missed besides can be told when it is mended.
        if not staffing.stuck_anyway(steps, unit):
            missed.setdefault(steps, {}).setdefault(person, []).append(unit)
    # Steps that stand still without the same people in the same units do so for one cause.
    causes: dict[tuple[tuple[str, tuple[str, ...]], ...], list[str]] = {}
    for steps, people in missed.items():
        if len(steps) > 1:
            yield _away(staffing, _in_order(staffing, steps), people, tied=True)
        else:
            causes.setdefault(tuple((person, tuple(units)) for person, units in people.items()), []).extend(steps)
    for cause, keys in causes.items():
        yield _away(staffing, _in_order(staffing, keys), {person: list(units) for person, units in cause}, tied=False)


def _nobody(staffing: Staffing, steps: list[str], openings: Sequence[Opening]) -> Finding:
    units = list(dict.fromkeys(one.unit for one in openings))
    return Finding(
        "QT510",
        _weight(staffing, openings),
        say("nobody may do {steps} in a case of {units}", steps=_quoted(steps), units=_some(units)),
        staffing.subject.places.at("steps", steps[0], "responsible"),
        label=say("{count} of {all} units that open cases", count=len(units), all=len(staffing.staff.units_that_open)),
        help=say("add a role that is held there, or give somebody there the post in organisation.d"),
        data={"steps": steps, "units": units, "openers": [one.person.id for one in openings]},
    )


def _too_few(staffing: Staffing, steps: list[str], openings: Sequence[Opening]) -> Finding:
    first, units = openings[0], list(dict.fromkeys(one.unit for one in openings))
    able = staffing.able[first]
    return Finding(
        "QT511",
        _weight(staffing, openings),
        _tied(staffing, steps),
        _at_tie(staffing, steps),
        label=say("a case opened by {person} could not go on", person=first.person.name),
        help=say("let a further role do one of these steps, or give somebody else the post in organisation.d"),
        notes=tuple(
            say("“{step}” may be done by: {people}", step=step, people=_some(staffing.staff.names(able[step])))
            for step in steps
        ),
        data={"steps": steps, "units": units, "openers": list(dict.fromkeys(one.person.id for one in openings))},
    )


def _tied(staffing: Staffing, steps: list[str]) -> Words:
    if len(steps) > 2:  # noqa: PLR2004 (a pair has a sentence of its own)
        return say("there are too few people for {steps}, which must be done by different people", steps=_quoted(steps))
    other, step = steps
    if other in staffing.procedure.step(step).not_same_as or step in staffing.procedure.step(other).not_same_as:
        return say("step “{step}” needs another person than “{other}”, but there is only one", step=step, other=other)
    return say("step “{step}” needs the same person as “{other}”, but nobody may do both", step=step, other=other)


def _away(staffing: Staffing, steps: list[str], people: Mapping[str, list[str]], *, tied: bool) -> Finding:
    names = {person: staffing.staff.organisation.person(person).name for person in people}
    units = list(dict.fromkeys(unit for found in people.values() for unit in found))
    told = {"people": _some(list(names.values())), "steps": _quoted(steps)}
    at = _at_tie(staffing, steps) if tied else staffing.subject.places.at("steps", steps[0], "responsible")
    return Finding(
        "QT512",
        Severity.WARNING,
        say("without {people} there are too few people for {steps}", **told)
        if tied
        else say("without {people} nobody may do {steps}", **told),
        at,
        label=say("{count} of {all} units that open cases", count=len(units), all=len(staffing.staff.units_that_open)),
        help=say("give somebody else the post too in organisation.d, or let a further role do the step"),
        notes=tuple(
            say("when {person} is away, cases of {units} wait", person=names[person], units=_some(found))
            for person, found in list(people.items())[:_TOLD]
        ),
        data={"steps": steps, "without": dict(people)},
    )


def _weight(staffing: Staffing, openings: Sequence[Opening]) -> Severity:
    """Weigh as an error where no opener of some unit gets through, as a warning where it depends on who opens."""
    opened = staffing.staff.units_that_open
    closed = any(all(staffing.present[one] for one in opened[opening.unit]) for opening in openings)
    return Severity.ERROR if closed else Severity.WARNING


def _at_tie(staffing: Staffing, steps: list[str]) -> Span:
    """Return the place of the last `khác người` or `cùng người` that ties one of the steps to another."""
    places, found = staffing.subject.places, staffing.subject.places.at("steps", steps[-1])
    for step in (staffing.procedure.step(key) for key in steps):
        for entry, others in (("same_as", step.same_as), ("not_same_as", step.not_same_as)):
            found = next((places.at("steps", step.key, entry, other) for other in others if other in steps), found)
    return found


def _in_order(staffing: Staffing, steps: Iterable[str]) -> list[str]:
    return sorted(steps, key=staffing.procedure.number)


def _quoted(names: list[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _some(names: list[str]) -> str | Words:
    if len(names) <= _TOLD:
        return ", ".join(names)
    return say("{names} and {count} more", names=", ".join(names[:_TOLD]), count=len(names) - _TOLD)
