"""Conditions of a Python definition: comparisons of fields as values, joined by `&`, `|` and `~`."""

from datetime import date
from decimal import Decimal

from procedures.python.said import Misuse, Spoken, text_of

#: Signs of quotation that the condition language knows.
_QUOTES = (("“", "”"), ('"', '"'), ("'", "'"))


class Condition(Spoken):
    """A condition in the words of the language; it is never true or false by itself."""

    __slots__ = ("joined",)

    def __init__(self, text: str, joined: str = "") -> None:
        super().__init__(text)
        self.joined = joined

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"{_part(self, 'hoặc')} và {_part(other, 'hoặc')}", "và")

    def __or__(self, other: "Condition") -> "Condition":
        return Condition(f"{_part(self, '')} hoặc {_part(other, '')}", "hoặc")

    def __invert__(self) -> "Condition":
        return Condition(f"không ({self.text})")

    def __bool__(self) -> bool:
        raise Misuse("truth")


def _part(part: object, looser: str) -> str:
    if not isinstance(part, Condition):
        raise Misuse("condition")
    return f"({part.text})" if looser and part.joined == looser else part.text


class Money(Spoken):
    """An amount of money."""

    __slots__ = ()


class Compared(Spoken):
    """What can stand on the left of a comparison: a field, today, a number of working days."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]  # equality makes a condition here

    def __eq__(self, other: object) -> Condition:  # type: ignore[override]
        return self._than("là", other)

    def __ne__(self, other: object) -> Condition:  # type: ignore[override]
        return self._than("khác", other)

    def __gt__(self, other: object) -> Condition:
        return self._than(">", other)

    def __ge__(self, other: object) -> Condition:
        return self._than(">=", other)

    def __lt__(self, other: object) -> Condition:
        return self._than("<", other)

    def __le__(self, other: object) -> Condition:
        return self._than("<=", other)

    def __bool__(self) -> bool:
        raise Misuse("truth")

    def _than(self, how: str, other: object) -> Condition:
        return Condition(f"{self.text} {how} {_quoted(other) if isinstance(other, str) else text_of(other)}")


def _quoted(text: str) -> str:
    first, last = next((pair for pair in _QUOTES if not set(pair) & set(text)), _QUOTES[0])
    return f"{first}{text}{last}"


def field(name: str) -> Compared:
    """Return the entered value called `name`, to be compared."""
    return Compared(name)


def today() -> Compared:
    """Return the day on which the condition is judged."""
    return Compared("hôm nay")


def working_days(start: Compared | date, end: Compared | date) -> Compared:
    """Return the number of working days from one day to another, to be compared."""
    return Compared(f"số ngày làm việc từ {text_of(start)} đến {text_of(end)}")


def trieu(amount: int | Decimal | str) -> Money:
    """Return so many million đồng; a text is written as `1,5`."""
    return Money(f"{text_of(amount)} triệu")


def ty(amount: int | Decimal | str) -> Money:
    """Return so many billion đồng; a text is written as `1,5`."""
    return Money(f"{text_of(amount)} tỷ")


def dong(amount: int) -> Money:
    """Return so many đồng."""
    return Money(f"{text_of(amount)} đồng")
