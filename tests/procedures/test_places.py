from procedures.finding import Span
from procedures.places import Places, nowhere

FILE = nowhere("a.yaml")
STEP = Span("a.yaml", 3, 3, 3, 9)
LIMIT = Span("a.yaml", 5, 15, 5, 30)
KEY = Span("a.yaml", 5, 5, 5, 13)
PLACES = Places(
    FILE, {("steps", "a"): STEP, ("steps", "a", "within"): LIMIT}, {("steps", "a"): STEP, ("steps", "a", "within"): KEY}
)


def test_a_path_gives_its_own_place() -> None:
    assert PLACES.at("steps", "a", "within") == LIMIT
    assert PLACES.key("steps", "a", "within") == KEY


def test_an_unknown_path_gives_the_nearest_place_around_it() -> None:
    assert PLACES.at("steps", "a", "outcomes", "Xong", 0) == STEP
    assert PLACES.key("steps", "a", "outcomes") == STEP


def test_what_was_never_written_is_somewhere_in_the_file() -> None:
    assert PLACES.at("risks") == FILE
    assert PLACES.at() == FILE
    assert not PLACES.knows("risks")
    assert PLACES.knows("steps", "a")
