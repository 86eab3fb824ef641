from procedures.finding import Span
from procedures.pages import Pages


def test_lines_are_those_that_places_count() -> None:
    pages = Pages({"a": "\ufeffmột\r\nhai"})
    assert pages.lines("a") == ["một", "hai"]
    assert pages.line("a", 2) == "hai"


def test_a_line_that_does_not_exist_is_empty_and_cannot_be_shown() -> None:
    pages = Pages({"a": "một\n"})
    assert pages.line("a", 9) == pages.line("a", 0) == pages.line("b", 1) == ""
    assert pages.has(Span("a", 1, 1, 1, 2))
    assert not pages.has(Span("a", 9, 1, 9, 2))
    assert not pages.has(Span("b", 1, 1, 1, 2))
