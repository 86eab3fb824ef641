"""Random commands between people, for the play: beginning, handing over, calling back, leaving out, tasks, records."""

import random
from dataclasses import replace

from engine.case import Case
from engine.commands import (
    AnyCommand,
    CancelTask,
    CorrectRecord,
    CorrectValues,
    FinishTask,
    GiveTask,
    ReassignWork,
    RecallWork,
    ReopenCase,
    SkipWork,
    StartWork,
)
from procedures.organisation import Organisation

HEADS = {"Văn phòng": ("Chánh Văn phòng",), "Sở A": ("Giám đốc",)}


def headed(plain: Organisation) -> Organisation:
    """Return the office of the tests with heads of its units."""
    units = tuple(replace(one, heads=HEADS.get(one.name, ())) for one in plain.units)
    return Organisation(units, plain.people, plain.mandates)


def handling(rng: random.Random, case: Case, id_: str, people: tuple[str, ...]) -> AnyCommand:
    """Return a command about who does the work of a case, or about what is on record of it."""
    item = rng.choice(case.live_items or case.items)
    done = [one for one in case.items if one.finished_at and one.assignee]
    mine = rng.choice(done) if done and rng.random() < 0.8 else item
    actor = (item.assignee if rng.random() < 0.5 else None) or rng.choice(people)
    one = {"id": id_, "actor": actor, "case": case.id}
    writer = rng.choice((case.opener, case.items[0].assignee or actor, "em"))
    why = rng.choice(("vì vậy", "vì vậy", ""))
    task = rng.randint(1, max(1, len(item.tasks)))
    if case.over:
        return ReopenCase(**(one | {"actor": rng.choice(("dung", "chi", "em", "an"))}), reason=why)
    if item.open_tasks and rng.random() < 0.3:
        return CancelTask(**(one | {"actor": item.assignee or actor}), item=item.number, task=task, reason="thôi")
    if item.open_tasks and rng.random() < 0.7:
        return FinishTask(**(one | {"actor": item.open_tasks[0].to}), item=item.number, task=task, report="xong")
    choices: tuple[AnyCommand, ...] = (
        StartWork(**one, item=item.number),
        ReassignWork(**one, item=item.number, to=rng.choice(people), reason=why),
        RecallWork(**(one | {"actor": mine.assignee or actor}), item=mine.number, reason=why),
        SkipWork(**one, item=item.number, reason=why, outcome=rng.choice((None, "Xong"))),
        GiveTask(**one, item=item.number, to=rng.choice(people), what=why),
        CancelTask(**one, item=item.number, task=task, reason=why),
        CorrectValues(**(one | {"actor": writer}), fields={"tổng tiền": rng.choice("57")}, reason=why, salt="s"),
        CorrectRecord(**one, event=rng.randint(0, case.version + 1), says=why, reason=why),
    )
    return rng.choice(choices)
