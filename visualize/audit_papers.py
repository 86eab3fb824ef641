"""The papers of an internal audit: the checklist to write on, and the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.agency import Agency
from procedures.model import Procedure
from procedures.shelf import NotOnShelf
from procedures.vietnamese import day
from procedures.words import Lang, say
from quality.audits.audit import Audit
from quality.audits.requirements import JUDGEMENTS, judged, requirements
from quality.audits.sample import Sample
from quality.clauses import EDITION
from quality.nonconformity import Nonconformity
from visualize.brief import capital
from visualize.case_words import Reading, name_of
from visualize.document import Answer, Block, Document, Heading, Letterhead, Paragraph, Signatures, Signer, Table


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the papers of one audit are made from; `sample` is None where none was drawn."""

    reading: Reading
    audit: Audit
    sample: Sample | None
    findings: Sequence[Nonconformity]


def checklist(dossier: Dossier) -> Document:
    """Return the checklist: every clause, what each procedure promises, and the cases to look at."""
    lang = dossier.reading.lang
    return Document(
        kind=say("Audit checklist").into(lang),
        about=_about(dossier),
        letterhead=_head(dossier, "PGC"),
        grounds=_grounds(lang),
        blocks=(
            *_scope(dossier),
            Heading(say("Requirements of {edition}", edition=EDITION).into(lang)),
            _questions(lang),
            *_procedures(dossier),
            *_sample(dossier),
            Signatures(((say("Auditor").into(lang), ""), (say("For the audited unit").into(lang), ""))),
        ),
        lang=lang,
        form=True,
    )


def report(dossier: Dossier) -> Document:
    """Return the report (9.2.2 d): what was audited by whom, how each clause was judged, and what was found."""
    lang = dossier.reading.lang
    audit = dossier.audit
    return Document(
        kind=say("Report").into(lang),
        about=_about(dossier),
        letterhead=_head(dossier, "BC"),
        grounds=_grounds(lang),
        blocks=(
            *_scope(dossier),
            *_sample(dossier),
            Heading(say("How the requirements are met").into(lang)),
            _gaps(audit, lang),
            Heading(say("Strengths").into(lang)),
            Paragraph(audit.strengths or say("none entered").into(lang)),
            Heading(say("Findings").into(lang)),
            *_findings(dossier),
        ),
        recipients=(say("the leadership").into(lang), *audit.units),
        archive="VT",
        signer=Signer((say("Lead auditor").into(lang),), name_of(dossier.reading, audit.lead)),
        lang=lang,
    )


def _about(dossier: Dossier) -> str:
    units = ", ".join(dossier.audit.units) or "—"
    year = dossier.audit.year or "—"
    return capital(say("internal audit {year}: {units}", year=year, units=units).into(dossier.reading.lang))


def _head(dossier: Dossier, symbol: str) -> Letterhead:
    settings = dossier.reading.agency.settings
    zone = dossier.reading.agency.calendar.zone
    at = dossier.audit.audited_on or dossier.reading.now
    return Letterhead(settings.agency, symbol, settings.place, at.astimezone(zone).date(), settings.superior)


def _grounds(lang: Lang) -> tuple[str, ...]:
    return (say("{edition}, clause 9.2", edition=EDITION).into(lang),)


def _scope(dossier: Dossier) -> Iterator[Block]:
    audit, reading = dossier.audit, dossier.reading
    told = (
        (say("Audit"), audit.id),
        (say("Audited units"), "; ".join(audit.units)),
        (say("Audited procedures"), "; ".join(audit.procedures)),
        (say("Criteria"), audit.criteria),
        (say("Time"), _when(dossier)),
        (say("Lead auditor"), name_of(reading, audit.lead)),
        (say("Auditors"), "; ".join(name_of(reading, one) for one in audit.members[1:])),
    )
    for label, value in told:
        yield Paragraph(f"{label.into(reading.lang)}: {value or '—'}", indent=False)


