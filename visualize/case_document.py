"""The follow-up sheet of a case (phiếu theo dõi): what it is, where it stands, and what happened, as a DOCX."""

from dataclasses import dataclass
from datetime import datetime

from engine.agency import Agency
from engine.case import Case
from engine.errands.task import Attachment, Task
from engine.log import Recorded
from procedures.model import Procedure
from procedures.words import Lang, say
from visualize.case_words import STATUS, shown
from visualize.document import Document, Paragraph, Table
from visualize.docx import to_docx
from visualize.due_words import due_words
from visualize.timeline import entries

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class _Reading:
    agency: Agency
    lang: Lang
    now: datetime


def follow_up_sheet(task: Task) -> Attachment:
    """Return the sheet of the case of a task, to go along with a letter."""
    with task.agency.store.reading() as reader:
        log = reader.log(task.case.id)
    reading = _Reading(task.agency, "en" if task.agency.settings.lang == "en" else "vi", task.now)
    made = case_document(reading, task.procedure, task.case, log)
    return Attachment(f"{task.case.id}.docx", DOCX, to_docx(made))


def case_document(reading: _Reading, procedure: Procedure, case: Case, log: list[Recorded]) -> Document:
    """Return the sheet as a paper; entered values are not in it."""
    lang = reading.lang
    heads = (say("No."), say("Time"), say("Who"), say("What"))
    rows = tuple(
        (str(entry.seq), shown(reading, entry.at), entry.who, entry.what.into(lang))
        for entry in entries(reading, case, log)
    )
    stands = say("{status}, {due}", status=STATUS[case.status], due=due_words(reading, case)).into(lang)
    return Document(
        kind=say("Follow-up sheet").into(lang),
        about=case.id,
        blocks=(
            Paragraph(f"{procedure.code} – {procedure.name}", bold=True, indent=False),
            Paragraph(case.title, indent=False),
            Paragraph(stands, indent=False),
            Table(say("What happened").into(lang), tuple(head.into(lang) for head in heads), rows, (1, 3, 3, 8)),
        ),
        lang=lang,
    )
