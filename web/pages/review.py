"""The pack of a management review: the periods to choose from, the pack to read, and the same as a DOCX to keep."""

from collections.abc import Iterator
from datetime import timedelta

from procedures.words import say
from quality.periods import Period, last, parts
from quality.review import review_pack
from visualize.document import Document
from visualize.docx import to_docx
from visualize.review_document import review_document
from web.parts import File, Link, Page
from web.visit import Missing, Visit

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def page(visit: Visit, name: str) -> Page:
    """Return the pack of a period as a page, of the last year without one; raises Missing."""
    period = visit.named_period(name) if name else visit.year
    document = _document(visit, period)
    shows = {
        "document": document,
        "blocks": [(type(block).__name__, block) for block in document.blocks],
        "periods": list(_periods(visit, period)),
        "download": visit.link(f"/xem-xet/{period.key}.docx"),
        "head": document.letterhead,
    }
    return Page("review.html", visit.text(say("Management review, {period}", period=period.words)), shows)


def file(visit: Visit, name: str) -> File:
    """Return the pack of a period as DOCX; raises Missing."""
    period = visit.named_period(name)
    return File(f"xem-xet-cua-lanh-dao-{period.key}.docx", _DOCX, to_docx(_document(visit, period)))


def _document(visit: Visit, period: Period) -> Document:
    if period.start >= visit.now:
        raise Missing(say("{period} has not begun", period=period.words))
    return review_document(review_pack(visit.agency, period, min(visit.now, period.end)), visit.lang)


def _periods(visit: Visit, period: Period) -> Iterator[Link]:
    year = visit.named_period(f"{period.start.year:04}")
    before = last(1, visit.named_period(f"{(year.start - timedelta(days=1)).year:04}"), "year")
    quarters = (quarter for quarter in parts(year, "quarter") if quarter.start < visit.now)
    for one in (*before, year, *quarters):
        text = visit.text(one.words)
        yield Link(text[:1].upper() + text[1:], visit.link(f"/xem-xet/{one.key}"), here=one.key == period.key)
