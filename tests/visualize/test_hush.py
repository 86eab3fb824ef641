"""Nobody is told of the templates of the font library; what somebody else says is still heard."""

import os

import pytest

from visualize.hush import font_warnings_hushed


def test_warnings_of_the_font_library_are_kept_and_other_words_passed_on(capfd: pytest.CaptureFixture[str]) -> None:
    with font_warnings_hushed():
        os.write(2, b'Fontconfig warning: "x.conf", line 6: unknown element\nno room on the disk\n')
    os.write(2, b"Fontconfig warning: afterwards\n")
    assert capfd.readouterr().err == "no room on the disk\nFontconfig warning: afterwards\n"


@font_warnings_hushed()
def _broken() -> None:
    os.write(2, b"before the fault\n")
    raise ValueError("broken")


def test_words_are_passed_on_also_after_a_fault(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="broken"):
        _broken()
    assert capfd.readouterr().err == "before the fault\n"
