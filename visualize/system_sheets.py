"""The tables of what the system declares: scope, mandatory sets, services, changes of law, reviews, inspections."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from engine.agency import Agency
from procedures.release import Release
from procedures.vietnamese import day
from procedures.words import Lang, Words, say
from quality.declarations.declared import Declaration
from quality.declarations.documented import Documented
from quality.declarations.law import Change
from quality.declarations.mandatory import STANDINGS, Coverage
from quality.declarations.reviews import Kept
from quality.declarations.services import Service
from quality.inspections.inspection import Inspection
from quality.inspections.planner import InspectionPlan
from visualize.audit_sheets import issuer
from visualize.brief import capital
from visualize.sheet import Cell, Column, Kind, Sheet

_Head = tuple[Words, Kind, float]


def scope_sheet(scope: Sequence[Release], unit: str, agency: Agency, lang: Lang) -> Sheet:
    """Return the procedures that a declaration of a unit has to list (its annex)."""
    heads: tuple[_Head, ...] = (
        (say("no."), "number", 6),
        (say("code"), "text", 14),
        (say("name"), "text", 60),
        (say("issue"), "number", 8),
        (say("in force since"), "day", 14),
        (say("owning unit"), "text", 26),
    )
    rows = tuple(
        (number, one.code, one.procedure.name, one.issue, one.effective_from, one.procedure.owner_unit)
        for number, one in enumerate(scope, 1)
    )
    return _sheet(say("Scope"), say("Procedures in the scope of {unit}", unit=unit), heads, rows, agency, lang)


def declared_sheet(found: Sequence[Declaration], agency: Agency, lang: Lang) -> Sheet:
    """Return every declaration."""
    heads: tuple[_Head, ...] = (
        (say("case"), "text", 16),
        (say("kind"), "text", 14),
        (say("unit"), "text", 26),
        (say("standard"), "text", 22),
        (say("procedures"), "number", 12),
        (say("decision"), "text", 18),
        (say("declared on"), "day", 14),
        (say("signed by"), "text", 22),
        (say("posted at"), "text", 30),
        (say("result"), "text", 16),
    )
    rows = tuple(
        (
            one.id,
            one.kind,
            "; ".join(one.units),
            one.standard,
            len(one.listed),
            one.decision,
            one.day,
            one.signatory,
            one.posted,
            one.result,
        )
        for one in found
    )
    return _sheet(say("Declarations"), say("Declarations of the system"), heads, rows, agency, lang)


def matrix_sheet(found: Sequence[Coverage], agency: Agency, lang: Lang) -> Sheet:
    """Return the mandatory sets as a matrix: a line a procedure, a column a unit."""
    units = list(dict.fromkeys(one.unit for one in found))
    wanted = list(dict.fromkeys(one.wanted for one in found))
    known = {(one.unit, one.wanted): one for one in found}
    heads: tuple[_Head, ...] = ((say("set"), "text", 28), (say("no."), "text", 6), (say("procedure"), "text", 40))
    columns = (*_columns(heads, lang), *(Column(unit, width=16) for unit in units))
    rows = tuple(
        (
            one.set,
            one.number,
            "; ".join(filter(None, (*one.codes, one.name))) or STANDINGS["open"].into(lang),
            *(_stands(known.get((unit, one)), lang) for unit in units),
        )
        for one in wanted
    )
    return Sheet(
        name=say("Coverage").into(lang),
        title=say("Mandatory procedures by unit").into(lang),
        columns=columns,
        rows=rows,
        issuer=issuer(agency),
        frozen=3,
        lang=lang,
    )


def services_sheet(found: Sequence[Service], agency: Agency, lang: Lang) -> Sheet:
    """Return the list of TTHC, each with the procedures that settle it."""
    heads: tuple[_Head, ...] = (
        (say("code"), "text", 14),
        (say("name"), "text", 60),
        (say("unit"), "text", 26),
        (say("procedures"), "text", 24),
    )
    rows = tuple(
        (one.code, one.name, one.unit, ", ".join(one.procedures) or capital(say("none").into(lang))) for one in found
    )
    return _sheet(say("TTHC"), say("Administrative procedures and what settles them"), heads, rows, agency, lang)


def law_sheet(found: Sequence[Change], today: date, agency: Agency, lang: Lang) -> Sheet:
    """Return the changes of law with what they touch and by when it must follow."""
    heads: tuple[_Head, ...] = (
        (say("case"), "text", 16),
        (say("document"), "text", 22),
        (say("replaces"), "text", 22),
        (say("in force since"), "day", 14),
        (say("procedures"), "text", 30),
        (say("to follow by"), "day", 14),
        (say("standing"), "text", 24),
    )
    rows = tuple(
        (
            one.id,
            one.document,
            one.replaces,
            one.effect,
            "; ".join(one.affected),
            one.by,
            _open(one.result, one.stage, late=one.open and one.by is not None and today > one.by, lang=lang),
        )
        for one in found
    )
    return _sheet(say("Law"), say("Changes of law"), heads, rows, agency, lang)


def kept_sheet(found: Sequence[Kept], today: date, agency: Agency, lang: Lang) -> Sheet:
    """Return when each procedure was reviewed and is to be again, and where its issue is posted."""
    heads: tuple[_Head, ...] = (
        (say("code"), "text", 14),
        (say("name"), "text", 50),
        (say("issue"), "number", 8),
        (say("last reviewed on"), "day", 14),
        (say("next review"), "day", 14),
        (say("standing"), "text", 18),
        (say("posted at"), "text", 44),
    )
    rows = tuple(
        (
            one.release.code,
            one.release.procedure.name,
            one.release.issue,
            one.reviewed,
            one.next,
            capital((say("review overdue") if one.overdue(today) else say("in time")).into(lang)),
            "; ".join(f"{where} ({day(on)})" if on else where for where, on, _ in one.posted),
        )
        for one in found
    )
    return _sheet(say("Reviews"), say("Periodic review and posting of procedures"), heads, rows, agency, lang)


def documented_sheet(found: Sequence[Documented], agency: Agency, lang: Lang) -> Sheet:
    """Return the documented information that the standard asks for, with what of it there is."""
    heads: tuple[_Head, ...] = (
        (say("clause"), "text", 10),
        (say("documented information"), "text", 50),
        (say("shown by"), "text", 24),
        (say("ended cases"), "number", 12),
        (say("running cases"), "number", 12),
    )
    rows = tuple((one.clause, one.name(lang), ", ".join(one.shown_by), one.ended, one.running) for one in found)
    return _sheet(say("Documented"), say("Documented information by clause"), heads, rows, agency, lang)


def plan_sheet(made: InspectionPlan, visited: dict[str, date], agency: Agency, year: int, lang: Lang) -> Sheet:
    """Return the inspection plan of a year: everybody by dossier, and who is visited."""
    heads: tuple[_Head, ...] = (
        (say("no."), "number", 6),
        (say("unit"), "text", 36),
        (say("kind"), "text", 24),
        (say("by dossier"), "text", 12),
        (say("at headquarters"), "text", 14),
        (say("last visited on"), "day", 14),
    )
    kind_of = {unit: share.kind.kind for share in made.shares for unit in share.units}
    rows = tuple(
        (number, unit, kind_of.get(unit, ""), "x", "x" if unit in made.headquarters else "", visited.get(unit))
        for number, unit in enumerate(made.dossier, 1)
    )
    notes = tuple(
        say(
            "{kind}: {chosen} of {count} visited, at least {wanted} ({percent} %)",
            kind=share.kind.kind,
            chosen=len(share.chosen),
            count=len(share.units),
            wanted=share.wanted,
            percent=share.kind.headquarters_percent,
        ).into(lang)
        for share in made.shares
    )
    title = say("Inspection plan {year}", year=year)
    return replace(_sheet(say("Inspection plan"), title, heads, rows, agency, lang), notes=notes)


def inspections_sheet(found: Sequence[Inspection], today: date, agency: Agency, lang: Lang) -> Sheet:
    """Return the inspections with when each must be followed up."""
    heads: tuple[_Head, ...] = (
        (say("case"), "text", 16),
        (say("unit"), "text", 30),
        (say("manner"), "text", 14),
        (say("joint"), "text", 10),
        (say("decision"), "text", 18),
        (say("held on"), "day", 14),
        (say("minutes signed on"), "day", 14),
        (say("to be put right by"), "day", 14),
        (say("standing"), "text", 26),
    )
    rows = tuple(
        (
            one.id,
            one.unit,
            one.manner,
            "x" if one.joint else "",
            one.decision,
            one.held,
            one.signed,
            one.corrective_by,
            _open(one.result, one.stage, late=one.late(today), lang=lang),
        )
        for one in found
    )
    return _sheet(say("Inspections"), say("Inspections of units"), heads, rows, agency, lang)


def _open(result: str, stage: str, *, late: bool, lang: Lang) -> str:
    if late:
        return capital(say("overdue").into(lang))
    return capital(result or stage)


def _stands(one: Coverage | None, lang: Lang) -> str:
    return capital(STANDINGS[one.standing].into(lang)) if one is not None else ""


def _columns(heads: tuple[_Head, ...], lang: Lang) -> tuple[Column, ...]:
    return tuple(Column(capital(head.into(lang)), kind, width) for head, kind, width in heads)


def _sheet(
    name: Words, title: Words, heads: tuple[_Head, ...], rows: tuple[tuple[Cell, ...], ...], agency: Agency, lang: Lang
) -> Sheet:
    return Sheet(
        name=name.into(lang),
        title=title.into(lang),
        columns=_columns(heads, lang),
        rows=rows,
        issuer=issuer(agency),
        lang=lang,
    )
