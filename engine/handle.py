"""The one way to change a case: a click, a typed command, a timer and a machine's answer all come in here."""

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn, cast

from engine.case import Case
from engine.commands import (
    AnyCommand,
    CaseCommand,
    ClaimWork,
    EraseValues,
    FollowCalendar,
    LapseConsultation,
    MigrateCase,
    OpenCase,
    ReassignWork,
    RecordBreach,
    RehomeCase,
    StartWork,
)
from engine.decide import decide
from engine.draft import Draft, EnteredValue
from engine.entering import digest, typed_values
from engine.fact import to_bytes
from engine.journal import heard, note
from engine.log import GENESIS, Cause, Recorded, chain
from engine.migration import Move, issues_between, migrate
from engine.objections import objected
from engine.opening import open_case, opened_already
from engine.packing import NO_VALUES
from engine.refusal import Refusal
from engine.refusals.entering import NotWritable
from engine.refusals.issues import IssueAltered, NoSuchIssue, ProcedureAbolished, UnknownProcedure
from engine.refusals.life import CommandReused, UnknownCase
from engine.rules import Ground, Rules
from engine.salts import blinded, value_salt
from engine.store import Held, Reader, Receipt, Store, Writer
from engine.texts import apart, blind_of, text_fields
from engine.trouble import Conflict, Gone
from procedures.shelf import Abolished, NotOnShelf, ShelfRefusal
from procedures.text import writable

#: Case numbers are padded to this many digits.
_DIGITS = 4
#: How often a command is decided when others write at the same moment, or a connection breaks.
_TIMES = 4
#: Commands that may find that there is nothing to do. That they were carried out is kept apart from the log: asked
#: again, when there would be something to do, they still do nothing.
MAY_WRITE_NOTHING = (
    ClaimWork,
    StartWork,
    ReassignWork,
    RecordBreach,
    RehomeCase,
    FollowCalendar,
    EraseValues,
    LapseConsultation,
)
#: Commands that are decided on what the database holds, never on what is remembered.
_LOOKED_AT = (OpenCase, MigrateCase, *MAY_WRITE_NOTHING)
#: How many characters of a command's digest tell what is asked; as many more tell the values.
HALF = 32
#: The half that tells the values of a command that has none.
_NOTHING = NO_VALUES.hex()


class _Unread:
    """A reader for whoever needs none: any question is a Conflict, and is then asked where the case is looked at.

    That it was asked is kept too: whoever lives with a register that cannot be read has not been answered.
    """

    asked = False

    def __getattr__(self, question: str) -> NoReturn:
        self.asked = True
        raise Conflict(question)


@dataclass(frozen=True, slots=True)
class Done:
    """A command was carried out, now or earlier (`repeated`); `records` are what it wrote."""

    case: str
    records: tuple[Recorded, ...]
    repeated: bool = False


def handle(command: AnyCommand, *, store: Store, ground: Ground, now: datetime) -> Done | Refusal:
    """Carry a command out, once: the same id again answers with the first result. A refusal has changed nothing.

    Raises Trouble when the store cannot serve; the same command may then be given again.
    """
    if now.tzinfo is None:
        raise ValueError(f"{now.isoformat()} has no time zone")
    now = now.astimezone(UTC).replace(microsecond=0)
    if not writable("".join(command.said)):
        return NotWritable()
    answer = _at_last(command, store, ground, now)
    _note(command, answer)
    return answer


def _at_last(command: AnyCommand, store: Store, ground: Ground, now: datetime) -> Done | Refusal:
    with suppress(Conflict, Gone, ShelfRefusal):  # the case may have left an issue that cannot be read any more
        done = _on_memory(command, store, ground, now)
        if done is not None:
            return done
    for _ in range(_TIMES - 1):
        with suppress(Conflict, Gone):  # deciding again is safe: what was done after all answers with its receipt
            return _once(command, store, ground, now)
    return _once(command, store, ground, now)


