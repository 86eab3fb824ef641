"""The year's registers as workbooks, the charts of its nonconformities, and the papers of its management review."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from cli.desk import Desk
from quality.material import REVIEW
from quality.nonconformity import register as nonconformities
from quality.pareto import pareto, trend
from quality.periods import parts
from quality.questions_registers import counted
from quality.registers import Asked, register
from visualize.docx import to_docx
from visualize.pareto import pareto_chart, trend_chart
from visualize.picture import under_title
from visualize.register_sheet import register_sheet
from visualize.review_minutes import announcement, meeting, minutes
from visualize.svg import svg
from visualize.xlsx import to_xlsx

if TYPE_CHECKING:
    from quality.periods import Period

#: Codes of the procedures of the quality system begin so.
_SYSTEM = "QT-HT-"


def write_books(desk: Desk, period: "Period", folder: Path) -> Iterator[Path]:
    """Write every register of the quality system that has cases into one workbook, and the charts beside it."""
    folder.mkdir(exist_ok=True)
    agency = desk.agency
    with agency.store.reading() as reader:
        codes = [code for code in sorted(counted(reader)) if code.startswith(_SYSTEM)]
        found = [register(reader, agency, Asked(code, period), period.end) for code in codes]
        every = nonconformities(reader, period.end)
    if found:
        sheets = [register_sheet(one, agency, desk.lang) for one in found]
        path = folder / f"so-theo-doi-{period.key}.xlsx"
        path.write_bytes(to_xlsx(sheets, path.stem, agency.settings.agency))
        yield path
    charts = {
        "pareto": pareto_chart(pareto(every, "cause"), "cause", desk.lang),
        "xu-huong": trend_chart(trend(every, parts(period, "month")), desk.lang),
    }
    for name, chart in charts.items():
        path = folder / f"su-khong-phu-hop-{name}.svg"
        path.write_bytes(svg(under_title(chart.picture), links=False))
        yield path


def write_minutes(desk: Desk, folder: Path) -> Iterator[Path]:
    """Write the minutes and the announced conclusions of each management review of the year."""
    folder.mkdir(exist_ok=True)
    with desk.agency.store.reading() as reader:
        held = [reader.held(case.id) for case in reader.cases(procedure=REVIEW)]
    for one in held:
        if one is None or not one.case.attempts("họp"):
            continue
        of = meeting(desk.agency, one)
        for name, paper in (("bien-ban", minutes(of)), ("thong-bao-ket-luan", announcement(of))):
            path = folder / f"{name}-{one.case.id}.docx"
            path.write_bytes(to_docx(paper))
            yield path
