"""The tables of internal audits: the programme by unit, the pool of auditors, the gaps by clause."""

from collections.abc import Mapping, Sequence
from datetime import date

from engine.agency import Agency
from procedures.vietnamese import day
from procedures.words import Lang, say
from quality.audits.independence import Auditor
from quality.audits.programme import STANDINGS, Line
from quality.audits.requirements import JUDGEMENTS, Judgement, requirements
from visualize.brief import capital
from visualize.sheet import Column, Sheet


def programme_sheet(lines: Sequence[Line], agency: Agency, year: int, lang: Lang) -> Sheet:
    """Return the programme of a year with one line a unit."""
    rows = tuple(
        (
            number,
            line.unit,
            "; ".join(dict.fromkeys(one.when for one in line.audits if one.when)),
            ", ".join(one.id for one in line.audits),
            line.last,
            capital(STANDINGS[line.standing].into(lang)),
        )
        for number, line in enumerate(lines, 1)
    )
    heads = (
        say("no."),
        say("unit"),
        say("planned for"),
        say("internal audit"),
        say("last audited on"),
        say("standing"),
    )
    widths = (6, 34, 18, 22, 14, 26)
    kinds = ("number", "text", "text", "text", "day", "text")
    return Sheet(
        name=say("Programme").into(lang),
        title=say("Internal audit programme {year}", year=year).into(lang),
        columns=tuple(
            Column(capital(head.into(lang)), kind, width)  # type: ignore[arg-type]
            for head, kind, width in zip(heads, kinds, widths, strict=True)
        ),
        rows=rows,
        issuer=issuer(agency),
        lang=lang,
    )


def pool_sheet(pool: Sequence[Auditor], agency: Agency, on: date, lang: Lang) -> Sheet:
    """Return the pool of auditors, with the certificate of each as it is on a day."""
    heads = (
        say("auditor"),
        say("account"),
        say("may lead"),
        say("post"),
        say("decision"),
        say("audits"),
        say("certificate"),
    )
    rows = tuple(
        (
            one.person.name,
            one.person.id,
            capital((say("yes") if one.leads else say("no")).into(lang)),
            f"{one.post.position}, {one.post.unit}",
            one.post.decision or "",
            ", ".join(one.audits),
            _certificate(one, on, lang),
        )
        for one in pool
    )
    return Sheet(
        name=say("Auditors").into(lang),
        title=say("Pool of internal auditors").into(lang),
        columns=tuple(Column(capital(head.into(lang)), width=22) for head in heads),
        rows=rows,
        issuer=issuer(agency),
        lang=lang,
    )


def _certificate(one: Auditor, on: date, lang: Lang) -> str:
    """Tell what an auditor has passed by the register of training, and whether it still counts."""
    held = one.certificate
    if held is None:
        return say("none in the register of training (QT-HT-14)").into(lang)
    told = " ".join(filter(None, (held.number, f"({held.case})")))
    if held.until is None:
        return told
    until = day(held.until)
    if held.counts(on):
        return say("{told}, valid until {until}", told=told, until=until).into(lang)
    return say("{told}, ran out on {until}", told=told, until=until).into(lang)


def gap_sheet(
    judged: Mapping[str, Judgement], found: Mapping[str, Sequence[str]], agency: Agency, title: str, lang: Lang
) -> Sheet:
    """Return every clause with how it was judged, and the nonconformities that name it."""
    heads = (say("clause"), say("what is asked"), say("judgement"), say("nonconformities"))
    rows = tuple(
        (
            one.clause,
            one.name(lang),
            capital(JUDGEMENTS[judged[one.clause]].into(lang)) if one.clause in judged else "",
            ", ".join(found.get(one.clause, ())),
        )
        for one in requirements()
    )
    return Sheet(
        name=say("Gaps").into(lang),
        title=title,
        columns=tuple(
            Column(capital(head.into(lang)), width=width) for head, width in zip(heads, (10, 60, 18, 30), strict=True)
        ),
        rows=rows,
        issuer=issuer(agency),
        lang=lang,
    )


def issuer(agency: Agency) -> tuple[str, ...]:
    """Return the lines above a table: the agency above, and the agency."""
    return tuple(name.upper() for name in (agency.settings.superior, agency.settings.agency) if name)
