"""The scores of circular 01/2018/TT-VPCP, article 13, as events tell them: 0 to 2 points a case, officer and agency."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo

import numpy as np

from engine.case import ItemStatus
from procedures.words import Words, say
from quality.columns import NEVER, Behind, Codes, Flags, Numbers, late, marked
from quality.groups import Group
from quality.indicators import completed
from quality.periods import Period

#: The nine criteria by number; the first three are told by events, the others are asked from people.
CRITERIA: dict[int, Words] = {
    1: say("time of the whole case"),
    2: say("time of each unit that took part"),
    3: say("times that the applicant had to come again to complete the dossier"),
    4: say("bodies that the applicant had to see"),
    5: say("how the one-stop desk is organised"),
    6: say("how procedures are published"),
    7: say("attitude of officers"),
    8: say("handling of complaints"),
    9: say("services online"),
}
SEEN = (1, 2, 3)
#: What the sum of all nine means for an agency: at least so many points.
GRADES: tuple[tuple[float, Words], ...] = (
    (15, say("excellent")),
    (12, say("good")),
    (9, say("fair")),
    (6, say("average")),
    (0, say("weak")),
)
_DAY = 86_400
_EARLY, _PROMPT, _LATE = 2, 1, 0


@dataclass(frozen=True, slots=True)
class Score:
    """The averages of somebody's cases, to one decimal, by criterion; None where no case tells it.

    `kind` is agency, unit or officer; an officer and a unit are judged by their own work, and by the cases they had.
    """

    kind: str
    name: str
    points: tuple[float | None, ...]
    cases: Behind

    def total(self, asked: dict[int, float]) -> float | None:
        """Return the sum of all nine, given the points of those that are asked; None while one of them is missing."""
        known = {**asked, **dict(zip(SEEN, self.points, strict=True))}
        told = [known.get(criterion) for criterion in CRITERIA]
        return round(sum(one for one in told if one is not None), 1) if None not in told else None


def grade(total: float) -> Words:
    """Return what the sum of all nine criteria means for an agency."""
    return next(words for least, words in GRADES if total >= least)


def scores(group: Group, period: Period, zone: tzinfo) -> list[Score]:
    """Return the scores of the agency, its units and its officers over the cases completed in a period."""
    done = completed(group, period)
    offset = period.start.astimezone(zone).utcoffset()
    shift = int(offset.total_seconds()) if offset is not None else 0
    own = _of_items(group, done, shift)
    whole, contacts = _of_cases(group, done, shift), _contacts(group, done)
    worst = _worst(group, done, own)
    everybody = Score("agency", "", tuple(map(_mean, (whole, worst, contacts))), group.behind(done))
    of_case = {"whole": _placed(group, done, whole), "contacts": _placed(group, done, contacts)}
    return [everybody, *_parts(group, "unit", own, of_case), *_parts(group, "officer", own, of_case)]


def _parts(group: Group, kind: str, own: tuple[Numbers, Codes], of_case: dict[str, Codes]) -> Iterator[Score]:
    rows, points = own
    column = (group.items.unit if kind == "unit" else group.items.performer)[rows]
    for name, code in column.present():
        mine = column.codes == code
        cases = Behind(group.ids, group.items.case[rows[mine]]).once()
        whole, contacts = (of_case[one][cases.places] for one in ("whole", "contacts"))
        yield Score(kind, name, (_mean(whole), _mean(points[mine]), _mean(contacts)), cases)


def _of_cases(group: Group, done: Numbers, shift: int) -> Codes:
    cases = group.cases
    return _points(cases.ended_at[done], cases.due[done], shift)


def _of_items(group: Group, done: Numbers, shift: int) -> tuple[Numbers, Codes]:
    """Return the finished work of people in these cases, as rows, with its points."""
    items = group.items
    ours = marked(group.cases.place[done], len(group.ids))[items.case]
    by_people: Flags = ours & items.status.are(ItemStatus.DONE.value) & items.waits_for.are("work")
    rows = np.flatnonzero(by_people)
    return rows, _points(items.finished_at[rows], items.due[rows], shift)


def _points(at: Numbers, due: Numbers, shift: int) -> Codes:
    """Return 2 for what was done on an earlier day than due, 1 for the same day in time, 0 late, -1 without a limit."""
    day = (at + shift) // _DAY, (np.maximum(due, 0) + shift) // _DAY
    told = np.where(late(at, due), _LATE, np.where(day[0] < day[1], _EARLY, _PROMPT))
    return np.where(due == NEVER, -1, told).astype(np.int32)


def _contacts(group: Group, done: Numbers) -> Codes:
    """Return 2 where nothing was asked for again, 1 where once, else 0: requests, and returns to the start."""
    items = group.items
    begins = np.flatnonzero(np.diff(items.case, prepend=-1))
    first = np.full(len(group.ids), -2, np.int32)
    first[items.case[begins]] = items.step.codes[begins]
    back = items.returned & (items.returned_to.codes == first[items.case])
    again = np.bincount(items.case[back], minlength=len(group.ids))[group.cases.place[done]]
    points: Codes = np.maximum(2 - again - group.cases.supplements[done], 0).astype(np.int32)
    return points


def _worst(group: Group, done: Numbers, own: tuple[Numbers, Codes]) -> Codes:
    """Return for each case the points of the unit that took longest against its limit."""
    rows, points = own
    worst = np.full(len(group.ids), 9, np.int32)
    limited = points >= 0
    np.minimum.at(worst, group.items.case[rows[limited]], points[limited])
    found = worst[group.cases.place[done]]
    return np.where(found == 9, -1, found).astype(np.int32)  # noqa: PLR2004 - more than any point


def _placed(group: Group, done: Numbers, points: Codes) -> Codes:
    found = np.full(len(group.ids), -1, np.int32)
    found[group.cases.place[done]] = points
    return found


def _mean(points: Codes) -> float | None:
    told = points[points >= 0]
    return float(round(int(told.sum()) / len(told), 1)) if len(told) else None
