"""The follow-up sheet of a case: what happened to it, in order, and nothing that was entered."""

from pathlib import Path

from tests.engine.errands.bureau import Bureau
from visualize.case_document import _Reading, case_document
from visualize.document import Paragraph, Table


def test_the_sheet_tells_what_happened_and_where_the_case_stands(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    case = bureau.waiting()
    procedure = bureau.office.shelf.current("QT-01", bureau.now.date()).procedure
    reading = _Reading(bureau.agency, "vi", bureau.now)
    made = case_document(reading, procedure, bureau.case(case), bureau.office.log(case))
    assert made.title == f"Phiếu theo dõi {case}"
    (table,) = [block for block in made.blocks if isinstance(block, Table)]
    assert [row[0] for row in table.rows] == [str(seq) for seq in range(1, bureau.case(case).version + 1)]
    assert "Báo kết quả" in table.rows[-1][3]
    said = [block.text for block in made.blocks if isinstance(block, Paragraph)]
    assert said[1] == bureau.case(case).title
    assert said[2].startswith("đang giải quyết")
