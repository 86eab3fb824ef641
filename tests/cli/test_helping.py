"""Help speaks the language that is asked for, whichever command it is of."""

import re

from tests.cli.office import said

VIETNAMESE = re.compile("[À-ỹ]")


def test_help_is_english_or_vietnamese_throughout() -> None:
    told = said("check", "--help", "--lang", "en").out
    assert "Draw the way to each fault upon the flowchart" in told
    assert not VIETNAMESE.search(told)
    assert "Vẽ đường đi dẫn tới lỗi" in said("check", "--help").out
    assert not VIETNAMESE.search(said("--lang", "en", "case", "return", "--help").out)