def _when(dossier: Dossier) -> str:
    held = dossier.audit.audited_on
    return day(held.astimezone(dossier.reading.agency.calendar.zone).date()) if held is not None else dossier.audit.when


def _questions(lang: Lang) -> Table:
    heads = (say("Clause"), say("What is asked about"), say("Evidence seen"), say("Judgement"))
    rows = tuple((one.clause, one.name(lang), "", "") for one in requirements())
    return Table("", tuple(head.into(lang) for head in heads), rows, (1.4, 5, 4, 1.8))


def _procedures(dossier: Dossier) -> Iterator[Block]:
    lang = dossier.reading.lang
    for procedure in _issued(dossier.reading.agency, dossier):
        yield Heading(f"{procedure.code} {procedure.name}", 2)
        heads = (
            say("Step"),
            say("Who"),
            say("Time allowed"),
            say("Forms and results to be seen"),
            say("Evidence seen"),
        )
        rows = tuple(
            (
                f"{procedure.number(step.key)}. {step.name}",
                "; ".join(step.responsible),
                step.norm.within.text if step.norm is not None else "",
                "; ".join((*step.forms, *step.outputs, *step.checklist)),
                "",
            )
            for step in procedure.steps
            if step.responsible
        )
        yield Table("", tuple(head.into(lang) for head in heads), rows, (3.4, 2.4, 1.6, 3.4, 2.6))


def _issued(agency: Agency, dossier: Dossier) -> Iterator[Procedure]:
    today = dossier.audit.opened_at.astimezone(agency.calendar.zone).date()
    for code in dossier.audit.procedures:
        try:
            yield agency.shelf.current(code.partition("@")[0], today).procedure
        except NotOnShelf:
            continue


def _sample(dossier: Dossier) -> Iterator[Block]:
    lang, sample = dossier.reading.lang, dossier.sample
    yield Heading(say("Cases looked at").into(lang))
    if sample is None:
        yield Paragraph(say("no sample was drawn").into(lang))
        return
    heads = (say("Procedure"), say("How they stood"), say("Cases in all"), say("Drawn"), say("Numbers of the cases"))
    rows = tuple(
        (one.procedure, one.standing, str(len(one.cases)), str(len(one.drawn)), ", ".join(one.drawn))
        for one in sample.strata
    )
    told = say(
        "{drawn} of {count} cases, drawn with the seed {seed}; drawn again they are the same.",
        drawn=len(sample.cases),
        count=sample.population,
        seed=sample.wanted.seed,
    )
    yield Paragraph(told.into(lang))
    if rows:
        yield Table("", tuple(head.into(lang) for head in heads), rows, (2, 2, 1.3, 1.2, 6))


def _gaps(audit: Audit, lang: Lang) -> Table:
    found = judged(audit.clauses)
    heads = (say("Clause"), say("What is asked about"), say("Judgement"))
    rows = tuple(
        (
            one.clause,
            one.name(lang),
            capital((JUDGEMENTS[found[one.clause]] if one.clause in found else say("not looked at")).into(lang)),
        )
        for one in requirements()
    )
    return Table("", tuple(head.into(lang) for head in heads), rows, (1.2, 7, 2))


def _findings(dossier: Dossier) -> Iterator[Block]:
    lang = dossier.reading.lang
    if dossier.audit.found:
        yield Paragraph(dossier.audit.found)
    if not dossier.findings:
        yield Paragraph(say("no nonconformity was opened").into(lang))
        yield Answer(1)
        return
    heads = (say("Number"), say("Clause"), say("What was found"), say("Stands at"))
    rows = tuple((one.id, one.rule, one.title, capital(one.stage or one.result)) for one in dossier.findings)
    yield Table(
        say("Nonconformities of the audit").into(lang), tuple(head.into(lang) for head in heads), rows, (2, 1.4, 6, 2)
    )
