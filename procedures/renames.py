"""Which steps of a later issue are steps of an earlier one under a new name."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from procedures.model import BackTo, Branch, Expected, Go, Outcome, Procedure, Scenario, Step, Target


def declared(before: Procedure, after: Procedure) -> dict[str, str]:
    """Return old key → new key for each step that `after` declares renamed (`tên cũ`).

    It counts only when the old name is gone and the new one was not in use: otherwise two steps would be one.
    """
    old, new = _keys(before), _keys(after)
    said = ((step.renamed_from, step.key) for step in after.steps if step.renamed_from is not None)
    return {was: now for was, now in said if was in old and was not in new and now not in old}


def survivors(issues: Sequence[Procedure]) -> dict[str, str]:
    """Return where each step of the first issue is in the last one, by keys; a step that is gone is left out.

    Renames are followed from issue to issue; a step that was away in between counts when the last issue has it again.
    """
    first, last = issues[0], issues[-1]
    found = {key: key for key in _keys(first)}
    for before, after in pairwise(issues):
        names, known = declared(before, after), _keys(after)
        found = {key: names.get(now, now) for key, now in found.items() if names.get(now, now) in known}
    direct, known = declared(first, last), _keys(last)
    for key in _keys(first):
        now = direct.get(key, key)
        if key not in found and now in known and now not in found.values():
            found[key] = now
    return found


def undeclared(before: Procedure, after: Procedure) -> dict[str, str]:
    """Return old key → new key of steps that look renamed though nothing says so.

    One that went and one that came look the same when they have one name, or when nothing differs but the name.
    """
    names = declared(before, after)
    came = [step for step in after.steps if step.key not in _keys(before) and step.key not in names.values()]
    gone = [step for step in before.steps if step.key not in _keys(after) and step.key not in names]
    pairs = ((was.key, now.key) for was in gone for now in came if _alike(was, now, names))
    return dict(_one_to_one(pairs))


def with_names(procedure: Procedure, names: Mapping[str, str]) -> Procedure:
    """Return a procedure whose steps are called by new keys, wherever it speaks of them."""
    if not names:
        return procedure
    steps = tuple(step_with_names(step, names) for step in procedure.steps)
    scenarios = tuple(_scenario(one, names) for one in procedure.scenarios)
    start = procedure.counted_from
    if start.event == "step" and start.name is not None:
        start = start.model_copy(update={"name": names.get(start.name, start.name)})
    return procedure.model_copy(update={"steps": steps, "scenarios": scenarios, "counted_from": start})


def step_with_names(step: Step, names: Mapping[str, str]) -> Step:
    """Return a step with every key in it, its own too, replaced by the new one."""

    def new(keys: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(names.get(key, key) for key in keys)

    join = step.join and step.join.model_copy(update={"steps": new(step.join.steps)})
    return step.model_copy(
        update={
            "key": names.get(step.key, step.key),
            "not_same_as": new(step.not_same_as),
            "same_as": new(step.same_as),
            "join": join,
            "outcomes": tuple(_outcome(outcome, names) for outcome in step.outcomes),
        }
    )


def _scenario(one: Scenario, names: Mapping[str, str]) -> Scenario:
    path = tuple(Expected(steps=tuple(names.get(key, key) for key in stop.steps)) for stop in one.path)
    return one.model_copy(update={"path": path})


def _outcome(outcome: Outcome, names: Mapping[str, str]) -> Outcome:
    branches = tuple(Branch(when=way.when, target=_target(way.target, names)) for way in outcome.branches)
    return outcome.model_copy(update={"branches": branches})


def _target(target: Target, names: Mapping[str, str]) -> Target:
    match target:
        case Go(steps=steps):
            return target.model_copy(update={"steps": tuple(names.get(key, key) for key in steps)})
        case BackTo(step=step):
            return target.model_copy(update={"step": names.get(step, step)})
    return target


def _alike(was: Step, now: Step, names: Mapping[str, str]) -> bool:
    if was.kind != now.kind:
        return False
    called = step_with_names(was, {**names, was.key: now.key})
    same = {"name": now.name, "note": now.note, "renamed_from": now.renamed_from}
    return was.name.casefold() == now.name.casefold() or called.model_copy(update=same) == now


def _one_to_one(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    old: set[str] = set()
    new: set[str] = set()
    for was, now in pairs:
        if was not in old and now not in new:
            old.add(was)
            new.add(now)
            yield was, now


def _keys(procedure: Procedure) -> dict[str, None]:
    return dict.fromkeys(step.key for step in procedure.steps)
