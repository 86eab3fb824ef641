"""The management-review pack, written to files: DOCX to send, HTML to read, JSON with every figure and its cases."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cli.desk import Desk

if TYPE_CHECKING:
    from quality.periods import Period


def write_pack(desk: Desk, period: "Period", cut_off: datetime, folder: Path) -> Iterator[Path]:
    """Build the pack once and write its three forms into `folder`."""
    from quality.review import review_pack, to_json
    from visualize.docx import to_docx
    from visualize.html import to_html
    from visualize.review_document import review_document

    folder.mkdir(parents=True, exist_ok=True)
    pack = review_pack(desk.agency, period, cut_off)
    document = review_document(pack, desk.lang)
    forms = {"docx": to_docx(document), "html": to_html(document).encode(), "json": to_json(pack).encode()}
    for ending, content in forms.items():
        path = folder / f"xem-xet-cua-lanh-dao-{period.key}.{ending}"
        path.write_bytes(content)
        yield path