def _note(command: AnyCommand, answer: Done | Refusal) -> None:
    """Tell the operator which command came to what; who gave it stands in the log of the case alone."""
    if not heard():
        return
    told = {"kind": type(command).__name__, "command": command.id}
    if isinstance(answer, Done):
        note("command", **told, case=answer.case, came="repeated" if answer.repeated else "done")
    else:
        note("command", **told, case=getattr(command, "case", None), came=answer.code)


def _on_memory(command: AnyCommand, store: Store, ground: Ground, now: datetime) -> Done | None:
    """Carry a command out on what is remembered of its case; None where that must be looked at first.

    Raises Conflict where the case has moved on, or the command has been done: both are seen when it is written.
    """
    if isinstance(command, _LOOKED_AT):
        return None
    held = store.remembered(command.case)
    if held is None:
        return None
    now = max(now, held.case.changed_at)
    unread = _Unread()
    reader = cast("Reader", unread)
    decided = _on_case(command, held, reader, ground, now)
    if not isinstance(decided, Draft) or not decided.events or objected(decided, reader, ground) or unread.asked:
        return None
    _, records = _recorded(command, held, decided, now)
    store.follow(held, decided.case, records, decided.entered)
    return Done(decided.case_id, records)


def _once(command: AnyCommand, store: Store, ground: Ground, now: datetime) -> Done | Refusal:
    """Carry a command out in one transaction."""
    with store.writing() as writer:
        earlier, held = writer.ahead_of(command.id, None if isinstance(command, OpenCase) else command.case)
        if earlier is not None:
            return _again(command, earlier)
        if held is not None:
            now = max(now, held.case.changed_at)  # a clock that was set back does not reorder what has happened
        decided = _decided(command, held, writer, ground, now)
        if isinstance(decided, Draft):
            decided = objected(decided, writer, ground) or decided
        if isinstance(decided, Refusal):
            meanwhile = writer.receipt(command.id)  # the same command may have been done elsewhere since we looked
            return decided if meanwhile is None else _again(command, meanwhile)
        asked, records = _recorded(command, held, decided, now)
        if records:
            writer.commit(held.case if held else None, decided.case, records, decided.entered)
        else:
            writer.keep(command.id, Receipt(decided.case_id, asked, ()))
        return Done(decided.case_id, records)


def _again(command: AnyCommand, earlier: Receipt) -> Done | Refusal:
    """Answer a command whose id has been done before."""
    return Done(earlier.case, earlier.records, repeated=True) if _same(command, earlier) else CommandReused(command.id)


def command_digest(command: AnyCommand, salts: Mapping[str, str] | None = None, blind: str = "") -> str:
    """Return what a command asks as a digest in two halves: all but its id, salt, values and texts; these, blinded.

    So the log tells nothing of what has been erased, and a repeated command is still known without it.
    `salts` are those its values were kept with; without them they follow from the salt of the command. `blind` is what
    blinds its texts; those of a command that leaves none in the log are not told.
    """
    told = asked_of(command)
    values = told.get("fields", {})
    if salts is None:
        salts = {name: value_salt(command.salt, name) for name in values}
    hidden = [digest(EnteredValue(name, values[name], salts.get(name, ""))) for name in sorted(values)]
    for name in text_fields(type(command)):
        if said := told[name]:
            told[name] = len(said) if isinstance(said, list) else True
            hidden += [blinded(blind, name, one) for one in (said if isinstance(said, list) else [said]) if blind]
    return asked_digest(type(command).__name__, told, hidden)


def asked_of(command: AnyCommand) -> dict[str, Any]:
    """Return what a command asks, in plain values: all but its id and salt."""
    return command.model_dump(mode="json", exclude={"id", "salt"})


def asked_digest(kind: str, told: Mapping[str, Any], hidden: Iterable[str] = ()) -> str:
    """Return the digest of what a command of this kind asks, given the blinded digests of its values and texts."""
    asked = to_bytes([kind, {**told, "fields": sorted(told.get("fields", {}))}])
    entered = " ".join(hidden)
    return _half(asked) + (_half(entered.encode()) if entered else _NOTHING)


