"""What the clock cannot answer, each with its sentence for people."""

from procedures.words import Words, say


class ClockFault(ValueError):  # noqa: N818 - said to people, with the words that explain it
    """A question that has no answer; `words` say why."""

    def __init__(self, words: Words) -> None:
        super().__init__(str(words))
        self.words = words


class NaiveInstantError(ClockFault):
    """An instant came without a time zone."""

    def __init__(self, shown: str) -> None:
        super().__init__(say("{instant} has no time zone", instant=shown))


class OutOfReachError(ClockFault):
    """The calendar has not enough working time within its reach, or the answer lies beyond every calendar."""

    def __init__(self) -> None:
        super().__init__(say("the calendar has not so much working time within its reach"))


class NotMeasuredError(ClockFault):
    """The duration has no amount of time ("không quy định"), so nothing is due."""

    def __init__(self, text: str) -> None:
        super().__init__(say("“{text}” has no amount of time, so nothing is due", text=text))


def negative(amount: object) -> ClockFault:
    """Return the fault of a duration below zero."""
    return ClockFault(say("a duration cannot be negative: {amount}", amount=amount))


def ends_before_it_begins() -> ClockFault:
    """Return the fault of a pause whose ends are in the wrong order."""
    return ClockFault(say("a pause ends before it begins"))
