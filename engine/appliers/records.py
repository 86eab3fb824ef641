"""What corrections, reopening and new homes do to a case."""

from collections.abc import Mapping
from datetime import datetime

from engine.appliers.family import apply, with_item
from engine.appliers.time import with_dues
from engine.case import Case, CaseStatus, Item
from engine.events import CaseRehomed, CaseReopened, RecordCorrected, ValuesCorrected
from engine.matters import Consultation
from engine.posts import at_home


@apply.register
def _(event: ValuesCorrected, case: Case, at: datetime) -> Case:  # noqa: ARG001
    for number, variant in event.variants:
        case = with_item(case, number, variant=variant)
    if event.course is not None:
        case = case.but(course=event.course, due=event.due)
    return with_dues(case, event.dues, event.parts)


@apply.register
def _(event: RecordCorrected, case: Case, at: datetime) -> Case:  # noqa: ARG001
    return case.but(destroyed_at=None)  # what was added is a record again, which somebody has to destroy


@apply.register
def _(event: CaseReopened, case: Case, at: datetime) -> Case:  # noqa: ARG001
    stopped_at = case.ended_at if case.due is not None else None
    running = {"status": CaseStatus.OPEN, "result": None, "ended_at": None, "stopped_at": stopped_at}
    return case.but(marking=event.marking, destroyed_at=None, **running)


@apply.register
def _(event: CaseRehomed, case: Case, at: datetime) -> Case:  # noqa: ARG001
    homes, posts = dict(event.units), dict(event.posts)
    items = tuple(_moved(item, homes, posts) if item.live else item for item in case.items)
    asked = tuple(one.but(**_asked(one, homes, posts)) if one.answerable else one for one in case.consultations)
    after = case.but(items=items, consultations=asked, unit=homes.get(case.unit or "", case.unit))
    return with_dues(after, event.dues, event.parts)


def _moved(item: Item, homes: Mapping[str, str], named: Mapping[str, str]) -> Item:
    return item.but(posts=_posts(item.posts, homes, named), unit=homes.get(item.unit or "", item.unit))


def _asked(one: Consultation, homes: Mapping[str, str], named: Mapping[str, str]) -> dict[str, object]:
    """Return who is asked for an opinion after the move: the unit that took over, in its posts."""
    return {"of": homes.get(one.of, one.of), "posts": _posts(one.posts, homes, named)}


def _posts(posts: tuple[str, ...], homes: Mapping[str, str], named: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named.get(post) or at_home(post, homes) for post in posts))