def _half(said: bytes) -> str:
    return hashlib.sha256(said).hexdigest()[:HALF]


def _same(command: AnyCommand, earlier: Receipt) -> bool:
    """Tell whether a command asks what its id has done before; what was entered is only compared while all is there."""
    asked = command_digest(command, earlier.salts, earlier.blind or "")
    whole = earlier.blind is not None and earlier.salts.keys() >= getattr(command, "fields", {}).keys()
    return earlier.digest == asked if whole else earlier.digest[:HALF] == asked[:HALF]


def rules_for(case: Case, ground: Ground) -> Rules:
    """Return the rules of a running case: the issue it was opened under, whatever has been issued since."""
    return Rules(ground.shelf.release(case.procedure, case.issue), ground.organisation, ground.calendars)


def _unaltered(case: Case, ground: Ground) -> Rules | IssueAltered:
    """Return the rules of a running case, unless its issue is no longer the one it was opened under."""
    rules = rules_for(case, ground)
    return rules if rules.release.hash == case.release else IssueAltered(case.procedure, case.issue, case.id)


def _decided(command: AnyCommand, held: Held | None, writer: Writer, ground: Ground, now: datetime) -> Draft | Refusal:
    if isinstance(command, OpenCase):
        return _opened(command, writer, ground, now)
    if held is None:
        return UnknownCase(command.case)
    if isinstance(command, MigrateCase):
        return _migrated(command, held, writer, ground, now)
    return _on_case(command, held, writer, ground, now)


def _on_case(command: CaseCommand, held: Held, reader: Reader, ground: Ground, now: datetime) -> Draft | Refusal:
    rules = _unaltered(held.case, ground)
    if isinstance(rules, Refusal):
        return rules
    values = typed_values(rules.procedure, held)
    return decide(rules, held.case, values, command, now, lambda: reader.log(held.case.id))


def _migrated(command: MigrateCase, held: Held, writer: Writer, ground: Ground, now: datetime) -> Draft | Refusal:
    rules = _unaltered(held.case, ground)
    if isinstance(rules, Refusal):
        return rules
    try:
        into = ground.shelf.release(held.case.procedure, command.issue)
    except NotOnShelf:
        return NoSuchIssue(held.case.procedure, command.issue)
    if into.effective_from > rules.today(now):
        return NoSuchIssue(held.case.procedure, command.issue)
    between = issues_between(ground.shelf, into.code, held.case.issue, into.issue)
    return migrate(Move(rules, into, tuple(between)), held, writer.log(command.case), command, now)


def _opened(command: OpenCase, writer: Writer, ground: Ground, now: datetime) -> Draft | Refusal:
    day = now.astimezone(ground.calendar.zone).date()
    try:
        release = ground.shelf.current(command.procedure, day)
    except Abolished as over:
        return ProcedureAbolished(command.procedure, over.ending.since, over.ending.reason)
    except NotOnShelf:
        return UnknownProcedure(command.procedure)
    rules = Rules(release, ground.organisation, ground.calendars)
    series = f"{command.series}-{day.year}"
    case_id = f"{series}-{writer.next_number(series):0{_DIGITS}d}"
    opened = open_case(rules, case_id, command, now)
    twin = opened_already(rules, command, writer, now) if isinstance(opened, Draft) else None
    return twin or opened


def _recorded(command: AnyCommand, held: Held | None, draft: Draft, now: datetime) -> tuple[str, tuple[Recorded, ...]]:
    """Return the digest of what a command asks, and what it makes happen as records, with the texts apart."""
    seq, head = (held.case.version, held.head) if held else (0, GENESIS)
    texts = apart(draft.events, seq, command.salt)
    asked = command_digest(command, blind=blind_of(one for own in texts.values() for one in own))
    cause = Cause(command.id, asked, command.actor, now)
    return asked, tuple(chain(draft.case_id, draft.events, cause, seq=seq, head=head, texts=texts))
