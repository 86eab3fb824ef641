"""The management-review pack in the forms that people want it in, and the duty of writing it after every quarter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.agency import Agency
from engine.errands.duty import Duty
from engine.journal import note
from engine.log import stamp
from procedures.words import Lang
from quality.naming import Named, kept_names
from quality.periods import Period, containing, parse
from quality.review import review_pack, to_json
from visualize.docx import to_docx
from visualize.html import to_html
from visualize.review_document import pack_name, review_document

FOLDER = "xem-xet"
#: A quarter that ended longer ago is not caught up on: an agency that begins has nothing to look back upon.
_CAUGHT_UP = timedelta(days=10)


def write_pack(agency: Agency, period: Period, cut_off: datetime, folder: Path, lang: Lang) -> Iterator[Path]:
    """Build the pack once and write its three forms into `folder`: to send, to read, every figure with its cases."""
    folder.mkdir(parents=True, exist_ok=True)
    pack = review_pack(agency, period, cut_off, _kept(folder, period, cut_off) or named_then(agency, period, cut_off))
    document = review_document(pack, lang)
    forms = {"docx": to_docx(document), "html": to_html(document).encode(), "json": to_json(pack).encode()}
    for ending, content in forms.items():
        path = folder / f"{pack_name(period)}.{ending}"
        path.write_bytes(content)
        yield path


def named_then(agency: Agency, period: Period, cut_off: datetime) -> Named | None:
    """Return the names of the pack that the agency keeps of a period with this cut-off, so that they stay the same."""
    return _kept(agency.root / FOLDER, period, cut_off)


def _kept(folder: Path, period: Period, cut_off: datetime) -> Named | None:
    at = stamp(cut_off.astimezone(UTC).replace(microsecond=0))
    return kept_names(folder / f"{pack_name(period)}.json", at)


def quarters(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield the quarter that has just ended."""
    before = containing(now - _CAUGHT_UP, "quarter", agency.calendar.zone)
    if before.end <= now:
        yield before.key


def write(agency: Agency, period: str, now: datetime) -> None:
    """Write the pack of a quarter, cut off at its end, into the agency's folder."""
    quarter = parse(period, agency.calendar.zone)
    lang: Lang = "en" if agency.settings.lang == "en" else "vi"
    for path in write_pack(agency, quarter, min(quarter.end, now), agency.root / FOLDER, lang):
        note("review_pack", period=period, file=path)


QUARTERLY = Duty(quarters, write)
