"""How cases went against their procedure, and the points they give, as text, JSON and rows."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cli.desk import Desk
from cli.exits import Exit
from cli.tables import table
from procedures.vietnamese import number, percent
from procedures.words import Words, say

if TYPE_CHECKING:
    from quality.conform import Conformity, Deviation, Variant
    from quality.groups import Group
    from quality.scoring import Score

#: So many cases of a deviation are named in the terminal; `--format json` names all.
_NAMED = 5
#: Ways that fewer cases than this share took are put together.
_RARE = 0.01
_KINDS = {"agency": say("agency"), "unit": say("unit"), "officer": say("officer")}


def conformity_text(desk: Desk, group: "Group", found: "Conformity", steps: Sequence[str]) -> str:
    """Return the rate, the deviations with their cases, and the ways as numbers of steps, most frequent first."""
    rate = found.rate
    told = say(
        "{group}: {rate} of {count} completed cases conform",
        group=group.words,
        rate=percent(rate.value or 0, desk.lang),
        count=number(rate.count, desk.lang, 0),
    )
    parts = [desk.text(told)]
    if found.deviations:
        heads = [say("deviation"), say("step"), say("times"), say("cases"), say("of them")]
        parts.append(table(desk, heads, [_deviation(desk, one) for one in found.deviations]))
    heads = [say("way"), say("cases"), say("share"), say("median"), say("on time"), say("leads so")]
    number_of = {step: place for place, step in enumerate(steps, 1)}
    parts.append(table(desk, heads, _ways(desk, found, number_of)))
    named = ", ".join(f"{place} {step}" for step, place in number_of.items())
    parts.append(desk.text(say("steps: {steps}", steps=named)))
    return "\n".join(parts)


def conformity_json(group: "Group", found: "Conformity") -> dict[str, object]:
    """Return everything with all case ids."""
    from quality.review import figure_json

    return {
        "procedure": group.procedure,
        "issues": [issue for issue, _ in group.issues],
        "rate": figure_json(found.rate),
        "deviations": [
            {"kind": one.kind, "step": one.step, "times": one.times, "cases": list(one.cases)}
            for one in found.deviations
        ],
        "variants": [
            {
                "path": list(one.path),
                "cases": list(one.cases),
                "median_working_minutes": one.median,
                "on_time": one.on_time,
                "leads_so": one.fits,
            }
            for one in found.variants
        ],
    }


def _deviation(desk: Desk, one: "Deviation") -> list[str]:
    from quality.conform import DEVIATIONS

    some = ", ".join(one.cases[:_NAMED]) + (" …" if len(one.cases) > _NAMED else "")
    return [desk.text(DEVIATIONS[one.kind]), one.step or "–", str(one.times), str(len(one.cases)), some]


def _ways(desk: Desk, found: "Conformity", number_of: Mapping[str, int]) -> list[list[str]]:
    whole = found.rate.count
    shown = [one for one in found.variants if len(one.cases) >= _RARE * whole]
    rows = [_way(desk, one, whole, number_of) for one in shown]
    rest = whole - sum(len(one.cases) for one in shown)
    if rest:
        rows.append([desk.text(say("other ways")), str(rest), percent(rest / whole, desk.lang), "", "", ""])
    return rows


def _way(desk: Desk, one: "Variant", whole: int, number_of: Mapping[str, int]) -> list[str]:
    days = "–" if one.median is None else number(round(one.median / 480, 1), desk.lang, 1)
    on_time = "–" if one.on_time is None else percent(one.on_time, desk.lang)
    leads = desk.text(say("yes") if one.fits else say("no"))
    count = len(one.cases)
    path = "·".join(str(number_of.get(step, step)) for step in one.path)
    return [path, str(count), percent(count / whole, desk.lang), days, on_time, leads]


def asked_points(desk: Desk, told: Mapping[str, str]) -> dict[int, float]:
    """Return the points that people gave for criteria 4 to 9; stops on anything else."""
    from quality.scoring import CRITERIA, SEEN

    found: dict[int, float] = {}
    for name, text in told.items():
        plain = text.replace(",", ".")
        known = name.isdecimal() and int(name) in CRITERIA and int(name) not in SEEN
        if not known or not plain.replace(".", "", 1).isdecimal() or not 0 <= float(plain) <= 2:  # noqa: PLR2004
            desk.stop(
                say("“{text}” is not a criterion from 4 to 9 with 0 to 2 points", text=f"{name}={text}"), Exit.USAGE
            )
        found[int(name)] = float(plain)
    return found


def score_rows(desk: Desk, found: "Sequence[Score]", asked: Mapping[int, float]) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows: who, how many cases, the points of each criterion, and the sum with what it means."""
    from quality.scoring import CRITERIA, SEEN, grade

    criteria: list[Words] = [CRITERIA[one] for one in SEEN]
    heads = [desk.text(word) for word in (say("judged"), say("name"), say("cases"), *criteria, say("sum of nine"))]
    rows = []
    for one in found:
        total = one.total(dict(asked)) if one.kind == "agency" else None
        summed = "–" if total is None else f"{number(total, desk.lang, 1)}: {desk.text(grade(total))}"
        points = ["–" if point is None else number(point, desk.lang, 1) for point in one.points]
        name = one.name or desk.agency.settings.agency
        rows.append([desk.text(_KINDS[one.kind]), name, str(len(one.cases)), *points, summed])
    return heads, rows
