"""The night's work: the record is proven whole, and what will be missing soon is told in time."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from engine.agency import Agency
from engine.backup import backup
from engine.carry_out import finish_erasures
from engine.errands.duty import Duty
from engine.errands.task import Hopeless
from engine.errands.world import read_world
from engine.journal import note, warn
from engine.restoring import check
from engine.stores.audit import verify
from engine.stores.filed import file_faults, let_go
from engine.stores.leases import forget
from procedures.words import say
from quality.declarations.declared import declarations
from quality.declarations.in_force import in_force
from quality.declarations.mandatory import coverage, mandatory
from quality.declarations.reviews import REVIEW, kept
from quality.programme.kept import FOLDER as PROGRAMMES
from quality.programme.kept import KeptProgrammes
from quality.questions_snapshot import snapshot
from quality.reorganised import aftermath, followed, open_reviews
from quality.unit_kinds import keepers

#: A year whose days off are not decided is told so long before it begins.
AHEAD = timedelta(days=60)
#: A worker that has been silent for so long is no longer waited for.
_FORGOTTEN = timedelta(days=7)
#: A year without a programme is told so long before it begins.
_PLANNED = timedelta(days=30)
_HOUR = time(1)


def nights(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield the present night when its hour has come; a machine that was off does it when it is on again."""
    here = now.astimezone(agency.calendar.zone)
    if here.time() >= _HOUR:
        yield here.date().isoformat()


def run(agency: Agency, period: str, now: datetime) -> None:
    """Do the night's work; a record that is not whole is parked, so that a person sees it and it does not pass by."""
    verdict = verify(agency.store)
    if verdict.sound:
        verdict.blame(file_faults(agency.store, agency.files))
    note(
        "audit", night=period, cases=verdict.cases, events=verdict.events, faults=len(verdict.faults), root=verdict.root
    )
    with agency.store.writing() as writer:
        forget(writer.connection, now - _FORGOTTEN)
    with agency.store.reading() as reader:  # so that the first who asks for figures in the morning does not wait
        note("figures", night=period, cases=len(snapshot(reader).facts.ids))
    foresee(agency, period, now)
    review_reorganised(agency, period, now)
    altered = [*agency.shelf.altered(), *KeptProgrammes(agency.root / PROGRAMMES).faults()]
    if verdict.faults or altered:
        count = len(verdict.faults) + len(altered)
        raise Hopeless(say("the record is not whole: {count} faults; quytrinh audit verify tells them", count=count))
    if finished := finish_erasures(agency, now):
        note("erasures", night=period, finished=finished)
    if gone := let_go(agency.store, agency.files):
        note("files", night=period, let_go=len(gone))
    save(agency, period, now)


def foresee(agency: Agency, period: str, now: datetime) -> None:
    """Warn of what is missing or will be soon: days off, a programme, mandatory procedures, reviews."""
    if undecided := undecided_year(agency, now):
        warn("calendar", night=period, undecided=undecided)
    if missing := unplanned_year(agency, now):
        warn("programme", night=period, missing=missing)
    if lacking := uncovered_units(agency, now):
        warn("coverage", night=period, units=lacking)
    if overdue := overdue_reviews(agency, now):
        warn("reviews", night=period, overdue=overdue)


def review_reorganised(agency: Agency, period: str, now: datetime) -> None:
    """Open a review of each procedure that names a unit that is gone, once somebody follows its reorganisation."""
    today = now.astimezone(agency.calendar.zone).date()
    with agency.store.reading() as reader:
        gone = followed(reader, aftermath(reader, agency, today))
    opened = open_reviews(gone, store=agency.store, ground=agency, now=now)
    if opened:
        note("reorganised", night=period, reviews=[done.case for done in opened])


def save(agency: Agency, period: str, now: datetime) -> None:
    """Back up into the folder that is declared, prove that it can be put back, and keep as many as are wanted."""
    world = read_world(agency.root)
    if world.backups is None:
        return
    name = agency.root.resolve().name
    to = world.backups / f"{name}-{period}"
    if not to.exists():  # a night that was cut off after its backup goes on with the rehearsal
        backup(agency, to, now)
    found = check(to)
    note("backup", night=period, folder=to, faults=len(found.faults) + len(found.verdict.faults))
    if found.faults or found.verdict.faults:
        raise Hopeless(
            say("the backup of {night} cannot be put back; quytrinh restore --check tells why", night=period)
        )
    for old in sorted(world.backups.glob(f"{name}-????-??-??"))[: -max(world.keep, 1)]:
        shutil.rmtree(old)


def undecided_year(agency: Agency, now: datetime) -> int | None:
    """Return the year that begins soon without decided days off, or None."""
    year = (now + AHEAD).astimezone(agency.calendar.zone).year
    return None if agency.calendar.is_decided(year) else year


def unplanned_year(agency: Agency, now: datetime) -> int | None:
    """Return the year that begins soon, or has begun, without a programme, where there was one before; or None."""
    year = (now + _PLANNED).astimezone(agency.calendar.zone).year
    years = {one.plan.year for one in KeptProgrammes(agency.root / PROGRAMMES).current()}
    return year if years and year not in years and min(years) < year else None


def uncovered_units(agency: Agency, now: datetime) -> dict[str, int]:
    """Return how many mandatory procedures each unit has not adopted, of the units that lack any."""
    today = now.astimezone(agency.calendar.zone).date()
    with agency.store.reading() as reader:
        declared = declarations(reader)
    releases, units = in_force(agency.shelf, today), keepers(agency.organisation, today)
    matrix = coverage(mandatory(agency.root), units, releases, declared, agency.organisation, today)
    return dict(Counter(one.unit for one in matrix if one.standing == "not_adopted"))


def overdue_reviews(agency: Agency, now: datetime) -> list[str]:
    """Return the procedures whose review is overdue, where the agency has a procedure for reviews."""
    today = now.astimezone(agency.calendar.zone).date()
    releases = in_force(agency.shelf, today)
    if not any(one.code == REVIEW for one in releases):
        return []
    with agency.store.reading() as reader:
        return [one.release.code for one in kept(reader, releases, agency.calendar.zone) if one.overdue(today)]


NIGHTLY = Duty(nights, run)
