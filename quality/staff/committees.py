"""Committees, teams and focal persons (QT-HT-38): who is in them on a day by which decision, and who was before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from engine.case import Case
from engine.draft import Draft
from engine.rules import Ground
from engine.store import Reader
from procedures.organisation import Organisation
from procedures.words import Words, say
from quality import questions
from quality.entering import day_of, entered
from quality.fields import listed

CASE = "QT-HT-38"
BODY, UNIT, CHAIR, MEMBERS, WHY = "tên tổ chức", "đơn vị", "trưởng", "thành viên", "lý do kiện toàn"
DECISION, SINCE = "số quyết định", "hiệu lực từ ngày"
STEERING, FOCAL = "Ban Chỉ đạo ISO", "Đầu mối của đơn vị"
BODIES = (STEERING, "Tổ giúp việc", "Đoàn đánh giá nội bộ", "Đoàn kiểm tra", FOCAL)
#: The result of a case by which a body was set up.
_MADE = "đã kiện toàn"


@dataclass(frozen=True, slots=True)
class Committee:
    """One composition of a body of a unit: from `since` until the next, whose day is `until` (not included)."""

    case: str
    body: str
    unit: str
    chair: str
    members: tuple[str, ...]
    decision: str
    why: str
    since: date
    until: date | None = None

    def stands(self, on: date) -> bool:
        """Tell whether this is the composition of that day."""
        return self.since <= on and (self.until is None or on < self.until)

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody in it, the chair first, each once."""
        return tuple(dict.fromkeys((self.chair, *self.members)))


def committees(reader: Reader) -> list[Committee]:
    """Return every composition there has been, by unit and body, the oldest first."""
    entered = questions.entered(reader, CASE)
    made = [_told(case, entered.get(case.id, {})) for case in reader.cases(procedure=CASE) if case.result == _MADE]
    known = sorted((one for one in made if one is not None), key=lambda one: (one.unit, one.body, one.since, one.case))
    return [_ended(one, known) for one in known]


def objections(
    organisation: Organisation, body: str, unit: str, chair: str, members: Sequence[str], on: date
) -> Iterator[Words]:
    """Yield what stands against a composition: unknown people, or a steering committee whose chair is not the head."""
    known = {person.id: person.name for person in organisation.people}
    for account in (chair, *members):
        if account not in known:
            yield say("{who} is nobody's account", who=account)
    heads = {head.account for head in organisation.heads(unit, on)}
    if body == STEERING and chair in known and heads and chair not in heads:
        yield say(
            "{who} does not head {unit}, so another has to chair its steering committee", who=known[chair], unit=unit
        )


def objection(draft: Draft, reader: Reader, ground: Ground) -> Words | None:  # noqa: ARG001 - as all objections are
    """Return the first thing that stands against a composition once it is entered, by whatever door it comes."""
    values = entered(draft, (BODY, UNIT, CHAIR, MEMBERS))
    chair = listed(values.get(CHAIR, ""))
    if not chair:
        return None
    told = (values.get(BODY, ""), values.get(UNIT, ""), chair[0], listed(values.get(MEMBERS, "")), day_of(draft))
    return next(objections(ground.organisation, *told), None)


def outdated(found: Sequence[Committee], organisation: Organisation, on: date) -> Iterator[Words]:
    """Yield whom a standing body still names though they hold no post, or no longer head the unit."""
    known = {person.id: person.name for person in organisation.people}
    for one in found:
        if not one.stands(on):
            continue
        for account in one.people:
            if not organisation.units_of(account, on):
                yield say(
                    "{who} holds no post any more and is still in {body} of {unit}",
                    who=known.get(account, account),
                    body=one.body,
                    unit=one.unit,
                )
        yield from objections(organisation, one.body, one.unit, one.chair, (), on)


def _told(case: Case, values: Mapping[str, str]) -> Committee | None:
    chair = listed(values.get(CHAIR, ""))
    if not chair or not values.get(SINCE):
        return None
    return Committee(
        case=case.id,
        body=values.get(BODY, ""),
        unit=values.get(UNIT, ""),
        chair=chair[0],
        members=listed(values.get(MEMBERS, "")),
        decision=values.get(DECISION, ""),
        why=values.get(WHY, ""),
        since=date.fromisoformat(values[SINCE]),
    )


def _ended(one: Committee, known: Sequence[Committee]) -> Committee:
    after = [
        other
        for other in known
        if (other.unit, other.body) == (one.unit, one.body) and (other.since, other.case) > (one.since, one.case)
    ]
    until = min((other.since for other in after), default=None)
    return replace(one, until=until)
