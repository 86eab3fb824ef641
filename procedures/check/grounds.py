"""Rules on legal grounds: each names a document that the register knows and that is in force (QT611 to QT613)."""

from collections.abc import Iterator

from procedures.check.subject import Subject
from procedures.documents import Document, named_in, resolved
from procedures.finding import Edit, Finding, Severity, Span
from procedures.text import fold, nearest
from procedures.words import say


def grounds_can_be_found(subject: Subject) -> Iterator[Finding]:
    """QT611, QT612, QT613: a reader can find each ground, and it still binds on the day the issue takes effect."""
    register = subject.organisation.documents if subject.organisation is not None else None
    for number, ground in enumerate(subject.procedure.references):
        span, named = subject.places.at("references", number), named_in(ground)
        if not named:
            yield _vague(ground, span)
        for name in named if register is not None else ():
            document = resolved(name, register or ())
            if document is None:
                yield _unknown(name, register or (), span, _part(span, ground, name))
            elif not document.in_force(subject.on):
                yield _ceased(name, document, _part(span, ground, name))


def _part(span: Span, ground: str, name: str) -> Span:
    """Return the place of a name in a ground that stands on one line; of the whole ground else."""
    if span.line != span.end_line or span.end_column - span.column != len(ground):
        return span
    start = span.column + ground.index(name)
    return Span(span.file, span.line, start, span.line, start + len(name))


def _vague(ground: str, span: Span) -> Finding:
    return Finding(
        "QT611",
        Severity.WARNING,
        say("no document can be recognised in the ground “{ground}”", ground=ground),
        span,
        label=say("whoever reads it cannot look it up"),
        help=say("name it by number or standard:  Nghị định 30/2020/NĐ-CP, Điều 3 · TCVN ISO 9001:2015, điều 8.5.1"),
    )


def _unknown(name: str, register: tuple[Document, ...], whole: Span, span: Span) -> Finding:
    numbers = [one.number for one in register]
    near = nearest(name, numbers)
    sure = near is not None and fold(near) == fold(name) and span != whole
    return Finding(
        "QT612",
        Severity.WARNING,
        say("“{name}” is not in the register of documents", name=name),
        span,
        label=say("it is not known whether it is in force"),
        help=say("did you mean “{name}”?", name=near)
        if near is not None
        else say("correct it, or add it to organisation.d/văn bản.yaml"),
        fix=(Edit(span, near),) if near is not None and sure else (),
    )


def _ceased(name: str, document: Document, span: Span) -> Finding:
    after = document.replaced_by
    return Finding(
        "QT613",
        Severity.WARNING,
        say("“{name}” is no longer in force since {day}", name=name, day=document.ceased),
        span,
        label=say("replaced by {number}", number=after) if after else None,
        help=say("look whether the procedure still follows the law, and name {number}", number=after)
        if after
        else say("look whether the procedure still follows the law, and name what applies now"),
        data={"document": document.number, "replaced_by": after},
    )
