"""The tables of people over time: bodies and their members, what somebody leaves, what a reorganisation leaves."""

from collections.abc import Sequence

from engine.agency import Agency
from engine.posts import name_of
from procedures.vietnamese import day
from procedures.words import Lang, Words, say
from quality.reorganised import Aftermath
from quality.staff.committees import Committee
from quality.staff.leaving import Leaving
from visualize.audit_sheets import issuer
from visualize.brief import capital
from visualize.sheet import Cell, Column, Kind, Sheet


def committees_sheet(found: Sequence[Committee], agency: Agency, lang: Lang) -> Sheet:
    """Return the compositions of bodies, one a line."""
    heads: tuple[tuple[Words, Kind, float], ...] = (
        (say("body"), "text", 22),
        (say("unit"), "text", 24),
        (say("chair"), "text", 22),
        (say("members"), "text", 44),
        (say("decision"), "text", 18),
        (say("from"), "day", 12),
        (say("until"), "day", 12),
        (say("why"), "text", 24),
    )
    rows = tuple(
        (
            one.body,
            one.unit,
            name_of(agency.organisation, one.chair),
            "; ".join(name_of(agency.organisation, account) for account in one.members),
            one.decision,
            one.since,
            one.until,
            one.why,
        )
        for one in found
    )
    return _sheet(say("Bodies"), say("Committees, teams and focal persons"), heads, rows, agency, lang)


def leaving_sheet(found: Leaving, agency: Agency, lang: Lang) -> Sheet:
    """Return what somebody leaves behind, one thing a line."""
    heads: tuple[tuple[Words, Kind, float], ...] = (
        (say("what"), "text", 26),
        (say("case or decision"), "text", 22),
        (say("more"), "text", 50),
        (say("others who may do it"), "text", 40),
    )
    rows: list[tuple[Cell, ...]] = []
    kinds = ((say("work in hand"), found.work), (say("work that waits for nobody else"), found.waiting))
    for words, held in kinds:
        for one in held:
            others = ", ".join(name_of(agency.organisation, account) for account in one.others)
            rows.append(
                (_said(words, lang), f"{one.case} [{one.item.number}]", f"{one.item.step}: {one.title}", others)
            )
    rows += [(_said(say("further task"), lang), f"{case} [{item}]", str(task), "") for case, item, task in found.tasks]
    rows += [(_said(say("post that nobody else holds"), lang), "", post.replace("@", ", "), "") for post in found.alone]
    rows += [(_said(say("member of a body"), lang), "", f"{body}, {unit}", "") for body, unit in found.bodies]
    rows += [(_said(say("auditor"), lang), case, "", "") for case in found.audits]
    rows += [(_said(say("mandate"), lang), decision, "", "") for decision in found.mandates]
    title = say("What {who} leaves", who=name_of(agency.organisation, found.account))
    return _sheet(say("Leaving"), title, heads, tuple(rows), agency, lang)


def aftermath_sheet(found: Sequence[Aftermath], agency: Agency, lang: Lang) -> Sheet:
    """Return what each unit that is gone has left."""
    heads: tuple[tuple[Words, Kind, float], ...] = (
        (say("unit"), "text", 26),
        (say("until"), "day", 12),
        (say("work is now in"), "text", 26),
        (say("decision"), "text", 16),
        (say("open cases"), "number", 10),
        (say("posts that still last"), "text", 30),
        (say("procedures it owns"), "text", 24),
        (say("procedures that name it"), "text", 24),
        (say("to be issued anew"), "text", 60),
    )
    rows = tuple(
        (
            one.unit,
            one.on,
            one.home or capital(say("nobody").into(lang)),
            one.decision,
            len(one.cases),
            "; ".join(f"{account} ({position})" for account, position in one.posts),
            ", ".join(one.owned),
            ", ".join(one.named),
            "; ".join(f"{duty.what} ({day(duty.by)})" for duty in one.duties),
        )
        for one in found
    )
    return _sheet(say("Reorganised"), say("What units that are gone have left"), heads, rows, agency, lang)


def _said(words: Words, lang: Lang) -> str:
    return capital(words.into(lang))


def _sheet(
    name: Words,
    title: Words,
    heads: tuple[tuple[Words, Kind, float], ...],
    rows: tuple[tuple[Cell, ...], ...],
    agency: Agency,
    lang: Lang,
) -> Sheet:
    columns = tuple(Column(_said(head, lang), kind, width) for head, kind, width in heads)
    return Sheet(name.into(lang), title.into(lang), columns, rows, issuer(agency), lang=lang)
