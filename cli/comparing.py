"""Two definitions or issues side by side: where they come from, what differs in words, what it means for cases."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import Words, say

if TYPE_CHECKING:
    from engine.migration import Verdict
    from procedures.difference import Change, Difference
    from procedures.model import Procedure
    from procedures.places import Places


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison; `issue` is None for a draft, `places` for an issue."""

    procedure: "Procedure"
    words: Words
    issue: int | None = None
    places: "Places | None" = None


def sides(desk: Desk, first: str, second: str | None) -> tuple[Side, Side]:
    """Return what is compared; a code alone means its last issue against its draft."""
    if second is not None:
        return side(desk, first), side(desk, second)
    last = [one for one in _shelf(desk).all() if one.code == first]
    if not last:
        desk.stop(say("no issue of a procedure “{code}” was ever published", code=first))
    return side(desk, last[-1].name), side(desk, first)


def side(desk: Desk, name: str) -> Side:
    """Return a file, the draft of a code, or `code@issue`; stops when it cannot be read whole."""
    from cli.definitions import load, one_procedure

    procedure = one_procedure(desk, name)
    if "@" in name and not Path(name).exists():
        return Side(procedure, say("issue number {issue}", issue=procedure.issue), procedure.issue)
    (loaded,) = list(load(desk, [Path(name)]))[:1]
    return Side(procedure, say("the draft"), None, loaded.places)


def upcoming(desk: Desk, one: Side) -> "Procedure":
    """Return a side as it would be issued: a draft whose number was not raised yet comes after the last issue."""
    from procedures.drafting import upcoming as raised

    return one.procedure if one.issue is not None else raised(one.procedure, _shelf(desk).all())


def lines(desk: Desk, found: "Difference", before: Side, after: Side) -> Iterator[str]:
    """Yield the difference as lines: a head, one a change, and what may be a forgotten rename."""
    yield desk.text(say("{code}: {before} → {after}", code=_codes(found), before=before.words, after=after.words))
    for change in found.changes:
        line = _line(change, after)
        told = f"  {change.sign.value} {desk.text(change.words)}"
        yield f"{told}  {desk.text(say('(line {line})', line=line))}" if line else told
    for old, new in found.undeclared.items():
        words = say("was “{old}” renamed to “{new}”? then add  tên cũ: {old}", old=old, new=new)
        yield f"  ? {desk.text(words)}"
    if not found.changes:
        yield f"  {desk.text(say('nothing differs'))}"


def as_json(found: "Difference", before: Side, after: Side) -> dict[str, Any]:
    """Return the difference for scripts."""
    return {
        "before": {"procedure": found.before.code, "issue": before.issue},
        "after": {"procedure": found.after.code, "issue": after.issue},
        "renames": dict(found.renames),
        "changes": [_change_json(change, after) for change in found.changes],
    }


def verdicts(desk: Desk, code: str, into: "Procedure", only: Sequence[str] = ()) -> "list[Verdict]":
    """Judge for every running case of a procedure under an earlier issue whether it could go on under `into`."""
    from engine.migration import issues_between, judge
    from procedures.net import compile_net

    net, found = compile_net(into), []
    with desk.agency.store.reading() as reader:
        for case in reader.cases(procedure=code):
            held = reader.held(case.id)
            if case.over or case.issue >= into.issue or held is None or (only and case.id not in only):
                continue
            earlier = issues_between(desk.agency.shelf, code, case.issue, into.issue - 1)
            found.append(judge(held, reader.log(case.id), [*earlier, into], net))
    return found


def effect_lines(desk: Desk, found: "list[Verdict]", code: str) -> Iterator[str]:
    """Yield what an issue means for running cases: how many could move, and why others cannot."""
    stay = [verdict for verdict in found if not verdict.movable]
    yield desk.text(say("Effect: {count} running cases. They keep their issue until they end.", count=len(found)))
    if found:
        moving, staying = len(found) - len(stay), len(stay)
        words = say("can be moved: {moving}; cannot: {staying}", moving=moving, staying=staying)
        yield f"  {desk.text(words)}"
    reasons = Counter(desk.text(verdict.obstacles[0]) for verdict in stay)
    yield from (
        f"    {count} × {reason}" for reason, count in sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    )
    if found:
        see = say("see: quytrinh case migrate --plan --procedure {code}", code=code)
        yield f"  {desk.text(see)}"


def verdict_json(desk: Desk, verdict: "Verdict") -> dict[str, Any]:
    """Return a verdict for scripts."""
    reasons = [desk.text(words) for words in verdict.obstacles]
    return {"case": verdict.case, "to": verdict.issue, "movable": verdict.movable, "reasons": reasons}


def _codes(found: "Difference") -> str:
    return " → ".join(dict.fromkeys((found.before.code, found.after.code)))


def _line(change: "Change", after: Side) -> int | None:
    if after.places is None or change.sign.value == "-" or not change.path:
        return None
    path = change.path
    while path and not after.places.knows(*path):
        path = path[:-1]
    return after.places.at(*path).line if path else None


def _change_json(change: "Change", after: Side) -> dict[str, Any]:
    texts = {"vi": change.words.into("vi"), "en": change.words.into("en")}
    told = {name: str(getattr(change, name)) for name in ("before", "after")}
    line = _line(change, after)
    return {"sign": change.sign.value, "kind": change.kind, "step": change.step, **told, "line": line, "message": texts}


def _shelf(desk: Desk) -> Any:
    from procedures.shelf import FolderShelf

    return FolderShelf(desk.root / "releases")


def stop_unless_known(desk: Desk, code: str) -> None:
    """Stop when no issue of a procedure was ever published."""
    if all(one.code != code for one in _shelf(desk).all()):
        desk.stop(say("no issue of a procedure “{code}” was ever published", code=code), Exit.USAGE)
